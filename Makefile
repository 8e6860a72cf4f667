# make serve   install what is pinned, compile the kernels, serve, print the address
# make check   lint, types, layers and the fast tests: for the loop while working
# make test    every check, and every test in Chromium; of sweeps over sizes, languages and themes a sample
# make walk    the rest of these sweeps, the site in every engine, whole classes, and other people's hosts
# make pins    renew the pinned requirements from pyproject.toml

PYTHON ?= python3
BIN = .venv/bin
PORT ?= 5006

.PHONY: serve check test walk pins

serve: .venv/installed
	@$(BIN)/waferscope serve --port $(PORT)

check test walk: .venv/installed-dev
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/checks $@

.venv/installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Waferscope needs Python 3.11 or newer, this is %d.%d" % sys.version_info[:2])'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what requirements.txt pins…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	@echo "Installing what requirements-dev.txt pins…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Scripts of packages stay off; code-server's own would install what its editor needs.
tests/js/node_modules/installed: tests/js/package-lock.json
	@echo "Installing what tests/js/package-lock.json pins…"
	@cd tests/js && npm ci --loglevel=error
	@cd tests/js/node_modules/code-server/lib/vscode && npm install --omit=dev --ignore-scripts --loglevel=error
	@touch $@

pins: .venv/installed-dev
	@for extras in "build,export,class:requirements.txt" "build,export,class,dask,dev:requirements-dev.txt"; do \
	  $(BIN)/python -m uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	    $$(echo "$${extras%%:*}" | tr ',' '\n' | sed 's/^/--extra /') pyproject.toml -o "$${extras#*:}"; done
