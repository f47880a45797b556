# One command each; every target sets up what it needs, once. The contract of each stands in docs/testing.md and README.md.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: demo test test-system bench mutants up site lint clean setup

PYTHON ?= python3
BIN := .venv/bin
LINT := .venv-lint/bin
READY := .venv/.ready
LINT_READY := .venv-lint/.ready
SITE = $(LINT)/sphinx-build -q -W --keep-going -b html docs build/site
UV := UV_NO_PROGRESS=1 UV_LINK_MODE=copy

# No tool of ours may call home, and compiled modules are kept: without them each process compiles for seconds.
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export DAGSTER_DISABLE_TELEMETRY := 1
export GX_ANALYTICS_ENABLED := false
unexport PYTHONDONTWRITEBYTECODE PYTHONPATH VIRTUAL_ENV

DEMO_HOME := demo-company
DEMO_PERIOD := 2026-10
# sealed before it, for trends on its cards and something to compare in the warehouse
DEMO_EARLIER := 2026-08 2026-09
# The HR director of the demo company, who may approve and has no card in the batch.
DEMO_APPROVER := P001
DAGSTER_PORT ?= 3000
PORTAL_PORT ?= 8484

setup: $(READY)

# The bootstrap lock holds the installer and the build backend: later Pythons put no setuptools into a new environment.
# The lock is complete but for what requirements-overrides.txt leaves out, so nothing else may be fetched (--no-deps).
$(READY): requirements.lock requirements-bootstrap.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; set PYTHON=…")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	$(UV) $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes --compile-bytecode -r requirements.lock
	$(UV) $(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(LINT_READY): requirements-lint.lock requirements-bootstrap.lock
	@test -x $(LINT)/python || $(PYTHON) -m venv .venv-lint
	$(LINT)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bootstrap.lock
	$(UV) $(LINT)/uv pip install --quiet --python $(LINT)/python --require-hashes --compile-bytecode -r requirements-lint.lock
	@touch $@

# A sealed month never changes, so a second `make demo` only says where everything is.
demo: $(READY)
	@if [ ! -f $(DEMO_HOME)/company.yaml ]; then $(BIN)/scorecards init --demo $(DEMO_HOME); fi
	@if [ -d $(DEMO_HOME)/scorecards/$(DEMO_PERIOD)/r1 ]; then \
	  echo "$(DEMO_PERIOD) of $(DEMO_HOME) is sealed already; \"make clean\" removes it."; \
	else \
	  $(BIN)/scorecards run $(firstword $(DEMO_EARLIER))..$(lastword $(DEMO_EARLIER)) --home $(DEMO_HOME) && \
	  for month in $(DEMO_EARLIER); do \
	    $(BIN)/scorecards seal $$month --home $(DEMO_HOME) --by $(DEMO_APPROVER) || exit; \
	  done && \
	  $(BIN)/scorecards run $(DEMO_PERIOD) --home $(DEMO_HOME) && \
	  $(BIN)/scorecards seal $(DEMO_PERIOD) --home $(DEMO_HOME) --by $(DEMO_APPROVER); \
	fi
	@echo "scorecards: $(CURDIR)/$(DEMO_HOME)/scorecards/$(DEMO_PERIOD)/r1/"
	@echo "warehouse:  $(CURDIR)/$(DEMO_HOME)/published/kpi.duckdb"

# One worker for each processor, but not so many that their runs fill the memory; tests/conftest.py says who runs what.
test: $(READY)
	$(BIN)/python -m pytest tests -m "not system" -n logical --maxprocesses 4

# What it needs beside Python stands in .ci/apt-packages; .ci/run installs it.
test-system: $(READY)
	$(BIN)/python -m pytest tests -m system -n logical --maxprocesses 4

# All parts run, also where a limit of one is broken.
bench: $(READY) demo
	@broken=0; for one in run.py score.py "files.py --home $(DEMO_HOME)" followers.py; do \
	  $(BIN)/python bench/$$one || broken=1; done; exit $$broken

# Hours on the whole project; goes on where it was ended (docs/testing.md). MUTANTS="--model int_leads" asks for less.
mutants: $(READY)
	$(BIN)/python tests/mutants $(MUTANTS)

# Dagster and the portal on 127.0.0.1, ended together by Ctrl-C; prints accounts whose passwords are new each time.
up: demo
	@$(BIN)/python -m pipelines.demo.up $(DEMO_HOME) $(DAGSTER_PORT) $(PORTAL_PORT)

lint: $(READY) $(LINT_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(LINT)/python .ci/lint_warehouse.py
	$(SITE)

# docs/ as pages that need no network; a link that leads nowhere is an error.
site: $(LINT_READY)
	$(SITE)
	@echo "site: $(CURDIR)/build/site/index.html"

clean:
	rm -rf .venv .venv-lint .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist *.egg-info
	rm -rf dbt_project/target dbt_project/logs bench-company bench-followers
	rm -rf $(DEMO_HOME)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
