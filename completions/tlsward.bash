# bash completion for tlsward; made by 'tlsward completions bash'.

# Words that begin with $1; $1 is the word before the cursor, the rest the choice. Behind a comma: the last part of $1.
# $cut is what the shell keeps in front of it.
_tlsward_words() {
  local typed=$1 list=$2 before=
  shift 2
  if [[ $list == list && $typed == *,* ]]; then before=${typed%,*}, typed=${typed##*,}; fi
  local word
  for word in "$@"; do
    [[ $word == "$typed"* ]] && COMPREPLY+=("$before${word#"$cut"}")
  done
}

_tlsward_paths() {
  local word
  compopt -o filenames 2>/dev/null
  while IFS= read -r word; do COMPREPLY+=("${word#"$cut"}"); done < <(compgen "$1" -- "$2")
}

# Files behind the '@' of '--define NAME=@'. Taken for file names, readline would quote the '@'.
_tlsward_files_at() {
  local word
  while IFS= read -r word; do
    [[ -d $word ]] && word+=/ && compopt -o nospace 2>/dev/null
    COMPREPLY+=("@$(printf %q "$word")")
  done < <(compgen -f -- "$1")
}

# Gateways; behind '@' their releases.
_tlsward_gateways() {
  [[ $1 == *@* ]] && _tlsward_words "$1" one flex@1.0 flex@1.1 flex@1.2 flex@1.3 flex@1.4 flex@1.5 flex@1.6 flex@1.7 flex@1.8 flex@1.9 flex@1.10 flex@1.11 flex@1.12 flex@1.13 krakend@2.0 krakend@2.1 krakend@2.2 krakend@2.3 krakend@2.4 krakend@2.5 krakend@2.6 krakend@2.7 krakend@2.8 krakend@2.9 krakend@2.10 krakend@2.11 krakend@2.12 krakend@2.13 tyk@5.0 tyk@5.1 tyk@5.2 tyk@5.3 tyk@5.4 tyk@5.5 tyk@5.6 tyk@5.7 tyk@5.8 tyk@5.9 tyk@5.10 tyk@5.11 tyk@5.12 tyk@5.13 tyk@5.14
  [[ $1 == *@* ]] || _tlsward_words "$1" one flex krakend tyk
}

_tlsward_options() {
  local typed=$2
  case $1 in
    lint) _tlsward_words "$typed" one --help -h --gateway --edition --flex-mode --dashboard --certs-dir --define --root --no-files --at --stdin-filename --max-file-size --select --ignore --format --fail-on --min-severity --min-confidence --policy --config --no-config --no-ignores --require-reason --baseline --write-baseline --prune-baseline --show-config --observed --jobs -j --exit-zero --color --statistics --quiet -q --verbose -v --skip-unclaimed --list-files --fix --unsafe --diff ;;
    probe) _tlsward_words "$typed" one --help -h --targets --port -p --sni --no-sni -4 -6 --all-addresses --shard --starttls --proxy --all --explain-plan --cert --key --passphrase-file --ca --at --max-connections --rate --delay --deadline --timeout --concurrency --format --resume --fail-on --min-confidence --exit-zero --color --quiet -q --select --ignore ;;
    serve) _tlsward_words "$typed" one --help -h --gateway --edition --flex-mode --dashboard --certs-dir --define --root --no-files --at --stdin-filename --max-file-size --listen --unsafe-listen --threads --status --access-log --directory --name --throw-away-certificates --fault --force --strict --no-watch --max-connections --max-handshakes --max-streams --max-head --max-body --handshake-timeout --header-timeout --body-timeout --idle-timeout --lifetime --connect-timeout --response-timeout --drain ;;
    show) _tlsward_words "$typed" one --help -h --gateway --edition --flex-mode --dashboard --certs-dir --define --root --no-files --at --stdin-filename --max-file-size --json --as --color ;;
    explain) _tlsward_words "$typed" one --help -h --color ;;
    rules) _tlsward_words "$typed" one --help -h --json --markdown --directory --color ;;
    policies) _tlsward_words "$typed" one --help -h ;;
    init) _tlsward_words "$typed" one --help -h ;;
    ignores) _tlsward_words "$typed" one --help -h --gateway --edition --flex-mode --dashboard --certs-dir --define --root --no-files --at --stdin-filename --max-file-size --config --no-config --json ;;
    ciphers) _tlsward_words "$typed" one --help -h --json ;;
    merge) _tlsward_words "$typed" one --help -h --format --color --quiet -q ;;
    diff) _tlsward_words "$typed" one --help -h --format --exit-zero --color --quiet -q ;;
    schema) _tlsward_words "$typed" one --help -h --edition --document ;;
    completions) _tlsward_words "$typed" one --help -h ;;
    man) _tlsward_words "$typed" one --help -h ;;
  esac
}

