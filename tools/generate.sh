#!/usr/bin/env bash
# Writes every file of the tree that is made from others: rules/all.cc from the rule files, the rest by the program:
# completions/, tlsward.1, docs/rules.md and docs/rules/. Tests compare them. TLSWARD names the program, where it is not
# build/release/tlsward.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tools/list-rules.sh
tlsward=${TLSWARD:-build/release/tlsward}
if [[ -z ${TLSWARD:-} ]]; then
  source tools/setup.sh
  build release tlsward
fi

mkdir -p completions
"$tlsward" completions bash >completions/tlsward.bash
"$tlsward" completions zsh >completions/_tlsward
"$tlsward" completions fish >completions/tlsward.fish
"$tlsward" man >tlsward.1
"$tlsward" rules --markdown >docs/rules.md
rm -rf docs/rules
"$tlsward" rules --markdown --directory docs/rules
