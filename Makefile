# The verbs of the house; `make` alone lists them. PYTHON=... chooses the interpreter.
SHELL = /bin/sh
bin = .venv/bin
# a worker per processor, and no more than memory has room for
parallel = --numprocesses auto --maxprocesses 8 --dist worksteal
lock = uv pip compile --no-config --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
# what the lowest versions are asked: all that meets DuckDB, Arrow, the readers of books and click
oldest = rules test_bad_crowds.py test_bad_files.py test_command_line.py test_explanation.py \
	test_findings.py test_funds.py test_fuzz.py test_golden.py test_haiti.py test_in_currency.py \
	test_json_schema.py test_library.py test_mandates.py test_mission.py test_new.py \
	test_notebooks.py test_only_where.py test_oracle.py test_promises_in_check.py \
	test_properties.py test_rates.py test_reading.py test_statements_in_check.py test_steps.py \
	test_strength.py test_tidy.py test_tutorial.py test_xlsx.py
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
	@.venv-oldest/bin/pytest $(parallel) $(oldest:%=tests/%)

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