_tlsward_arguments() {
  local typed=$2
  case $1 in
    lint)
      _tlsward_paths -f "$typed"
      ;;
    serve)
      _tlsward_paths -f "$typed"
      ;;
    show)
      _tlsward_paths -f "$typed"
      ;;
    explain)
      _tlsward_words "$typed" one cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/readable-private-key cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/chain-as-client-ca krakend/client-tls-too-new krakend/disabled-tls krakend/documented-default-ciphers krakend/empty-upstream-trust krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/h2c-with-tls krakend/half-key-pair krakend/host-without-scheme krakend/http1-upstream krakend/ignored-cipher-suites krakend/ignored-curve-order krakend/implicit-client-tls13 krakend/implicit-default-certificate krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/lone-max-version krakend/misplaced-tls-block krakend/missing-h2-cipher krakend/missing-key-pair krakend/mixed-key-pairs krakend/non-integer-cipher krakend/obsolete-server-preference krakend/out-of-range-id krakend/overlapping-certificates krakend/public-client-ca krakend/root-insecure-connections krakend/schema-violation krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/unlintable-format krakend/unused-client-tls krakend/wrong-config-version suppress/expired suppress/no-reason suppress/unknown-rule suppress/unused tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/ambiguous-base-identity tyk/catch-all-certificate tyk/certificate-for-http tyk/certificate-without-token tyk/chain-in-allowlist tyk/cleartext-mdcb tyk/clientauth-only-eku tyk/cn-only-verification tyk/deep-wildcard-key tyk/default-tls10 tyk/deprecated-certificates tyk/deprecated-client-certificate tyk/disabled-upstream-mtls tyk/domainless-certificates tyk/dropped-server-certificate tyk/forced-max-tls12 tyk/forwarded-credentials tyk/greedy-control-api tyk/h2-only-alpn tyk/http-level-mtls tyk/ignored-domain tyk/implicit-max-tls12 tyk/inner-wildcard-key tyk/keyless-upstream-certificate tyk/locked-control-api tyk/malformed-certificate-id tyk/malformed-host-key tyk/malformed-pin-map tyk/missing-encoding-secret tyk/missing-server-certificate tyk/mixed-mtls-domain tyk/mixed-mtls-modes tyk/mixed-port-protocols tyk/mtls-as-authentication tyk/mtls-without-domain tyk/mtls-without-tls tyk/pinned-min-version tyk/portless-host-key tyk/protocol-in-host-key tyk/rejected-upload tyk/sample-secret tyk/shadowed-host-entry tyk/shared-mtls-domain tyk/skipped-ca-announcement tyk/ssl-switched-off tyk/stale-certificate-id tyk/too-old-version tyk/unchecked-expiry tyk/uncovered-domain tyk/unenforced-allowlist tyk/unknown-cipher-name tyk/unknown-oas-version tyk/unknown-version-number tyk/unmatched-host-key tyk/unpinned-host tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unsafe-dynamic-mtls tyk/unshared-mdcb-secret tyk/unsupported-ca-allowlist tyk/unsupported-inline-pem tyk/unverified-dashboard tyk/uppercase-host-key tyk/upstream-renegotiation tyk/weak-default-ciphers tyk/wrong-port-key
      ;;
    policies)
      _tlsward_words "$typed" one mozilla-intermediate mozilla-modern mozilla-old rfc-9325
      ;;
    ignores)
      _tlsward_paths -f "$typed"
      ;;
    merge)
      _tlsward_paths -f "$typed"
      ;;
    diff)
      _tlsward_paths -f "$typed"
      ;;
    schema)
      _tlsward_gateways "$typed"
      ;;
    completions)
      _tlsward_words "$typed" one bash zsh fish
      ;;
  esac
}

