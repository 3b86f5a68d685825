"""Checks the schemas of 'tlsward schema' with a validator that is not ours. The arguments say what; prints how much was
checked and every failure, and ends with 1 where there is one."""
import functools
import json
import pathlib
import subprocess
import sys

import yaml
from jsonschema import Draft202012Validator

VERSIONS = {
    "flex": [f"1.{minor}" for minor in range(14)],
    "krakend": [f"2.{minor}" for minor in range(14)],
    "tyk": ["2.4", "2.9", "3.0", "4.0", "5.0", "5.3", "5.8", "5.12", "5.14"],
}
OPTIONS = {
    "flex": [[], *(["--document", kind] for kind in ("ApiInstance", "Service", "PolicyBinding", "Configuration"))],
    "krakend": [[], ["--edition", "ce"], ["--edition", "ee"]],
    "tyk": [[], *(["--document", form] for form in ("conf", "api", "oas"))],
}

# Documents that must be refused, and where.
REFUSED = [
    ("krakend@2.6", [], {"version": 3, "tls": {"keys": []}}, "$.tls"),
    ("krakend", [], {"version": 2}, "$.version"),
    ("krakend", [], {"version": 3, "tls": {"min_version": "TLS1.2"}}, "$.tls.min_version"),
    ("krakend", [], {"version": 3, "tls": {"cipher_suites": [49199, 1]}}, "$.tls.cipher_suites[1]"),
    ("krakend", [], {"version": 3, "tls": {"curve_preferences": [30]}}, "$.tls.curve_preferences[0]"),
    ("krakend@2.9", [], {"version": 3, "tls": {"curve_preferences": [4588]}}, "$.tls.curve_preferences[0]"),
    ("krakend", [], {"version": 3, "tls": {"enable_mtls": "yes"}}, "$.tls.enable_mtls"),
    ("krakend", [], {"version": 3, "client_tls": {"mtls": True}}, "$.client_tls"),
    ("krakend", [], {"version": 3, "port": "$PORT"}, "$.port"),
    ("krakend", [], {"endpoints": [{"backend": [{"host": "x"}]}]}, "$.endpoints[0].backend[0].host"),
    ("flex", [], {"kind": "PolicyBinding", "spec": {"policyRef": {"name": "tls"}, "config": {"minversion": 1.2}}},
     "$.spec.config.minversion"),
    ("flex@1.13", [], {"policyRef": {"name": "tls-outbound"}, "config": {"minversion": "1.1"}}, "$.config.minversion"),
    ("flex", [], [{"policyRef": {"name": "tls"}, "config": {"cipher": []}}], "$[0].config"),
    ("flex@1.3", [], {"policyRef": {"name": "tls-outbound"}, "config": {"skipValidation": False}}, "$.config"),
    ("flex", [], {"kind": "List", "items": [{"kind": "Configuration", "spec": {"sharedStorage": {"redis": {"tls": {
        "ciphers": ["TLS_PSK_WITH_AES_256_CBC_SHA"]}}}}}]}, "$.items[0].spec.sharedStorage.redis.tls.ciphers[0]"),
    ("flex", ["--document", "Service"], {"kind": "PolicyBinding"}, "$.kind"),
    ("tyk", [], {"http_server_options": {"use_ssl": "yes"}}, "$.http_server_options.use_ssl"),
    ("tyk", [], {"http_server_options": {"min_version": 42}}, "$.http_server_options.min_version"),
    ("tyk", [], {"security": {"pinned_keys": {}}}, "$.security"),
    ("tyk@5.3", [], {"proxy_ssl_ciphers": ["tls_rsa_with_aes_128_cbc_sha"]}, "$.proxy_ssl_ciphers[0]"),
    ("tyk", [], {"api_id": "a", "proxy": {"transport": {"ssl_ciphers": ["AES128-SHA"]}}},
     "$.proxy.transport.ssl_ciphers[0]"),
    ("tyk", [], {"api_definition": {"use_mutual_tls_auth": 1}}, "$.api_definition.use_mutual_tls_auth"),
    ("tyk", [], {"x-tyk-api-gateway": {"upstream": {"tlsTransport": {"minVersion": "TLS12"}}}},
     "$.x-tyk-api-gateway.upstream.tlsTransport.minVersion"),
    ("tyk", ["--document", "oas"], {"openapi": "3.0.3"}, "$"),
]

