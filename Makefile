# Everything starts from a plain Python 3.11 or later; the environment in .venv makes and renews itself.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready
DEMO := equal-split matched-mandated matched-voluntary needs-based first-secretaries venues

.DEFAULT_GOAL := demo
.PHONY: demo test test-all bench mutants rules calibration validate ranking screening matching regions lint lock clean

$(READY): pyproject.toml requirements-dev.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --only-binary :all: --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps --editable .
	touch $@

# Compares the shipped ways of funding and posting with each other; ends by naming the page to open.
demo: $(READY)
	$(BIN)/jiceng run $(DEMO) --against equal-split --out runs/demo

test: $(READY)
	$(BIN)/python -m pytest -n 2 -m "not page and not slow"

test-all: $(READY)
	$(BIN)/python -m pytest -n 2

# Plants bugs one at a time in a copy of the sources; every one must turn the fast tests red.
mutants: $(READY)
	$(BIN)/python -m benchmarks.mutants

bench: $(READY)
	$(BIN)/python -m benchmarks

rules: $(READY)
	$(BIN)/python -m benchmarks.plan_against_rules

# How honest the plan's promise is, before and after calibration: docs/plan-gap.md.
calibration: $(READY)
	$(BIN)/python -m benchmarks.calibration

# Whether the model reproduces the patterns it claims: the page in runs/validation and docs/validation.md.
validate: $(READY)
	$(BIN)/python -m jiceng.validation

# What each mechanism brings and costs, alone and on top of all others: docs/ranking.md.
ranking: $(READY)
	$(BIN)/python -m jiceng.ranking

# Which mechanisms matter and which interact, the others being at random doses: docs/screening.md.
screening: $(READY)
	$(BIN)/python -m benchmarks.screening

# Who gains from 1:1 matched funding, and where the answer flips: runs/matching/page.html and docs/matching.md.
matching: $(READY)
	$(BIN)/python -m jiceng.matching

# Time, memory and gap of the plans of Tonghua and Jilin.
regions: $(READY)
	$(BIN)/python -m benchmarks.region tonghua
	$(BIN)/python -m benchmarks.region jilin

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Renews both lock files for every platform and Python that pyproject.toml allows, with the hash of every file.
LOCK = .venv-lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--upgrade --quiet --custom-compile-command "make lock"

lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --group dev --output-file requirements-dev.lock
	rm -rf .venv-lock

clean:
	rm -rf runs dist .venv .venv-lock .pytest_cache .mypy_cache .ruff_cache .hypothesis
