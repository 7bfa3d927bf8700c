"""What is measured, and beside what. Each module prints its table and writes JSON; `run.py` runs them all."""
