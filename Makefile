# Everything a person does with a checkout. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
STAMP := $(VENV)/.installed
# Extra arguments for the tool a target runs: make test ARGS="-k claims -x"
ARGS ?=

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- set-up ------------------------------------------------------------------------------------

.PHONY: setup
setup: $(STAMP) ## create .venv with the pinned packages and gongkai itself
	@echo "$(BIN)/gongkai is ready"

# Done again when the lock or the packaging changes, and never otherwise.
$(STAMP): requirements.lock pyproject.toml
	@scripts/setup.sh $(VENV)
	@touch $@

# Extras and groups go into one lock: it serves Python 3.11 to 3.13 on every platform.
.PHONY: lock
lock: $(STAMP) ## resolve the newest versions into requirements.lock (UPGRADE="" keeps them)
	env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(BIN)/uv pip compile pyproject.toml --quiet \
	  --all-extras --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	  $(UPGRADE) --output-file requirements.lock
UPGRADE ?= --upgrade

# --- the main job ------------------------------------------------------------------------------

.PHONY: demo
demo: $(STAMP) ## set up, start a local Elasticsearch, index the samples, search them
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/demo.sh

.PHONY: stop demo-stop
stop demo-stop: $(STAMP) ## stop the local Elasticsearch
	@$(BIN)/gongkai node stop

# --- tests and checks --------------------------------------------------------------------------

.PHONY: test
test: $(STAMP) ## run all tests, with a real Elasticsearch
	$(PY) -m pytest $(ARGS)

.PHONY: test-es9
test-es9: $(STAMP) ## run the integration tests on an Elasticsearch 9 server
	GONGKAI_ES_VERSION=9.0.0 $(PY) -m pytest tests/integration $(ARGS)

.PHONY: check
check: check-format check-lint check-types check-layers check-generated ## everything but the tests

.PHONY: check-format check-lint check-types check-layers check-generated
check-format: $(STAMP)
	$(BIN)/ruff format --check .
check-lint: $(STAMP)
	$(BIN)/ruff check .
check-types: $(STAMP)
	$(BIN)/mypy
check-layers: $(STAMP)
	$(BIN)/lint-imports --no-logo
check-generated: $(STAMP)
	$(BIN)/gongkai mappings build --check
	$(BIN)/gongkai layout list --docs docs/layouts.md --check
	$(PY) -m gongkai.checks.docs --check
	$(PY) -m gongkai.enrichment.docs --check
	$(PY) scripts/boxes_font.py --check

.PHONY: generate
generate: $(STAMP) ## write mappings and generated pages anew from the models
	$(BIN)/gongkai mappings build
	$(BIN)/gongkai layout list --docs docs/layouts.md
	$(PY) -m gongkai.checks.docs
	$(PY) -m gongkai.enrichment.docs
	$(PY) scripts/boxes_font.py

.PHONY: format
format: $(STAMP) ## format the code and apply the safe fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# --- measurements ------------------------------------------------------------------------------

.PHONY: bench bench-search accuracy fuzz
bench: $(STAMP) ## measure the speed against its peers
	$(PY) -m tests.benchmarks.run $(ARGS)
bench-search: $(STAMP) ## measure searches on a large made index
	$(PY) -m tests.benchmarks.search $(ARGS)
accuracy: $(STAMP) ## measure the reading on made reports in many styles
	$(PY) -m tests.accuracy.run $(ARGS)
fuzz: $(STAMP) ## feed damaged input to the readers
	$(PY) -m tests.fuzz.run $(ARGS)

.PHONY: changelog
changelog: $(STAMP) ## show the changelog that the fragments would make
	$(BIN)/towncrier build --draft

.PHONY: clean
clean: ## remove caches and the virtual environment
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
