#!/usr/bin/env bash
# Fuzzes one target: fuzz/run.sh TARGET SECONDS [LIBFUZZER_OPTION…]
#
# Needs no nightly compiler and no cargo-fuzz: what guides libFuzzer is LLVM's instrumentation, which
# the stable compiler has. (`cargo +nightly fuzz run TARGET` works as well, with AddressSanitizer.)
# What is found on the way is kept in target/fuzz/corpus/TARGET; a failure in target/fuzz/findings.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1 seconds=$2
shift 2

readonly coverage=(
  --cfg=fuzzing
  -Cpasses=sancov-module
  -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
  -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares
)
readonly found=target/fuzz/corpus/$target findings=target/fuzz/findings/
# A target is named, so that build scripts and macros are built without instrumentation.
host=$(rustc -vV | sed -n 's/^host: //p')
mkdir -p "$found" "$findings"

RUSTFLAGS="${coverage[*]}" cargo build --quiet --release --manifest-path fuzz/Cargo.toml \
  --target-dir target/fuzz --target "$host" --bin "$target"
dictionary=()
if [ -f "fuzz/$target.dict" ]; then dictionary=("-dict=fuzz/$target.dict"); fi
exec "target/fuzz/$host/release/$target" "$found" "fuzz/corpus/$target" "${dictionary[@]}" \
  -max_total_time="$seconds" -artifact_prefix="$findings" -timeout=10 -verbosity=0 -print_final_stats=1 "$@"
