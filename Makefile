# One line a habit. Everything that is needed is installed into .venv by pip from pyproject.toml.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/wirehouse
WAREHOUSE ?= demo.duckdb

.PHONY: demo dashboard test lint bench soak clean

demo: .venv/installed  ## run the main job on the bundled sample pages and print three answers
	$(RUN) demo

dashboard: .venv/shown-with  ## the demo's warehouse, or WAREHOUSE=…, in the browser
	test -e $(WAREHOUSE) || { test $(WAREHOUSE) = demo.duckdb && $(MAKE) demo; } || { echo "$(WAREHOUSE): no such warehouse"; exit 1; }
	$(RUN) dashboard -w $(WAREHOUSE)

test: .venv/tested-with  ## all tests, two at a time
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv/tested-with  ## ruff and mypy
	$(BIN)/ruff check flows tests bench
	$(BIN)/ruff format --check flows tests bench
	$(BIN)/mypy

bench: .venv/benched-with  ## speed and memory beside the peers, what trust costs, search and dashboard on 100,000 articles
	$(BIN)/python -m bench.core
	$(BIN)/python -m bench.throughput
	$(BIN)/python -m bench.cleaning
	$(BIN)/python -m bench.reliability
	$(BIN)/python -m bench.crawl
	$(BIN)/python -m bench.use

soak: .venv/tested-with  ## 10,000 hostile inputs and 100 killed runs
	WIREHOUSE_HOSTILE=10000 WIREHOUSE_KILLS=100 $(BIN)/python -m pytest -s tests/test_hostile.py tests/test_kills.py tests/test_invariants.py

.venv/installed: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/shown-with: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dashboard]'
	touch $@

.venv/tested-with: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

.venv/benched-with: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis demo.duckdb
