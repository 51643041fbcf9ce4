# Assay: build, test, install. `make help` lists the goals.
#
# One Makefile for the whole tree; whatever it makes lies under $(BUILD). A
# variant (sanitizers, fuzzers) is this same Makefile with another BUILD.
# pkg-config is asked in recipes only, so that `make deps` works on a machine
# that has nothing but make.

BUILD   = build
PREFIX  = /usr/local
DESTDIR =
CFLAGS ?= -O2 -g
LDFLAGS ?=
FLEX    = flex
BISON   = bison
FUZZ_CC = clang
FUZZ_SECONDS = 30

# The order of the floors is that of the data; see docs/contributing.md.
FLOORS   = base values lexer parser store stdlib eval report cli
PACKAGES = sqlite3 readline libutf8proc libpcre2-8 smartcols zlib
TEST_PACKAGES = check libcjson

WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wcast-qual -Wwrite-strings \
	-Wpointer-arith -Wundef -Wvla -Wformat=2 -Wswitch-enum
ifneq ($(filter true,$(CI))$(filter 1,$(WERROR)),)
WARNINGS += -Werror
endif

# SANITIZE is set by the goals asan and fuzz for the variants they build.
ifdef SANITIZE
SANITIZING = -DPANE_CELLS=8 -fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
endif

ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L -I. -I$(BUILD) $(WARNINGS) \
	$(CPPFLAGS) $(CFLAGS) $(SANITIZING)

# What is built from what

rooms     = $(sort $(wildcard $(1:%=%/*.c) $(1:%=%/*/*.c)))
SOURCES   = $(call rooms,$(filter-out cli,$(FLOORS)))
GENERATED = parser/grammar.tab.c lexer/scan.c stdlib/library_text.c
# Currencies come last: names that people chose are offered first.
TEXTS     = $(sort $(wildcard stdlib/*.assay stdlib/include/*.assay \
	docs/errors/*.md docs/help/*.md)) $(MADE_TEXTS)
MADE_TEXTS = $(addprefix $(BUILD)/stdlib/,include/countries.assay \
	include/countries3.assay include/groups3.assay currencies.assay)

PROGRAM      = $(BUILD)/assay
LIBRARY      = $(BUILD)/libassay.a
PROGRAM_OBJS = $(patsubst %.c,$(BUILD)/%.o,$(call rooms,cli))
WRITTEN_OBJS = $(patsubst %.c,$(BUILD)/%.o,$(SOURCES))
MADE_OBJS    = $(patsubst %.c,$(BUILD)/%.o,$(GENERATED))
LIBRARY_OBJS = $(WRITTEN_OBJS) $(MADE_OBJS)
UNITS        = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/unit/*.c)))
FUZZERS      = $(patsubst %.c,$(BUILD)/%,$(sort $(wildcard tests/fuzz/*.c)))

# Not built for a SUITE that is another.
WANTED_UNITS = $(if $(filter units reports,$(or $(SUITE),units)),$(UNITS))

# With `deps` among the goals every recipe waits for it, also under -j.
WAIT = $(filter deps,$(MAKECMDGOALS))

# say WHAT: one short line for each step; `make V=1` shows the commands.
Q   = $(if $(V),,@)
say = $(if $(V),,@printf '  %-6s%s\n' $(1) '$(2)')
# Replaces a file only if its text changed, so that what depends on it is
# rebuilt when flags, compiler or the list of sources change, and only then.
keep = if cmp -s $@.new $@; then rm -f $@.new; else mv -f $@.new $@; fi
# flags PACKAGES, PKG-CONFIG OPTION: fails with a word on what to do.
flags = pkg-config --exists --print-errors $(1) || \
	{ echo 'Packages are missing: run "make deps".' >&2; exit 1; }; \
	pkg-config $(2) $(1)

.SUFFIXES:
.DELETE_ON_ERROR:
.PHONY: all deps demo check asan fuzz fuzzers valgrind bench format install \
	uninstall clean help FORCE
MAKEFLAGS += --no-builtin-rules

all: $(PROGRAM) ## build the program, $(BUILD)/assay (the default)

deps: ## install the Debian packages that the other goals given need
	@sh scripts/deps build \
		$(if $(filter check asan fuzz valgrind bench,$(MAKECMDGOALS)),test) \
		$(if $(filter asan fuzz valgrind,$(MAKECMDGOALS)),sanitize) \
		$(if $(filter format,$(MAKECMDGOALS)),format)

demo: $(PROGRAM) ## build, then run the example of Korean exports
	@$(PROGRAM) run examples/korea/korea.assay

check: $(PROGRAM) $(WANTED_UNITS) ## build, run all tests (SUITE= CASE= BLESS=1)
	@ASSAY='$(PROGRAM)' BUILD='$(BUILD)' CC='$(CC)' SANITIZE='$(SANITIZE)' \
		sh tests/run

asan: | $(WAIT) ## run the tests under AddressSanitizer and UBSan
	@$(MAKE) --no-print-directory BUILD='$(BUILD)/asan' \
		SANITIZE=address,undefined \
		TEST_TIMEOUT='$(or $(TEST_TIMEOUT),240)' \
		SUITE='$(or $(SUITE),$(RUN_SUITES))' check

valgrind: $(PROGRAM) ## run the cases of tests/valgrind.list under valgrind
	@ASSAY='$(PROGRAM)' BUILD='$(BUILD)' TEST_TIMEOUT=240 SUITE=golden \
		CASES_FROM=tests/valgrind.list WRAP='valgrind -q \
		--error-exitcode=99 --leak-check=full --num-callers=20' \
		sh tests/run

fuzz: | $(WAIT) ## run the fuzzers, FUZZ_SECONDS each (needs clang)
	@$(MAKE) --no-print-directory BUILD='$(BUILD)/fuzz' CC='$(FUZZ_CC)' \
		SANITIZE=fuzzer-no-link,address,undefined fuzzers
	@BUILD='$(BUILD)/fuzz' FUZZ_SECONDS='$(FUZZ_SECONDS)' \
		sh tests/fuzz/run $(notdir $(FUZZERS))

bench: $(PROGRAM) ## measure speed against its peers
	@ASSAY='$(PROGRAM)' BUILD='$(BUILD)' CC='$(CC)' sh tests/bench/run

format: | $(WAIT) ## put the C files into the project's form (clang-format)
	clang-format -i $(wildcard $(foreach d,$(FLOORS) tests,\
		$d/*.[ch] $d/*/*.[ch]))