# Documents that must be accepted although they look odd.
ACCEPTED = [
    ("krakend@2.7", [], {"version": 3, "tls": {"keys": [], "@comment": 1, "_note": [], "min_version": "{{ .min }}"}}),
    ("krakend", [], {"version": "${SYNTAX}", "port": "{{ .port }}", "tls": {"{{ .key }}": 1}, "extra_config": {"x": 1}}),
    ("krakend@2.10", [], {"version": 3, "tls": {"curve_preferences": [4588, 29, 23]}}),
    ("krakend@2.9", [], {"version": 3, "tls": {"public_key": "a", "private_key": "b"}}),
    ("krakend", [], {"version": 3, "tls": None, "client_tls": {"min_version": None, "ca_certs": None}}),
    ("flex", [], {"kind": "Ingress", "spec": 3}),
    ("flex", [], {"policyRef": {"name": "rate-limiting-flex"}, "config": {"anything": 1}}),
    ("flex", [], {"policyRef": {"name": "tls"}, "config": {"requireClientCertificate": "$MTLS", "minversion": "${MIN}"}}),
    ("tyk", [], {"security": {"Pinned_Public_Keys": {}}, "proxy_ssl_ciphers": ["tls_rsa_with_aes_128_cbc_sha"]}),
    ("tyk", [], {"http_server_options": {"use_ssl": True, "min_version": 771, "flush_interval": 1}}),
    ("tyk", [], {"api_definition": {"use_mutual_tls_auth": True}}),
]


class Loader(yaml.SafeLoader):
    """Without dates, which JSON does not have."""


Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def run(*words):
    return json.loads(subprocess.run(["tlsward", *words], check=True, capture_output=True).stdout)


@functools.lru_cache(maxsize=None)
def validator(gateway, *options):
    schema = run("schema", gateway, *options)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def place(error):
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    return "$" + "".join(steps)


def leaves(errors):
    for error in errors:
        if error.context:
            yield from leaves(error.context)
        else:
            yield error


def documents(text):
    if text.lstrip().startswith("{"):
        return [json.loads(text)]
    return [document for document in yaml.load_all(text, Loader) if document is not None]


def refusals(gateway, options, document):
    errors = leaves(validator(gateway, *options).iter_errors(document))
    return [f"{place(error)}: {error.message[:200]}" for error in errors]


def metaschema(gateway):
    for version in VERSIONS[gateway]:
        for options in OPTIONS[gateway]:
            validator(f"{gateway}@{version}", *options)
            yield None


def examples():
    for rule in run("rules", "--json")["rules"]:
        example = rule["good"]
        for file in example["files"]:
            if not example["gateway"] or "{{" in file["text"] or not file["name"].endswith((".json", ".yaml", ".conf")):
                continue
            for document in documents(file["text"]):
                wrong = refusals(example["gateway"], [], document)
                yield f"{rule['id']}: {wrong}" if wrong else None


def configs():
    for gateway in VERSIONS:
        root = pathlib.Path("testdata/configs") / gateway
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).parts[0]
            if "healthy" not in name or path.suffix not in (".json", ".yaml", ".conf"):
                continue
            first = name.split("-")[0]
            chosen = f"{gateway}@{first}" if first[0].isdigit() else gateway
            text = path.read_text()
            # No JSON before its template is rendered.
            if path.suffix == ".json" and "{{" in text:
                continue
            for document in documents(text):
                wrong = refusals(chosen, [], document)
                yield f"{path}: {wrong}" if wrong else None


def odd():
    for gateway, options, document in ACCEPTED:
        wrong = refusals(gateway, options, document)
        yield f"{document}: {wrong}" if wrong else None


def bad():
    for gateway, options, document, where in REFUSED:
        wrong = refusals(gateway, options, document)
        yield None if any(line.startswith(where + ": ") for line in wrong) else f"{document}: not at {where}: {wrong}"


def main():
    checks = {"metaschema": metaschema, "examples": examples, "configs": configs, "odd": odd, "bad": bad}
    results = list(checks[sys.argv[1]](*sys.argv[2:]))
    failures = [result for result in results if result]
    for failure in failures:
        print(failure, file=sys.stderr)
    print(len(results))
    sys.exit(1 if failures else 0)


main()
