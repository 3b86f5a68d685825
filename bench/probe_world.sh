# Sourced by bench/probe.sh: two network namespaces 50 ms apart with servers in one of them, all ended with the script.
# `near COMMAND` runs a command where the way to the servers is long, `far COMMAND` beside the servers.

started=()
declare -A proxies=() # port of nginx: port of the proxy before it
work=$(mktemp -d)
end_world() {
  ((${#started[@]} == 0)) || kill "${started[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap end_world EXIT

# start COMMAND... : runs it in the background, to be ended with the script; its output comes from descriptor $said.
start() {
  exec {said}< <(exec "$@" 2>>"$work/log" <>"$work/alive")
  started+=($!)
}

make_world() {
  mkfifo "$work/alive" # an input without an end
  ulimit -n "$(ulimit -Hn)"
  local rights=()
  ((EUID == 0)) || rights=(unshare --user --map-root-user)
  g++ -std=c++20 -O2 bench/delay.cc -o "$work/delay"
  start "${rights[@]}" "$work/delay" 25
  local near_pid far_pid user=()
  ((EUID == 0)) || user=(--user --preserve-credentials)
  near=() far=()
  if read -r _ near_pid _ far_pid <&"$said"; then
    has_namespaces=true
    far_block=10.77.0
    near=(nsenter --target "$near_pid" --net "${user[@]}")
    far=(nsenter --target "$far_pid" --net "${user[@]}")
    connect_namespaces
  else
    has_namespaces=false
    far_block=127.0.1
    echo "no namespaces ($(tail -1 "$work/log")): 50 ms come from a proxy, which does not delay the opening of a connection; ratios only"
  fi
}

near() { "${near[@]}" "$@"; }
far() { "${far[@]}" "$@"; }

connect_namespaces() {
  near ip link set lo up
  near ip address add 10.78.0.1/32 dev way
  near ip link set way up txqueuelen 20000
  near ip route add 10.77.0.0/24 dev way
  far ip link set lo up
  far ip address add 10.77.0.254/32 dev way
  far ip link set way up txqueuelen 20000
  far ip route add 10.78.0.1 dev way
  far ip route add local 10.77.0.0/24 dev lo # every address of the block is ours
}

free_port() { far python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

certificate() { # NAME KEY-OPTION...
  local name=$1
  shift
  openssl req -x509 -nodes -days 90 -subj "/CN=$name.example" -addext "subjectAltName=DNS:$name.example" \
    -keyout "$work/$name.key" -out "$work/$name.crt" "$@" 2>>"$work/log"
}

# One worker. Sets rsa_port, ecdsa_port and status_port.
start_nginx() {
  rsa_port=$(free_port) ecdsa_port=$(free_port) status_port=$(free_port)
  certificate rsa -newkey rsa:2048
  certificate ecdsa -newkey ec -pkeyopt ec_paramgen_curve:P-256
  cat >"$work/nginx.conf" <<END
daemon off;
user root root; # in a namespace of our own that is whoever started it
master_process off;
pid $work/nginx.pid;
error_log $work/nginx.log crit;
events { worker_connections 16384; }
http {
  access_log off;
  ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers HIGH:!aNULL;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  server { listen 0.0.0.0:$rsa_port ssl backlog=4096; ssl_certificate $work/rsa.crt; ssl_certificate_key $work/rsa.key; }
  server { listen 0.0.0.0:$ecdsa_port ssl backlog=4096; ssl_certificate $work/ecdsa.crt; ssl_certificate_key $work/ecdsa.key; }
  server { listen 127.0.0.1:$status_port backlog=64; location / { stub_status; } }
}
END
  start "${far[@]}" nginx -c "$work/nginx.conf"
  local i
  for i in $(seq 100); do
    accepted_connections >/dev/null 2>&1 && break
    sleep 0.1
  done
  accepted_connections >/dev/null || { cat "$work/log" "$work/nginx.log" >&2; return 1; }
  $has_namespaces && return
  for i in "$rsa_port" "$ecdsa_port"; do
    start_python bench/delay_proxy.py "$i"
    proxies[$i]=$python_port
  done
}

# All connections that nginx has accepted so far, this question included.
accepted_connections() {
  far bash -c "exec 3<>/dev/tcp/127.0.0.1/$status_port && printf 'GET / HTTP/1.0\r\n\r\n' >&3 && cat <&3" |
    awk '/^ *[0-9]+ +[0-9]+ +[0-9]+/ { print $1 }'
}

# start_python FILE ARG... : a server that prints "port N"; sets python_port.
start_python() {
  start "${far[@]}" python3 "$@"
  read -r _ python_port <&"$said"
}

# way_to PORT: the port by which nginx is reached from `near`.
way_to() { if $has_namespaces; then echo "$1"; else echo "${proxies[$1]}"; fi; }
