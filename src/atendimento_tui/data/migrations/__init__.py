"""The migrations from any released version to the current one."""
