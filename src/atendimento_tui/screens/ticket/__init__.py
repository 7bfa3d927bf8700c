"""One ticket, and what is done to it."""
