#!/usr/bin/env bash
# tlsward serve beside nginx and HAProxy: one worker each, the same RSA-2048 certificate, the same upstream, the same run.
# bench/serve.sh [--quick]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
handshakes=3000 requests=60000 idle=1000
[[ ${1:-} == --quick ]] && handshakes=500 requests=10000 idle=300
work=$(mktemp -d)
pids=()
finish() {
  ((${#pids[@]})) && kill "${pids[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
cd "$work"

openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -subj /CN=localhost \
  -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -days 2 2>/dev/null
cat cert.pem key.pem >both.pem
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
upstream=$(free_port) tlsward=$(free_port) nginx=$(free_port) haproxy=$(free_port)
wait_for() { for _ in $(seq 200); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.05; done; echo "port $1 never opened" >&2; exit 1; }
indent() { sed 's/^/        /' "$1"; }

cat >upstream.conf <<CONF
daemon off; pid upstream.pid; error_log /dev/null; worker_processes 1;
events { worker_connections 4096; }
http { access_log off; keepalive_requests 100000000;
  server { listen 127.0.0.1:$upstream; location / { return 200 "hello, world\n"; } } }
CONF
cat >nginx.conf <<CONF
daemon off; master_process off; pid nginx.pid; error_log /dev/null; worker_processes 1;
events { worker_connections 8192; }
http { access_log off; keepalive_requests 100000000; keepalive_timeout 300s; client_header_timeout 5s;
  upstream up { server 127.0.0.1:$upstream; keepalive 256; keepalive_requests 100000000; }
  server { listen 127.0.0.1:$nginx ssl http2; ssl_certificate cert.pem; ssl_certificate_key key.pem; ssl_protocols TLSv1.2 TLSv1.3; ssl_session_tickets off;
    location / { proxy_pass http://up; proxy_http_version 1.1; proxy_set_header Connection ""; } } }
CONF
cat >haproxy.cfg <<CONF
global
  nbthread 1
  maxconn 8192
defaults
  mode http
  timeout connect 5s
  timeout client 300s
  timeout http-request 5s
  timeout http-keep-alive 300s
  timeout server 60s
  http-reuse always
frontend in
  bind 127.0.0.1:$haproxy ssl crt both.pem alpn h2,http/1.1
  default_backend out
backend out
  server up 127.0.0.1:$upstream
CONF
cat >gateway.yaml <<CONF
apiVersion: gateway.mulesoft.com/v1alpha1
kind: ApiInstance
metadata: {name: bench}
spec:
  address: https://127.0.0.1:$tlsward
  services:
    up: {address: "http://127.0.0.1:$upstream"}
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata: {name: bench-tls}
spec:
  targetRef: {name: bench}
  policyRef: {name: tls}
  config:
    certificate:
      crt: |
$(indent cert.pem)
      key: |
$(indent key.pem)
CONF

declare -A pid port
/usr/sbin/nginx -p "$work" -c upstream.conf & pids+=($!)
/usr/sbin/nginx -p "$work" -c nginx.conf & pids+=($!) ; pid[nginx]=$!
/usr/sbin/haproxy -f haproxy.cfg >/dev/null 2>&1 & pids+=($!) ; pid[haproxy]=$!
"$here/build/release/tlsward" serve --force --no-watch --listen "$tlsward" --idle-timeout 300 --header-timeout 5 gateway.yaml >serve.out 2>serve.err & pids+=($!) ; pid[tlsward]=$!
port=([nginx]=$nginx [haproxy]=$haproxy [tlsward]=$tlsward)
for one in "$upstream" "$nginx" "$haproxy" "$tlsward"; do wait_for "$one"; done

cpu() { awk '{print $14 + $15}' "/proc/$1/stat"; }        # ticks of 10 ms
rss() { awk '/^VmRSS/ {print $2}' "/proc/$1/status"; }    # KiB
ratio() { python3 -c "print(f'{$1 / $2:.2f}')"; }

echo "full TLS 1.3 handshakes, one request each ($handshakes): CPU of the server, ms for each"
for name in nginx haproxy tlsward; do
  before=$(cpu "${pid[$name]}")
  python3 - "${port[$name]}" "$handshakes" <<'PY'
import socket, ssl, sys
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
context.minimum_version = ssl.TLSVersion.TLSv1_3
for _ in range(int(sys.argv[2])):
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=10) as plain, context.wrap_socket(plain) as tls:
        tls.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        while tls.recv(4096): pass
PY
  declare "handshake_$name=$(python3 -c "print(round(($(cpu "${pid[$name]}") - $before) * 10 / $handshakes, 2))")"
  ref="handshake_$name"; printf '  %-8s %s\n' "$name" "${!ref}"
done
echo "  tlsward/nginx $(ratio "$handshake_tlsward" "$handshake_nginx")"

for protocol in h1 h2; do
  flags=(-c 20); [[ $protocol == h1 ]] && flags+=(--h1) || flags+=(-m 10)
  echo "keep-alive requests through the proxy, $protocol ($requests): requests a second"
  for name in nginx haproxy tlsward; do
    rate=$(h2load -n "$requests" "${flags[@]}" "https://127.0.0.1:${port[$name]}/" 2>/dev/null | sed -n 's/^finished in .*, \([0-9.]*\) req\/s.*/\1/p')
    declare "rate_$name=$rate"; printf '  %-8s %s\n' "$name" "$rate"
  done
  echo "  tlsward/haproxy $(ratio "$rate_tlsward" "$rate_haproxy")"
done

echo "memory for each of $idle idle TLS connections, KiB"
for name in nginx haproxy tlsward; do
  before=$(rss "${pid[$name]}")
  python3 - "${port[$name]}" "$idle" "${pid[$name]}" "$before" "$name" <<'PY'
import socket, ssl, sys
port, idle, pid, before, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5]
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
held = [context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=10)) for _ in range(idle)]
after = next(int(line.split()[1]) for line in open(f"/proc/{pid}/status") if line.startswith("VmRSS"))
print(f"  {name:8} {(after - before) / idle:.1f}")
PY
done

slow=$idle
echo "$slow clients that never end their request's head (5 s allowed), and 100 requests of others meanwhile:"
echo "  p50 and p95 of those, ms, each on a new connection; when the last slow one was closed, s"
for name in nginx haproxy tlsward; do
  python3 - "${port[$name]}" "$slow" "$name" <<'PY'
import select, socket, ssl, statistics, sys, time
port, count, name = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
context = ssl.create_default_context()
context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
def connect():
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), timeout=30))
slow = []
for _ in range(count):
    tls = connect()
    tls.sendall(b"GET / HTTP/1.1\r\nHost: loc")
    slow.append((tls, time.monotonic()))
times = []
for _ in range(100):
    begin = time.monotonic()
    with connect() as tls:
        tls.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b""
        while part := tls.recv(4096): answer += part
    assert answer.startswith(b"HTTP/1.1 200"), answer
    times.append((time.monotonic() - begin) * 1000)
latest = 0.0
for tls, begun in slow:
    tls.settimeout(30)
    try:
        while tls.recv(4096): pass
    except (OSError, ssl.SSLError):
        pass
    latest = max(latest, time.monotonic() - begun)
times.sort()
print(f"  {name:8} {statistics.median(times):.1f} {times[94]:.1f} {latest:.1f}")
PY
done

echo "memory after all that, and after as many requests again, MiB"
for name in nginx haproxy tlsward; do
  before=$(rss "${pid[$name]}")
  h2load -n "$requests" -c 20 --h1 "https://127.0.0.1:${port[$name]}/" >/dev/null 2>&1
  python3 -c "print(f'  {\"$name\":8} {$before / 1024:.1f} {$(rss "${pid[$name]}") / 1024:.1f}')"
done
