# Everything runs in a virtual environment of its own, made and filled when it is first needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
FUZZ_SECONDS ?= 120
FUZZ_EXAMPLES ?= 500
KILLS ?= 100
SOAK_MINUTES ?= 60
NODE_CLIENT := tests/e2e/clients/node
# The foreign clients, the dissector, the database and the browser that the tests drive; node and npm may come from elsewhere.
SYSTEM_PACKAGES = kannel libnet-smpp-perl tshark postgresql chromium \
	$(shell command -v node >/dev/null || echo nodejs) $(shell command -v npm >/dev/null || echo npm)
CODE := khatban.py khatban_client khatban_pytest simulator harness reports scenarios tests tools examples

.DEFAULT_GOAL := help
.PHONY: help demo test check lint fmt docs bench fairness kill soak sessions million fuzz fuzz-http wheel train lock clean

help: ## Show the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): constraints.txt pyproject.toml tools/make_venv.sh
	@bash tools/make_venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(VENV)/system-ready: Makefile tools/install_system_packages.sh | $(READY)
	@bash tools/install_system_packages.sh $(SYSTEM_PACKAGES)
	@touch $@

$(VENV)/node-ready: $(NODE_CLIENT)/package-lock.json | $(VENV)/system-ready
	@if command -v npm >/dev/null; then npm ci --prefix $(NODE_CLIENT) --ignore-scripts --no-audit --no-fund --loglevel=error; fi
	@touch $@

demo: $(READY) ## Start the operator, drive a real SMPP client through the regulatory scenarios, write the report.
	@$(BIN)/khatban demo

test: $(READY) $(VENV)/system-ready $(VENV)/node-ready ## Run the tests.
	@$(BIN)/python -m pytest

check: lint test ## Format, lint, imports, types, tests.

lint: $(READY)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy

fmt: $(READY) ## Format the code, and mend what the linter can.
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: $(READY) ## Measure the operator against the bare decoder, in one run.
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.streaming

fairness: $(READY) ## Look whether the operator is right and fair to 1, 10, 100, 400 and 1,000 binds under load.
	@$(BIN)/python -m tests.benchmarks.fairness

kill: $(READY) ## Kill the operator under load, KILLS times, and look whether all that it told is true.
	@$(BIN)/python -m tests.soak $(KILLS)

soak: $(READY) ## Keep an operator under mixed load and faults for SOAK_MINUTES: memory flat, nothing lost, nothing double.
	@$(BIN)/python -m tests.soak.mixed $(SOAK_MINUTES)

sessions: $(READY) ## Weigh 5,000 bound sessions that do nothing.
	@$(BIN)/python -m tests.benchmarks.sessions

million: $(READY) ## Weigh a million messages on their way, and time a restart.
	@$(BIN)/python -m tests.benchmarks.million

fuzz: $(READY) ## Fuzz the SMPP session, guided by coverage, for FUZZ_SECONDS.
	@$(BIN)/pip install --quiet --require-hashes -r constraints-fuzz.txt
	@$(BIN)/python -m tests.fuzz.session build/fuzz/session -max_total_time=$(FUZZ_SECONDS) -rss_limit_mb=1024

fuzz-http: $(READY) ## Send whatever the OpenAPI document allows, and what it does not, FUZZ_EXAMPLES of each operation.
	@KHATBAN_FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest --timeout 3600 tests/admin/test_openapi_fuzz.py

wheel: $(READY) ## Build sdist and wheel into dist/, and try them in empty environments.
	@$(BIN)/python -m tests.packaging

docs: $(READY) ## Build the site of the documentation into build/site.
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

train: $(READY) ## Learn the weights of the content classifier from its corpus.
	$(BIN)/python -m tools.train_content

lock: $(READY) ## Resolve the dependencies anew into constraints.txt.
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file constraints.txt
	echo "atheris<3.1" | $(BIN)/uv pip compile - --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file constraints-fuzz.txt

clean: ## Remove what was built (not the virtual environment).
	rm -rf build dist .mypy_cache .ruff_cache .import_linter_cache
