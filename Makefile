# Everything happens inside the checkout: a virtual environment in .venv, the demo's store in demo/. Nothing global.
#
#   make demo    ingest the starter set and show what prov finds
#   make test    run every test
#   make lint    ruff, mypy, import-linter
#   make bench   print the figures, each against its baseline

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
DEMO := demo
PROV := $(BIN)/prov --store $(DEMO)
ARTICLE := https://harrowmouth-courier.example/2025/05/12/ferry-doors
COPY := https://ashgill-residents.example/bulletin/july

# The first Python that is new enough; one that is only a name (a shim without a version behind it) does not count.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { command -v $$p; break; }; done)

.PHONY: demo test lint bench clean
.DEFAULT_GOAL := demo

# Told once, before anything is made, what is missing and what to do about it.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "prov needs Python 3.11 or newer; none was found. Name one: make PYTHON=/path/to/python3"; exit 1; }
	@command -v git >/dev/null || { echo "prov needs git; none was found on PATH."; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make virtual environments; on Debian: apt install python3-venv"; exit 1; }

# One stamp an extra, renewed when pyproject.toml changes: a second run starts at once.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing prov into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	@echo "Installing prov and its test extra into $(VENV)"
	@$(PIP) install --editable '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing prov and its dev extra into $(VENV)"
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(VENV)/.installed $(VENV)/.installed-test

demo: $(VENV)/.installed
	@rm -rf $(DEMO)
	@echo 'Four invented articles and six copies of them (seeds/README.md) go into a store of their own:'
	@echo
	@$(PROV) init $(DEMO)
	@$(PROV) ingest seeds/articles.jsonl seeds/copies.jsonl
	@echo
	@echo 'Which copies still show the old text, worst first: $$ prov status'
	@echo
	@$(PROV) status
	@echo
	@echo 'What the newspaper changed in the ferry story: $$ prov diff $(ARTICLE)'
	@echo
	@$(PROV) diff $(ARTICLE)
	@echo
	@echo 'Why the residents'"'"' bulletin counts as behind: $$ prov explain $(COPY)'
	@echo
	@$(PROV) explain $(COPY)
	@echo
	@echo 'The store is in $(DEMO)/. Where to look next:'
	@echo
	@echo '  $(PROV) explain https://coastwise-digest.example/reads/four-warnings'
	@echo '  $(PROV) log $(ARTICLE)'
	@echo '  $(PROV) status --format json'
	@echo '  git -C $(DEMO)/facts.git log --stat main      # the facts, in plain git'
	@echo '  README.md                                   # the same on your own files'

test: $(VENV)/.installed-test
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.installed-dev
	@for bench in bench/bench_*.py; do echo "== $$bench"; $(BIN)/python $$bench || exit 1; done

clean:
	@rm -rf $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
