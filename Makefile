# SPDX-License-Identifier: MIT
#
# `make help` lists the targets. Everything that a target needs and the machine lacks is installed by tools/setup.sh.

BUILD ?= build
CC ?= gcc
OPT ?= -O2 -g1
PREFIX ?= /usr/local
LLHTTP_SRC := $(firstword $(wildcard /usr/share/llhttp) $(wildcard /usr/share/nodejs/llhttp/src))
LLHTTP_INC := /usr/share/include/llhttp
PACKAGES := javascriptcoregtk-4.1 libuv openssl libcares zlib libbrotlienc libbrotlidec libzstd icu-uc icu-i18n

ifneq ($(filter-out help setup run test format clean,$(or $(MAKECMDGOALS),all)),)
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
endif

JSC_VERSION := $(shell pkg-config --modversion javascriptcoregtk-4.1 2>/dev/null)
VERSION := 0.1.0
CFLAGS_ALL := -DLODE_VERSION=\"$(VERSION)\" -DLODE_JSC_VERSION=\"$(JSC_VERSION)\" -std=gnu17 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-maybe-uninitialized -fvisibility=hidden -fno-strict-aliasing -I. -I$(LLHTTP_INC) $(PKG_CFLAGS) $(OPT) $(CFLAGS)
LIBS := $(PKG_LIBS) -lglib-2.0 -lm -lpthread -ldl

C_FILES := $(filter-out %_test.c,$(shell find base syntax runtime modules web napi cli -name '*.c' 2>/dev/null))
JS_FILES := $(shell find runtime modules web -name '*.js' 2>/dev/null)
OBJECTS := $(C_FILES:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/llhttp/api.o $(BUILD)/obj/llhttp/http.o $(BUILD)/obj/llhttp/llhttp.o \
  $(BUILD)/gen/builtins.o $(BUILD)/gen/builtins_table.o

.PHONY: all setup run test asan ubsan clean
all: $(BUILD)/lode

setup:
	@tools/setup.sh build

run:
	@tools/setup.sh build
	@$(MAKE) --no-print-directory -j$$(nproc) all
	@$(BUILD)/lode examples/hello.js

test:
	@tools/setup.sh test
	@$(MAKE) --no-print-directory -j$$(nproc) all unit
	@$(MAKE) --no-print-directory -j$$(nproc) asan
	@BUILD=$(BUILD) test/run.sh

# The engine writes its own traps and stack scans, so only lode's own code is instrumented.
asan:
	@$(MAKE) --no-print-directory BUILD=$(BUILD)-asan OPT="-O1 -g1" CFLAGS="-fsanitize=address -fno-omit-frame-pointer" LDFLAGS="-fsanitize=address" all

ubsan:
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

$(BUILD)/lode: $(OBJECTS)
	@echo "  LINK    $@"
	@$(CC) $(OPT) $(LDFLAGS) -rdynamic -o $@ $(OBJECTS) $(LIBS)

$(BUILD)/obj/llhttp/%.o: $(LLHTTP_SRC)/%.c
	@mkdir -p $(@D)
	@$(CC) -O2 -w -I$(LLHTTP_INC) $(filter -fsanitize%,$(CFLAGS)) -c -o $@ $<

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC      $<"
	@$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(BUILD)/embed: tools/embed.c
	@mkdir -p $(@D)
	@$(CC) -O1 -Wall -Wextra -Werror -o $@ $<

$(BUILD)/gen/files: FORCE
	@mkdir -p $(@D)
	@echo '$(sort $(JS_FILES))' | cmp -s - $@ || echo '$(sort $(JS_FILES))' > $@
FORCE:

$(BUILD)/gen/builtins.S: $(BUILD)/embed $(BUILD)/gen/files $(JS_FILES)
	@echo "  EMBED   $(words $(JS_FILES)) JavaScript files"
	@$(BUILD)/embed $(BUILD)/gen $(JS_FILES)
$(BUILD)/gen/builtins_table.c: $(BUILD)/gen/builtins.S ;
$(BUILD)/gen/builtins.o: $(BUILD)/gen/builtins.S
	@$(CC) -c -o $@ $<
$(BUILD)/gen/builtins_table.o: $(BUILD)/gen/builtins_table.c
	@$(CC) $(CFLAGS_ALL) -c -o $@ $<

clean:
	rm -rf $(BUILD)

-include $(OBJECTS:.o=.d)
