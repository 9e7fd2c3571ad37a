# The only door to commands. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
# uv is used when it is there, never required.
UV := $(shell command -v uv 2>/dev/null)
# `motcua` chooses its settings by itself; the tools are told.
unexport DJANGO_SETTINGS_MODULE
DJANGO := DJANGO_SETTINGS_MODULE=motcua.config.settings.test $(BIN)/python -m django
HOUSE_RULES := $(wildcard tests/test_house_rules.py) tests/config/test_migrations.py

.PHONY: help run test check fix bench diagrams css messages shell

help: ## list these doors
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/base.stamp ## start it all: database, web, worker, demonstration (PORT=8000)
	@exec $(BIN)/motcua up

test: $(VENV)/dev.stamp ## run every test, each process with a PostgreSQL of its own (ARGS="-k words" chooses)
ifdef ARGS
	@$(BIN)/pytest $(ARGS)
else
	@$(BIN)/pytest -n 2
endif

check: $(VENV)/dev.stamp ## format, lint, types, import contracts, house rules, migrations
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@PYTHONPATH=src $(BIN)/lint-imports
	@$(BIN)/pytest -q $(HOUSE_RULES)

fix: $(VENV)/dev.stamp ## format, and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp ## measure against pgbench on this machine
	@$(BIN)/python -m bench $(ARGS)

diagrams: $(VENV)/base.stamp ## draw the lifecycles into docs/generated
	@$(BIN)/motcua diagrams

css: ## build the style sheets from scss; needs Node, which nothing else does
	@npm install --silent --no-save --no-package-lock && npm run --silent css

messages: $(VENV)/dev.stamp ## gather the texts to translate and compile the translations
	@command -v xgettext >/dev/null || { echo "Needs GNU gettext: apt-get install gettext" >&2; exit 1; }
	@cd src/motcua && DJANGO_SETTINGS_MODULE=motcua.config.settings.test \
		../../$(BIN)/python -m django makemessages -l en --no-obsolete --no-wrap --add-location file \
		--ignore 'static/*'
	@$(BIN)/pybabel --quiet compile --domain django --directory src/motcua/web/locale

shell: $(VENV)/base.stamp ## a Python prompt with the rooms loaded and a database at hand
	@exec $(BIN)/motcua shell

# A stamp is made last, so an installation broken off half-way is done again.
$(VENV)/base.stamp: requirements/base.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements/base.lock)

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements/dev.lock)
	@touch $(VENV)/base.stamp

# The lock names all there is, so nothing is resolved anew: pip would look past it for what is asked with extras.
define install
echo "Installing $(1) (the first time takes a minute or two) ..."; \
if [ -n "$(UV)" ]; then \
	$(UV) pip install --python $(BIN)/python --no-deps --require-hashes -r $(1); \
	$(UV) pip install --python $(BIN)/python --quiet --no-deps --no-build-isolation -e .; \
else \
	$(BIN)/python -m pip install --disable-pip-version-check --no-deps --require-hashes -r $(1); \
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps \
		--no-build-isolation -e .; \
fi; \
touch $@
endef

$(BIN)/python:
	@found=; \
	for python in $(PYTHON) python3.11 python3 python3.12 python3.13; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found="$$python"; break; \
		fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Motcua needs Python 3.11 or newer, and none was found on PATH." >&2; \
		echo "Install it, or name one: make run PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	echo "Making $(VENV) with $$("$$found" --version) ..."; \
	if [ -n "$(UV)" ]; then \
		$(UV) venv --quiet --python "$$found" $(VENV); \
	elif ! "$$found" -m venv $(VENV); then \
		rm -rf $(VENV); \
		echo "This Python cannot make environments. On Debian: apt-get install python3-venv" >&2; \
		exit 1; \
	fi
