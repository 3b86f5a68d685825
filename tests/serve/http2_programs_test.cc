// HTTP/2 with other people's programs: curl, nghttp, h2load and python3-h2 as clients, nghttpd as a server.
#include <cstdlib>
#include <string>
#include <utility>

#include "net/connect.h"
#include "net/transport.h"
#include "tests/catch.h"
#include "tests/net/peer.h"
#include "tests/process.h"
#include "tests/serve/http2_loopback.h"
#include "tests/serve/http2_server_thread.h"
#include "tests/servers.h"

namespace tlsward::test {
namespace {

using tests::ProcessResult;
using tests::run_shell;
using tests::TemporaryDirectory;

constexpr char kCurl[] = "curl -sS --http2-prior-knowledge --max-time 20 ";

/// A client by python3-h2, which checks what it gets. Arguments: port, path. Sends a body with trailers, prints the
/// status, the body and the trailers.
constexpr char kPythonClient[] = R"(
import socket, sys
import h2.connection, h2.events

port, path = int(sys.argv[1]), sys.argv[2]
link = socket.create_connection(('127.0.0.1', port), timeout=20)
http = h2.connection.H2Connection()
http.initiate_connection()
http.send_headers(1, [(':method', 'POST'), (':scheme', 'http'), (':authority', 'localhost'), (':path', path)])
http.send_data(1, b'a body ' * 1000)
http.send_headers(1, [('x-sum', '42')], end_stream=True)
link.sendall(http.data_to_send())
body, done = b'', False
while not done:
    data = link.recv(65536)
    if not data:
        sys.exit('the server closed')
    for event in http.receive_data(data):
        if isinstance(event, h2.events.ResponseReceived):
            print(dict(event.headers)[b':status'].decode())
        if isinstance(event, h2.events.DataReceived):
            body += event.data
            http.acknowledge_received_data(event.flow_controlled_length, 1)
        if isinstance(event, h2.events.TrailersReceived):
            print(event.headers)
        if isinstance(event, h2.events.StreamReset):
            sys.exit('reset %d' % event.error_code)
        done = done or isinstance(event, h2.events.StreamEnded)
    link.sendall(http.data_to_send())
print(body == b'a body ' * 1000)
)";

Task<void> ask_server(net::Loop& loop, net::Address address, const std::vector<Question>& questions,
                      std::vector<Reply>& replies) {
  const net::Deadline deadline = soon();
  auto stream = co_await net::connect(loop, address, deadline);
  CHECK(stream);
  if (!stream) co_return;
  net::Transport transport(std::move(*stream));
  const serve::HttpLimits limits;
  const auto client = serve::make_http2_client(std::move(transport), limits);
  for (const Question& asked : questions) replies.push_back(co_await ask(*client, asked));
}

tests::Server nghttpd(const std::vector<std::string>& options, const std::string& page) {
  tests::ServerPlan plan;
  plan.command = {"nghttpd", "--no-tls", "-a", "127.0.0.1", "-d", "{directory}"};
  plan.command.insert(plan.command.end(), options.begin(), options.end());
  plan.command.push_back("{port}");
  plan.files["page.txt"] = page;
  return tests::Server(plan);
}

std::vector<Reply> ask_nghttpd(const tests::Server& server, const std::vector<Question>& questions) {
  std::vector<Reply> replies;
  net::Loop loop;
  await(loop, ask_server(loop, *net::parse_ip("127.0.0.1", server.port()), questions, replies));
  REQUIRE(replies.size() == questions.size());
  return replies;
}

}  // namespace

TEST_CASE("http2: curl asks, sends bodies and sees interim responses") {
  const Http2ServerThread server;
  const TemporaryDirectory directory;
  directory.write("body", long_body(2'000'000));
  const auto curl = [&](const std::string& arguments, const std::string& path) {
    const ProcessResult result = run_shell(kCurl + arguments + " " + server.origin() + path, directory.path());
    INFO(result.err);
    CHECK(result.exit_code == 0);
    return result.out;
  };
  CHECK(curl("-w '%{http_version} %{http_code}'", "/hello") == "hello\n2 200");
  CHECK(curl("-I -w '%{http_code}'", "/hello").find("HTTP/2 200") == 0);
  CHECK(curl("-w '%{http_code}'", "/nothing/204") == "204");
  CHECK((curl("-H 'Expect:' --data-binary @body", "/echo") == long_body(2'000'000)));
  CHECK((curl("-T body -H 'Expect: 100-continue'", "/continue") == long_body(2'000'000)));
  CHECK((curl("", "/bytes/3000000") == long_body(3'000'000)));
  CHECK(curl("-i", "/interim").find("HTTP/2 103") == 0);
  CHECK(curl("-H 'Cookie: a=1' -H 'X-Y: z' --request-target /describe", "/").find("x-y: z\n") != std::string::npos);
}

