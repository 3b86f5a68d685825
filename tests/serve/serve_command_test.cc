// `tlsward serve` as a user has it: started in a shell, asked with curl, openssl and sslscan, told by signals.
#include <fmt/format.h>

#include <string>

#include "tests/catch.h"
#include "tests/process.h"
#include "tests/servers.h"

namespace tlsward {
namespace {

using tests::ProcessResult;
using tests::ServerFiles;

/// Runs `script` beside `tlsward serve OPTIONS`. In it, $port is the first port that is listened on and $pid the
/// process; `await FILE TEXT` waits, for at most 10 s, until a file holds the text; out and err are what serve printed.
ProcessResult beside_serve(const std::string& options, const std::string& script, const std::string& directory) {
  const std::string frame = fmt::format(R"(
await() {{ for i in $(seq 500); do grep -qs -- "$2" "$1" && return; sleep 0.02; done; echo "no '$2' in $1"; cat out err; exit 99; }}
rm -f out err
tlsward serve {} >out 2>err &
pid=$!
trap 'kill -9 $pid 2>/dev/null' EXIT
await out '^try:'
port=$(sed -n 's,^ *https*://127.0.0.1:\([0-9]*\)$,\1,p' out | head -1)
{}
)",
                                        options, script);
  const tests::TemporaryDirectory scripts;
  scripts.write("script.sh", frame);
  return tests::run_shell("bash " + scripts.path() + "/script.sh", directory);
}

std::string krakend(const std::string& certificate, const std::string& upstream, const std::string& more = "") {
  return fmt::format(
      R"({{"version": 3, "port": 8443, "tls": {{"public_key": "{0}", "private_key": "{0}"{2}}},
"endpoints": [{{"endpoint": "/orders/{{id}}", "input_query_strings": ["q"],
"backend": [{{"host": ["{1}"], "url_pattern": "/v1/{{id}}"}}]}}]}})",
      certificate, upstream, more);
}

}  // namespace

TEST_CASE("serve: alone it makes certificates and an upstream, and prints lines that work") {
  const tests::TemporaryDirectory directory;
  const ProcessResult run = beside_serve("--directory made --listen 0 --status 0", R"(
curl -sS --cacert made/ca.pem -d body "https://localhost:$port/a?b=c" -w '%{http_version} %{http_code}\n'
curl -sS --http1.1 --cacert made/ca.pem -I "https://localhost:$port/" | head -1
status=$(sed -n 's,^ *http://\(127.0.0.1:[0-9]*\)/__status$,\1,p' out)
curl -sS "http://$status/__status" | grep '"gateway"'
curl -sS "http://$status/metrics" | grep '^tlsward_requests_total'
stat -c '%a %n' made made/server.key
tlsward probe --fail-on never --ca made/ca.pem "localhost:$port" | grep -c 'TLSv1.[23] *enabled'
kill -TERM $pid; wait $pid; echo "exit $?"
)",
                                         directory.path());
  INFO(run.out << run.err);
  CHECK(run.out.find("POST /a?b=c HTTP/1.1\n") != std::string::npos);
  CHECK(run.out.find("X-Forwarded-For: 127.0.0.1\n") != std::string::npos);
  CHECK(run.out.find("body2 200\n") != std::string::npos);
  CHECK(run.out.find("HTTP/1.1 200 OK") != std::string::npos);
  CHECK(run.out.find("\"gateway\": \"Flex Gateway") != std::string::npos);
  CHECK(run.out.find("tlsward_requests_total 2\n") != std::string::npos);
  CHECK(run.out.find("700 made\n600 made/server.key\n2\nexit 0\n") != std::string::npos);
}

