# make site: build the bundled site.  make serve: preview it.  make test: check everything.
.DELETE_ON_ERROR:
.PHONY: help site serve test lint bench clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

help:
	@sed -n 's/^# //p;1q' Makefile | tr '.' '\n' | sed 's/^ */  /'

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Broadsheet needs Python 3.11 or later; name one with make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable '.[all]'
	@touch $@

$(READY_TO_TEST): $(READY)
	$(PIP) --editable '.[dev]'
	@touch $@

site: $(READY)
	@$(BIN)/broadsheet build
	@echo "The site is in $(CURDIR)/site. To see it: make serve"

serve: $(READY)
	@$(BIN)/broadsheet serve

lint: $(READY_TO_TEST)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

test: $(READY_TO_TEST) lint
	@$(BIN)/python tests/chromium.py
	$(BIN)/pytest -n 2 $(PYTEST)

bench: $(READY_TO_TEST)
	$(BIN)/python benchmarks/build.py

clean:
	rm -rf $(VENV) .broadsheet site
