# Everything sets up what it needs: a clean clone with Python 3.11, make and the package registry is enough.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
INSTALL = PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: keys run test test-long test-pythons check bench bench-full trial check-history picture clean

run: $(VENV)/.run
	$(BIN)/atendimento demo

# make test TESTS=tests/screens: a part of them.
test: $(VENV)/.dev
	$(BIN)/python -m pytest -n 4 --dist worksteal $(TESTS)

# All tests on each Python from 3.11 up that this machine has, each with its packages in a folder of its own.
test-pythons:
	@set -e; .ci/pythons | while read -r version path; do \
		echo "Python $$version: $$path"; \
		$(MAKE) test PYTHON="$$path" VENV=".venv-$$version" < /dev/null; \
	done

# The dear tests in full, and the oracle of clocks over 20,000 random sequences of acts, of which `make test` lives a few
# hundred.
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

# Fifty processes on few tickets of either database, killed in mid-act, and what is left of the desk; then logs that are far
# too large, imported: an hour or more.
trial: $(VENV)/.dev
	$(BIN)/python -m benchmarks.trial
	$(BIN)/python -m benchmarks.monkey
	$(BIN)/python -m benchmarks.large_logs

# make check-history LOG=log.csv.gz MAP=docs/bpi2013.toml: a large log imported, exported, and reckoned independently.
check-history: $(VENV)/.dev
	$(BIN)/python -m tests.history_oracle $(LOG) $(MAP)

# The picture in the README, exported by the application itself.
picture: $(VENV)/.dev
	$(BIN)/python -m tests.picture docs/fila.svg

# docs/keys.md, made of the registry of actions.
keys: $(VENV)/.dev
	$(BIN)/python -m tests.keys_table docs/keys.md

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
