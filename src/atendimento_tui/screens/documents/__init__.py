"""All tickets that wait for documents."""