TEST_CASE("serve: the defaults of KrakenD give sslscan the tables of its release") {
  ServerFiles files;
  const std::string certificate = files("k.pem", "rsa:2048 cn=localhost san=DNS:localhost with-key");
  const tests::TemporaryDirectory directory;
  directory.write("krakend.json", krakend(certificate, "http://127.0.0.1:11"));
  const auto scan = [&](const std::string& version) {
    return beside_serve("--gateway krakend@" + version + " --listen 0 krakend.json",
                        "sslscan --no-colour localhost:$port | grep -E '^(SSLv|TLSv|Preferred|Accepted)'",
                        directory.path())
        .out;
  };
  const std::string protocols =
      "SSLv2     disabled\nSSLv3     disabled\nTLSv1.0   disabled\nTLSv1.1   disabled\nTLSv1.2   disabled\n"
      "TLSv1.3   enabled\nTLSv1.3 not vulnerable to heartbleed\n";
  const auto suites = [](const std::string& curve) {
    return fmt::format(
        "Preferred TLSv1.3  128 bits  TLS_AES_128_GCM_SHA256        {0}\n"
        "Accepted  TLSv1.3  256 bits  TLS_AES_256_GCM_SHA384        {0}\n"
        "Accepted  TLSv1.3  256 bits  TLS_CHACHA20_POLY1305_SHA256  {0}\n",
        curve);
  };
  const std::string groups =
      "TLSv1.3  128 bits  secp256r1 (NIST P-256)\nTLSv1.3  192 bits  secp384r1 (NIST P-384)\n"
      "TLSv1.3  260 bits  secp521r1 (NIST P-521)\n";
  CHECK(scan("2.6") == protocols + suites("Curve P-521 DHE 521") + groups);
  CHECK(scan("2.10") == protocols + suites("Curve P-256 DHE 256") + groups);
}

TEST_CASE("serve: requests go to the first backend with what the endpoint lets through") {
  ServerFiles files;
  const std::string certificate = files("k.pem", "cn=localhost san=DNS:localhost with-key");
  const tests::Server upstream = tests::plain_http();
  const tests::TemporaryDirectory directory;
  directory.write("krakend.json", krakend(certificate, "http://" + upstream.endpoint()));
  const ProcessResult run = beside_serve("--listen 0 --access-log access.json krakend.json", R"(
curl -sSk "https://localhost:$port/orders/7?q=1&secret=2" -o /dev/null -w '%{http_code}\n'
curl -sSk "https://localhost:$port/nothing" -w ' %{http_code}\n'
curl -sS "http://localhost:$port/" -w ' %{http_code}\n'
await access.json nothing
grep -c '"tls_version":"TLS 1.3"' access.json
grep -o '"path":"[^"]*"' access.json
await err 'plain HTTP'
)",
                                         directory.path());
  INFO(run.out << run.err);
  CHECK(run.out.find("404 page not found 404\n") != std::string::npos);
  CHECK(run.out.find("Client sent an HTTP request to an HTTPS server.\n 400\n") != std::string::npos);
  CHECK(run.out.find("2\n\"path\":\"/orders/7\"\n\"path\":\"/nothing\"\n") != std::string::npos);
}

TEST_CASE("serve: a client that still sends its body gets the answer that came early, by both versions of HTTP") {
  ServerFiles files;
  const std::string certificate = files("k.pem", "cn=localhost san=DNS:localhost with-key");
  const tests::TemporaryDirectory directory;
  directory.write("krakend.json", krakend(certificate, "http://127.0.0.1:11"));
  directory.write("body", std::string(3'000'000, 'x'));
  const ProcessResult run = beside_serve("--listen 0 krakend.json", R"(
for version in --http1.1 --http2; do
  curl -sSk $version --data-binary @body "https://localhost:$port/nothing" -o /dev/null -w '%{http_code} '; echo "$?"
done
)",
                                         directory.path());
  INFO(run.out << run.err);
  CHECK(run.out == "404 0\n404 0\n");
}

TEST_CASE("serve: a WebSocket goes through as a tunnel") {
  const tests::Server upstream({.command = {"/usr/bin/python3", "{directory}/echo.py"}, .files = {{"echo.py", R"(
import asyncio, websockets
async def echo(socket):
    async for message in socket: await socket.send(message)
async def main():
    async with websockets.serve(echo, "127.0.0.1", 0) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Future()
asyncio.run(main())
)"}}});
  ServerFiles files;
  const std::string certificate = files("k.pem", "cn=localhost san=DNS:localhost with-key");
  const tests::TemporaryDirectory directory;
  directory.write("tyk.conf",
                  fmt::format(R"({{"listen_port": 8443, "secret": "x", "http_server_options": {{"use_ssl": true,
"ssl_certificates": ["{}"], "enable_websockets": true, "min_version": 771}}}})",
                              certificate));
  directory.write("api.json", fmt::format(R"({{"api_id": "a", "name": "a", "org_id": "default", "use_keyless": true,
"proxy": {{"listen_path": "/", "target_url": "http://{}/"}}}})",
                                          upstream.endpoint()));
  directory.write("client.py", R"(
import asyncio, ssl, sys, websockets
async def main():
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    async with websockets.connect("wss://localhost:" + sys.argv[1] + "/chat", ssl=context, compression=None) as socket:
        for message in ["hello", "x" * 200000]:
            await socket.send(message)
            print(await socket.recv() == message)
asyncio.run(main())
)");
  const ProcessResult run = beside_serve("--force --directory made --listen 0 tyk.conf api.json",
                                         "timeout 20 /usr/bin/python3 client.py $port", directory.path());
  INFO(run.out << run.err);
  CHECK(run.out == "True\nTrue\n");
}