# The suites that run the program with scripts of their own.
RUN_SUITES = golden tables units sessions examples review

# Settings, kept in files that the commands read with @FILE

$(BUILD)/cflags: FORCE | $(WAIT)
	@mkdir -p $(@D)
	@got=$$($(call flags,$(PACKAGES),--cflags-only-I)) || exit 1; \
	printf '%s\n' '$(ALL_CFLAGS)' >$@.new; \
	echo "$$got" | sed 's,-I,-isystem ,g' >>$@.new
	@$(keep)

$(BUILD)/libs: FORCE | $(WAIT)
	@mkdir -p $(@D)
	@got=$$($(call flags,$(PACKAGES),--libs)) || exit 1; \
	printf '%s\n' '$(LDFLAGS) -Wl,--as-needed' "$$got -lm" >$@.new
	@$(keep)

# Two lines for the unit tests, or nothing where Check is not installed.
$(BUILD)/test-libs: FORCE | $(WAIT)
	@mkdir -p $(@D)
	@if pkg-config --exists $(TEST_PACKAGES); then \
		pkg-config --cflags-only-I $(TEST_PACKAGES) | \
			sed 's,-I,-isystem ,g'; \
		pkg-config --libs $(TEST_PACKAGES); \
	fi >$@.new
	@$(keep)

$(BUILD)/compiler: FORCE | $(WAIT)
	@mkdir -p $(@D)
	@{ echo '$(CC)'; $(CC) --version | head -n 1; } >$@.new
	@$(keep)

$(BUILD)/sources: FORCE | $(WAIT)
	@mkdir -p $(@D)
	@printf '%s\n' $(SOURCES) $(GENERATED) $(TEXTS) >$@.new
	@$(keep)

FORCE:

# Generated sources

$(BUILD)/parser/grammar.tab.c $(BUILD)/parser/grammar.tab.h &: \
		parser/grammar.y | $(WAIT)
	@mkdir -p $(BUILD)/parser
	$(call say,bison,$<)
	$(Q)$(BISON) -Wall -Wdangling-alias -Wcounterexamples -Werror \
		--header=$(BUILD)/parser/grammar.tab.h \
		-o $(BUILD)/parser/grammar.tab.c $<

$(BUILD)/lexer/scan.c: lexer/scan.l | $(WAIT)
	@mkdir -p $(@D)
	$(call say,flex,$<)
	$(Q)$(FLEX) -Cfa -o $@ $<

