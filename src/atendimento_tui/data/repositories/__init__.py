"""Writes, and the domain's objects read from rows, one module an area."""