TEST_CASE("serve: Tyk shows an API's certificate for its names, and the gateway's first for all others") {
  ServerFiles files;
  const std::string wild = files("wild.pem", "cn=wild san=DNS:*.example with-key");
  const std::string second = files("second.pem", "cn=second san=DNS:second.test,DNS:a.example with-key");
  const std::string own = files("own.pem", "cn=own san=DNS:a.example with-key");
  const tests::TemporaryDirectory directory;
  directory.write(
      "tyk.conf",
      fmt::format(R"({{"listen_port": 8443, "secret": "x", "enable_custom_domains": true, "http_server_options":
{{"use_ssl": true, "ssl_certificates": ["{}", "{}"], "min_version": 771}}}})",
                  wild, second));
  directory.write("api.json", fmt::format(R"({{"api_id": "a", "name": "a", "org_id": "default", "use_keyless": true,
"domain": "a.example", "certificates": ["{}"], "proxy": {{"listen_path": "/", "target_url": "http://127.0.0.1:9/"}}}})",
                                          own));
  directory.write("other.json", fmt::format(R"({{"api_id": "b", "name": "b", "org_id": "default", "use_keyless": true,
"domain": "c.test", "certificates": ["{}"], "proxy": {{"listen_path": "/", "target_url": "http://127.0.0.1:9/"}}}})",
                                            own));
  const ProcessResult run = beside_serve("--force --directory made --listen 0 tyk.conf api.json other.json", R"sh(
for name in a.example b.example second.test other.test c.test; do
  openssl s_client -connect 127.0.0.1:$port -servername $name </dev/null 2>/dev/null | sed -n 's/^subject=.*CN = //p'
done
openssl s_client -connect 127.0.0.1:$port -noservername </dev/null 2>/dev/null | sed -n 's/^subject=.*CN = //p'
)sh",
                                         directory.path());
  INFO(run.out << run.err);
  CHECK(run.out == "own\nwild\nsecond\nwild\nwild\nwild\n");
}

TEST_CASE("serve: an upstream that is down or not to be trusted is a 502 with its reason") {
  ServerFiles files;
  const std::string certificate = files("k.pem", "cn=localhost san=DNS:localhost,IP:127.0.0.1 with-key");
  const tests::Server upstream =
      tests::nginx(fmt::format("ssl_certificate {0}; ssl_certificate_key {0};", certificate));
  const tests::TemporaryDirectory directory;
  directory.write("down.json", krakend(certificate, "http://127.0.0.1:11"));
  directory.write("untrusted.json", krakend(certificate, "https://" + upstream.endpoint()));
  const std::string ask =
      "curl -sSk https://localhost:$port/orders/1 -D - -o /dev/null | tr -d '\\r'; await err 'upstream 127'; cat err";
  const ProcessResult down = beside_serve("--listen 0 down.json", ask, directory.path());
  INFO(down.out << down.err);
  CHECK(down.out.find("HTTP/2 502") != std::string::npos);
  CHECK(down.out.find("proxy-status: tlsward; error=connection_refused; details=") != std::string::npos);
  CHECK(down.out.find("tlsward: upstream 127.0.0.1:11: connection refused") != std::string::npos);
  const ProcessResult untrusted = beside_serve("--force --listen 0 untrusted.json", ask, directory.path());
  INFO(untrusted.out << untrusted.err);
  CHECK(untrusted.out.find("HTTP/2 502") != std::string::npos);
  CHECK(untrusted.out.find("error=tls_certificate_error") != std::string::npos);
  CHECK(untrusted.out.find("client_tls.ca_certs") != std::string::npos);
}

