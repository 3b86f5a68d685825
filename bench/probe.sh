#!/usr/bin/env bash
# Prints tlsward probe beside sslscan and nmap's ssl-enum-ciphers, in one run: one server on loopback and at 50 ms of
# round trip, 200 servers at 50 ms, 10,000 on loopback, and servers that do not answer as they should. --quick: fewer
# runs and hosts, less than a minute. PART (loopback, far, many, fleet, rude) measures that part alone. TLSWARD=PROGRAM
# measures another build. What listens, listens in a network namespace of its own; without the right to make one, on
# loopback, and 50 ms come from a proxy.
# Usage: bench/probe.sh [--quick] [PART...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/setup.sh
source bench/probe_world.sh

unset SSL_CERT_FILE SSL_CERT_DIR # the system's own trust store, as most users have it
quick=false
if [[ ${1:-} == --quick ]]; then
  quick=true
  shift
fi
(($#)) || set -- loopback far many fleet rude
install_missing build/.bench-probe-packages "${build_packages[@]}" nginx openssl python3 sslscan nmap iproute2 util-linux
if [[ -z ${TLSWARD:-} ]]; then build release tlsward; fi
cp "${TLSWARD:-build/release/tlsward}" "$work/tlsward" # a build beside the measurement does not change what is measured
g++ -std=c++20 -O2 bench/measure.cc -o "$work/measure"

ours=("$work/tlsward" probe --quiet --exit-zero)
sslscan=(sslscan --no-colour)
nmap=(nmap -Pn -n --script ssl-enum-ciphers)
nmap_tuned=("${nmap[@]}" -T4 --max-parallelism 300 --min-hostgroup 200)

by_mode() { if $quick; then echo "$2"; else echo "$1"; fi; }
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
median_of() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
suites_in() { grep -cE '^(Accepted|Preferred) |^\| +TLS_[A-Z0-9_]+ ' "$1" || true; }

# sample NAME COMMAND... : one run; its figures go to the end of NAME.wall, .cpu, .size, .connections, .suites.
sample() {
  local name=$work/$1 wall cpu size code before after
  shift
  before=$(accepted_connections)
  read -r wall cpu size code < <("$work/measure" --once "$name.output" -- "$@")
  after=$(accepted_connections)
  echo "$wall" >>"$name.wall"
  echo "$cpu" >>"$name.cpu"
  echo "$size" >>"$name.size"
  echo $((after - before - 1)) >>"$name.connections"
  suites_in "$name.output" >>"$name.suites"
  [[ $code == 0 ]] || echo "  ($(basename "$name") ended with $code: $(tail -1 "$name.output"))"
}

figure() { median_of "$work/$1.$2"; }
header() { printf '\n%s\n%-34s %10s %10s %8s %8s %8s\n' "$1" "" "wall ms" "CPU ms" "MiB" "connect." "suites"; }
row() { # NAME TITLE
  printf '%-34s %10s %10s %8s %8s %8s\n' "$2" "$(figure "$1" wall)" "$(figure "$1" cpu)" "$(figure "$1" size)" \
    "$(figure "$1" connections)" "$(figure "$1" suites)"
}
row_of_ratios() { # OURS PEER TITLE
  printf '%-34s %10s %10s %8s %8s\n' "$3" "$(ratio "$(figure "$1" wall)" "$(figure "$2" wall)")" \
    "$(ratio "$(figure "$1" cpu)" "$(figure "$2" cpu)")" "$(ratio "$(figure "$1" size)" "$(figure "$2" size)")" \
    "$(ratio "$(figure "$1" connections)" "$(figure "$2" connections)")"
}

# compare LETTER ADDRESS PORT RUNS PEER-RUNS PREFIX... : the three tools by turns against one server.
compare() {
  local letter=$1 address=$2 port=$3 runs=$4 peer_runs=$5 i
  shift 5
  for i in $(seq "$runs"); do
    sample "$letter-ours" "$@" "${ours[@]}" "$address:$port"
    ((i <= peer_runs)) || continue
    sample "$letter-sslscan" "$@" "${sslscan[@]}" "$address:$port"
    sample "$letter-nmap" "$@" "${nmap[@]}" -p "$port" "$address"
  done
  row "$letter-ours" "tlsward probe"
  row "$letter-sslscan" "sslscan"
  row "$letter-nmap" "nmap ssl-enum-ciphers"
  row_of_ratios "$letter-ours" "$letter-sslscan" "  ratio to sslscan"
  row_of_ratios "$letter-ours" "$letter-nmap" "  ratio to nmap"
}

measure_loopback() {
  local runs
  runs=$(by_mode 15 3)
  header "one nginx on loopback; medians of $runs runs by turns (goal: 50 ms, CPU 20 ms)"
  compare loopback 127.0.0.1 "$rsa_port" "$runs" "$runs" "${far[@]}"
}

measure_far() {
  local runs peer_runs
  runs=$(by_mode 7 3) peer_runs=$(by_mode 2 1)
  header "the same at 50 ms of round trip; medians of $runs runs, of the peers $peer_runs (goal: 1000 ms, 60 connections)"
  compare far "$far_block.1" "$(way_to "$rsa_port")" "$runs" "$peer_runs" "${near[@]}"
}

# hosts COUNT PORT: addresses at the other end of the way.
far_hosts() {
  local i
  for i in $(seq "$1"); do echo "$far_block.$i${2:+:$2}"; done
}

measure_many() {
  local hosts runs i port
  hosts=$(by_mode 200 40) runs=$(by_mode 3 1)
  port=$(way_to "$ecdsa_port")
  header "$hosts hosts at 50 ms, ECDSA certificate (goal for 200: 5000 ms, 50 MiB)"
  far_hosts "$hosts" "$port" >"$work/far.targets"
  far_hosts "$hosts" "" >"$work/far.nmap"
  head -2 "$work/far.targets" >"$work/far.two"
  for i in $(seq "$runs"); do
    sample many-ours "${near[@]}" "${ours[@]}" --targets "$work/far.targets"
  done
  row many-ours "tlsward probe"
  sample many-tuned "${near[@]}" "${nmap_tuned[@]}" -p "$port" -iL "$work/far.nmap"
  row many-tuned "nmap -T4, 300 parallel"
  if ! $quick; then
    sample many-nmap "${near[@]}" "${nmap[@]}" -p "$port" -iL "$work/far.nmap"
    row many-nmap "nmap, default settings"
  fi
  sample many-sslscan "${near[@]}" "${sslscan[@]}" --targets="$work/far.two"
  printf '%-34s %10.0f %10.0f   (%d times its time for 2 hosts: one after the other)\n' "sslscan, extrapolated" \
    "$(awk -v m="$(figure many-sslscan wall)" -v n="$hosts" 'BEGIN { print m * n / 2 }')" \
    "$(awk -v m="$(figure many-sslscan cpu)" -v n="$hosts" 'BEGIN { print m * n / 2 }')" $((hosts / 2))
}

per() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }

measure_fleet() {
  local hosts peer_hosts seconds i done_hosts scanned cpu wall size connections theirs
  hosts=$(by_mode 10000 500) peer_hosts=$(by_mode 100 10) seconds=$(by_mode 150 10)
  printf '\n%s\n' "$hosts hosts on loopback, ECDSA certificate, one nginx of one worker (goal: CPU of a third of sslscan's)"
  for ((i = 0; i < hosts; ++i)); do echo "127.$((1 + i / 65536)).$((i / 256 % 256)).$((i % 256)):$ecdsa_port"; done >"$work/fleet.targets"
  head -"$peer_hosts" "$work/fleet.targets" >"$work/fleet.few"
  sample fleet-ours "${far[@]}" timeout --signal=INT "$seconds" "${ours[@]}" --targets "$work/fleet.targets" --format "ndjson=$work/fleet.ndjson"
  done_hosts=$(grep -c '"complete":true' "$work/fleet.ndjson" || true)
  wall=$(figure fleet-ours wall) cpu=$(figure fleet-ours cpu) size=$(figure fleet-ours size)
  connections=$(figure fleet-ours connections)
  sample fleet-sslscan "${far[@]}" "${sslscan[@]}" --targets="$work/fleet.few"
  theirs=$(per "$(figure fleet-sslscan cpu)" "$peer_hosts")
  ((done_hosts > 0)) || { echo "no host was scanned to the end: $(tail -1 "$work/fleet-ours.output")"; return; }
  printf '%-34s %10s %12s %14s %10s\n' "" "hosts" "hosts/s" "CPU ms/host" "MiB"
  printf '%-34s %10s %12s %14s %10s\n' "tlsward probe (at most $seconds s)" "$done_hosts" \
    "$(per "$done_hosts" "$(per "$wall" 1000)")" "$(per "$cpu" "$done_hosts")" "$size"
  printf '%-34s %10s %12s %14s %10s\n' "sslscan" "$peer_hosts" \
    "$(per "$peer_hosts" "$(per "$(figure fleet-sslscan wall)" 1000)")" "$theirs" "$(figure fleet-sslscan size)"
  printf '%-34s %10s %12s %14s\n' "  ratio" "" "" "$(ratio "$(per "$cpu" "$done_hosts")" "$theirs")"
  # Hosts that were cut off have had connections, too.
  ((done_hosts < hosts)) || printf '%-34s %10s\n' "  connections per host, ours" "$(per "$connections" "$done_hosts")"
}

# What a tool says of the versions, or of the port where it says nothing of them.
verdict_in() {
  if grep -qE '^TLSv1\.[23] ' "$1"; then
    awk '/^TLSv1\.[23] +(enabled|disabled|unknown)/ && !seen[$1]++ { printf "%s %s; ", $1, $2 }' "$1"
    grep -m1 -oE '^ERROR: .*' "$1" || echo "$(suites_in "$1") suites"
  elif grep -qE '^[0-9]+/tcp' "$1"; then
    echo "port $(awk '/^[0-9]+\/tcp/ { print $2; exit }' "$1"), $(suites_in "$1") suites"
  else
    grep -m1 -oE '^ERROR: .*' "$1" || echo "nothing"
  fi
}

measure_rude() {
  local limit name port tool waiting=() names=()
  limit=$(by_mode 60 15)
  printf '\n%s\n%-12s %-9s %8s %5s  %s\n' "servers that do not answer as they should, at the same time, each tool at most $limit s (124: ended then)" \
    "" "" "wall s" "exit" "what it says"
  start_python tests/servers/rude.py silent && names+=("silent $python_port")
  start_python tests/servers/rude.py tarpit && names+=("tarpit $python_port")
  start_python tests/servers/front.py "$rsa_port" --dribble 3000 && names+=("dribbling $python_port")
  start_python tests/servers/rude.py reset && names+=("resetting $python_port")
  start_python tests/servers/front.py "$rsa_port" --reset-every 2 && names+=("every-2nd $python_port")
  for name in "${names[@]}"; do
    read -r name port <<<"$name"
    "$work/measure" --once "$work/$name-ours.output" -- timeout "$limit" "${far[@]}" "$work/tlsward" probe "127.0.0.1:$port" >"$work/$name-ours.rude" &
    waiting+=($!)
    "$work/measure" --once "$work/$name-sslscan.output" -- timeout "$limit" "${far[@]}" "${sslscan[@]}" "127.0.0.1:$port" >"$work/$name-sslscan.rude" &
    waiting+=($!)
    "$work/measure" --once "$work/$name-nmap.output" -- timeout "$limit" "${far[@]}" "${nmap[@]}" -p "$port" 127.0.0.1 >"$work/$name-nmap.rude" &
    waiting+=($!)
  done
  started+=("${waiting[@]}")
  wait "${waiting[@]}"
  for name in "${names[@]}"; do
    read -r name _ <<<"$name"
    for tool in ours sslscan nmap; do
      read -r wall _ _ code <"$work/$name-$tool.rude"
      printf '%-12s %-9s %8.1f %5s  %s\n' "$name" "${tool/ours/tlsward}" "$(per "$wall" 1000)" "$code" \
        "$(verdict_in "$work/$name-$tool.output")"
    done
  done
}

make_world
start_nginx
echo "machine: $(nproc) cores, $(awk -F': ' '/model name/ {print $2; exit}' /proc/cpuinfo); $(date +%F); load $(cut -d' ' -f1 /proc/loadavg)"
echo "$("$work/tlsward" --version | head -1); sslscan $(sslscan --version | grep -oE '[0-9]+\.[0-9.]+[^ ]*' | head -1); $(nmap --version | head -1); $(nginx -v 2>&1)"
for part in "$@"; do "measure_$part"; done
printf '\nload at the end %s; %d s in all\n' "$(cut -d' ' -f1 /proc/loadavg)" "$SECONDS"
