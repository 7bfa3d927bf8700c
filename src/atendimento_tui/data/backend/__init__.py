"""The two kinds of database. `protocol.py` defines their functions, and mypy checks both modules against it."""
