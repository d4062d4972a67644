#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Build tool: fetches amaro, the TypeScript stripper that Node bundles, when node_modules has not the wanted version, and
# takes its one file apart: the JavaScript (embedded like lode's own) and the WebAssembly that stands in it as base64
# (embedded as bytes, so that nothing is decoded at run time).
#
# usage: amaro.sh OUT_DIR      writes OUT_DIR/amaro.js and OUT_DIR/amaro.wasm
set -eu
cd "$(dirname "$0")/.."
out=$1
package=node_modules/amaro

wanted=$(sed -n 's/.*"amaro": "\([0-9.]*\)".*/\1/p' package.json)
if ! grep -qs "\"version\": \"$wanted\"" $package/package.json; then
  if ! command -v npm >/dev/null 2>&1; then
    echo "amaro.sh: npm is needed to fetch amaro $wanted; 'make setup' installs it" >&2
    exit 1
  fi
  # Only what the build needs, unless the development tools are there already.
  omit=--omit=dev
  [ -d node_modules/eslint ] && omit=
  npm ci $omit --no-audit --no-fund --loglevel=error >/dev/null
fi

mkdir -p "$out"
blob='Buffer2.from("[A-Za-z0-9+/=]*", "base64")'
sed -n "s|.*$blob.*|&|; s|.*Buffer2.from(\"\([A-Za-z0-9+/=]*\)\", \"base64\").*|\1|p" $package/dist/index.js | base64 -d >"$out/amaro.wasm.tmp"
{
  echo "// amaro $wanted (MIT; it contains parts of swc, Apache-2.0), without its WebAssembly."
  sed "s|$blob|binding('typescript').wasm()|; /require(\"node:buffer\")/d" $package/dist/index.js
} >"$out/amaro.js.tmp"
# Another version may be built otherwise: better no lode than one that cannot strip.
if [ "$(head -c 4 "$out/amaro.wasm.tmp" | tail -c 3)" != asm ] || ! grep -q "binding('typescript').wasm()" "$out/amaro.js.tmp"; then
  echo "amaro.sh: amaro $wanted is not laid out as expected" >&2
  exit 1
fi
mv "$out/amaro.wasm.tmp" "$out/amaro.wasm"
mv "$out/amaro.js.tmp" "$out/amaro.js"
