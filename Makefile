# What people do with accord, one word each. `make` alone lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
UV_VERSION := 0.13.9

# The tests start hundreds of processes: each should find the modules that another has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo real test check unit docs bench bench-gate adversary mutants published growth \
	cases kills fuzz corrupted import-speed refusals drill load journeys clean

help: ## list these words
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(VENV)/.ready ## make the environment in .venv

$(VENV)/.ready: pyproject.toml uv.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --frozen --quiet --inexact
	@touch $@

demo: setup ## two made-up districts, from their extract files to a shared scorecard
	$(BIN)/accord demo build/demo

real: setup ## three real districts: make real DATA=…/sgpData_LONG.csv.gz (or its folder)
	sh examples/three-districts/run.sh "$(DATA)" build/real

test: check unit ## everything that CI runs

check: setup ## style, types and the import walls
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: setup
	$(BIN)/pytest -n auto --dist worksteal

docs: setup ## write the generated reference pages
	$(BIN)/python docs/reference_pages.py

bench-gate: setup ## what the gate hides, how fast, and what is left to tell: build/bench/gate.json
	$(BIN)/python tests/bench/bench_gate.py
	$(BIN)/python tests/bench/bench_clearance.py demo
	$(BIN)/python tests/bench/bench_clearance.py state

bench: setup ## the engine's and the import's figures, to build/bench/engine.json
	$(BIN)/python tests/bench/bench_engine.py
	$(BIN)/python tests/bench/bench_import.py
	$(BIN)/python tests/bench/bench_calpads_import.py

published: setup ## the state's published figures, made again, to build/bench/published.json
	$(BIN)/python tests/bench/bench_published.py

adversary: setup ## the attacker on random table sets, to build/bench/adversary.json (SETS=2000)
	$(BIN)/python tests/bench/bench_adversary.py $(or $(SETS),20)

mutants: setup ## faults planted in what decides what stays hidden, to build/bench/mutants.json (N=300 MINUTES=60)
	$(BIN)/python tests/bench/bench_mutants.py $(if $(N),--sample $(N)) $(if $(MINUTES),--minutes $(MINUTES))

growth: setup ## growth percentiles against the reference, to build/bench/growth.json
	OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/bench/bench_growth.py

cases: setup ## 20,000 generated definitions and records on both engines
	$(BIN)/python tests/bench/on_demand.py cases

kills: setup ## 200 kill -9 at random points
	$(BIN)/python tests/bench/on_demand.py kills

fuzz: setup ## 10,000 spoiled inputs
	$(BIN)/python tests/bench/on_demand.py fuzz

corrupted: setup ## 10,000 corrupted files of the formats that districts have, to build/bench/readers.json
	$(BIN)/python tests/bench/on_demand.py corrupted

import-speed: setup ## CALPADS-shaped files of 70,000 students over 5 years, to build/bench/readers.json
	$(BIN)/python tests/bench/bench_calpads_import.py

refusals: setup ## 10,000 altered, replayed, downgraded or wrongly signed releases, to build/bench/gate.json
	$(BIN)/python tests/bench/on_demand.py refusals

drill: setup ## the workspace: backup, wipe, restore; kill -9 in 200 writes; 500 MB; migrations (ACCORD_DATABASE: PostgreSQL)
	$(BIN)/python tests/bench/drill_workspace.py

load: setup ## the workspace: fifty people at once on three years of a partnership
	$(BIN)/python tests/bench/load_workspace.py

journeys: setup ## the workspace: its numbered journeys in a real browser
	$(BIN)/python tests/bench/journeys_workspace.py

clean: ## remove what was built
	rm -rf build dist