TEST_CASE("serve: a configuration with errors is refused with its findings, unless forced") {
  ServerFiles files;
  const std::string certificate = files("k.pem", "rsa:1024 cn=localhost san=DNS:localhost with-key");
  const tests::TemporaryDirectory directory;
  directory.write("krakend.json",
                  krakend(certificate, "http://127.0.0.1:11", R"(, "min_version": "TLS13", "max_version": "TLS12")"));
  const ProcessResult refused = tests::run_shell("tlsward serve --listen 0 krakend.json", directory.path());
  INFO(refused.out << refused.err);
  CHECK(refused.exit_code == 1);
  CHECK(refused.err.find("tls/inverted-version-range") != std::string::npos);
  CHECK(refused.err.find("--force serves it all the same") != std::string::npos);
  const ProcessResult forced = beside_serve(
      "--force --listen 0 krakend.json",
      "openssl s_client -connect localhost:$port </dev/null >/dev/null 2>&1; await err 'no version in common'; cat err",
      directory.path());
  INFO(forced.out << forced.err);
  CHECK(forced.out.find("see tls.min_version and tls.max_version") != std::string::npos);
  CHECK(forced.out.find("[KrakenD logs: tls: client offered only unsupported versions]") != std::string::npos);
}

TEST_CASE("serve: what cannot be started says why") {
  ServerFiles files;
  const std::string certificate = files("k.pem", "cn=localhost san=DNS:localhost with-key");
  const std::string other = files("other.pem", "cn=localhost san=DNS:localhost with-key");
  const tests::TemporaryDirectory directory;
  directory.write("krakend.json", krakend(certificate, "http://127.0.0.1:11"));
  const ProcessResult taken = beside_serve(
      "--listen 0 krakend.json", "tlsward serve --listen $port krakend.json; echo \"exit $?\"", directory.path());
  INFO(taken.out << taken.err);
  CHECK(taken.err.find("is taken by another program") != std::string::npos);
  CHECK(taken.out.find("exit 3\n") != std::string::npos);
  const ProcessResult beyond = tests::run_shell("tlsward serve --listen 0.0.0.0:0 krakend.json", directory.path());
  CHECK(beyond.exit_code == 2);
  CHECK(beyond.err.find("--unsafe-listen") != std::string::npos);
  directory.write("missing.json", krakend("/nowhere/k.pem", "http://127.0.0.1:11"));
  const ProcessResult missing = tests::run_shell("tlsward serve --force --listen 0 missing.json", directory.path());
  INFO(missing.err);
  CHECK(missing.exit_code == 1);
  CHECK(missing.err.find("cannot open '/nowhere/k.pem'") != std::string::npos);
  const ProcessResult made =
      beside_serve("--throw-away-certificates --directory made --listen 0 missing.json",
                   "curl -sS --cacert made/ca.pem https://localhost:$port/none", directory.path());
  INFO(made.out << made.err);
  CHECK(made.out == "404 page not found");
}

TEST_CASE("serve: SIGHUP and a changed file take a new configuration over, a broken one is told and left") {
  ServerFiles files;
  const std::string certificate = files("k.pem", "cn=localhost san=DNS:localhost with-key");
  const tests::TemporaryDirectory directory;
  directory.write("krakend.json", krakend(certificate, "http://127.0.0.1:11"));
  directory.write("next.json",
                  krakend(certificate, "http://127.0.0.1:11", R"(, "max_version": "TLS13", "min_version": "TLS12")"));
  const ProcessResult run = beside_serve("--listen 0 krakend.json", R"(
curl -sk --tls-max 1.2 https://localhost:$port/ -o /dev/null; echo "before $?"
echo '{"version": 3' >broken; mv broken krakend.json
await err 'the old one goes on'
curl -sk https://localhost:$port/ -o /dev/null -w '%{http_code}\n'
cp next.json krakend.json; kill -HUP $pid
await err 'served from now on'
curl -sk --tls-max 1.2 https://localhost:$port/ -o /dev/null -w '%{http_code}\n'
)",
                                         directory.path());
  INFO(run.out << run.err);
  CHECK(run.out == "before 35\n404\n404\n");
}

TEST_CASE("serve: each fault of a certificate is what clients complain of") {
  const tests::TemporaryDirectory directory;
  struct Row {
    std::string fault, verify;  // OpenSSL's code; "0 (ok)": nothing that it minds
  };
  for (const Row& row :
       {Row{"expired", "10 (certificate has expired)"}, Row{"not-yet-valid", "9 (certificate is not yet valid)"},
        Row{"wrong-host", "62 (hostname mismatch)"}, Row{"self-signed", "18 (self-signed certificate)"},
        Row{"untrusted-root", "21 (unable to verify the first certificate)"},
        Row{"incomplete-chain", "21 (unable to verify the first certificate)"},
        Row{"weak-key", "66 (EE certificate key too weak)"}, Row{"reversed-chain", "0 (ok)"}}) {
    const ProcessResult run = beside_serve("--directory made --listen 0 --fault " + row.fault,
                                           "openssl s_client -connect localhost:$port -CAfile made/ca.pem "
                                           "-verify_hostname localhost </dev/null 2>/dev/null | "
                                           "grep -m1 'Verify return code'",
                                           directory.path());
    INFO(row.fault << ": " << run.out << run.err);
    CHECK(run.out.find(row.verify) != std::string::npos);
  }
}

