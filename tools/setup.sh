# Sourced by run, test and .ci/run: installs Debian packages that are missing, configures and builds.
set -euo pipefail

build_packages=(g++ cmake ninja-build ccache libssl-dev zlib1g-dev libboost1.81-dev libnghttp2-dev libre2-dev libyaml-cpp-dev nlohmann-json3-dev libfmt-dev libcli11-dev)

# install_missing STAMP PACKAGE... : asks nothing, and does not even start dpkg when STAMP lists the same packages.
install_missing() {
  local stamp=$1
  shift
  [[ -f $stamp && $(<"$stamp") == "$*" ]] && return
  local missing=() package
  for package in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || missing+=("$package")
  done
  if ((${#missing[@]})); then
    local root=()
    ((EUID == 0)) || root=(sudo)
    echo "installing: ${missing[*]}" >&2
    "${root[@]}" apt-get update -qq >&2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  fi
  mkdir -p "$(dirname "$stamp")"
  echo "$*" >"$stamp"
}

# build PRESET [TARGET] [CMAKE-OPTION...] : quiet unless something is wrong; everything goes to stderr.
build() {
  local preset=$1 target=${2:-all}
  shift
  shift || true
  # Packages that came later than the last configuration may bring what it did not find.
  local newer
  newer=$(find build -maxdepth 1 -name '.*packages*' -newer "build/$preset/build.ninja" 2>/dev/null) || newer=first
  if [[ -n $newer || $# -gt 0 ]]; then
    cmake --preset "$preset" "$@" >"build/$preset.configure.log" 2>&1 || { cat "build/$preset.configure.log" >&2; return 1; }
  fi
  ninja -C "build/$preset" --quiet "$target" >&2
}
