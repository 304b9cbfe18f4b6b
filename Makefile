# The menu. `make demo` and `make test` need Python 3.11 or newer, pip and make, nothing else.
PYTHON ?= python3
DATA ?= ../shared/bench/data
BASE ?= HEAD
PY := .venv/bin/python
EXAMPLE := examples/lighthouse-exclusive.txt
READY := .venv/.installed
RUNTIME := .venv/.runtime
PIP := $(PYTHON) -m pip --python $(PY) install --disable-pip-version-check

# Compiled modules are kept, whatever the machine says: a command starts in a second instead of two.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help demo test test-system test-cost coverage check format lint types layers dependencies docs docs-check wheel eval diff new-rule axe pictures browser lock clean fuzz fuzz-bytes soak audit sbom

help:  ## this menu
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Debian's venv may come without ensurepip: pip installs into the new environment from outside.
$(PY):
	$(PYTHON) -m venv --without-pip .venv

# What onrecord needs to run, and what builds it: some 70 packages, 90 MB to fetch. pip says what it does.
$(RUNTIME): requirements/core.txt pyproject.toml | $(PY)
	$(PIP) --require-hashes -r requirements/core.txt
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

# The developer's tools and every extra as well: some 200 packages.
$(READY): requirements/dev.txt pyproject.toml | $(PY)
	@echo "Installing the developer's tools and every extra: this takes some minutes …"
	@$(PIP) --quiet --require-hashes -r requirements/dev.txt
	@$(PIP) --quiet --no-build-isolation --no-deps --editable .
	@touch $@ $(RUNTIME)

demo: $(if $(wildcard $(READY)),$(READY),$(RUNTIME))  ## set up, check the shipped article, leave a page to look at
	@mkdir -p out
	$(PY) -m onrecord check $(EXAMPLE) --outlet "Harbour Star" --exit-zero
	@echo
	$(PY) -m onrecord sources $(EXAMPLE) --outlet "Harbour Star"
	@$(PY) -m onrecord check $(EXAMPLE) --outlet "Harbour Star" --format html -o out/demo.html --exit-zero
	@echo
	@echo "The page to look at: $(CURDIR)/out/demo.html"
	@echo "Your own article:    .venv/bin/onrecord check STORY.html"
	@echo "In a browser:        .venv/bin/onrecord serve"

test: $(READY)  ## the tests: no network, no corpora
	$(PY) -m pytest -n auto

.PHONY: test-corpus
test-corpus: $(READY)  ## Ray on two nodes of this machine, and the notebook
	$(PY) -m pytest -m corpus

test-system: $(READY)  ## whole programs: servers, kills, strace, Chromium, LibreOffice (what is here)
	$(PY) -m pytest -m system -n auto

test-cost: $(READY)  ## does cost grow with length alone? Two sizes in one run, no other times
	$(PY) -m pytest -m cost -n auto

coverage: $(READY)  ## the tests, and at least 92 % of the lines run by them
	@rm -f .coverage .coverage.*
	$(PY) -m coverage run -m pytest -n auto -m 'not cost and not corpus' --ignore tests/test_telemetry.py
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report --fail-under 92

check: format lint types layers dependencies docs-check test  ## everything that can be checked here

format: $(READY)  ## is the code formatted? (mend: .venv/bin/ruff format .)
	$(PY) -m ruff format --check .

lint: $(READY)  ## ruff's lint
	$(PY) -m ruff check .

types: $(READY)  ## mypy --strict
	$(PY) -m mypy

layers: $(READY)  ## who may import whom
	.venv/bin/lint-imports --no-cache

dependencies: $(READY)  ## dependencies unused, missing or undeclared
	.venv/bin/deptry src

docs: $(READY)  ## write the generated pages anew
	$(PY) -m tools.docs

docs-check: $(READY)  ## are the generated pages fresh?
	$(PY) -m tools.docs --check

wheel: $(READY)  ## build a wheel and try it in an empty environment
	PYTHON=$(PYTHON) bash tools/try_wheel.sh

