# Everything starts here: `make help`. Needs only make and Python 3.11 or newer.
PYTHON ?= python3
PORT ?= 8000
RATE ?=
WHO ?= support
VENV := .venv
PY := $(VENV)/bin/python
PIP = $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
STAMP := $(VENV)/made-from-requirements.lock

.DEFAULT_GOAL := help
.PHONY: help env demo code services test lint format bench openapi lock clean

help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env: $(STAMP) ## the Python environment in .venv, remade only when requirements.lock changed

# uv installs in seconds what takes pip half a minute; it comes hashed out of the same lock file, and pip does without it.
$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11"; exit 2; }
	@echo "Making the Python environment in $(VENV) (once; needs the network) …"
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) \
		|| { echo "Python's venv module does not work here (on Debian: apt install python3-venv)."; exit 2; }
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > $(VENV)/uv.lock.txt
	@$(PIP) -r $(VENV)/uv.lock.txt && $(VENV)/bin/uv pip install --quiet --system-certs --python $(PY) \
		--require-hashes -r requirements.lock 2> $(VENV)/uv.errors \
		|| { echo "uv could not (see $(VENV)/uv.errors); pip takes over, which is slower …"; $(PIP) -r requirements.lock; }
	@cp requirements.lock $@

demo: $(STAMP) ## a casino in play, with its servers and a simulated provider (PORT=8000, RATE=4 calls a second)
	@exec $(PY) manage.py demo --port "$(PORT)" $(if $(RATE),--rate "$(RATE)")

code: $(STAMP) ## the second-factor code of one of the demo's people (WHO=support)
	@DEMO=1 SANDBOX=1 SANDBOX_ACKNOWLEDGED=1 REQUIRE_HTTPS=0 ALLOWED_HOSTS= $(PY) manage.py demo_code "$(WHO)"

services: $(STAMP) ## only PostgreSQL and Valkey, until Ctrl-C
	@exec $(PY) manage.py services

test: $(STAMP) ## every check and every test, as CI runs them (WORKERS=2 for two at a time)
	@$(PY) -m tools.checks --with-tests $(if $(WORKERS),-n $(WORKERS))

lint: $(STAMP) ## the checks without the tests
	@$(PY) -m tools.checks

format: $(STAMP) ## let ruff lay out the code
	@$(VENV)/bin/ruff check --quiet --fix . ; $(VENV)/bin/ruff format .

bench: $(STAMP) ## the wallet's speed beside pgbench and a plain ORM wallet (FULL=1 large ledger, SAVE=1 into docs)
	@exec $(PY) -m tests.bench $(if $(FULL),--full) $(if $(SAVE),--save) $(BENCH)

openapi: $(STAMP) ## write the documents in docs/openapi anew
	@$(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi/wallet-v1.yaml
	@$(PY) manage.py spectacular --validate --fail-on-warn --custom-settings players.api.kit.schema.SETTINGS --file docs/openapi/player-v1.yaml
	@$(PY) manage.py spectacular --validate --fail-on-warn --custom-settings reporting.api.schema.SETTINGS --file docs/openapi/backoffice-v1.yaml

lock: ## new requirements.lock and pins from pyproject.toml (UPGRADE=1 for newer versions)
	@test -x $(VENV)/bin/uv || { $(PYTHON) -m venv $(VENV) && $(PY) -m pip install --quiet uv; }
	@$(PY) -m tools.pins $(if $(UPGRADE),--upgrade)

clean: ## stop nothing, remove caches and .venv; var/ with its data stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
