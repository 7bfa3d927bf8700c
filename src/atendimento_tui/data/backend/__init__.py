"""The two kinds of database: `protocol.py` says what each of them does, and mypy holds both modules against it."""
