# Everything one does with the project, each in one word. Needs Python 3.11 or newer, make, and a package index.

PORT ?= 8000
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
DEMO := DEBUG=1 DATABASE_URL=sqlite:///demo.sqlite3

.DEFAULT_GOAL := help
.PHONY: help demo test pytest lint format types contracts migrations bench docs messages screenshots requirements clean

help:  ## list these targets
	@grep -E '^[a-z]+:.*  ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*  ## (.*)/make \1\t\2/' | expand -t 20

# The first Python that is new enough; an error, with its remedy, if there is none.
$(PYTHON):
	@for candidate in $(PYTHON3) python3.13 python3.12 python3.11 python3; do \
	  if command -v $$candidate >/dev/null && $$candidate -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$($$candidate --version)"; exec $$candidate -m venv $(VENV); \
	  fi; \
	done; \
	echo "No Python 3.11 or newer with the venv module was found. Install one (on Debian: apt install python3 python3-venv), or name one: make PYTHON3=/path/to/python3.12 ..." >&2; \
	exit 1

$(VENV)/.runtime: requirements.txt | $(PYTHON)
	$(PYTHON) -m pip install --disable-pip-version-check --quiet -r requirements.txt
	@touch $@

$(VENV)/.development: requirements-dev.txt requirements.txt | $(PYTHON)
	$(PYTHON) -m pip install --disable-pip-version-check --quiet -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

demo: $(VENV)/.runtime  ## the register of a made-up retailer on http://127.0.0.1:8000/ (PORT=… for another port)
	@$(DEMO) $(PYTHON) manage.py migrate --verbosity 0
	@$(DEMO) $(PYTHON) manage.py load_demo
	@echo "Open http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	@$(DEMO) $(PYTHON) manage.py run_demo 127.0.0.1:$(PORT)

test: pytest lint types contracts migrations  ## everything that must hold before a change is handed in

# A worker takes half of the tests in their order, and from the other's half when it is done: what a module makes for its
# tests is made once.
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist worksteal -rs

pytest: $(VENV)/.development  ## the tests; with COVERAGE=1 also the branches that they reach, which takes twice as long
	$(PYTEST) $(if $(COVERAGE),--cov)

lint: $(VENV)/.development  ## style and likely mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.development  ## put the code into its usual form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.development  ## check types
	$(BIN)/mypy

contracts: $(VENV)/.development  ## check that imports point one way
	$(BIN)/lint-imports

migrations: $(VENV)/.development  ## check that every change of a model has its migration
	@DEBUG=1 $(PYTHON) manage.py makemigrations --check --dry-run

bench: $(VENV)/.development  ## how fast imports and reports are, beside the naive way and the floor (BENCH_LARGEST=1000: a short run)
	@mkdir -p build
	@set -e; for file in tests/benchmarks/bench_*.py; do \
	  module=$$(basename $$file .py); echo "== $$module"; \
	  SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') HTTPS=0 $(PYTHON) -m tests.benchmarks.$$module; \
	done

docs: $(VENV)/.runtime  ## write the generated pages of docs/
	DEBUG=1 $(PYTHON) manage.py write_docs

# What the reports, the screens, the commands' letters and the templates say. Needs gettext.
LANGUAGES := fr de
KEYWORDS := -k -k_ -k_t -kn -kgettext -kgettext_lazy -kgettext_noop -kngettext:1,2 -kngettext_lazy:1,2 -kpgettext:1c,2 -kpgettext_lazy:1c,2 -knpgettext:1c,2,3 -kMessage -kplural_message:1,2
XGETTEXT := xgettext --language=Python --from-code=UTF-8 --no-wrap --add-location=file --add-comments=Translators --package-name=ropa $(KEYWORDS) --files-from=-

messages: $(VENV)/.runtime  ## bring locale/ up to date with the code, and compile it
	@rm -rf build/texts build/django.pot; mkdir -p build/texts
	@find registry ropa -name '*.py' -not -path '*/migrations/*' | LC_ALL=C sort | $(XGETTEXT) --output=build/django.pot
	@DEBUG=1 $(PYTHON) manage.py collect_texts build/texts | $(XGETTEXT) --directory=build/texts --join-existing --output=build/django.pot
	@sed -i '/^"POT-Creation-Date:/d' build/django.pot
	@set -e; for language in $(LANGUAGES); do \
	  folder=locale/$$language/LC_MESSAGES; \
	  msgmerge --quiet --no-fuzzy-matching --no-wrap --backup=none --update $$folder/django.po build/django.pot; \
	  msgattrib --no-obsolete --no-wrap --output-file=$$folder/django.po $$folder/django.po; \
	  msgfmt --check-format --output-file=$$folder/django.mo $$folder/django.po; \
	  echo "$$language: $$(msgattrib --untranslated $$folder/django.po | grep -c '^msgid' || true) untranslated, $$(grep -c '^#.*fuzzy' $$folder/django.po || true) to be looked at (fuzzy)"; \
	done

screenshots: $(VENV)/.development  ## take the pictures of docs/ from the demo
	@mkdir -p build
	$(PYTHON) -m tests.browser.screenshots

requirements: $(VENV)/.development  ## renew the pinned requirements
	$(PYTHON) -m pip install --disable-pip-version-check --quiet pip-tools
	$(BIN)/pip-compile --upgrade --quiet --strip-extras --no-header --no-emit-options --no-emit-index-url --no-emit-trusted-host --output-file requirements.txt requirements.in
	$(BIN)/pip-compile --upgrade --quiet --strip-extras --no-header --no-emit-options --no-emit-index-url --no-emit-trusted-host --output-file requirements-dev.txt requirements-dev.in

clean:  ## remove what these commands made: the environment, the caches, the demo's database
	rm -rf $(VENV) build htmlcov staticfiles .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -f demo.sqlite3 demo.sqlite3-shm demo.sqlite3-wal
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
