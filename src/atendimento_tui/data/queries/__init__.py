"""Reads, one module an area: columns into frozen rows of `contracts`. Nothing here writes."""
