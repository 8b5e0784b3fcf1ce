# The verbs of the house; `make` alone lists them. PYTHON=... chooses the interpreter.
SHELL = /bin/sh
bin = .venv/bin
# a worker per processor, and no more than memory has room for
parallel = --numprocesses auto --maxprocesses 8 --dist worksteal
lock = uv pip compile --no-config --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
export PYTHON

# one .venv, so one verb at a time
.NOTPARALLEL:
.PHONY: help setup demo setup-dev test test-oldest check bench bless lock clean

help:
	@awk -F ':.*# ' '/^[a-z-]+:.*# / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

setup:       # the core, in .venv
	@sh scripts/setup.sh core

demo: setup  # the Haiti example, on the terminal
	@rm -rf build/demo && mkdir -p build
	@$(bin)/pledgebook demo --no-serve build/demo

setup-dev:   # the core, and what the tests need
	@sh scripts/setup.sh core dev

test: setup-dev   # all that CI asks: lint, format, types, tests
	@failed=; \
	$(bin)/ruff check --quiet --output-format concise . || failed="$$failed lint"; \
	$(bin)/ruff format --quiet --check --output-format concise . || failed="$$failed format"; \
	$(bin)/mypy --no-error-summary || failed="$$failed types"; \
	$(bin)/pytest $(parallel) || failed="$$failed tests"; \
	if [ -n "$$failed" ]; then echo "failed:$$failed" >&2; exit 1; fi

test-oldest: # the tests with the lowest versions that pyproject.toml allows
	@sh scripts/setup.sh oldest
	@.venv-oldest/bin/pytest $(parallel)

check: setup-dev  # the quick part of test: lint, format, types, the laws of the house
	@$(bin)/ruff check --quiet --output-format concise .
	@$(bin)/ruff format --quiet --check --output-format concise .
	@$(bin)/mypy --no-error-summary
	@$(bin)/pytest --quiet tests/test_laws.py

bench:       # measure, beside peers; writes docs/benchmarks.md
	@sh scripts/setup.sh core bench
	@$(bin)/python bench/run.py

bless: setup-dev  # rewrite golden files and the generated manual; then read the diff
	@BLESS=1 $(bin)/pytest --quiet || true
	@$(bin)/python scripts/manual.py
	@git --no-pager diff --stat

lock: setup  # renew the locks: the newest versions that pyproject.toml allows, and the lowest
	@PATH="$$PATH:$$PWD/$(bin)"; export PATH; \
	command -v uv >/dev/null || $(bin)/python -m pip install --quiet uv; \
	$(lock) pyproject.toml requirements/build.in -o requirements/core.txt && \
	$(lock) requirements/dev.in -c requirements/core.txt -o requirements/dev.txt && \
	$(lock) requirements/bench.in -c requirements/core.txt -c requirements/dev.txt \
		-o requirements/bench.txt && \
	$(lock) --resolution lowest-direct pyproject.toml requirements/build.in requirements/dev.in \
		-c requirements/dev.txt -o requirements/oldest.txt

clean:       # remove all that can be made again
	rm -rf .venv .venv-oldest build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis examples/*/build
