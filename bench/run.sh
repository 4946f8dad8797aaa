#!/usr/bin/env bash
# Builds tickwire, its peers and the load, runs the comparison, prints one table. See README.md.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'HELP'
usage: bench/run.sh [OPTION…]

  --quick             a second each, twice, 1,000 idle connections: to see that it works
  --seconds N         how long each measurement takes (3)
  --repeat N          how often each is taken (5)
  --idle N            idle connections (10000, or what `ulimit -n` allows)
  --only PEER,…       tickwire, bun, floor-single, floor-vectored, node, fastws, axum
  --scenario NAME,…   one, many, few, topics, publish, ping1, ping16, rate, stalled, idle; all of these
                      without it. growth: more subscribers, more topics
  --table FILE…       print the table of earlier results instead
  --raw FILE          where every single result goes (bench/raw/DATE.jsonl)

Needs Linux with two cores, Rust, Python 3.11, and npm and PyPI for the peers from there; a peer that
cannot be installed is named under the table.
HELP
}
case ${1-} in -h | --help) usage && exit ;; esac

ulimit -n "$(ulimit -Hn)"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
missing=()

# attempt NAME COMMAND… notes what could not be made, and why.
attempt() {
  local name=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    missing+=("$name: $(grep -v '^ *$' "$log" | tail -n 1)")
  fi
  rm -f "$log"
}

install_fastws() {
  [ -x venv/bin/uvicorn ] && return
  python3 -m venv venv && venv/bin/pip install --quiet --requirement peers/fastws/requirements.txt
}

echo "building" >&2
cargo build --quiet --release --manifest-path ../Cargo.toml --bin tickwire
cargo build --quiet --release -p bench-load -p bench-floor
attempt axum cargo build --release -p bench-axum
attempt "bun, node" npm install --no-audit --no-fund
attempt fastws install_fastws

python3 compare.py "$@"
for entry in ${missing[@]+"${missing[@]}"}; do
  echo "could not be installed: $entry"
done
