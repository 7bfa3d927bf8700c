"""The place of guias."""
