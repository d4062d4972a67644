#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Fails when an #include points against the direction of the house (docs/architecture.md), or when anything but the
# engine includes JavaScriptCore.
set -eu
cd "$(dirname "$0")/.."

# The rank of a folder: a file may include files of its own rank and below.
rank() {
  case $1 in
    base/*) echo 0 ;;
    syntax/*) echo 1 ;;
    runtime/engine/*) echo 2 ;;
    runtime/env/*) echo 3 ;;
    runtime/loop/*) echo 4 ;;
    runtime/io/*) echo 5 ;;
    runtime/loader/*) echo 6 ;;
    modules/* | web/* | napi/*) echo 7 ;;
    cli/*) echo 8 ;;
    *) echo 9 ;;
  esac
}

bad=0
list=$(grep -rnoE '^#include "[^"]+"' base syntax runtime modules web napi cli --include='*.c' --include='*.h' 2>/dev/null || true)
while IFS=: read -r file line include; do
  [ -n "$file" ] || continue
  target=${include#*\"}
  target=${target%\"}
  if [ ! -f "$target" ]; then
    echo "$file:$line: includes $target, which is not written from the root of the tree"
    bad=1
  elif [ "$(rank "$file")" -lt "$(rank "$target")" ]; then
    echo "$file:$line: $target lies above this folder"
    bad=1
  fi
done <<EOF
$list
EOF
if grep -rn '#include <JavaScriptCore/' $(ls -d base syntax runtime modules web cli napi 2>/dev/null) --include='*.[ch]' | grep -v '^runtime/engine/'; then
  echo "only runtime/engine may include JavaScriptCore"
  bad=1
fi
exit $bad
