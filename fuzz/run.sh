#!/usr/bin/env bash
# fuzz/run.sh SECONDS [NAME...] : builds the fuzz targets and runs each of them, or those named, for SECONDS. Fails when one
# finds something.
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/setup.sh

seconds=${1:?usage: fuzz/run.sh SECONDS [NAME...]}
shift
install_missing build/.fuzz-packages "${build_packages[@]}" clang libclang-rt-dev
build fuzz fuzzers

# run_target NAME : its inputs grow in build/fuzz/corpus/NAME, what breaks it is left in build/fuzz/findings/.
run_target() {
  local name=$1 corpus=build/fuzz/corpus/$1 seeds number=0 line
  mkdir -p "$corpus" build/fuzz/findings
  seeds=$(find fuzz -path "*/seeds/$name.hex")
  while read -r line; do
    perl -e 'print pack("H*", shift)' "$line" >"$corpus/seed-$((++number))"
  done <"${seeds:-/dev/null}"
  echo "== $name"
  "build/fuzz/fuzz_$name" "$corpus" -max_total_time="$seconds" -max_len=8192 -timeout=5 -rss_limit_mb=1024 \
    -artifact_prefix="build/fuzz/findings/$name-" -print_final_stats=1 >"build/fuzz/$name.log" 2>&1 || {
    tail -n 60 "build/fuzz/$name.log"
    return 1
  }
  grep -E 'stat::(number_of_executed_units|peak_rss_mb)' "build/fuzz/$name.log"
}

names=("$@")
if ((${#names[@]} == 0)); then mapfile -t names < <(find fuzz -mindepth 2 -name '*.cc' -printf '%f\n' | sort); fi
status=0
for name in "${names[@]}"; do run_target "${name%.cc}" || status=1; done
exit $status
