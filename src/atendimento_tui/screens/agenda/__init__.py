"""The place of the agenda."""