$(BUILD)/stdlib/library_text.c: stdlib/embed $(TEXTS) $(BUILD)/sources | $(WAIT)
	@mkdir -p $(@D)
	$(call say,embed,stdlib/*.assay)
	$(Q)BUILD='$(BUILD)' sh stdlib/embed $(TEXTS) >$@

# Countries and currencies, from the tables of iso-codes; without it their
# texts are empty, and `include` says so.
$(BUILD)/iso-codes: FORCE | $(WAIT)
	@mkdir -p $(@D)
	@if pkg-config --exists iso-codes; then \
		pkg-config --modversion iso-codes; \
		echo "$$(pkg-config --variable=prefix iso-codes)/share/iso-codes/json"; \
	else \
		echo 'The package iso-codes is missing: no countries,' \
			'and few currencies. "make deps" installs it.' >&2; \
	fi >$@.new
	@$(keep)

# iso WHAT, TABLE, OTHER FILE
iso = $(Q)mkdir -p $(@D); folder=$$(sed -n 2p $(BUILD)/iso-codes); \
	if test -n "$$folder"; then \
		sh stdlib/codes $(1) "$$folder/$(2).json" $(3); \
	fi >$@

$(MADE_TEXTS): stdlib/codes $(BUILD)/iso-codes
$(BUILD)/stdlib/currencies.assay: stdlib/units.assay
	$(call say,codes,$@)
	$(call iso,currencies,iso_4217,$<)
$(BUILD)/stdlib/include/groups3.assay: stdlib/include/groups.assay
	$(call say,codes,$@)
	$(call iso,groups3,iso_3166-1,$<)
$(BUILD)/stdlib/include/countries.assay $(BUILD)/stdlib/include/countries3.assay:
	$(call say,codes,$@)
	$(call iso,$(basename $(@F)),iso_3166-1)

# Objects, library, program

compile = $(CC) @$(BUILD)/cflags -MMD -MP -c -o $@ $<
SETTINGS = $(BUILD)/cflags $(BUILD)/compiler

$(WRITTEN_OBJS) $(PROGRAM_OBJS): $(BUILD)/%.o: %.c $(SETTINGS) \
		| $(BUILD)/parser/grammar.tab.h $(WAIT)
	@mkdir -p $(@D)
	$(call say,cc,$<)
	$(Q)$(compile)

$(MADE_OBJS): $(BUILD)/%.o: $(BUILD)/%.c $(SETTINGS) \
		| $(BUILD)/parser/grammar.tab.h $(WAIT)
	$(call say,cc,$<)
	$(Q)$(compile)

$(LIBRARY): $(LIBRARY_OBJS) $(BUILD)/sources
	$(call say,ar,$@)
	@rm -f $@
	$(Q)$(AR) rcs $@ $(LIBRARY_OBJS)

$(PROGRAM): $(PROGRAM_OBJS) $(LIBRARY) $(BUILD)/libs
	$(call say,link,$@)
	$(Q)$(CC) @$(BUILD)/cflags -o $@ $(PROGRAM_OBJS) $(LIBRARY) \
		@$(BUILD)/libs

# Test programs; one that cannot be built for want of Check says so with 77.

$(UNITS): $(BUILD)/%: %.c $(LIBRARY) $(SETTINGS) $(BUILD)/libs \
		$(BUILD)/test-libs
	@mkdir -p $(@D)
	$(call say,unit,$<)
	$(Q)if test -s $(BUILD)/test-libs; then \
		$(CC) @$(BUILD)/cflags -MMD -MP -MF $@.d -o $@ $< $(LIBRARY) \
			@$(BUILD)/test-libs @$(BUILD)/libs; \
	else \
		printf '#!/bin/sh\nexit 77\n' >$@ && chmod +x $@; \
	fi

fuzzers: $(FUZZERS)

$(FUZZERS): $(BUILD)/%: %.c $(LIBRARY) $(SETTINGS) $(BUILD)/libs
	@mkdir -p $(@D)
	$(call say,fuzz,$<)
	$(Q)$(CC) @$(BUILD)/cflags -fsanitize=fuzzer -MMD -MP -MF $@.d -o $@ $< \
		$(LIBRARY) @$(BUILD)/libs

-include $(LIBRARY_OBJS:.o=.d) $(PROGRAM_OBJS:.o=.d)
-include $(UNITS:=.d) $(FUZZERS:=.d)

# Install: source and place of whatever exists

bin   = $(DESTDIR)$(PREFIX)/bin
share = $(DESTDIR)$(PREFIX)/share
EXTRAS = docs/assay.1=$(share)/man/man1/assay.1 \
	$(BUILD)/completions/assay.bash=$(share)/bash-completion/completions/assay \
	$(BUILD)/completions/_assay=$(share)/zsh/site-functions/_assay \
	$(BUILD)/completions/assay.fish=$(share)/fish/vendor_completions.d/assay.fish

install: $(PROGRAM) ## install under PREFIX (/usr/local), below DESTDIR
	mkdir -p '$(bin)'
	install -m 755 $(PROGRAM) '$(bin)/assay'
	@mkdir -p $(BUILD)/completions
	@$(PROGRAM) completions bash >$(BUILD)/completions/assay.bash
	@$(PROGRAM) completions zsh >$(BUILD)/completions/_assay
	@$(PROGRAM) completions fish >$(BUILD)/completions/assay.fish
	@for pair in $(EXTRAS); do \
		from=$${pair%%=*} to=$${pair#*=}; \
		test -f "$$from" || continue; \
		echo "install -m 644 $$from $$to"; \
		mkdir -p "$${to%/*}" && install -m 644 "$$from" "$$to" || exit 1; \
	done

uninstall: ## take away what install put there
	rm -f '$(bin)/assay' $(foreach pair,$(EXTRAS),\
		'$(lastword $(subst =, ,$(pair)))')

clean: ## remove everything that was built
	rm -rf '$(BUILD)'

help: ## list the goals
	@echo 'usage: make [GOAL ...] [BUILD=build] [PREFIX=/usr/local] [V=1]'
	@awk -F ':.*## ' '/^[a-z]+:.*## / { gsub(/\$$\(BUILD\)/, "$(BUILD)", $$2); \
		printf "  %-11s%s\n", $$1, $$2 }' Makefile
