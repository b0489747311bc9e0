# Alles Nötige geschieht von selbst: `make run` auf einem frischen Rechner genügt.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

export PYTHONUTF8 := 1
export LC_ALL := C.UTF-8
# Übersetztes wird aufgehoben: Die Tests starten das Programm einige hundert Mal.
export PYTHONDONTWRITEBYTECODE :=

PY := .venv/bin/python
PAKETE := assistant ingest models index
PORT ?= 8000
# Weitere Angaben an pytest: make test ARGS='-k satz -x'
ARGS ?=
# Tests, die den Rechner nicht für sich brauchen, laufen zu mehreren.
NEBENEINANDER ?= 2

.PHONY: help run test check eval bench fuzz acceptance durable handbuch image image-test clean

help: ## Zeigt diese Übersicht
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | while IFS=$$'\t' read -r ziel satz; do \
		printf '  make %-12s %s\n' "$$ziel" "$$satz"; done

run: ## Richtet alles ein, liest die Beispiele ein und startet http://127.0.0.1:8000
	@setup/einrichten.sh
	@setup/beispiele.sh
	@exec .venv/bin/aktenkundig serve --port $(PORT)

test: ## Richtet ein, was fehlt, und führt alle Tests aus, auch die mit echten Gewichten
	@setup/einrichten.sh --dev
	@if [ -n "$(ARGS)" ]; then exec $(PY) -m pytest $(ARGS); fi; \
	ende=0; \
	$(PY) -m pytest -m 'not alone' -n $(NEBENEINANDER) --dist loadfile --no-loadscope-reorder --durations=15 || ende=$$?; \
	$(PY) -m pytest -m alone --durations=15 tests/integration tests/browser tests/eval || ende=$$?; \
	exit $$ende

check: ## Prüft Format, Stil, Typen und Hausregeln (unter einer Minute)
	@setup/einrichten.sh --dev --ohne-gewichte
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy --strict $(addprefix -p ,$(PAKETE))
	@$(PY) -m pytest -q tests/unit/test_house.py

eval: ## Beantwortet die Prüffragen und schreibt den Bericht
	@setup/einrichten.sh --dev
	@setup/beispiele.sh
	@$(PY) -m tests.eval.run $(ARGS)

bench: ## Misst Antwortzeiten und Speicher, mit ARGS=--einlesen das Einlesen (ohne andere Last)
	@setup/einrichten.sh --dev
	@$(PY) -m tests.benchmarks.run $(ARGS)

fuzz: ## Liest 5.000 mutwillig beschädigte Dateien; setzt fort, wo es stehen blieb (ARGS=--fresh: von vorn)
	@setup/einrichten.sh --dev --ohne-gewichte
	@$(PY) -m tests.fuzz.run $(ARGS)

acceptance: ## Prüft an den Dateien und Fragen unter ../shared, soweit vorhanden
	@setup/einrichten.sh --dev
	@$(PY) -m pytest tests/acceptance $(ARGS)

durable: ## Bricht jeden einzelnen Schreibvorgang ab, nicht nur jeden sechzehnten (etwa eine Stunde)
	@setup/einrichten.sh --dev
	@AKTENKUNDIG_TEST_CALLS_EVERY=1 $(PY) -m pytest tests/integration/test_durable_calls.py $(ARGS)

handbuch: ## Nimmt die zehn Bilder des Handbuchs neu auf; danach jedes ansehen und den Text daran prüfen
	@setup/einrichten.sh --dev
	@$(PY) -m pytest -q tests/browser/test_handbook.py --handbuch-neu -k picture_shows
	@git status --short docs/handbuch

image: ## Baut das Abbild mit dem, was auf dem Rechner ist (buildah, podman oder docker)
	@setup/abbild.sh bauen

image-test: ## Baut das Abbild auf einer eigenen Debian-Grundlage und erprobt es (als root)
	@setup/einrichten.sh --dev
	@$(PY) -m pytest tests/image $(ARGS)

clean: ## Entfernt Umgebung und Zwischenergebnisse; Daten und Gewichte bleiben
	@rm -rf .venv build dist out *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.cache/*' -prune -exec rm -rf {} +
