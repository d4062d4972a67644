#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Everything that `make test` runs, after the build: include directions, C unit tests, JavaScript tests under lode, and a
# smoke subset under AddressSanitizer. Ends with the line "N passed, N failed".
set -u
cd "$(dirname "$0")/.."
BUILD=${BUILD:-build}
totals=$(mktemp)
export TEST_TOTALS=$totals

run() { # name command...: counts as one test
  name=$1
  shift
  if "$@" >"$totals.out" 2>&1; then
    echo "1 0 0" >>"$totals"
  else
    echo "FAILED $name"
    sed 's/^/    /' "$totals.out" | tail -n 40
    echo "0 1 0" >>"$totals"
  fi
}

run 'include directions' tools/check_includes.sh
for unit in "$BUILD"/test/*_test; do
  [ -x "$unit" ] && run "$(basename "$unit")" "$unit"
done
"$BUILD/lode" test/run.js || [ -s "$totals" ] || echo "0 1 0" >>"$totals"
grep -q . "$totals" || echo "0 1 0" >>"$totals"
if [ "${SKIP_ASAN:-}" != 1 ] && [ -x "$BUILD-asan/lode" ]; then
  for file in test/smoke/*.js; do
    run "asan: $file" env ASAN_OPTIONS=detect_leaks=0:allow_user_segv_handler=1 "$BUILD-asan/lode" "$file"
  done
fi
awk '{ p += $1; f += $2; s += $3 } END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 || p == 0 }' "$totals"
status=$?
rm -f "$totals" "$totals.out"
exit $status
