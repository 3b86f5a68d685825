#!/usr/bin/env bash
# Prints, side by side in one run: cold start, 1,000 mixed configurations on one core, a 50 MB KrakenD file against a bare
# SAX parse, growth from 1 to 50 MB, and the YAML files against yamllint. Needs ./run once and yamllint.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/setup.sh
runs=${1:-15}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build release all
tlsward=$PWD/build/release/tlsward
g++ -std=c++20 -O2 -I. bench/measure.cc -o "$work/measure"
g++ -std=c++20 -O2 -I. bench/bare_sax.cc -o "$work/bare_sax"
measure() { "$work/measure" "$@"; }
median() { cut -d' ' -f2 <<<"$1"; }
peak() { cut -d' ' -f4 <<<"$1"; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

# A KrakenD file of about the given number of megabytes.
krakend_file() {
  awk -v bytes=$(($1 * 1000000)) 'BEGIN {
    printf "{\n  \"version\": 3,\n  \"port\": 8443,\n  \"tls\": {\"keys\": [{\"public_key\": \"/etc/c.pem\", \"private_key\": \"/etc/k.pem\"}]},\n  \"endpoints\": ["
    for (n = 0; size < bytes; ++n) {
      line = sprintf("%s\n    {\n      \"endpoint\": \"/v1/items/%d/{id}\",\n      \"method\": \"GET\",\n      \"timeout\": \"2s\",\n      \"backend\": [\n        {\"host\": [\"https://items-%d.internal.example:8443\"], \"url_pattern\": \"/items/{id}\", \"encoding\": \"json\", \"allow\": [\"id\", \"name\", \"price\"]}\n      ]\n    }", n ? "," : "", n, n % 50)
      size += length(line)
      printf "%s", line
    }
    printf "\n  ]\n}\n" }' >"$2"
}

echo "machine: $(nproc) cores, $(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo); $(date +%F); $("$tlsward" --version | head -2 | paste -sd, -)"
printf '%-44s %10s %10s %10s %9s\n' "median of $runs runs" "ms" "baseline" "ratio" "peak MiB"
row() { printf '%-44s %10s %10s %10s %9s\n' "$@"; }

small=testdata/examples/krakend/krakend.json
null=$(measure "$runs" -- /bin/true)
cold=$(measure "$runs" -- "$tlsward" lint --no-files "$small")
row "cold start, one small file (baseline /bin/true)" "$(median "$cold")" "$(median "$null")" \
  "+$(awk -v a="$(median "$cold")" -v b="$(median "$null")" 'BEGIN { printf "%.2f ms", a - b }')" "$(peak "$cold")"

mkdir "$work/many" "$work/yaml"
for n in $(seq 1 334); do
  cp testdata/examples/krakend/krakend.json "$work/many/krakend-$n.json"
  sed "s/payments/payments-$n/g" testdata/examples/flex/gateway.yaml >"$work/many/flex-$n.yaml"
  sed "s/\"billing\"/\"billing-$n\"/" testdata/examples/tyk/billing.json >"$work/many/tyk-$n.json"
  cp "$work/many/flex-$n.yaml" "$work/yaml/"
done
rm "$work/many/tyk-334.json" "$work/many/tyk-333.json"
many=$(measure 5 -- taskset -c 0 "$tlsward" lint --no-files "$work/many")
row "$(ls "$work/many" | wc -l) mixed configurations, one core (limit 1000)" "$(median "$many")" 1000 "$(ratio "$(median "$many")" 1000)" "$(peak "$many")"

ours=$(measure 5 -- "$tlsward" lint --no-files "$work/yaml")
if command -v yamllint >/dev/null; then
  theirs=$(measure 5 -- yamllint -d relaxed "$work/yaml")
  row "$(ls "$work/yaml" | wc -l) YAML files (baseline yamllint)" "$(median "$ours")" "$(median "$theirs")" "$(ratio "$(median "$ours")" "$(median "$theirs")")" "$(peak "$ours")"
fi

for megabytes in 1 10 50; do
  krakend_file "$megabytes" "$work/big.json"
  bare=$(measure 5 -- "$work/bare_sax" "$work/big.json")
  big=$(measure 5 -- "$tlsward" lint --no-files "$work/big.json")
  size=$(stat -c %s "$work/big.json")
  row "KrakenD JSON, $megabytes MB (baseline bare SAX)" "$(median "$big")" "$(median "$bare")" "$(ratio "$(median "$big")" "$(median "$bare")")" "$(peak "$big")"
  row "  peak memory against the file's size" "" "" "$(ratio "$(awk -v m="$(peak "$big")" 'BEGIN { print m * 1048576 }')" "$size")" ""
done
