#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Build tool: makes stubs for a shared library that is to be loaded at its first use instead of at start.
#
# usage: delay_load.sh NAME SHARED_OBJECT OUT.S OBJECT...
#
# Every function that the objects call and the library defines gets a stub that jumps through a slot. The slots are
# filled by lazy_library_load(&lazy_library_NAME) (base/lazy_library.h), which must run before any stub does.
set -eu
name=$1
library=$2
out=$3
shift 3

soname=$(objdump -p "$library" | awk '$1 == "SONAME" { print $2 }')
nm -D --defined-only "$library" | awk '$2 ~ /^[TWi]$/ { sub(/@.*/, "", $3); print $3 }' | sort -u >"$out.have"
nm -u "$@" | awk 'NF == 2 && $1 == "U" { print $2 }' | sort -u | comm -12 - "$out.have" >"$out.need"
rm "$out.have"

{
  echo "  .section .note.GNU-stack,\"\",%progbits"
  echo "  .text"
  while read -r symbol; do
    echo "  .globl $symbol"
    echo "  .hidden $symbol"
    echo "  .type $symbol, %function"
    echo "$symbol:"
    echo "#if defined(__x86_64__)"
    echo "  endbr64"
    echo "  jmp *.Lslot_$symbol(%rip)"
    echo "#elif defined(__aarch64__)"
    echo "  adrp x16, .Lslot_$symbol"
    echo "  ldr x16, [x16, :lo12:.Lslot_$symbol]"
    echo "  br x16"
    echo "#endif"
    echo "  .size $symbol, . - $symbol"
  done <"$out.need"
  echo "  .data"
  echo "  .balign 8"
  echo ".Lslots:"
  while read -r symbol; do
    echo ".Lslot_$symbol: .quad 0"
  done <"$out.need"
  echo "  .section .rodata"
  echo ".Lsoname: .asciz \"$soname\""
  echo ".Lnames:"
  while read -r symbol; do
    echo "  .asciz \"$symbol\""
  done <"$out.need"
  echo "  .data"
  echo "  .balign 8"
  echo "  .globl lazy_library_$name"
  echo "  .hidden lazy_library_$name"
  echo "lazy_library_$name:"
  echo "  .quad .Lsoname"
  echo "  .quad .Lnames"
  echo "  .quad .Lslots"
  echo "  .quad $(wc -l <"$out.need")"
  echo "  .quad 0"
} >"$out"
rm "$out.need"
