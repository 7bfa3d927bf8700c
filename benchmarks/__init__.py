"""The benchmarks. Each module prints a table and writes JSON; `run.py` runs them all."""
