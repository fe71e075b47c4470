# Every target sets up what it needs in .venv (nothing global) and says what it does.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
DATA ?=

.PHONY: help install demo test browser lint gate bench bench-web drill fuzz docs lock clean

help:  ## say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@echo "== setting up .venv with the locked packages (once; needs Python 3.11 or newer)"
	@$(PYTHON) -c 'import sys; sys.exit("relasi needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

install: $(READY)  ## set up .venv
	@echo "ready: $(BIN)/relasi --help"

demo: $(READY)  ## read the example articles, print events, a pair's timeline and disputes, write a brief
	@rm -rf demo && mkdir -p demo
	@echo "== reading ten invented articles into demo/relasi.duckdb"
	@$(BIN)/relasi read examples --store demo/relasi.duckdb
	@echo; echo "== the events between Russia and Iran, with the words they come from"
	@$(BIN)/relasi events --pair RUS IRN --store demo/relasi.duckdb
	@echo; echo "== the pair by month"
	@$(BIN)/relasi pair RUS IRN --store demo/relasi.duckdb --newest 0 --png demo/rus-irn.png
	@echo; echo "== what is disputed between them"
	@$(BIN)/relasi claims RUS IRN --store demo/relasi.duckdb
	@echo; echo "== a brief of them"
	@$(BIN)/relasi brief RUS IRN --store demo/relasi.duckdb --on 2024-12-31 -o demo/rus-irn.html

test: $(READY) browser  ## run the tests
	@echo "== tests"
	@$(BIN)/python -m pytest

# The pages are tested in Chromium, which is installed where that can be done without asking.
browser:
	@for name in chromium chromium-browser google-chrome; do command -v $$name > /dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
		echo "== installing Chromium for the tests of the pages"; \
		apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium > /dev/null && exit 0; \
	fi; \
	echo "== no Chromium here: the tests of the pages in a browser are skipped (apt-get install chromium)"

lint: $(READY)  ## check style and types
	@echo "== ruff"
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== mypy"
	@$(BIN)/mypy
	@echo "== language packs"
	@$(BIN)/relasi lang check

gate: $(READY)  ## score the gold sentences, hold the floors, list events gained and lost
	@echo "== gate"
	@$(BIN)/python -m quality.gate

bench: $(READY)  ## measure speed and memory; DATA=file.csv for texts of your own
	@echo "== bench"
	@$(BIN)/python -m quality.bench $(DATA) --coder rules
	@$(BIN)/python -m quality.bench $(DATA) --coder encoder
	@$(BIN)/python -m quality.scale

bench-web: $(READY)  ## ask the site for 200 pairs as 50 users at once, over a store of a million events
	@echo "== bench-web"
	@$(BIN)/python -m quality.web
	@$(BIN)/python -m quality.web --pause 10

drill: $(READY)  ## kill readings at random, fill their disk, let them meet; see what is left (10 minutes)
	@echo "== drill"
	@$(BIN)/python -m quality.drill

fuzz: $(READY)  ## try readers and coder on 200,000 changed inputs (an hour or less); INPUTS=5000 for fewer
	@echo "== fuzz"
	@$(BIN)/python -m quality.fuzz --inputs $(or $(INPUTS),200000)

docs: $(READY)  ## build the documentation into site/ (open site/index.html)
	@echo "== docs"
	@$(BIN)/python -m quality.reference --write
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "written: site/index.html"

lock: $(READY)  ## renew requirements.lock from pyproject.toml
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --custom-compile-command "make lock" --upgrade -o requirements.lock

clean:  ## remove .venv, site/ and what the demo wrote
	rm -rf .venv demo site
