# Each target is a line or two over what works without make: the commands are shown as they run.
# Works with GNU make 3.81 (macOS) and newer. Windows and conda: see environment.yml.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check  # -qq: errors only
UV := .cache/uv/bin

.DEFAULT_GOAL := help
.PHONY: help reports test lab dashboard lint docs bench audit lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

reports: .venv/.installed ## build every edition in params/ into outputs/
	$(BIN)/scrutiny build
	@printf '\nThe reports: %s\nNext: make lab\n      %s\n' \
	  '$(CURDIR)/outputs/index.html' '$(BIN)/scrutiny build committee-monthly/2012-10'

test: .venv/.installed ## run every test
	$(BIN)/python -m pytest -n logical

lab: .venv/.installed ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

dashboard: .venv/.installed ## serve the dashboards to this machine
	$(BIN)/scrutiny dashboard

lint: .venv/.installed ## check style: ruff's rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

# Versions that still satisfy pyproject.toml stay as they are; delete requirements.lock to renew them all.
docs: .venv/.installed ## for developers: write docs/ anew from the catalogues
	$(BIN)/python -m scrutiny.handbook

bench: .venv/.installed ## measure against the usual way of doing it (minutes; 1 GB of disk)
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/scale.py
	$(BIN)/python bench/street.py
	$(BIN)/python bench/tracker.py
	$(BIN)/python bench/faults.py

audit: ## known advisories about the packages of the lock, and a bill of materials (network)
	$(PYTHON) -m venv .cache/audit && .cache/audit/bin/python -m pip install -qq pip-audit
	.cache/audit/bin/pip-audit --require-hashes --disable-pip -s osv -r requirements.lock \
	  -f cyclonedx-json -o .cache/audit/bom.json

lock: ## for developers: rewrite requirements.lock from pyproject.toml
	$(PYTHON) -m venv .cache/uv && $(UV)/python -m pip install -qq uv
	$(UV)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --fork-strategy fewest --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command 'make lock' --quiet --output-file requirements.lock

clean: ## remove .venv and caches; never outputs/ or data/inbox/
	rm -rf .venv .cache .hypothesis .pytest_cache .ruff_cache build dist lib/*.egg-info
	find lib tests notebooks -name __pycache__ -prune -exec rm -rf {} +

.venv/.installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Python 3.11 or newer is needed, $(PYTHON) is %d.%d. Name a newer one: make PYTHON=python3.12" % v[:2])'
	@echo 'Installing into .venv: a minute or two'
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@