TEST_CASE("http2: curl sees what the server breaks off") {
  const Http2ServerThread server;
  const TemporaryDirectory directory;
  const ProcessResult result = run_shell(kCurl + server.origin() + "/abort", directory.path());
  CHECK(result.exit_code == 92);  // CURLE_HTTP2_STREAM
}

TEST_CASE("http2: nghttp takes responses, windows of its own, padding and trailers") {
  const Http2ServerThread server;
  const TemporaryDirectory directory;
  directory.write("body", long_body(500'000));
  const auto nghttp = [&](const std::string& arguments, const std::string& path) {
    const ProcessResult result = run_shell("nghttp " + arguments + " " + server.origin() + path, directory.path());
    INFO(result.err);
    CHECK(result.exit_code == 0);
    return result.out;
  };
  CHECK(nghttp("", "/hello") == "hello\n");
  CHECK((nghttp("-w 10 -W 12", "/bytes/300000") == long_body(300'000)));
  CHECK((nghttp("-b 255 -d body", "/echo") == long_body(500'000)));
  CHECK(nghttp("-v -d body --trailer 'x-sum: 42'", "/echo").find("x-sum: 42") != std::string::npos);
  CHECK(nghttp("--continuation", "/hello") == "hello\n");
  CHECK(nghttp("-n -s -m 50", "/hello").find("/hello") != std::string::npos);
}

TEST_CASE("http2: h2load gets all that it asks for, over many streams and connections") {
  const Http2ServerThread server;
  const TemporaryDirectory directory;
  directory.write("body", long_body(20'000));
  const auto load = [&](const std::string& arguments, const std::string& path, const std::string& expected) {
    const ProcessResult result = run_shell("h2load " + arguments + " " + server.origin() + path, directory.path());
    INFO(result.out);
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.out.find(expected) != std::string::npos);
  };
  load("-n 5000 -c 10 -m 50", "/hello", "5000 succeeded, 0 failed, 0 errored, 0 timeout");
  load("-n 1000 -c 5 -m 20", "/bytes/50000", "1000 succeeded, 0 failed, 0 errored, 0 timeout");
  load("-n 1000 -c 5 -m 20 -d body", "/echo", "1000 succeeded, 0 failed, 0 errored, 0 timeout");
  CHECK(server.handlers() == 0);
}

TEST_CASE("http2: python3-h2 finds nothing wrong") {
  const Http2ServerThread server;
  const TemporaryDirectory directory;
  directory.write("client.py", kPythonClient);
  const ProcessResult result =
      run_shell("/usr/bin/python3 -B client.py " + std::to_string(server.address().port) + " /echo", directory.path());
  INFO(result.err);
  CHECK(result.exit_code == 0);
  CHECK(result.out == "200\n[(b'x-sum', b'42')]\nTrue\n");
}

TEST_CASE("http2 client: nghttpd answers, with trailers, padding and small windows") {
  const std::string page = long_body(700'000);
  const auto plain = nghttpd({}, page);
  std::vector<Question> questions = {question("/page.txt"), question("/none"), question("/page.txt", "a body"),
                                     question("/page.txt")};
  questions[3].head.method = "HEAD";
  const std::vector<Reply> replies = ask_nghttpd(plain, questions);
  CHECK(replies[0].head.status == 200);
  CHECK((replies[0].body == page));
  CHECK(replies[1].head.status == 404);
  CHECK((replies[2].body == page));
  CHECK(replies[3].head.status == 200);
  CHECK_FALSE(replies[3].head.has_body);

  const auto special = nghttpd({"-b", "200", "-m", "1", "-w", "12", "--trailer", "x-sum: 42"}, page);
  const std::vector<Reply> more = ask_nghttpd(special, {question("/page.txt", long_body(100'000))});
  CHECK((more[0].body == page));
  REQUIRE(more[0].trailers.size() == 1);
  CHECK(more[0].trailers[0].value == "42");
}

TEST_CASE("http2 client: nghttpd echoes what it is sent") {
  const auto server = nghttpd({"--echo-upload", "-w", "14"}, "x");
  const std::string body = long_body(1'000'000);
  const std::vector<Reply> replies = ask_nghttpd(server, {question("/", body)});
  CHECK(replies[0].head.status == 200);
  CHECK((replies[0].body == body));
  CHECK(replies[0].send_failure.empty());
}

}  // namespace tlsward::test
