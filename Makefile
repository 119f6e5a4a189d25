# Every target sets up what it needs on a machine with only python3 and make, and is quick the second time.
.PHONY: help setup infra preflight demo test fuzz lint audit serve tools rehearse bench docs docs-site wheel page-vendor screenshots clean
.DEFAULT_GOAL := help

STACK ?= mvp
FUZZ_MINUTES ?= 10
FUZZ_SEED ?= 0
UV_VERSION := 0.13.9
PYTHON ?= python3
VENV := .venv
# The machine's uv if it has one, otherwise the one in the project's own environment (it is in the lock, too).
UV := $(or $(shell command -v uv 2>/dev/null),$(VENV)/bin/uv)
# If the environment forbids bytecode, every process compiles everything that it imports.
unexport PYTHONDONTWRITEBYTECODE
SYNC := $(VENV)/.synced
# Adds the packages of the Pulumi program (210 MB), which the demo does not need.
SYNC_INFRA := $(VENV)/.synced-infra
# Adds the packages that build the website of the docs.
SYNC_DOCS := $(VENV)/.synced-docs
SYNC_ALL := $(VENV)/.synced-all

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 13

setup: $(SYNC) ## Create .venv with the locked packages; the command is .venv/bin/testgen

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

preflight: $(SYNC_INFRA) ## Check that machine and AWS account have everything that `pulumi preview` needs, without changing anything: STACK=mvp or phase2
	@PYTHONPATH=src $(VENV)/bin/python -W ignore -m stacks.preflight $(STACK)

demo: setup ## Write procedures for two examples, one Japanese and one English
	@$(VENV)/bin/testgen generate --format table examples/login-lockout.ja.yaml examples/password-reset.en.yaml

# Coverage takes as long again as the tests; CI, which sets TEST_TOOLS_REQUIRED, reports it.
test: $(SYNC_ALL) ## Run all tests; after `make tools` also those that use its programs or take long
	$(VENV)/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(if $(TEST_TOOLS_REQUIRED),--cov --cov-report=term)

# Two processes share the time: all routes twice, all readers, and all texts once each.
fuzz: $(SYNC_ALL) ## Test everything with random requests, files and texts, for FUZZ_MINUTES (10)
	FUZZ_SEED=$(FUZZ_SEED) FUZZ_SECONDS=$$(( $(FUZZ_MINUTES) * 26 )) $(VENV)/bin/python -m pytest -n 2 --dist worksteal -p no:cacheprovider -p no:logging -q -rP tests/fuzz

lint: $(SYNC_ALL) ## Check format, style, types (also the page's, if node is installed), imports between layers, licences of packages, wording
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(VENV)/bin/python -m tools.licences --check
	$(VENV)/bin/python -m tools.page_tools --types
	$(VENV)/bin/python -m tools.wording

audit: $(SYNC_ALL) ## Look for known vulnerabilities in the locked packages (asks the OSV database: needs the internet, sends their names and versions)
	$(UV) audit --frozen --no-dev

serve: setup ## Serve the HTTP API on http://127.0.0.1:8000 (documentation at /docs)
	$(VENV)/bin/testgen serve

tools: setup ## Build the real Ollama server and Pulumi, fetch the small test model and the tools that check the page, into a cache outside the tree (about 20 minutes, once)
	@tools/ollama.sh
	@tools/pulumi.sh
	@tools/python-tools.sh $(UV)
	@if command -v npm >/dev/null; then $(VENV)/bin/python -m tools.page_tools; else echo "tools: npm is not installed: the page's types and accessibility are not checked" >&2; fi

rehearse: $(SYNC_ALL) ## Deploy to a stand-in for AWS with the real Pulumi: STACK=mvp, phase2 or all (side by side), CONTAINERS=1, CHANGES=1 (needs `make tools`)
	@PYTHONPATH=.:src $(VENV)/bin/python -W ignore -m rehearsal $(STACK) $(if $(CONTAINERS),--containers) $(if $(CHANGES),--changes)

bench: $(SYNC_ALL) ## Measure everything side by side in under ten minutes, into bench/RESULTS.md; PART=added measures that part alone
	@$(VENV)/bin/python -m bench $(PART)

docs: $(SYNC_ALL) ## Generate pages from the code (architecture, costs, stack configuration, review catalog, formats, settings, OpenAPI, errors, licences); collect the messages
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

docs-site: $(SYNC_DOCS) ## Build the docs as a website in site/, for any web server; fails on a broken link
	@NO_MKDOCS_2_WARNING=1 $(VENV)/bin/python -m mkdocs build --clean

$(SYNC_DOCS): $(SYNC)
	@$(UV) sync --frozen --quiet --inexact --group docs
	@touch $(SYNC_DOCS)

wheel: setup ## Build the wheel, install it into an empty environment and try it there (needs a package index)
	@$(VENV)/bin/python -m tools.wheel

page-vendor: setup ## Fetch the page's third-party modules (npm) in the versions named in packages.json
	@$(VENV)/bin/python -m tools.page_vendor

screenshots: $(SYNC_ALL) ## Take pictures of the page for the documentation (needs Debian's chromium)
	@$(VENV)/bin/python -m tools.screenshots

clean: ## Remove what the targets created here (the cache of `make tools` stays)
	rm -rf $(VENV) site .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
