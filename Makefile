# Everything happens inside the checkout: a virtual environment in .venv, the demo's store in demo/. Nothing global.
#
#   make demo    ingest the starter set and show what prov finds
#   make test    run every test
#   make torture stop every writing command at every call: an hour or two
#   make lint    ruff, mypy, import-linter
#   make bench   print the figures, each against its baseline
#   make lock-deps   lock again what CI installs

SHELL := /bin/sh
VENV := .venv
BENCH := .venv-bench
BIN := $(VENV)/bin
PIP := pip -qq --disable-pip-version-check --no-input
DEMO := demo
PROV := $(BIN)/prov --store $(DEMO)
ARTICLE := https://harrowmouth-courier.example/2025/05/12/ferry-doors
COPY := https://ashgill-residents.example/bulletin/july

# The first Python that is new enough; one that is only a name (a shim without a version behind it) does not count.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { command -v $$p; break; }; done)

.PHONY: demo test torture lint bench lock-deps clean
.DEFAULT_GOAL := demo

# Told once, before anything is made, what is missing and what to do about it.
$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "prov needs Python 3.11 or newer; none was found. Name one: make PYTHON=/path/to/python3"; exit 1; }
	@command -v git >/dev/null || { echo "prov needs git; none was found on PATH."; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make virtual environments; on Debian: apt install python3-venv"; exit 1; }

# In CI, what .ci/requirements.txt locks, each file by its hash, and nothing else; for everybody else, what pyproject.toml allows.
LOCK := .ci/requirements.txt
ifeq ($(CI),true)
WANTED := pyproject.toml $(LOCK)
define install
@echo "Installing prov into $(VENV), with what $(LOCK) locks"
@$(BIN)/python -m $(PIP) install --require-hashes --no-deps --requirement $(LOCK) || { \
	echo "What $(LOCK) locks could not be installed, and nothing else will do: see above; make lock-deps renews it."; exit 1; }
@$(BIN)/python -m $(PIP) install --no-deps --no-build-isolation --editable .
@$(BIN)/python -m pip check
@$(BIN)/python -m compileall -q provenance # where Python is told to write no bytecode, each start would compile all anew
endef
else
WANTED := pyproject.toml
define install
@echo "Installing prov$(1) into $(VENV)"
@$(BIN)/python -m $(PIP) install --editable '.$(1)'
endef
endif

# One stamp an extra, renewed when what is wanted changes: a second run starts at once.
$(VENV)/.installed: $(WANTED) | $(BIN)/python
	$(call install,)
	@touch $@

$(VENV)/.installed-test: $(WANTED) | $(BIN)/python
	$(call install,[test])
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-dev: $(WANTED) | $(BIN)/python
	$(call install,[dev])
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

# What `make test` tries a sample of: every writing command stopped at every call, with a table at the end.
torture: $(VENV)/.installed-test
	@$(BIN)/python tests/torture/torture.py $(ARGS)
	@$(BIN)/python tests/many/many.py
	@$(BIN)/python tests/many/many.py --ledger postgresql
	@$(BIN)/python tests/damage/damage.py --flips 10000

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# An environment of its own: one of the baselines brings a top-level package `tests` with it.
$(BENCH)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing prov, its dev and its bench extra into $(BENCH)"
	@$(BIN)/python -m venv $(BENCH)
	@$(BENCH)/bin/python -m $(PIP) install --editable '.[dev,bench]'
	@touch $@

bench: $(BENCH)/.installed
	@for bench in bench/bench_*.py; do echo "== $$bench"; $(BENCH)/bin/python $$bench || exit 1; done

# The locks hold for every Python that prov runs on, and name no index. They keep what still fits; ARGS=--upgrade renews all.
# The action gets what prov itself needs and what builds it, at the versions of the first lock.
COMPILE := .venv-lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock-deps'

lock-deps: | $(BIN)/python
	@$(BIN)/python -m venv .venv-lock
	@.venv-lock/bin/python -m $(PIP) install uv
	@$(COMPILE) --extra dev --output-file $(LOCK) $(ARGS) pyproject.toml >/dev/null
	@echo hatchling | $(COMPILE) --constraint $(LOCK) --no-annotate --output-file .ci/requirements-action.txt $(ARGS) pyproject.toml - >/dev/null

clean:
	@rm -rf $(DEMO) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