eval: $(READY)  ## accuracy on the public corpora in DATA, against the floors
	$(PY) -m evals.gate --data $(DATA)

diff: $(READY)  ## what differs from revision BASE over 200 articles (N=40: fewer)
	$(PY) -m evals.diff $(BASE) --data $(DATA) $(if $(N),--limit $(N))

new-rule: $(READY)  ## begin a rule: make new-rule CODE=LAN903 NAME=hedged-praise
	@$(PY) -m tools.new_rule "$(CODE)" "$(NAME)"

axe: out/axe/package/axe.min.js  ## fetch axe-core for the tests of accessibility (needs npm)

# For the tests only: unpacked into out/, in no lock file, in no package of ours.
out/axe/package/axe.min.js:
	@mkdir -p out/axe
	cd out/axe && npm pack --silent axe-core@4 && tar -xzf axe-core-*.tgz

pictures: $(READY)  ## make the screenshots of docs/images anew
	$(PY) -m tools.pictures
	$(PY) -m tools.pictures_web

browser: $(READY)  ## the tests that drive Chromium
	$(PY) -m pytest tests/browser -m system

fuzz: $(READY)  ## articles that nobody would write: 2,000 on the patterns, 100 on the model
	$(PY) -m evals.fuzz --count 2000 --engine baseline
	$(PY) -m evals.fuzz --count 100 --engine model

fuzz-bytes: $(READY) out/atheris/.installed  ## the readers of bytes under atheris, coverage-guided
	@mkdir -p out/fuzz
	cd out/fuzz && PYTHONPATH=$(CURDIR):$(CURDIR)/out/atheris $(CURDIR)/$(PY) -m evals.fuzz_bytes -runs=20000 -max_len=4000

# For fuzzing only: in no lock file, in no package of ours.
out/atheris/.installed: $(READY)
	$(PYTHON) -m pip --python $(PY) install --quiet --disable-pip-version-check --target out/atheris atheris
	@touch $@

soak: $(READY)  ## a server under honest and hostile load for 20 minutes
	$(PY) -m evals.soak --minutes 20

out/tools/.installed:
	$(PYTHON) -m venv --without-pip out/tools
	$(PYTHON) -m pip --python out/tools/bin/python install --quiet --disable-pip-version-check pip-audit cyclonedx-bom
	@touch $@

audit: out/tools/.installed  ## look the locked dependencies up among known faults (needs the JSON API of PyPI)
	out/tools/bin/pip-audit --require-hashes --disable-pip --strict -r requirements/runtime.txt

sbom: out/tools/.installed  ## what is inside, as CycloneDX, from the lock
	@mkdir -p out
	out/tools/bin/cyclonedx-py requirements requirements/runtime.txt --pyproject pyproject.toml --output-reproducible -o out/sbom.json
	@echo "out/sbom.json"

# For trying the API only: in no lock file, in no package of ours.
out/schemathesis/.installed:
	$(PYTHON) -m venv --without-pip out/schemathesis
	$(PYTHON) -m pip --python out/schemathesis/bin/python install --quiet --disable-pip-version-check schemathesis==4.32.5
	@touch $@

.PHONY: api
api: $(READY) out/schemathesis/.installed  ## schemathesis asks the HTTP API all that its OpenAPI document says
	bash tools/try_api.sh

# For the site only: in no lock file, in no package of ours.
out/zensical/.installed:
	$(PYTHON) -m venv --without-pip out/zensical
	$(PYTHON) -m pip --python out/zensical/bin/python install --quiet --disable-pip-version-check zensical==0.0.73
	@touch $@

.PHONY: site
site: $(READY) out/zensical/.installed  ## the documentation as a site in out/site, every link followed
	$(PY) -m tools.site

lock:  ## lock the dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras pyproject.toml requirements/dev.in -o requirements/dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml requirements/build.in -c requirements/dev.txt -o requirements/core.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra batch --extra watch pyproject.toml -o requirements/runtime.txt

clean:  ## remove what the other targets made
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

-include training/training.mk
