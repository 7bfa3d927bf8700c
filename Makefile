# Every target installs what it needs. A clean clone, Python 3.11, make and access to a package registry are enough.

# Workers and processes of the tests share compiled modules. Where an environment forbids to write them, each worker takes
# two seconds more to read the tests, and each process half a second to compile the program. Empty counts as unset.
export PYTHONDONTWRITEBYTECODE :=

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALL = PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: generated run test test-cost test-long test-pythons check bench bench-full trial check-history picture clean

run: $(VENV)/.run
	$(BIN)/atendimento demo

# A part of the tests: make test TESTS=tests/screens
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 3 --dist worksteal $(TESTS)

# All tests on each installed Python from 3.11 on, each with its own virtual environment.
test-pythons:
	@set -e; .ci/pythons | while read -r version path; do \
		echo "Python $$version: $$path"; \
		$(MAKE) test PYTHON="$$path" VENV=".venv-$$version" < /dev/null; \
	done

# The processor time of the tests, by file: make test-cost TESTS=tests/screens (docs/tests.md).
test-cost: $(VENV)/.dev
	$(BIN)/python -m tests.cost $(TESTS)

# All tests, with the slow ones in full, and the oracle of clocks with 20,000 random sequences of acts (`make test` uses a
# few hundred).
test-long: $(VENV)/.dev
	TESTS_IN_FULL=1 ORACLE_SEQUENCES=20000 $(BIN)/python -m pytest -n 3 --dist worksteal $(TESTS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py --short

bench-full: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py --full

# Fault trials; they take two hours or more: 50 processes that act on few tickets and are killed, on both databases; 50 that
# try for few slots and are killed; random keys and mouse events; imports of logs that are too large.
trial: $(VENV)/.dev
	$(BIN)/python -m benchmarks.trial
	$(BIN)/python -m benchmarks.booking_trial
	$(BIN)/python -m benchmarks.monkey
	$(BIN)/python -m benchmarks.large_logs

# Imports and exports a large log, and compares the result with an independent computation:
# make check-history LOG=log.csv.gz MAP=docs/bpi2013.toml
check-history: $(VENV)/.dev
	$(BIN)/python -m tests.history_oracle $(LOG) $(MAP)

# The picture in the README, exported by the application itself.
picture: $(VENV)/.dev
	$(BIN)/python -m tests.picture docs/fila.svg

# What follows from the source: docs/keys.md, docs/rights.md, the manual page (docs/atendimento.1), and the lists of
# modules and tables in `__init__.py`.
generated: $(VENV)/.dev
	$(BIN)/python -m tests.generated

clean:
	rm -rf $(VENV) build dist

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) --editable .
	touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml constraints.txt
	$(INSTALL) --editable '.[dev]'
	touch $@ $(VENV)/.run
