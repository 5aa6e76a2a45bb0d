# Cadre. Needs git, make and Python 3.11 or newer; everything else goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV := 0.13.9

# The first of these that is new enough; `make setup PYTHON=/path/to/python3` names another.
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)

.PHONY: help setup demo test check style types walls french models bench prove-notices screenshots catalogue lock
.DEFAULT_GOAL := help

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## set up .venv with what Cadre needs, as requirements.lock has it

demo: setup ## try Cadre in a Slack workspace on this computer, in the browser (ARGS="--port 8000" for a port of your own)
	@$(BIN)/cadre sandbox $(ARGS)

test: setup ## run all tests, on SQLite and on PostgreSQL (ARGS="-k french" for some)
	$(BIN)/pytest -n 2 --dist worksteal $(ARGS)

check: style types walls french models ## check style, types, walls, French, and models against migrations

style: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: setup
	$(BIN)/mypy

walls: setup
	$(BIN)/lint-imports --no-logo

french: setup
	$(BIN)/python locale/gate.py

models: setup
	@echo "alembic upgrade head, alembic check, on a fresh SQLite database"
	@fresh=$$(mktemp -d) && trap 'rm -r "$$fresh"' EXIT && export CADRE_DATABASE_URL="sqlite:///$$fresh/models.sqlite" \
		&& $(BIN)/alembic upgrade head && $(BIN)/alembic check

bench: setup ## measure how fast Cadre answers
	$(BIN)/python -m tests.benchmarks

prove-notices: setup ## prove that no notice is lost or doubled, at full size, which takes a quarter of an hour (ARGS="--messages 1000")
	$(BIN)/python -m tests.notices.prove $(ARGS)

screenshots: setup ## draw the pictures of the README anew (needs Chromium)
	$(BIN)/python -m tests.browser.screenshots

catalogue: setup ## bring the catalogues of locale/ up to date with the source
	$(BIN)/python locale/catalogue.py

lock: setup ## bring requirements.lock up to date with pyproject.toml (ARGS=--upgrade for newer versions)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group dev \
		$(ARGS) pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Cadre needs Python 3.11 or newer. Install it (Debian: apt install python3-venv)," \
		"or say where it is: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { echo "Setting up $(VENV), once" && $(PYTHON) -m venv --clear $(VENV); }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(BIN)/uv pip sync --quiet --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bot cadre
	@touch $(READY)