TEST_CASE("serve: faults of connections") {
  const tests::TemporaryDirectory directory;
  const auto curl = [&](const std::string& fault, const std::string& options) {
    return beside_serve("--directory made --listen 0 --fault " + fault,
                        "curl -s --max-time 2 --cacert made/ca.pem " + options +
                            " https://localhost:$port/ -o /dev/null; echo $?",
                        directory.path())
        .out;
  };
  CHECK(curl("stalled-handshake", "") == "28\n");        // timed out
  CHECK(curl("truncated-body", "--http1.1") == "18\n");  // partial file
  CHECK(curl("reset", "--http1.1") == "56\n");           // reset while receiving
  CHECK(curl("tls12-only", "--tlsv1.3") == "35\n");
  CHECK(curl("tls12-only", "--tls-max 1.2") == "0\n");
  CHECK(curl("tls13-only", "--tls-max 1.2") == "35\n");
}

TEST_CASE("serve: Tyk's certificate API keeps certificates, and its allow-list answers 403") {
  ServerFiles files;
  const std::string server = files("server.pem", "cn=localhost san=DNS:localhost with-key");
  const std::string allowed = files("allowed.pem", "cn=allowed san=DNS:allowed with-key");
  const std::string stranger = files("stranger.pem", "cn=stranger san=DNS:stranger with-key");
  const tests::Server upstream = tests::plain_http();
  const tests::TemporaryDirectory directory;
  directory.write("tyk.conf", fmt::format(R"({{"listen_port": 8443, "secret": "geheim", "http_server_options": {{
"use_ssl": true, "ssl_certificates": ["{}"], "min_version": 771, "max_version": 772}}}})",
                                          server));
  directory.write("api.json", fmt::format(R"({{"api_id": "a", "name": "a", "org_id": "default", "use_keyless": true,
"use_mutual_tls_auth": true, "client_certificates": ["{}"], "proxy": {{"listen_path": "/a/", "strip_listen_path": true,
"target_url": "http://{}/"}}}})",
                                          allowed, upstream.endpoint()));
  directory.write("open.json", fmt::format(R"({{"api_id": "b", "name": "b", "org_id": "default", "use_keyless": true,
"proxy": {{"listen_path": "/b/", "target_url": "http://{}/"}}}})",
                                           upstream.endpoint()));
  const ProcessResult run =
      beside_serve("--gateway tyk@5.14 --force --directory made --listen 0 tyk.conf api.json open.json",
                   fmt::format(R"sh(
url=https://localhost:$port
curl -sk $url/a/; echo
curl -sk --cert {0} $url/a/ | tr -d '\n'; echo
curl -sk --cert {1} $url/a/ -o /dev/null -w 'allowed %{{http_code}}\n'
curl -sk $url/tyk/certs | tr -d '\n'; echo
id=$(curl -sk -H 'X-Tyk-Authorization: geheim' --data-binary @{0} $url/tyk/certs?org_id=default | sed 's/.*"id": *"\([^"]*\)".*/\1/')
curl -sk -H 'X-Tyk-Authorization: geheim' $url/tyk/certs?org_id=default | tr -d ' \n'; echo
ls made/certificates | wc -l
grep -rl 'BEGIN PRIVATE KEY' made/certificates | wc -l
curl -sk -X DELETE -H 'X-Tyk-Authorization: geheim' $url/tyk/certs/$id | tr -d '\n'; echo
echo "id $id"
)sh",
                               stranger, allowed),
                   directory.path());
  INFO(run.out << run.err);
  CHECK(run.out.find("\"error\": \"Client TLS certificate is required\"") != std::string::npos);
  CHECK(run.out.find("\"error\": \"Certificate with SHA256 ") != std::string::npos);
  CHECK(run.out.find("allowed 200\n") != std::string::npos);
  CHECK(run.out.find("Attempted administrative access with invalid or missing key!") != std::string::npos);
  CHECK(run.out.find("{\"certs\":[\"default") != std::string::npos);
  CHECK(run.out.find("\"removed\"") != std::string::npos);
  CHECK(run.out.find("geheim") == std::string::npos);
}

}  // namespace tlsward
