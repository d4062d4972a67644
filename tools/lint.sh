#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Everything that can be found without running lode: C formatting, JavaScript rules, include directions, and that
# embedded JavaScript is ASCII. The JavaScript rules need npm for eslint.
set -u
cd "$(dirname "$0")/.."
bad=0

c_files=$(git ls-files -co --exclude-standard '*.c' '*.h')
if command -v clang-format >/dev/null 2>&1; then
  clang-format --dry-run --Werror $c_files || bad=1
else
  echo "lint: clang-format is not installed: C formatting not checked"
fi

[ -x node_modules/.bin/eslint ] || npm ci --no-audit --no-fund --loglevel=error || bad=1
if [ -x node_modules/.bin/eslint ]; then
  node_modules/.bin/eslint . || bad=1
fi

tools/check_includes.sh || bad=1

if git ls-files -co --exclude-standard 'modules/*.js' 'web/*.js' 'runtime/*.js' | xargs grep -nP '[^\x00-\x7F]'; then
  echo "lint: embedded JavaScript must be ASCII"
  bad=1
fi
exit $bad
