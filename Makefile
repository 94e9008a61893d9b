# `make demo` first. Every target may be run in a fresh clone; what is missing is installed or named.

SWIFT ?= swift
# Holds the arrows between the rooms (docs/architecture.md); scripts/check-imports holds the rest.
ARROWS = --explicit-target-dependency-import-check error
RELEASE = -c release $(ARROWS)
# With the Swift runtime in it: Debian has no package of that. In a folder of its own, since every module
# is compiled differently for it.
PACKAGED = $(RELEASE) --static-swift-stdlib --scratch-path .build/packaged

# Tests that take a broker down run by themselves: while it is down, a busy machine may give its port
# to somebody else's connection, and librdkafka's mock aborts when it cannot have it back.
# A hundred thousand malformed events leave others nothing to run on.
ALONE = KafkaTests|BrokerFaultTests|ControlKillTests|MalformedFloodTests
# Whole programs that are killed and take over from one another starve whoever waits beside them.
PROCESSES = IncidentTests|ThreeEnginesTests|EngineKillTests|RestartTests
# Swift Testing starts every test at once, however few cores there are, and most would spend their
# time limits waiting for a turn.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = $(shell expr $$(nproc) \* 4)

.DEFAULT_GOAL := help
.PHONY: help demo build release package image test bench lint format clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.* ## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | \
		while IFS='	' read -r name words; do printf '  make %-8s %s\n' "$$name" "$$words"; done

demo: ## Open the console over a private PostgreSQL and a Kafka mock cluster
	@scripts/setup
	@$(SWIFT) build $(RELEASE) --product syncconsole
	@exec .build/release/syncconsole demo

build: ## Build syncconsole for working on it, in .build/debug
	@scripts/setup
	$(SWIFT) build $(ARROWS) --product syncconsole

release: ## Build syncconsole optimised, for this machine, in .build/release
	@scripts/setup
	$(SWIFT) build $(RELEASE) --product syncconsole

package: ## Make the Debian package, in .build/package
	@scripts/setup --package
	$(SWIFT) build $(PACKAGED) --product syncconsole
	scripts/package

image: package ## Make an OCI image of the package, in .build/image (as root)
	@scripts/setup --image
	scripts/image

test: ## Run the tests, with a real PostgreSQL and the real Kafka protocol
	@scripts/setup --tests
	@scripts/check-imports
	$(SWIFT) build $(ARROWS) --build-tests
	@SWIFT='$(SWIFT)' scripts/run-tests '$(ALONE)' '$(PROCESSES)'

bench: ## Measure the engine against its peers on this machine
	@scripts/setup
	$(SWIFT) build $(RELEASE) --product syncconsole
	Benchmarks/run

lint: ## Check the format, the arrows between the rooms, and that no secret is committed
	@scripts/check-imports
	@scripts/check-secrets
	$(SWIFT) format lint --strict --parallel -r Sources Tests Package.swift

format: ## Bring the format into shape
	$(SWIFT) format -i --parallel -r Sources Tests Package.swift

clean: ## Delete what was built
	rm -rf .build
