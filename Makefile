# `make` alone lists what can be made.
.DEFAULT_GOAL := help
.PHONY: help setup films test test-all bench

PYTHON_IN := .venv/bin/python
# make films ARGS=-ql: anything that render.py takes
ARGS ?=
# make test SLOW=1: the tests that take longer than a few seconds too
SLOW ?=
# make bench BENCH="--part entropy -q 480p15"
BENCH ?=
export PYTHON

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

films:  ## install what is missing, then render every film and chapter
	@setup/install.sh films
	$(PYTHON_IN) render.py $(ARGS)

test:  ## install what is missing, then style, types and tests (SLOW=1: the slow ones too)
	@setup/install.sh tests
	$(PYTHON_IN) -m ruff check
	$(PYTHON_IN) -m ruff format --check
	$(PYTHON_IN) -m mypy
	$(PYTHON_IN) -m pytest $(if $(SLOW),-m "",)

test-all:  ## the same with the slow tests
	@$(MAKE) --no-print-directory test SLOW=1

setup:  ## only install what is missing for `make films`
	@setup/install.sh films

bench:  ## measure rendering against Manim's own (BENCH="--part entropy": a whole part, too); writes docs/benchmark.md
	@setup/install.sh films
	$(PYTHON_IN) -m benchmarks $(BENCH)
