"""Batches of documents for a department, and what became of each document."""
