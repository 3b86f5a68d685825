#!/usr/bin/env bash
# Accepts what the formats print today as testdata/approved/*.txt. Read the difference line by line before you commit it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
TLSWARD=$PWD/build/release/tlsward TLSWARD_APPROVE=1 build/release/tlsward_tests 'formats:*' >/dev/null || true
git --no-pager diff --stat -- testdata/approved
