# SPDX-License-Identifier: MIT
#
# `make help` lists the targets. Everything that a target needs and the machine lacks is installed by tools/setup.sh.

BUILD ?= build
CC ?= gcc
OPT ?= -O2 -g1
PREFIX ?= /usr/local
LLHTTP_SRC := $(firstword $(wildcard /usr/share/llhttp) $(wildcard /usr/share/nodejs/llhttp/src))
LLHTTP_INC := /usr/share/include/llhttp
PACKAGES := javascriptcoregtk-4.1 libuv zlib icu-uc icu-i18n
# Loaded at first use (base/lazy_library.h), not linked: name=shared object.
DELAYED := crypto=libcrypto cares=libcares brotlienc=libbrotlienc brotlidec=libbrotlidec zstd=libzstd

ifneq ($(filter-out help setup run test format lint clean,$(or $(MAKECMDGOALS),all)),)
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) openssl libcares libbrotlienc libzstd 2>/dev/null)
LIB_DIR := $(shell pkg-config --variable=libdir openssl 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
endif

JSC_VERSION := $(shell pkg-config --modversion javascriptcoregtk-4.1 2>/dev/null)
BROTLI_VERSION := $(shell pkg-config --modversion libbrotlienc 2>/dev/null)
AMARO_VERSION := $(shell sed -n 's/.*"amaro": "\([0-9.]*\)".*/\1/p' package.json)
VERSION := 0.1.0
CFLAGS_ALL := -DLODE_VERSION=\"$(VERSION)\" -DLODE_JSC_VERSION=\"$(JSC_VERSION)\" -DLODE_AMARO_VERSION=\"$(AMARO_VERSION)\" -DLODE_BROTLI_VERSION=\"$(BROTLI_VERSION)\" -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-maybe-uninitialized -fvisibility=hidden -fno-strict-aliasing -I. -I$(LLHTTP_INC) $(PKG_CFLAGS) $(OPT) $(CFLAGS)
LIBS := $(PKG_LIBS) -lglib-2.0 -lm -lpthread -ldl

C_FILES := $(filter-out %_test.c syntax/fuzz.c,$(shell find base syntax runtime modules web napi cli -name '*.c' 2>/dev/null))
JS_FILES := $(shell find runtime modules web -name '*.js' 2>/dev/null)
C_OBJECTS := $(C_FILES:%.c=$(BUILD)/obj/%.o)
DELAY_OBJECTS := $(foreach d,$(DELAYED),$(BUILD)/gen/delay_$(firstword $(subst =, ,$(d))).o)
OBJECTS := $(C_OBJECTS) $(DELAY_OBJECTS) $(BUILD)/obj/llhttp/api.o $(BUILD)/obj/llhttp/http.o $(BUILD)/obj/llhttp/llhttp.o \
  $(BUILD)/gen/builtins.o $(BUILD)/gen/builtins_table.o $(BUILD)/gen/amaro.o

.PHONY: all help setup run test asan ubsan bench corpus fuzz install uninstall format lint clean
all: $(BUILD)/lode  ## build build/lode

help:  ## this list
	@awk -F ' *## ' '/^[a-z]+:.*## / { sub(/:.*/, "", $$1); printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo; echo "  Variables: BUILD=dir CC= OPT= CFLAGS= PREFIX=$(PREFIX) DESTDIR="

setup:  ## install what building needs (apt)
	@tools/setup.sh build

run:  ## build, then serve examples/hello.js
	@tools/setup.sh build
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@$(BUILD)/lode examples/hello.js

test:  ## build and run every test
	@tools/setup.sh test
	@[ -d node_modules/acorn ] || npm ci --no-audit --no-fund --loglevel=error || echo 'Some tests will be skipped: npm ci failed'
	@$(MAKE) --no-print-directory -j$$(nproc) all unit $(BUILD)/syntax
	@$(MAKE) --no-print-directory -j$$(nproc) asan
	@BUILD=$(BUILD) test/run.sh

# The engine writes its own traps and stack scans, so only lode's own code is instrumented.
asan:  ## build-asan/lode, with AddressSanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan OPT="-O1 -g1" CFLAGS="-fsanitize=address -fno-omit-frame-pointer" LDFLAGS="-fsanitize=address" all

ubsan:  ## build-ubsan/lode, with UndefinedBehaviorSanitizer
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-ubsan OPT="-O1 -g1" CFLAGS="-fsanitize=undefined -fno-sanitize-recover=undefined" LDFLAGS="-fsanitize=undefined" all

# C unit tests: X_test.c beside X.c is a program of its own, linked with everything but main.
UNIT_TESTS := $(patsubst %.c,$(BUILD)/test/%,$(notdir $(shell find base syntax runtime modules web -name '*_test.c' 2>/dev/null)))
.PHONY: unit
unit: $(UNIT_TESTS)
define unit_rule
$(BUILD)/test/$(notdir $(1:.c=)): $(BUILD)/obj/$(1:.c=.o) $(filter-out $(BUILD)/obj/cli/main.o,$(OBJECTS))
	@mkdir -p $$(@D)
	@$(CC) $(OPT) $(LDFLAGS) -o $$@ $$^ $(LIBS)
endef
$(foreach t,$(shell find base syntax runtime modules web -name '*_test.c' 2>/dev/null),$(eval $(call unit_rule,$(t))))

# The floor for the benchmark: no JavaScript at all.
$(BUILD)/bench/baseline: bench/baseline.c $(wildcard $(LLHTTP_SRC)/*.c)
	@mkdir -p $(@D)
	@$(CC) -O2 -w -I/usr/share/include -I$(LLHTTP_INC) $(PKG_CFLAGS) -o $@ $^ -luv

bench:  ## compare with Node, Bun and plain C (about two minutes)
	@tools/setup.sh test
	@$(MAKE) --no-print-directory -j$$(nproc) all $(BUILD)/bench/baseline
	@node bench/run.js
	@node bench/threads.js

# The parser by itself: tools/syntax_main.c on base and syntax.
SYNTAX_FILES := $(filter-out syntax/fuzz.c %_test.c,$(wildcard syntax/*.c)) base/base.c base/utf.c
SYNTAX_LIBS = $(shell pkg-config --libs icu-uc)
$(BUILD)/syntax: $(BUILD)/obj/tools/syntax_main.o $(SYNTAX_FILES:%.c=$(BUILD)/obj/%.o)
	@echo "  LINK    $@"
	@$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(SYNTAX_LIBS)

corpus: $(BUILD)/syntax  ## the parser against acorn on 36,000 files from npm
	@tools/setup.sh test
	@node --max-old-space-size=6000 bench/syntax.js

# FUZZ_SECONDS=N; what it finds is left in build/fuzz.
FUZZ_SECONDS ?= 600
fuzz:  ## fuzz the parser with libFuzzer under ASan and UBSan
	@tools/setup.sh fuzz
	@mkdir -p $(BUILD)/fuzz/corpus
	@clang -std=gnu17 -D_GNU_SOURCE -O1 -g -I. -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
	  -o $(BUILD)/fuzz/syntax syntax/fuzz.c $(SYNTAX_FILES) $(SYNTAX_LIBS)
	@[ -d node_modules/test262-parser-tests ] || npm ci --no-audit --no-fund --loglevel=error
	@cd $(BUILD)/fuzz && ./syntax -max_total_time=$(FUZZ_SECONDS) -max_len=2000 -timeout=10 -rss_limit_mb=4000 \
	  -dict=$(CURDIR)/test/syntax/fuzz.dict corpus $(CURDIR)/node_modules/test262-parser-tests/pass \
	  $(CURDIR)/node_modules/test262-parser-tests/fail $(CURDIR)/test/fixtures/syntax/seeds

install: $(BUILD)/lode  ## PREFIX=/usr/local: the binary and its manual page
	install -D -m 755 $(BUILD)/lode $(DESTDIR)$(PREFIX)/bin/lode
	install -D -m 644 docs/lode.1 $(DESTDIR)$(PREFIX)/share/man/man1/lode.1

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lode $(DESTDIR)$(PREFIX)/share/man/man1/lode.1

format:  ## format the C files in place
	@clang-format -i $$(git ls-files -co --exclude-standard '*.c' '*.h')

lint:  ## check formatting, JavaScript rules, include directions
	@tools/lint.sh

$(BUILD)/lode: $(OBJECTS) $(BUILD)/gen/code.o
	@echo "  LINK    $@"
	@$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)

# The bytecode of the JavaScript halves, made by the engine itself.
$(BUILD)/compile: $(BUILD)/obj/tools/compile.o $(filter-out $(BUILD)/obj/cli/main.o,$(OBJECTS))
	@$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(LIBS)
$(BUILD)/gen/code.S: $(BUILD)/compile
	@echo "  COMPILE $(words $(JS_FILES)) JavaScript files"
	@ASAN_OPTIONS=detect_leaks=0 $(BUILD)/compile $(@D)
$(BUILD)/gen/code.o: $(BUILD)/gen/code.S
	@$(CC) -c -o $@ $<

$(BUILD)/obj/llhttp/%.o: $(LLHTTP_SRC)/%.c
	@mkdir -p $(@D)
	@$(CC) -O2 -w -DLLHTTP_STRICT_MODE=1 -I$(LLHTTP_INC) $(filter -fsanitize%,$(CFLAGS)) -c -o $@ $<

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC      $<"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

define delay_rule
$(BUILD)/gen/delay_$(1).S: tools/delay_load.sh $(C_OBJECTS)
	@mkdir -p $$(@D)
	@tools/delay_load.sh $(1) $(LIB_DIR)/$(2).so $$@ $(C_OBJECTS)
$(BUILD)/gen/delay_$(1).o: $(BUILD)/gen/delay_$(1).S
	@$(CC) -c -o $$@ $$<
endef
$(foreach d,$(DELAYED),$(eval $(call delay_rule,$(firstword $(subst =, ,$(d))),$(lastword $(subst =, ,$(d))))))

$(BUILD)/embed: $(BUILD)/obj/tools/embed.o $(SYNTAX_FILES:%.c=$(BUILD)/obj/%.o)
	@$(CC) $(OPT) $(LDFLAGS) -o $@ $^ $(SYNTAX_LIBS)

$(BUILD)/gen/files: FORCE
	@mkdir -p $(@D)
	@echo '$(sort $(JS_FILES))' | cmp -s - $@ || echo '$(sort $(JS_FILES))' > $@
FORCE:

# The TypeScript stripper from npm, in two parts (tools/amaro.sh).
AMARO := $(BUILD)/gen/amaro.js
$(AMARO): tools/amaro.sh package-lock.json
	@echo "  SPLIT   amaro"
	@tools/amaro.sh $(@D)
$(BUILD)/gen/amaro.o: $(AMARO)
	@printf '.section .rodata\n.global lode_amaro, lode_amaro_end\n.balign 16\nlode_amaro: .incbin "%s"\nlode_amaro_end: .byte 0\n.section .note.GNU-stack,"",@progbits\n' $(@:.o=.wasm) | $(CC) -c -x assembler -o $@ -

$(BUILD)/gen/builtins.S: $(BUILD)/embed $(BUILD)/gen/files $(JS_FILES) $(AMARO)
	@echo "  EMBED   $(words $(JS_FILES)) JavaScript files"
	@$(BUILD)/embed $(BUILD)/gen $(JS_FILES) amaro=$(AMARO)
$(BUILD)/gen/builtins_table.c: $(BUILD)/gen/builtins.S ;
$(BUILD)/gen/builtins.o: $(BUILD)/gen/builtins.S
	@$(CC) -c -o $@ $<
$(BUILD)/gen/builtins_table.o: $(BUILD)/gen/builtins_table.c
	@$(CC) $(CFLAGS_ALL) -c -o $@ $<

clean:  ## remove the build folder
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d)
