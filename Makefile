# Every target makes its own .venv and installs what it needs.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# On every core: most tests wait for a program they started.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist worksteal
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: tour test test-web test-local test-hosts check format bench bench-training clean

tour: $(VENV)/.app
	$(BIN)/advisor tour --yes

test: $(VENV)/.test
	$(PYTEST)

# Needs Chromium as well, Debian's package `chromium`; what is missing is skipped, with the reason.
test-web: $(VENV)/.web-test
	$(BIN)/python -m pytest -rs tests/web

# Fetches PyTorch and what trains with it: some gigabytes. The tests take about eleven minutes on two cores.
test-local: $(VENV)/.local-test
	$(BIN)/python -m pytest -rs --timeout 1800 tests/local_training

# Every training host by its published API, through its own package, at a server on this computer: nothing is billed.
test-hosts: $(VENV)/.hosts-test
	$(BIN)/python -m pytest -rs tests/hosts

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST)

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench
	$(BIN)/python -m bench.practice --data $(DATA)
	$(BIN)/python -m bench.inspect

# Tokens a second of training on this computer against bare TRL; ON="--model NAME" for a real model.
bench-training: $(VENV)/.local-test
	$(BIN)/python -m bench.training $(ON)

clean:
	rm -rf $(VENV) build dist advisor-tour

# pip reads dependency groups from 25.1 on.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --upgrade "pip>=25.1"

$(VENV)/.app: $(BIN)/python pyproject.toml
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.app
	$(INSTALL) --group test
	@touch $@

$(VENV)/.web-test: $(VENV)/.app
	$(INSTALL) --group web-test
	@touch $@ $(VENV)/.test

$(VENV)/.local-test: $(VENV)/.test
	$(INSTALL) --editable ".[local]"
	@touch $@

$(VENV)/.hosts-test: $(VENV)/.test
	$(INSTALL) --editable ".[together]"
	@touch $@

$(VENV)/.dev: $(VENV)/.app
	$(INSTALL) --group dev
	@touch $@ $(VENV)/.test

$(VENV)/.bench: $(VENV)/.dev
	$(INSTALL) --group bench
	@touch $@
