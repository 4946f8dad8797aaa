#!/bin/sh
# Builds the pages, checks that the committed web/dist is what its source gives, and tests them: their parts
# by themselves, and the pages in Chromium with the server, which it starts.
#
#   web/test/run.sh BINARY [PART…]
#
# A part is one of those in test/page.mjs; without, all of them. Needs Node ≥ 20.19, python3, and Chromium
# (/usr/bin/chromium, or $CHROMIUM).
set -eu
if [ $# -eq 0 ]; then
  echo "usage: $0 BINARY [PART…]" >&2
  exit 2
fi
binary=$(realpath "$1")
shift
cd "$(dirname "$0")/.."

if ! cmp -s package-lock.json node_modules/.installed-lock; then
  npm ci --ignore-scripts
  cp package-lock.json node_modules/.installed-lock
fi

npm run build

# Also a file that the build has added, or no longer makes.
stale=$(git status --porcelain -- dist)
if [ -n "$stale" ]; then
  echo "web/dist differs from a fresh build; commit it:" >&2
  echo "$stale" >&2
  exit 1
fi

# Numbers and times are written as in the tests.
LC_ALL=C.UTF-8 npx vitest run --silent --reporter=dot
node test/page.mjs "$binary" "$@"
