"""The outbox: a list of messages to one recipient each, and what people decide about them."""
