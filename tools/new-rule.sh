#!/usr/bin/env bash
# tools/new-rule.sh GROUP/NAME: makes the file of a new rule from the template and adds it to rules/all.cc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

id=${1:-}
if [[ ! $id =~ ^(config|cert|tls|flex|krakend|tyk)/[a-z0-9]+(-[a-z0-9]+)*$ ]]; then
  echo "usage: tools/new-rule.sh GROUP/NAME, where GROUP is config, cert, tls, flex, krakend or tyk; got '$id'" >&2
  exit 2
fi
file=rules/${id//-/_}.cc
name=${id//[\/-]/_}
if [[ -e $file ]]; then
  echo "$file exists already" >&2
  exit 2
fi

case $id in
  flex/*) gateway=flex kind='const lint::InputSet& set' ;;
  krakend/* | tyk/*) gateway=${id%%/*} kind='const lint::InputSet& set' ;;
  config/*) gateway=krakend kind='const gateways::Claimed& claimed' ;;
  *) gateway=krakend kind='const tls::TlsContext& context' ;;
esac
sed -e "s|@ID@|$id|g" -e "s|@NAME@|$name|g" -e "s|@GATEWAY@|$gateway|g" -e "s|@KIND@|$kind|g" tools/rule.cc.in >"$file"
tools/list-rules.sh
echo "made $file: fill in what stands in angle brackets, then ./test -R rule"
