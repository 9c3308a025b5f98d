# Two commands need nothing but python3 and make: `make run` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
export RASA_TELEMETRY_ENABLED := false
export PYTHONWARNINGS := ignore
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export TF_CPP_MIN_LOG_LEVEL := 3
export OMP_WAIT_POLICY := passive
# A shell that forbids byte code would make each of the many starts of a process compile our own files again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help set-up run train test test-again check evaluate bench messenger-demo format clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

set-up: ## Install everything into this folder (done by the others too)
	@python3 deploy/set_up.py

run: set-up ## Train if needed and run the bot; Ctrl-C stops it
	@$(BIN)/faqbot run

train: set-up ## Make a release from the data, training what changed
	@$(BIN)/faqbot train

test: set-up ## Run all the tests
	@$(BIN)/faqbot train
	@$(BIN)/python -m pytest -rs -n 2 --dist loadfile --no-loadscope-reorder --durations=25

test-again: set-up ## Run once more what failed, one after the other
	@$(BIN)/python -m pytest -rs --last-failed --last-failed-no-failures none

check: set-up ## Format, lint, types, imports, content, Rasa's own validation
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/faqbot check

evaluate: set-up ## Measure the understanding on messages that it was not trained on
	@$(BIN)/faqbot evaluate

bench: set-up ## Measure speed beside stock Rasa in one run
	@$(BIN)/python -m bench

messenger-demo: set-up ## Try Messenger in a browser, without Facebook; Ctrl-C stops it
	@$(BIN)/python -m tests.graph_double.try_out

format: set-up ## Put the code into the project's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean: ## Remove what was installed and made here, except the data folder
	rm -rf .venv .tools .rasa .mypy_cache .ruff_cache .pytest_cache
