# fish completion for tlsward; made by 'tlsward completions fish'.

# The command that was named: the first word that is one; 'tlsward FILE' and 'tlsward --option' mean lint.
function __tlsward_command
    set -l words (commandline -opc)
    set -e words[1]
    if set -q words[1]; and contains -- $words[1] $__tlsward_commands
        test $words[1] = $argv[1]
    else
        test lint = $argv[1]
    end
end

function __tlsward_first
    test (count (commandline -opc)) -eq 1
end

# Words of a list that is separated by commas, behind those that stand there.
function __tlsward_list
    set -l before (string match -r '.*,' -- (commandline -ct | string replace -r '^--[a-z-]+=' ''))
    for word in $argv
        echo "$before$word"
    end
end

# Words, and a file behind the '=' of one.
function __tlsward_words_with_file
    set -l typed (commandline -ct | string replace -r '^--[a-z-]+=' '')
    set -l before (string match -r '^[^=]*=' -- $typed)
    if test -z "$before"
        printf '%s\n' $argv
        return
    end
    for file in (__fish_complete_path (string replace -r '^[^=]*=' '' -- $typed))
        echo "$before$file"
    end
end

complete -c tlsward -f
set -g __tlsward_commands lint probe serve show explain rules policies init ciphers merge diff schema completions man
complete -c tlsward -n __tlsward_first -l version -d 'Display program version information and exit'
complete -c tlsward -n __tlsward_first -a lint -d 'check gateway configurations'
complete -c tlsward -n '__tlsward_command lint' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command lint' -l gateway -x -a 'flex krakend tyk' -d 'flex, krakend or tyk, with @VERSION if you like'
complete -c tlsward -n '__tlsward_command lint' -l edition -x -a 'ce ee' -d 'KrakenD edition'
complete -c tlsward -n '__tlsward_command lint' -l flex-mode -x -a 'local connected' -d 'Flex Gateway mode'
complete -c tlsward -n '__tlsward_command lint' -l dashboard -d 'Tyk certificates are managed by the Dashboard'
complete -c tlsward -n '__tlsward_command lint' -l certs-dir -x -a '(__fish_complete_directories)' -d 'directory with certificates, for Tyk certificate ids'
complete -c tlsward -n '__tlsward_command lint' -l define -x -d 'value of a variable or reference'
complete -c tlsward -n '__tlsward_command lint' -l root -x -a '(__fish_complete_directories)' -d 'file system of the target'
complete -c tlsward -n '__tlsward_command lint' -l no-files -d 'do not open the files that a configuration names'
complete -c tlsward -n '__tlsward_command lint' -l at -x -d 'judge certificate dates as on this day'
complete -c tlsward -n '__tlsward_command lint' -l stdin-filename -x -d 'name under which - is reported and its format guessed'
complete -c tlsward -n '__tlsward_command lint' -l max-file-size -x -d 'largest file that is read, in MiB'
complete -c tlsward -n '__tlsward_command lint' -l select -x -a '(__tlsward_list cert config flex krakend tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/disabled-tls krakend/documented-default-ciphers krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/half-key-pair krakend/implicit-client-tls13 krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/missing-key-pair krakend/public-client-ca krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/wrong-config-version tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/catch-all-certificate tyk/certificate-without-token tyk/cleartext-mdcb tyk/deep-wildcard-key tyk/forwarded-credentials tyk/http-level-mtls tyk/keyless-upstream-certificate tyk/malformed-certificate-id tyk/missing-encoding-secret tyk/mixed-mtls-domain tyk/mtls-as-authentication tyk/mtls-without-domain tyk/portless-host-key tyk/protocol-in-host-key tyk/shared-mtls-domain tyk/stale-certificate-id tyk/too-old-version tyk/unenforced-allowlist tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unshared-mdcb-secret)' -d 'only these rules or groups'
complete -c tlsward -n '__tlsward_command lint' -l ignore -x -a '(__tlsward_list cert config flex krakend tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/disabled-tls krakend/documented-default-ciphers krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/half-key-pair krakend/implicit-client-tls13 krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/missing-key-pair krakend/public-client-ca krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/wrong-config-version tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/catch-all-certificate tyk/certificate-without-token tyk/cleartext-mdcb tyk/deep-wildcard-key tyk/forwarded-credentials tyk/http-level-mtls tyk/keyless-upstream-certificate tyk/malformed-certificate-id tyk/missing-encoding-secret tyk/mixed-mtls-domain tyk/mtls-as-authentication tyk/mtls-without-domain tyk/portless-host-key tyk/protocol-in-host-key tyk/shared-mtls-domain tyk/stale-certificate-id tyk/too-old-version tyk/unenforced-allowlist tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unshared-mdcb-secret)' -d 'not these rules or groups'
complete -c tlsward -n '__tlsward_command lint' -l format -x -a '(__tlsward_words_with_file full concise json json-1 sarif)' -d 'full, concise, json or sarif'
complete -c tlsward -n '__tlsward_command lint' -l fail-on -x -a 'error warning info never' -d 'exit 1 at or above'
complete -c tlsward -n '__tlsward_command lint' -l min-severity -x -a 'error warning info' -d 'what is shown and counted'
complete -c tlsward -n '__tlsward_command lint' -l min-confidence -x -a 'low medium high' -d 'what counts for the exit code'
complete -c tlsward -n '__tlsward_command lint' -l policy -r -F -a 'mozilla-intermediate mozilla-modern mozilla-old rfc-9325' -d 'compare with a guideline'
complete -c tlsward -n '__tlsward_command lint' -l config -r -F -d 'this configuration file, not the .tlsward.yaml that is found'
complete -c tlsward -n '__tlsward_command lint' -l no-config -d 'no configuration file'
complete -c tlsward -n '__tlsward_command lint' -l show-config -d 'print every setting and who set it, and end'
complete -c tlsward -n '__tlsward_command lint' -l observed -r -F -d 'results of tlsward probe'
complete -c tlsward -n '__tlsward_command lint' -l exit-zero -d 'exit 0 where findings would make it 1'
complete -c tlsward -n '__tlsward_command lint' -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c tlsward -n '__tlsward_command lint' -l quiet -s q -d 'no summary on stderr'
complete -c tlsward -n '__tlsward_command lint' -l list-files -d 'print the files that would be read, and end'
complete -c tlsward -n '__tlsward_command lint' -F
complete -c tlsward -n __tlsward_first -a probe -d 'scan live endpoints'
complete -c tlsward -n '__tlsward_command probe' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command probe' -l targets -r -F -d 'file with one target a line'
complete -c tlsward -n '__tlsward_command probe' -l port -s p -x -d 'port of targets that name none'
complete -c tlsward -n '__tlsward_command probe' -l sni -x -d 'server name to send, whatever the target is'
complete -c tlsward -n '__tlsward_command probe' -l no-sni -d 'send no server name'
complete -c tlsward -n '__tlsward_command probe' -s 4 -d 'IPv4 addresses only'
complete -c tlsward -n '__tlsward_command probe' -s 6 -d 'IPv6 addresses only'
complete -c tlsward -n '__tlsward_command probe' -l all-addresses -d 'scan every address of a name, not the first that answers'
complete -c tlsward -n '__tlsward_command probe' -l shard -x -d 'scan part K of N of the targets, for N machines with the same list'
complete -c tlsward -n '__tlsward_command probe' -l starttls -x -a 'auto none smtp lmtp imap pop3 ftp ldap xmpp xmpp-server postgres mysql irc nntp sieve rdp' -d 'auto'
complete -c tlsward -n '__tlsward_command probe' -l proxy -x -d 'http'
complete -c tlsward -n '__tlsward_command probe' -l all -d 'ask everything'
complete -c tlsward -n '__tlsward_command probe' -l explain-plan -d 'print each question, its answer and what it settled, on stderr'
complete -c tlsward -n '__tlsward_command probe' -l cert -r -F -d 'client certificate'
complete -c tlsward -n '__tlsward_command probe' -l key -r -F -d 'its private key in PEM, where it is not in the same file'
complete -c tlsward -n '__tlsward_command probe' -l passphrase-file -r -F -d 'first line'
complete -c tlsward -n '__tlsward_command probe' -l ca -r -F -a 'system none' -d 'whom to trust'
complete -c tlsward -n '__tlsward_command probe' -l at -x -d 'judge certificate dates as on this day'
complete -c tlsward -n '__tlsward_command probe' -l max-connections -x -d 'to one address at a time'
complete -c tlsward -n '__tlsward_command probe' -l rate -x -d 'new connections a second to one address'
complete -c tlsward -n '__tlsward_command probe' -l delay -x -d 'seconds between two connections to one address'
complete -c tlsward -n '__tlsward_command probe' -l deadline -x -d 'seconds for one address in all'
complete -c tlsward -n '__tlsward_command probe' -l timeout -x -d 'seconds for one step'
complete -c tlsward -n '__tlsward_command probe' -l concurrency -x -d 'addresses at a time'
complete -c tlsward -n '__tlsward_command probe' -l format -x -a '(__tlsward_words_with_file sslscan json ndjson sarif junit github sslscan-xml csv markdown html)' -d 'sslscan, json, ndjson, sarif, junit, github, sslscan-xml, csv, markdown, html'
complete -c tlsward -n '__tlsward_command probe' -l resume -r -F -d 'append to this NDJSON file, and skip what is done in it'
complete -c tlsward -n '__tlsward_command probe' -l fail-on -x -a 'error warning info never' -d 'exit 1 at or above'
complete -c tlsward -n '__tlsward_command probe' -l min-confidence -x -a 'low medium high' -d 'what counts for the exit code'
complete -c tlsward -n '__tlsward_command probe' -l exit-zero -d 'exit 0 where findings would make it 1'
complete -c tlsward -n '__tlsward_command probe' -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c tlsward -n '__tlsward_command probe' -l quiet -s q -d 'no progress and no summary on stderr'
complete -c tlsward -n '__tlsward_command probe' -l select -x -a '(__tlsward_list cert config flex krakend tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/disabled-tls krakend/documented-default-ciphers krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/half-key-pair krakend/implicit-client-tls13 krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/missing-key-pair krakend/public-client-ca krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/wrong-config-version tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/catch-all-certificate tyk/certificate-without-token tyk/cleartext-mdcb tyk/deep-wildcard-key tyk/forwarded-credentials tyk/http-level-mtls tyk/keyless-upstream-certificate tyk/malformed-certificate-id tyk/missing-encoding-secret tyk/mixed-mtls-domain tyk/mtls-as-authentication tyk/mtls-without-domain tyk/portless-host-key tyk/protocol-in-host-key tyk/shared-mtls-domain tyk/stale-certificate-id tyk/too-old-version tyk/unenforced-allowlist tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unshared-mdcb-secret)' -d 'only these rules or groups'
complete -c tlsward -n '__tlsward_command probe' -l ignore -x -a '(__tlsward_list cert config flex krakend tls tyk cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/disabled-tls krakend/documented-default-ciphers krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/half-key-pair krakend/implicit-client-tls13 krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/missing-key-pair krakend/public-client-ca krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/wrong-config-version tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/catch-all-certificate tyk/certificate-without-token tyk/cleartext-mdcb tyk/deep-wildcard-key tyk/forwarded-credentials tyk/http-level-mtls tyk/keyless-upstream-certificate tyk/malformed-certificate-id tyk/missing-encoding-secret tyk/mixed-mtls-domain tyk/mtls-as-authentication tyk/mtls-without-domain tyk/portless-host-key tyk/protocol-in-host-key tyk/shared-mtls-domain tyk/stale-certificate-id tyk/too-old-version tyk/unenforced-allowlist tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unshared-mdcb-secret)' -d 'not these rules or groups'
complete -c tlsward -n __tlsward_first -a serve -d 'a local proxy that behaves on the wire as the gateway would with this configuration'
complete -c tlsward -n '__tlsward_command serve' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command serve' -l gateway -x -a 'flex krakend tyk' -d 'flex, krakend or tyk, with @VERSION if you like'
complete -c tlsward -n '__tlsward_command serve' -l edition -x -a 'ce ee' -d 'KrakenD edition'
complete -c tlsward -n '__tlsward_command serve' -l flex-mode -x -a 'local connected' -d 'Flex Gateway mode'
complete -c tlsward -n '__tlsward_command serve' -l dashboard -d 'Tyk certificates are managed by the Dashboard'
complete -c tlsward -n '__tlsward_command serve' -l certs-dir -x -a '(__fish_complete_directories)' -d 'directory with certificates, for Tyk certificate ids'
complete -c tlsward -n '__tlsward_command serve' -l define -x -d 'value of a variable or reference'
complete -c tlsward -n '__tlsward_command serve' -l root -x -a '(__fish_complete_directories)' -d 'file system of the target'
complete -c tlsward -n '__tlsward_command serve' -l no-files -d 'do not open the files that a configuration names'
complete -c tlsward -n '__tlsward_command serve' -l at -x -d 'judge certificate dates as on this day'
complete -c tlsward -n '__tlsward_command serve' -l stdin-filename -x -d 'name under which - is reported and its format guessed'
complete -c tlsward -n '__tlsward_command serve' -l max-file-size -x -d 'largest file that is read, in MiB'
complete -c tlsward -n '__tlsward_command serve' -l listen -x -d 'in place of the configured port, on 127.0.0.1 where no address is given'
complete -c tlsward -n '__tlsward_command serve' -l unsafe-listen -d 'allow addresses beyond this machine in --listen'
complete -c tlsward -n '__tlsward_command serve' -l threads -x -d 'threads, each with its own event loop'
complete -c tlsward -n '__tlsward_command serve' -l status -x -d 'answer /__status, /metrics and /__health there, in plain HTTP'
complete -c tlsward -n '__tlsward_command serve' -l access-log -r -F -d 'a line of JSON for each request'
complete -c tlsward -n '__tlsward_command serve' -l directory -x -a '(__fish_complete_directories)' -d 'where throw-away certificates are made and kept'
complete -c tlsward -n '__tlsward_command serve' -l name -x -d 'one more host name or address for the throw-away server certificate'
complete -c tlsward -n '__tlsward_command serve' -l throw-away-certificates -d 'use throw-away certificates in place of those that the configuration names'
complete -c tlsward -n '__tlsward_command serve' -l fault -x -a 'expired not-yet-valid wrong-host self-signed untrusted-root incomplete-chain reversed-chain no-san weak-key sha1 many-sans stalled-handshake reset truncated-body no-client-cert-request tls12-only tls13-only' -d 'serve with this fault, to test clients'
complete -c tlsward -n '__tlsward_command serve' -l force -d 'serve a configuration in spite of findings of severity error'
complete -c tlsward -n '__tlsward_command serve' -l strict -d 'refuse to start where this OpenSSL cannot do all that the gateway does'
complete -c tlsward -n '__tlsward_command serve' -l no-watch -d 'reload on SIGHUP alone, not when a file changes'
complete -c tlsward -n '__tlsward_command serve' -l max-connections -x -d 'inbound connections of each thread'
complete -c tlsward -n '__tlsward_command serve' -l max-handshakes -x -d 'handshakes in flight of each thread'
complete -c tlsward -n '__tlsward_command serve' -l max-streams -x -d 'streams of one HTTP/2 connection side by side'
complete -c tlsward -n '__tlsward_command serve' -l max-head -x -d 'request line and fields, in KiB'
complete -c tlsward -n '__tlsward_command serve' -l max-body -x -d 'body of a request, in MiB'
complete -c tlsward -n '__tlsward_command serve' -l handshake-timeout -x -d 'for the whole TLS handshake'
complete -c tlsward -n '__tlsward_command serve' -l header-timeout -x -d 'from the first byte of a head to its end'
complete -c tlsward -n '__tlsward_command serve' -l body-timeout -x -d 'without a byte of a body, either way'
complete -c tlsward -n '__tlsward_command serve' -l idle-timeout -x -d 'between two requests'
complete -c tlsward -n '__tlsward_command serve' -l lifetime -x -d 'of an inbound connection, then it is drained'
complete -c tlsward -n '__tlsward_command serve' -l connect-timeout -x -d 'to reach an upstream, TLS included'
complete -c tlsward -n '__tlsward_command serve' -l response-timeout -x -d 'until an upstream\'s response begins'
complete -c tlsward -n '__tlsward_command serve' -l drain -x -d 'for requests in flight when it ends'
complete -c tlsward -n '__tlsward_command serve' -F
complete -c tlsward -n __tlsward_first -a show -d 'what each endpoint of a configuration does'
complete -c tlsward -n '__tlsward_command show' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command show' -l gateway -x -a 'flex krakend tyk' -d 'flex, krakend or tyk, with @VERSION if you like'
complete -c tlsward -n '__tlsward_command show' -l edition -x -a 'ce ee' -d 'KrakenD edition'
complete -c tlsward -n '__tlsward_command show' -l flex-mode -x -a 'local connected' -d 'Flex Gateway mode'
complete -c tlsward -n '__tlsward_command show' -l dashboard -d 'Tyk certificates are managed by the Dashboard'
complete -c tlsward -n '__tlsward_command show' -l certs-dir -x -a '(__fish_complete_directories)' -d 'directory with certificates, for Tyk certificate ids'
complete -c tlsward -n '__tlsward_command show' -l define -x -d 'value of a variable or reference'
complete -c tlsward -n '__tlsward_command show' -l root -x -a '(__fish_complete_directories)' -d 'file system of the target'
complete -c tlsward -n '__tlsward_command show' -l no-files -d 'do not open the files that a configuration names'
complete -c tlsward -n '__tlsward_command show' -l at -x -d 'judge certificate dates as on this day'
complete -c tlsward -n '__tlsward_command show' -l stdin-filename -x -d 'name under which - is reported and its format guessed'
complete -c tlsward -n '__tlsward_command show' -l max-file-size -x -d 'largest file that is read, in MiB'
complete -c tlsward -n '__tlsward_command show' -l json -d 'as JSON'
complete -c tlsward -n '__tlsward_command show' -l as -x -a 'text json sslscan' -d 'text, json or sslscan'
complete -c tlsward -n '__tlsward_command show' -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c tlsward -n '__tlsward_command show' -F
complete -c tlsward -n __tlsward_first -a explain -d 'what a rule means, or what a log line of a failed handshake says'
complete -c tlsward -n '__tlsward_command explain' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command explain' -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c tlsward -n '__tlsward_command explain' -a 'cert/ca-as-leaf cert/cn-outside-san cert/duplicate-certificate cert/encrypted-key cert/expired-anchor cert/expired-certificate cert/expiring-soon cert/incomplete-chain cert/key-in-trust-bundle cert/key-mismatch cert/long-validity cert/malformed-serial cert/misordered-chain cert/missing-client-eku cert/missing-dns-san cert/missing-san cert/missing-server-eku cert/non-ca-anchor cert/non-pem-format cert/not-yet-valid cert/oversized-rsa-key cert/placeholder-pem cert/root-in-chain cert/self-signed-leaf cert/shared-private-key cert/short-key cert/swapped-pair cert/uncovered-host cert/undecodable-pem cert/unstapled-must-staple cert/unsupported-key-type cert/unusable-wildcard cert/weak-signature cert/wrong-key-usage cert/x509-v1 config/duplicate-key config/inline-private-key config/missing-file config/placeholder-value config/relative-path config/syntax-error config/unknown-field config/unknown-gateway-kind config/unresolved-value config/wrong-type flex/ambiguous-resource-name flex/bad-service-address flex/builtin-outbound-defaults flex/conflicting-inbound-contexts flex/context-on-http flex/dangling-target flex/disabled-outbound-mtls flex/dropped-default-ciphers flex/duplicate-outbound-context flex/empty-selector flex/folded-pem flex/half-key-pair flex/https-without-context flex/ignored-trusted-ca flex/inbound-not-on-instance flex/inbound-without-certificate flex/inline-outbound-policy flex/ip-upstream flex/local-mode-only flex/misplaced-tls-field flex/missing-skip-validation flex/missing-trusted-ca flex/mixed-port-schemes flex/multiple-default-contexts flex/ordered-tls-policy flex/outbound-not-on-service flex/outbound-on-http flex/outbound-on-selector flex/policy-too-new flex/reused-outbound-context flex/rules-on-tls flex/shared-port-context flex/unenforced-client-ca flex/unknown-kind flex/unknown-tls-policy flex/unpinned-context flex/unquoted-version flex/unsupported-cipher flex/unsupported-redis-cipher flex/unsupported-version flex/upstream-mismatch flex/wrong-api-version flex/wrong-policy-namespace krakend/disabled-tls krakend/documented-default-ciphers krakend/enterprise-only-tls krakend/global-client-tls krakend/global-mtls krakend/half-key-pair krakend/implicit-client-tls13 krakend/incomplete-client-cert krakend/keys-too-new krakend/legacy-key-pair krakend/missing-key-pair krakend/public-client-ca krakend/silent-mtls-off krakend/tls-on-http-port krakend/tls12-accepted krakend/unenforced-client-ca krakend/unknown-cipher-id krakend/unknown-curve krakend/unknown-version-string krakend/wrong-config-version tls/alpn-prefers-http1 tls/broken-cipher tls/cipher-certificate-mismatch tls/cleartext-endpoint tls/duplicate-list-entry tls/empty-client-trust tls/fixed-tls13-cipher tls/h2-below-tls12 tls/h2-prohibited-ciphers tls/ignored-cipher-order tls/inverted-version-range tls/missing-h2-cipher tls/missing-pq-group tls/missing-x25519 tls/obsolete-version tls/profile-violation tls/ssl3-version tls/tls13-disabled tls/unknown-alpn tls/unreachable-cipher tls/unusable-psk-cipher tls/unverified-peer tls/version-without-cipher tls/weak-cipher tyk/allowlisted-private-key tyk/catch-all-certificate tyk/certificate-without-token tyk/cleartext-mdcb tyk/deep-wildcard-key tyk/forwarded-credentials tyk/http-level-mtls tyk/keyless-upstream-certificate tyk/malformed-certificate-id tyk/missing-encoding-secret tyk/mixed-mtls-domain tyk/mtls-as-authentication tyk/mtls-without-domain tyk/portless-host-key tyk/protocol-in-host-key tyk/shared-mtls-domain tyk/stale-certificate-id tyk/too-old-version tyk/unenforced-allowlist tyk/unprefixed-dashboard-id tyk/unresolvable-certificate tyk/unshared-mdcb-secret'
complete -c tlsward -n __tlsward_first -a rules -d 'list every rule'
complete -c tlsward -n '__tlsward_command rules' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command rules' -l json -d 'as JSON'
complete -c tlsward -n '__tlsward_command rules' -l markdown -d 'as a table in Markdown'
complete -c tlsward -n '__tlsward_command rules' -l directory -x -a '(__fish_complete_directories)' -d 'with --markdown'
complete -c tlsward -n '__tlsward_command rules' -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c tlsward -n __tlsward_first -a policies -d 'list the policies that --policy knows, or print one as its file'
complete -c tlsward -n '__tlsward_command policies' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command policies' -a 'mozilla-intermediate mozilla-modern mozilla-old rfc-9325'
complete -c tlsward -n __tlsward_first -a init -d 'write a .tlsward.yaml for the configurations in this directory'
complete -c tlsward -n '__tlsward_command init' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n __tlsward_first -a ciphers -d 'list cipher suites, or convert one between all its names and numbers'
complete -c tlsward -n '__tlsward_command ciphers' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command ciphers' -l json -d 'as JSON'
complete -c tlsward -n __tlsward_first -a merge -d 'put several files of probe results together, the newest of each host'
complete -c tlsward -n '__tlsward_command merge' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command merge' -l format -x -a 'sslscan json ndjson sarif junit github sslscan-xml csv markdown html' -d 'sslscan, json, ndjson, sarif, junit, github, sslscan-xml, csv, markdown, html'
complete -c tlsward -n '__tlsward_command merge' -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c tlsward -n '__tlsward_command merge' -l quiet -s q -d 'no summary on stderr'
complete -c tlsward -n '__tlsward_command merge' -F
complete -c tlsward -n __tlsward_first -a diff -d 'what changed between two scans, and whether for the worse'
complete -c tlsward -n '__tlsward_command diff' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command diff' -l format -x -a 'text json ndjson' -d 'text, json or ndjson'
complete -c tlsward -n '__tlsward_command diff' -l exit-zero -d 'exit 0 where something worse would make it 1'
complete -c tlsward -n '__tlsward_command diff' -l color -x -a 'auto always never' -d 'auto, always or never'
complete -c tlsward -n '__tlsward_command diff' -l quiet -s q -d 'no summary on stderr'
complete -c tlsward -n '__tlsward_command diff' -F
complete -c tlsward -n __tlsward_first -a schema -d 'JSON Schema of a gateway\'s configuration, for editors'
complete -c tlsward -n '__tlsward_command schema' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command schema' -l edition -x -a 'ce ee' -d 'KrakenD edition'
complete -c tlsward -n '__tlsward_command schema' -l document -x -a 'ApiInstance Service PolicyBinding Configuration oas api conf' -d 'one form of document alone'
complete -c tlsward -n '__tlsward_command schema' -a 'flex krakend tyk'
complete -c tlsward -n __tlsward_first -a completions -d 'what a shell completes'
complete -c tlsward -n '__tlsward_command completions' -l help -s h -d 'Print this help message and exit'
complete -c tlsward -n '__tlsward_command completions' -a 'bash zsh fish'
complete -c tlsward -n __tlsward_first -a man -d 'the manual page, in mdoc'
complete -c tlsward -n '__tlsward_command man' -l help -s h -d 'Print this help message and exit'
