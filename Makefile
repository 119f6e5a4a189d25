# The whole interface: each target sets up what it needs on a machine with only python3 and make, and is quick the second time.
.PHONY: help setup infra preflight demo test fuzz lint audit serve tools rehearse bench docs docs-site wheel page-vendor screenshots clean
.DEFAULT_GOAL := help

STACK ?= mvp
FUZZ_MINUTES ?= 10
FUZZ_SEED ?= 0
UV_VERSION := 0.13.9
PYTHON ?= python3
VENV := .venv
# uv of the machine where it has one, else the one in the project's own environment (it is in the lock as well).
UV := $(or $(shell command -v uv 2>/dev/null),$(VENV)/bin/uv)
# Where the environment forbids bytecode, every process would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE
SYNC := $(VENV)/.synced
# With the Pulumi program as well (210 MB), which the demo does not need.
SYNC_INFRA := $(VENV)/.synced-infra
# With what makes a book of the docs.
SYNC_DOCS := $(VENV)/.synced-docs
SYNC_ALL := $(VENV)/.synced-all

help: ## Say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 13

setup: $(SYNC) ## Make .venv with the locked packages; leaves .venv/bin/testgen

$(SYNC): pyproject.toml uv.lock
	@command -v uv >/dev/null || test -x $(VENV)/bin/uv || { \
	  { $(PYTHON) -m venv $(VENV) && $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION); } || \
	  { echo "setup: python3 needs its venv module and pip here (Debian: apt-get install python3-venv)" >&2; exit 1; }; }
	@$(UV) sync --frozen --quiet --inexact
	@touch $(SYNC)

$(SYNC_ALL): $(SYNC)
	@$(UV) sync --frozen --quiet --all-groups --all-extras
	@touch $(SYNC_ALL)

infra: $(SYNC_INFRA) ## Add what the Pulumi program needs to .venv (210 MB); then: export PATH="$$PWD/.venv/bin:$$PATH"

$(SYNC_INFRA): $(SYNC)
	@$(UV) sync --frozen --quiet --inexact --group infra
	@touch $(SYNC_INFRA)

preflight: $(SYNC_INFRA) ## Ask machine and AWS account, by calls that change nothing, for all that `pulumi preview` needs: STACK=mvp or phase2
	@PYTHONPATH=src $(VENV)/bin/python -W ignore -m stacks.preflight $(STACK)

demo: setup ## Write procedures for two examples, one Japanese and one English
	@$(VENV)/bin/testgen generate --format table examples/login-lockout.ja.yaml examples/password-reset.en.yaml

test: $(SYNC_ALL) ## Run all tests; those against the real Ollama server need `make tools` first
	$(VENV)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --cov --cov-report=term

# Two processes share the time: all routes twice, all readers, and all texts once each.
fuzz: $(SYNC_ALL) ## Send drawn requests, files and texts through everything, for FUZZ_MINUTES (10)
	FUZZ_SEED=$(FUZZ_SEED) FUZZ_SECONDS=$$(( $(FUZZ_MINUTES) * 26 )) $(VENV)/bin/python -m pytest -n 2 --dist worksteal -p no:cacheprovider -p no:logging -q -rP tests/fuzz

lint: $(SYNC_ALL) ## Check format, style, types (the page's too, where node is), directions of imports, licences of packages, wording
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m tools.licences --check
	$(VENV)/bin/python -m tools.page_tools --types
	$(VENV)/bin/python -m tools.wording

audit: $(SYNC_ALL) ## Look for known weaknesses in the locked packages (asks the OSV database: needs the internet, sends their names and versions)
	$(UV) audit --frozen --no-dev

serve: setup ## Serve the HTTP API on http://127.0.0.1:8000 (documentation at /docs)
	$(VENV)/bin/testgen serve

tools: setup ## Build the real Ollama server and Pulumi, fetch the small test model and what the page is checked with, into a cache outside the tree (about 20 minutes, once)
	@tools/ollama.sh
	@tools/pulumi.sh
	@tools/python-tools.sh $(UV)
	@if command -v npm >/dev/null; then $(VENV)/bin/python -m tools.page_tools; else echo "tools: npm is not here: the page's types and barriers are not checked" >&2; fi

rehearse: $(SYNC_ALL) ## Deploy to a stand-in of AWS with the real Pulumi: STACK=mvp, phase2 or all (side by side), CONTAINERS=1, CHANGES=1 (needs `make tools`)
	@PYTHONPATH=.:src $(VENV)/bin/python -W ignore -m rehearsal $(STACK) $(if $(CONTAINERS),--containers) $(if $(CHANGES),--changes)

bench: $(SYNC_ALL) ## Measure everything side by side in under ten minutes, into bench/RESULTS.md; PART=added measures that part alone
	@$(VENV)/bin/python -m bench $(PART)

docs: $(SYNC_ALL) ## Write the pages that are made (architecture, costs, stack configuration, review catalog, formats, settings, OpenAPI, errors, licences); collect the messages
	$(VENV)/bin/python -W ignore -m stackgraph.diagram
	$(VENV)/bin/python -W ignore -m stackgraph.costs
	$(VENV)/bin/python -W ignore -m tools.stack_config
	$(VENV)/bin/python -m tools.review_catalog
	$(VENV)/bin/python -m tools.format_table
	$(VENV)/bin/python -m tools.config_table
	$(VENV)/bin/python -m tools.openapi
	$(VENV)/bin/python -m tools.error_table
	$(VENV)/bin/python -m tools.messages
	$(VENV)/bin/python -m tools.licences

docs-site: $(SYNC_DOCS) ## Make a book of the docs in site/, for any web server; a broken link fails
	@NO_MKDOCS_2_WARNING=1 $(VENV)/bin/python -m mkdocs build --clean

$(SYNC_DOCS): $(SYNC)
	@$(UV) sync --frozen --quiet --inexact --group docs
	@touch $(SYNC_DOCS)

wheel: setup ## Build the wheel, install it into an empty environment and try it there (needs a package index)
	@$(VENV)/bin/python -m tools.wheel

page-vendor: setup ## Fetch anew what the page has from others (npm), as packages.json names it
	@$(VENV)/bin/python -m tools.page_vendor

screenshots: $(SYNC_ALL) ## Take pictures of the page for the documentation (needs Debian's chromium)
	@$(VENV)/bin/python -m tools.screenshots

clean: ## Remove what the targets made here (the cache of `make tools` stays)
	rm -rf $(VENV) site .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
