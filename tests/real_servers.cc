// Servers of Debian's packages, each in the foreground and in one process, with all their files in one directory.
#include "tests/servers.h"

namespace tlsward::tests {
namespace {

std::vector<std::string> joined(std::vector<std::string> command, const std::vector<std::string>& options) {
  command.insert(command.end(), options.begin(), options.end());
  return command;
}

std::string nginx_configuration(const std::string& servers) {
  return R"(daemon off;
master_process off;
pid nginx.pid;
error_log stderr warn;
events { worker_connections 4096; }
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
)" + servers +
         "}\n";
}

Server nginx_with(const std::string& servers) {
  return Server({.command = {"nginx", "-p", "{directory}", "-c", "nginx.conf", "-e", "stderr"},
                 .files = {{"nginx.conf", nginx_configuration(servers)}}});
}

}  // namespace

Server nginx(const std::string& block, const std::string& others) {
  return nginx_with("server { listen 127.0.0.1:{port} ssl;\n" + block + "\n location / { return 200 ok; } }\n" +
                    others);
}

Server plain_http() {
  return nginx_with("server { listen 127.0.0.1:{port}; location / { return 200 ok; } }\n");
}

Server haproxy(const std::string& bind) {
  const std::string configuration =
      "global\n  nbthread 1\n  ssl-default-bind-options ssl-min-ver TLSv1.0\n"
      "defaults\n  mode http\n  timeout connect 10s\n  timeout client 10s\n  timeout server 10s\n"
      "frontend tls\n  bind 127.0.0.1:{port} " +
      bind + "\n  http-request return status 200\n";
  return Server({.command = {"haproxy", "-f", "{directory}/haproxy.cfg"}, .files = {{"haproxy.cfg", configuration}}});
}

Server stunnel(const std::string& options) {
  const std::string configuration =
      "foreground = yes\npid =\nsyslog = no\n[tls]\naccept = 127.0.0.1:{port}\nconnect = 127.0.0.1:1\n" + options;
  return Server({.command = {"stunnel", "{directory}/stunnel.conf"}, .files = {{"stunnel.conf", configuration}}});
}

Server gnutls_serv(const std::vector<std::string>& options) {
  return Server({.command = joined({"gnutls-serv", "--port", "{port}", "--http"}, options), .files = {}});
}

Server openssl_s_server(const std::vector<std::string>& options) {
  return Server({.command = joined({"openssl", "s_server", "-accept", "127.0.0.1:0", "-www"}, options), .files = {}});
}

Server nss_selfserv(const std::string& pkcs12_file, const std::vector<std::string>& options) {
  const std::string script = "certutil -N -d sql:. --empty-password && pk12util -i '" + pkcs12_file +
                             "' -d sql:. -W secret -K '' && exec selfserv -d sql:. -n certificate -p {port} \"$@\"\n";
  return Server({.command = joined({"sh", "{directory}/start.sh"}, options), .files = {{"start.sh", script}}});
}

}  // namespace tlsward::tests
