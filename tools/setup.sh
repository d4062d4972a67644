#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Installs what lode is built from and tested with, if it is missing. Debian 12 or newer.
# usage: setup.sh [build|test|fuzz]
set -eu

build="gcc make pkg-config libjavascriptcoregtk-4.1-dev libuv1-dev libssl-dev libc-ares-dev libnghttp2-dev zlib1g-dev
  libbrotli-dev libzstd-dev libicu-dev libsqlite3-dev node-llhttp npm"
wanted=$build
[ "${1:-build}" = test ] && wanted="$build curl wrk nodejs"
[ "${1:-build}" = fuzz ] && wanted="$build clang libclang-rt-dev"

missing=
for package in $wanted; do
  case $package in
    nodejs) command -v node >/dev/null 2>&1 && continue ;;
    npm) command -v npm >/dev/null 2>&1 && continue ;;
  esac
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
echo "Installing:$missing"
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
