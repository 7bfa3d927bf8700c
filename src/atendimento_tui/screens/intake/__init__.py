"""A new intake, from choosing the service to the slip."""