_tlsward() {
  local at=$COMP_CWORD typed=${COMP_WORDS[COMP_CWORD]} option command= word i cut=
  COMPREPLY=()
  # The shell takes '=', '@' and '=@' for words of their own; of what it replaces, '@' is a part.
  if [[ $typed == =@ ]]; then _tlsward_files_at ''; return; fi
  if [[ ${COMP_WORDS[at-1]} == =@ ]]; then _tlsward_files_at "$typed"; return; fi
  if [[ $typed == @ ]]; then
    cut=${COMP_WORDS[at-1]} typed=${COMP_WORDS[at-1]}@ at=$((at - 1))
  elif ((at > 1)) && [[ ${COMP_WORDS[at-1]} == @ ]]; then
    cut=${COMP_WORDS[at-2]} typed=${COMP_WORDS[at-2]}@$typed at=$((at - 2))
  fi
  option=${COMP_WORDS[at-1]}
  if [[ $typed == = ]]; then
    typed=
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[at-2]}
  fi
  for ((i = 1; i < COMP_CWORD && ${#command} == 0; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      lint | probe | serve | show | explain | rules | policies | init | ignores | ciphers | merge | diff | schema | completions | man) command=$word ;;
      -h | --help | --version) return ;;
      *) command=lint ;;
    esac
  done
  case $command:$option in
    lint:--gateway)
      _tlsward_gateways "$typed"
      return
      ;;
    lint:--edition)
      _tlsward_words "$typed" one ce ee
      return
      ;;
    lint:--flex-mode)
      _tlsward_words "$typed" one local connected
      return
      ;;
    lint:--certs-dir)
      _tlsward_paths -d "$typed"
      return
      ;;
    lint:--define)
      return
      ;;
    lint:--root)
      _tlsward_paths -d "$typed"
      return
      ;;
    lint:--at)
      return
      ;;
    lint:--stdin-filename)
      return
      ;;
    lint:--max-file-size)
      return
      ;;
    lint:--select)
      _tlsward_words "$typed" list cert config flex krakend suppress tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/readable-private-key cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/chain-as-client-ca krakend/client-tls-too-new krakend/disabled-tls krakend/documented-default-ciphers krakend/empty-upstream-trust krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/h2c-with-tls krakend/half-key-pair krakend/host-without-scheme krakend/http1-upstream krakend/ignored-cipher-suites krakend/ignored-curve-order krakend/implicit-client-tls13 krakend/implicit-default-certificate krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/lone-max-version krakend/misplaced-tls-block krakend/missing-h2-cipher krakend/missing-key-pair krakend/mixed-key-pairs krakend/non-integer-cipher krakend/obsolete-server-preference krakend/out-of-range-id krakend/overlapping-certificates krakend/public-client-ca krakend/root-insecure-connections krakend/schema-violation krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/unlintable-format krakend/unused-client-tls krakend/wrong-config-version suppress/expired suppress/no-reason suppress/unknown-rule suppress/unused tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/ambiguous-base-identity tyk/catch-all-certificate tyk/certificate-for-http tyk/certificate-without-token tyk/chain-in-allowlist tyk/cleartext-mdcb tyk/clientauth-only-eku tyk/cn-only-verification tyk/deep-wildcard-key tyk/default-tls10 tyk/deprecated-certificates tyk/deprecated-client-certificate tyk/disabled-upstream-mtls tyk/domainless-certificates tyk/dropped-server-certificate tyk/forced-max-tls12 tyk/forwarded-credentials tyk/greedy-control-api tyk/h2-only-alpn tyk/http-level-mtls tyk/ignored-domain tyk/implicit-max-tls12 tyk/inner-wildcard-key tyk/keyless-upstream-certificate tyk/locked-control-api tyk/malformed-certificate-id tyk/malformed-host-key tyk/malformed-pin-map tyk/missing-encoding-secret tyk/missing-server-certificate tyk/mixed-mtls-domain tyk/mixed-mtls-modes tyk/mixed-port-protocols tyk/mtls-as-authentication tyk/mtls-without-domain tyk/mtls-without-tls tyk/pinned-min-version tyk/portless-host-key tyk/protocol-in-host-key tyk/rejected-upload tyk/sample-secret tyk/shadowed-host-entry tyk/shared-mtls-domain tyk/skipped-ca-announcement tyk/ssl-switched-off tyk/stale-certificate-id tyk/too-old-version tyk/unchecked-expiry tyk/uncovered-domain tyk/unenforced-allowlist tyk/unknown-cipher-name tyk/unknown-oas-version tyk/unknown-version-number tyk/unmatched-host-key tyk/unpinned-host tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unsafe-dynamic-mtls tyk/unshared-mdcb-secret tyk/unsupported-ca-allowlist tyk/unsupported-inline-pem tyk/unverified-dashboard tyk/uppercase-host-key tyk/upstream-renegotiation tyk/weak-default-ciphers tyk/wrong-port-key
      return
      ;;
    lint:--ignore)
      _tlsward_words "$typed" list cert config flex krakend suppress tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/readable-private-key cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/chain-as-client-ca krakend/client-tls-too-new krakend/disabled-tls krakend/documented-default-ciphers krakend/empty-upstream-trust krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/h2c-with-tls krakend/half-key-pair krakend/host-without-scheme krakend/http1-upstream krakend/ignored-cipher-suites krakend/ignored-curve-order krakend/implicit-client-tls13 krakend/implicit-default-certificate krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/lone-max-version krakend/misplaced-tls-block krakend/missing-h2-cipher krakend/missing-key-pair krakend/mixed-key-pairs krakend/non-integer-cipher krakend/obsolete-server-preference krakend/out-of-range-id krakend/overlapping-certificates krakend/public-client-ca krakend/root-insecure-connections krakend/schema-violation krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/unlintable-format krakend/unused-client-tls krakend/wrong-config-version suppress/expired suppress/no-reason suppress/unknown-rule suppress/unused tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/ambiguous-base-identity tyk/catch-all-certificate tyk/certificate-for-http tyk/certificate-without-token tyk/chain-in-allowlist tyk/cleartext-mdcb tyk/clientauth-only-eku tyk/cn-only-verification tyk/deep-wildcard-key tyk/default-tls10 tyk/deprecated-certificates tyk/deprecated-client-certificate tyk/disabled-upstream-mtls tyk/domainless-certificates tyk/dropped-server-certificate tyk/forced-max-tls12 tyk/forwarded-credentials tyk/greedy-control-api tyk/h2-only-alpn tyk/http-level-mtls tyk/ignored-domain tyk/implicit-max-tls12 tyk/inner-wildcard-key tyk/keyless-upstream-certificate tyk/locked-control-api tyk/malformed-certificate-id tyk/malformed-host-key tyk/malformed-pin-map tyk/missing-encoding-secret tyk/missing-server-certificate tyk/mixed-mtls-domain tyk/mixed-mtls-modes tyk/mixed-port-protocols tyk/mtls-as-authentication tyk/mtls-without-domain tyk/mtls-without-tls tyk/pinned-min-version tyk/portless-host-key tyk/protocol-in-host-key tyk/rejected-upload tyk/sample-secret tyk/shadowed-host-entry tyk/shared-mtls-domain tyk/skipped-ca-announcement tyk/ssl-switched-off tyk/stale-certificate-id tyk/too-old-version tyk/unchecked-expiry tyk/uncovered-domain tyk/unenforced-allowlist tyk/unknown-cipher-name tyk/unknown-oas-version tyk/unknown-version-number tyk/unmatched-host-key tyk/unpinned-host tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unsafe-dynamic-mtls tyk/unshared-mdcb-secret tyk/unsupported-ca-allowlist tyk/unsupported-inline-pem tyk/unverified-dashboard tyk/uppercase-host-key tyk/upstream-renegotiation tyk/weak-default-ciphers tyk/wrong-port-key
      return
      ;;
    lint:--format)
      _tlsward_words "$typed" one auto full concise json json-1 ndjson sarif github gitlab junit checkstyle
      return
      ;;
    lint:--fail-on)
      _tlsward_words "$typed" one error warning info never
      return
      ;;
    lint:--min-severity)
      _tlsward_words "$typed" one error warning info
      return
      ;;
    lint:--min-confidence)
      _tlsward_words "$typed" one low medium high
      return
      ;;
    lint:--policy)
      _tlsward_words "$typed" one mozilla-intermediate mozilla-modern mozilla-old rfc-9325
      _tlsward_paths -f "$typed"
      return
      ;;
    lint:--config)
      _tlsward_paths -f "$typed"
      return
      ;;
    lint:--baseline)
      _tlsward_paths -f "$typed"
      return
      ;;
    lint:--write-baseline)
      _tlsward_paths -f "$typed"
      return
      ;;
    lint:--observed)
      _tlsward_paths -f "$typed"
      return
      ;;
    lint:--jobs | lint:-j)
      return
      ;;
    lint:--color)
      _tlsward_words "$typed" one auto always never
      return
      ;;
    probe:--targets)
      _tlsward_paths -f "$typed"
      return
      ;;
    probe:--port | probe:-p)
      return
      ;;
    probe:--sni)
      return
      ;;
    probe:--shard)
      return
      ;;
    probe:--starttls)
      _tlsward_words "$typed" one auto none smtp lmtp imap pop3 ftp ldap xmpp xmpp-server postgres mysql irc nntp sieve rdp
      return
      ;;
    probe:--proxy)
      return
      ;;
    probe:--cert)
      _tlsward_paths -f "$typed"
      return
      ;;
    probe:--key)
      _tlsward_paths -f "$typed"
      return
      ;;
    probe:--passphrase-file)
      _tlsward_paths -f "$typed"
      return
      ;;
    probe:--ca)
      _tlsward_words "$typed" one system none
      _tlsward_paths -f "$typed"
      return
      ;;
    probe:--at)
      return
      ;;
    probe:--max-connections)
      return
      ;;
    probe:--rate)
      return
      ;;
    probe:--delay)
      return
      ;;
    probe:--deadline)
      return
      ;;
    probe:--timeout)
      return
      ;;
    probe:--concurrency)
      return
      ;;
    probe:--format)
      _tlsward_words "$typed" one sslscan json ndjson sarif junit github sslscan-xml csv markdown html
      return
      ;;
    probe:--resume)
      _tlsward_paths -f "$typed"
      return
      ;;
    probe:--fail-on)
      _tlsward_words "$typed" one error warning info never
      return
      ;;
    probe:--min-confidence)
      _tlsward_words "$typed" one low medium high
      return
      ;;
    probe:--color)
      _tlsward_words "$typed" one auto always never
      return
      ;;
    probe:--select)
      _tlsward_words "$typed" list cert config flex krakend suppress tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/readable-private-key cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/chain-as-client-ca krakend/client-tls-too-new krakend/disabled-tls krakend/documented-default-ciphers krakend/empty-upstream-trust krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/h2c-with-tls krakend/half-key-pair krakend/host-without-scheme krakend/http1-upstream krakend/ignored-cipher-suites krakend/ignored-curve-order krakend/implicit-client-tls13 krakend/implicit-default-certificate krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/lone-max-version krakend/misplaced-tls-block krakend/missing-h2-cipher krakend/missing-key-pair krakend/mixed-key-pairs krakend/non-integer-cipher krakend/obsolete-server-preference krakend/out-of-range-id krakend/overlapping-certificates krakend/public-client-ca krakend/root-insecure-connections krakend/schema-violation krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/unlintable-format krakend/unused-client-tls krakend/wrong-config-version suppress/expired suppress/no-reason suppress/unknown-rule suppress/unused tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/ambiguous-base-identity tyk/catch-all-certificate tyk/certificate-for-http tyk/certificate-without-token tyk/chain-in-allowlist tyk/cleartext-mdcb tyk/clientauth-only-eku tyk/cn-only-verification tyk/deep-wildcard-key tyk/default-tls10 tyk/deprecated-certificates tyk/deprecated-client-certificate tyk/disabled-upstream-mtls tyk/domainless-certificates tyk/dropped-server-certificate tyk/forced-max-tls12 tyk/forwarded-credentials tyk/greedy-control-api tyk/h2-only-alpn tyk/http-level-mtls tyk/ignored-domain tyk/implicit-max-tls12 tyk/inner-wildcard-key tyk/keyless-upstream-certificate tyk/locked-control-api tyk/malformed-certificate-id tyk/malformed-host-key tyk/malformed-pin-map tyk/missing-encoding-secret tyk/missing-server-certificate tyk/mixed-mtls-domain tyk/mixed-mtls-modes tyk/mixed-port-protocols tyk/mtls-as-authentication tyk/mtls-without-domain tyk/mtls-without-tls tyk/pinned-min-version tyk/portless-host-key tyk/protocol-in-host-key tyk/rejected-upload tyk/sample-secret tyk/shadowed-host-entry tyk/shared-mtls-domain tyk/skipped-ca-announcement tyk/ssl-switched-off tyk/stale-certificate-id tyk/too-old-version tyk/unchecked-expiry tyk/uncovered-domain tyk/unenforced-allowlist tyk/unknown-cipher-name tyk/unknown-oas-version tyk/unknown-version-number tyk/unmatched-host-key tyk/unpinned-host tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unsafe-dynamic-mtls tyk/unshared-mdcb-secret tyk/unsupported-ca-allowlist tyk/unsupported-inline-pem tyk/unverified-dashboard tyk/uppercase-host-key tyk/upstream-renegotiation tyk/weak-default-ciphers tyk/wrong-port-key
      return
      ;;
    probe:--ignore)
      _tlsward_words "$typed" list cert config flex krakend suppress tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/readable-private-key cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/chain-as-client-ca krakend/client-tls-too-new krakend/disabled-tls krakend/documented-default-ciphers krakend/empty-upstream-trust krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/h2c-with-tls krakend/half-key-pair krakend/host-without-scheme krakend/http1-upstream krakend/ignored-cipher-suites krakend/ignored-curve-order krakend/implicit-client-tls13 krakend/implicit-default-certificate krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/lone-max-version krakend/misplaced-tls-block krakend/missing-h2-cipher krakend/missing-key-pair krakend/mixed-key-pairs krakend/non-integer-cipher krakend/obsolete-server-preference krakend/out-of-range-id krakend/overlapping-certificates krakend/public-client-ca krakend/root-insecure-connections krakend/schema-violation krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/unlintable-format krakend/unused-client-tls krakend/wrong-config-version suppress/expired suppress/no-reason suppress/unknown-rule suppress/unused tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/ambiguous-base-identity tyk/catch-all-certificate tyk/certificate-for-http tyk/certificate-without-token tyk/chain-in-allowlist tyk/cleartext-mdcb tyk/clientauth-only-eku tyk/cn-only-verification tyk/deep-wildcard-key tyk/default-tls10 tyk/deprecated-certificates tyk/deprecated-client-certificate tyk/disabled-upstream-mtls tyk/domainless-certificates tyk/dropped-server-certificate tyk/forced-max-tls12 tyk/forwarded-credentials tyk/greedy-control-api tyk/h2-only-alpn tyk/http-level-mtls tyk/ignored-domain tyk/implicit-max-tls12 tyk/inner-wildcard-key tyk/keyless-upstream-certificate tyk/locked-control-api tyk/malformed-certificate-id tyk/malformed-host-key tyk/malformed-pin-map tyk/missing-encoding-secret tyk/missing-server-certificate tyk/mixed-mtls-domain tyk/mixed-mtls-modes tyk/mixed-port-protocols tyk/mtls-as-authentication tyk/mtls-without-domain tyk/mtls-without-tls tyk/pinned-min-version tyk/portless-host-key tyk/protocol-in-host-key tyk/rejected-upload tyk/sample-secret tyk/shadowed-host-entry tyk/shared-mtls-domain tyk/skipped-ca-announcement tyk/ssl-switched-off tyk/stale-certificate-id tyk/too-old-version tyk/unchecked-expiry tyk/uncovered-domain tyk/unenforced-allowlist tyk/unknown-cipher-name tyk/unknown-oas-version tyk/unknown-version-number tyk/unmatched-host-key tyk/unpinned-host tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unsafe-dynamic-mtls tyk/unshared-mdcb-secret tyk/unsupported-ca-allowlist tyk/unsupported-inline-pem tyk/unverified-dashboard tyk/uppercase-host-key tyk/upstream-renegotiation tyk/weak-default-ciphers tyk/wrong-port-key
      return
      ;;
    serve:--gateway)
      _tlsward_gateways "$typed"
      return
      ;;
    serve:--edition)
      _tlsward_words "$typed" one ce ee
      return
      ;;
    serve:--flex-mode)
      _tlsward_words "$typed" one local connected
      return
      ;;
    serve:--certs-dir)
      _tlsward_paths -d "$typed"
      return
      ;;
    serve:--define)
      return
      ;;
    serve:--root)
      _tlsward_paths -d "$typed"
      return
      ;;
    serve:--at)
      return
      ;;
    serve:--stdin-filename)
      return
      ;;
    serve:--max-file-size)
      return
      ;;
    serve:--listen)
      return
      ;;
    serve:--threads)
      return
      ;;
    serve:--status)
      return
      ;;
    serve:--access-log)
      _tlsward_paths -f "$typed"
      return
      ;;
    serve:--directory)
      _tlsward_paths -d "$typed"
      return
      ;;
    serve:--name)
      return
      ;;
    serve:--fault)
      _tlsward_words "$typed" one expired not-yet-valid wrong-host self-signed untrusted-root incomplete-chain reversed-chain no-san weak-key sha1 many-sans stalled-handshake reset truncated-body no-client-cert-request tls12-only tls13-only
      return
      ;;
    serve:--max-connections)
      return
      ;;
    serve:--max-handshakes)
      return
      ;;
    serve:--max-streams)
      return
      ;;
    serve:--max-head)
      return
      ;;
    serve:--max-body)
      return
      ;;
    serve:--handshake-timeout)
      return
      ;;
    serve:--header-timeout)
      return
      ;;
    serve:--body-timeout)
      return
      ;;
    serve:--idle-timeout)
      return
      ;;
    serve:--lifetime)
      return
      ;;
    serve:--connect-timeout)
      return
      ;;
    serve:--response-timeout)
      return
      ;;
    serve:--drain)
      return
      ;;
    show:--gateway)
      _tlsward_gateways "$typed"
      return
      ;;
    show:--edition)
      _tlsward_words "$typed" one ce ee
      return
      ;;
    show:--flex-mode)
      _tlsward_words "$typed" one local connected
      return
      ;;
    show:--certs-dir)
      _tlsward_paths -d "$typed"
      return
      ;;
    show:--define)
      return
      ;;
    show:--root)
      _tlsward_paths -d "$typed"
      return
      ;;
    show:--at)
      return
      ;;
    show:--stdin-filename)
      return
      ;;
    show:--max-file-size)
      return
      ;;
    show:--as)
      _tlsward_words "$typed" one text json sslscan
      return
      ;;
    show:--color)
      _tlsward_words "$typed" one auto always never
      return
      ;;
    explain:--color)
      _tlsward_words "$typed" one auto always never
      return
      ;;
    rules:--directory)
      _tlsward_paths -d "$typed"
      return
      ;;
    rules:--color)
      _tlsward_words "$typed" one auto always never
      return
      ;;
    ignores:--gateway)
      _tlsward_gateways "$typed"
      return
      ;;
    ignores:--edition)
      _tlsward_words "$typed" one ce ee
      return
      ;;
    ignores:--flex-mode)
      _tlsward_words "$typed" one local connected
      return
      ;;
    ignores:--certs-dir)
      _tlsward_paths -d "$typed"
      return
      ;;
    ignores:--define)
      return
      ;;
    ignores:--root)
      _tlsward_paths -d "$typed"
      return
      ;;
    ignores:--at)
      return
      ;;
    ignores:--stdin-filename)
      return
      ;;
    ignores:--max-file-size)
      return
      ;;
    ignores:--config)
      _tlsward_paths -f "$typed"
      return
      ;;
    merge:--format)
      _tlsward_words "$typed" one sslscan json ndjson sarif junit github sslscan-xml csv markdown html
      return
      ;;
    merge:--color)
      _tlsward_words "$typed" one auto always never
      return
      ;;
    diff:--format)
      _tlsward_words "$typed" one text json ndjson
      return
      ;;
    diff:--color)
      _tlsward_words "$typed" one auto always never
      return
      ;;
    schema:--edition)
      _tlsward_words "$typed" one ce ee
      return
      ;;
    schema:--document)
      case " ${COMP_WORDS[*]}" in
        *" flex"*) _tlsward_words "$typed" one ApiInstance Service PolicyBinding Configuration ;;
        *" tyk"*) _tlsward_words "$typed" one oas api conf ;;
        *) _tlsward_words "$typed" one ApiInstance Service PolicyBinding Configuration oas api conf ;;
      esac
      return
      ;;
  esac
  # Behind the '=' of '--format NAME=' stands a file.
  if [[ ${COMP_WORDS[at-1]} == = && $option != -* ]]; then _tlsward_paths -f "$typed"; return; fi
  if [[ -z $command && $typed != -* ]]; then
    _tlsward_words "$typed" one lint probe serve show explain rules policies init ignores ciphers merge diff schema completions man
    _tlsward_paths -f "$typed"
    return
  fi
  [[ -z $command ]] && _tlsward_words "$typed" one --version
  if [[ $typed == -* ]]; then _tlsward_options "${command:-lint}" "$typed"; return; fi
  _tlsward_arguments "$command" "$typed"
}

complete -F _tlsward tlsward
