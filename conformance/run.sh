#!/usr/bin/env bash
# RFC 6455, by the fuzzing client of the Autobahn test suite. See conformance/run.sh --help.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() {
  cat <<'HELP'
usage: conformance/run.sh [--quick]

Runs the Autobahn test suite against an echo on the WebSocket layer of /ws, once over plain sockets
and once over streams of another kind, and against /ws itself the cases that end with a close. Fails
when a case ends otherwise than conformance/report.py expects. Without --quick it writes
docs/conformance.md.

  --quick   leave out the large messages (9) and compression (12, 13), which
            take a quarter of an hour

The suite needs Python 2.7. It is taken from the packages of Debian 11 and unpacked below
target/conformance, together with the suite from PyPI; nothing is installed on the system. Needs
cargo, python3, apt-get, dpkg-deb and a C compiler. The mirror is the one that apt is configured
with; DEBIAN_MIRROR names another.
HELP
}

cases='"*"'
quick=()
case ${1-} in
  '') ;;
  --quick)
    cases='"1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*"'
    quick=(--quick)
    ;;
  -h | --help)
    usage
    exit
    ;;
  *)
    usage >&2
    exit 2
    ;;
esac

readonly tools=$PWD/target/conformance   # ignored by git, cached with the build
readonly reports=$tools/reports

# ------------------------------------------------------------------------------------ Python 2.7 --

# The mirror of Debian's archive that this system uses already.
mirror() {
  local found=${DEBIAN_MIRROR-}
  # shellcheck disable=SC2016  # it is apt-get that fills it in
  [ -n "$found" ] ||
    found=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' | grep -m1 -E '/debian/?$') || true
  if [ -z "$found" ]; then
    echo "apt knows no mirror of Debian: set DEBIAN_MIRROR to one that has bullseye" >&2
    return 1
  fi
  echo "$found"
}

# Debian 11 was the last with Python 2.7. Its lists and archives go to a folder of ours; proxies and
# the like stay as the system's apt has them.
unpack_python() {
  local apt=$tools/apt keyring=/usr/share/keyrings/debian-archive-keyring.gpg uri
  uri=$(mirror) || return
  if [ ! -e "$keyring" ]; then
    echo "missing: $keyring (Debian, Ubuntu: apt-get install debian-archive-keyring)" >&2
    return 1
  fi
  rm -rf "$apt" "$tools/root"
  mkdir -p "$apt"/{lists,archives}/partial "$apt/debs"
  echo "deb [signed-by=$keyring] $uri bullseye main" >"$apt/sources.list"
  : >"$apt/status"
  local ours=(
    -o "Dir::Etc::sourcelist=$apt/sources.list" -o Dir::Etc::sourceparts=-
    -o "Dir::State=$apt" -o "Dir::State::status=$apt/status"
    -o "Dir::Cache=$apt" -o "Dir::Cache::archives=$apt/archives"
    # Another user than root may not see this folder.
    -o APT::Sandbox::User=root
  )
  apt-get -qq "${ours[@]}" update
  (
    cd "$apt/debs"
    apt-get -qq "${ours[@]}" download python2.7-minimal libpython2.7-minimal libpython2.7-stdlib \
      libpython2.7-dev libssl1.1 libffi7 python-pip-whl
  )
  local deb
  for deb in "$apt/debs/"*.deb; do dpkg-deb -x "$deb" "$tools/root"; done
  rm -rf "$apt"
}

# python2 ARGUMENT… runs the interpreter with the packages below $tools/user, and $modules.
python2() {
  local libraries
  libraries=$(echo "$tools/root/usr/lib/"*-linux-gnu*)
  env -u PYTHONHOME PYTHONPATH="${modules-}" PYTHONUSERBASE="$tools/user" LD_LIBRARY_PATH="$libraries" \
    C_INCLUDE_PATH="$tools/root/usr/include/python2.7:$tools/root/usr/include" \
    "$tools/root/usr/bin/python2.7" "$@"
}

# Debian's pip cannot build packages from inside its wheel, so it only fetches one that can.
install_suite() {
  local wheels pip=$tools/pip
  wheels=$(printf '%s:' "$tools/root/usr/share/python-wheels/"*.whl)
  rm -rf "$pip" "$tools/user"
  modules=$wheels python2 -m pip install --quiet --target "$pip" \
    pip==20.3.4 setuptools==44.1.1 wheel==0.37.1
  modules=$pip python2 -m pip install --quiet --user --no-warn-script-location --no-deps --ignore-installed \
    --requirement conformance/requirements.txt
}

need_suite() {
  [ "$tools/installed" -nt conformance/requirements.txt ] && return
  mkdir -p "$tools"
  # That it is old is known.
  export PYTHONWARNINGS=ignore PIP_NO_PYTHON_VERSION_WARNING=1
  unpack_python
  install_suite
  touch "$tools/installed"
}

# ------------------------------------------------------------------------------------------ runs --

servers=()
trap 'kill "${servers[@]}" 2>/dev/null || true' EXIT

# start NAME COMMAND… runs a server, and prints the first line that it writes.
start() {
  local name=$1
  shift
  rm -f "$tools/$name.log"
  "$@" >"$tools/$name.log" 2>"$tools/$name.err" &
  servers+=($!)
  for _ in {1..200}; do
    [ -s "$tools/$name.log" ] && break
    kill -0 "${servers[-1]}" 2>/dev/null || break
    sleep 0.05
  done
  read -r line <"$tools/$name.log" || {
    cat "$tools/$name.err" >&2
    echo "$name did not start" >&2
    return 1
  }
}

# fuzz NAME CASES AGENT URL… runs the suite; its report goes to a folder of that name.
fuzz() {
  local name=$1 cases=$2 endpoints="" out
  shift 2
  out=$reports/$name
  rm -rf "$out"
  mkdir -p "$out"
  while [ $# -gt 0 ]; do
    endpoints+="${endpoints:+, }{\"agent\": \"$1\", \"url\": \"$2\"}"
    shift 2
  done
  echo "{\"outdir\": \"$out\", \"servers\": [$endpoints], \"cases\": [$cases], \"exclude-cases\": [], \"exclude-agent-cases\": {}}" \
    >"$out/spec.json"
  python2 "$tools/user/bin/wstest" --mode fuzzingclient --spec "$out/spec.json" >"$out/log" 2>&1 || {
    tail -n 30 "$out/log" >&2
    echo "the suite did not run" >&2
    return 1
  }
}

need_suite
# What takes long takes longer unoptimized.
profile=release
[ ${#quick[@]} -eq 0 ] || profile=dev
cargo build --quiet --profile "$profile" --bin tickwire --example echo
readonly built=${CARGO_TARGET_DIR:-target}/${profile/dev/debug}

begin=$SECONDS
start echo "$built/examples/echo"
read -r sockets streams <<<"$line"
start server "$built/tickwire" serve --listen 127.0.0.1:0
[[ $line =~ ws://[^\)]* ]]
socket=${BASH_REMATCH[0]}

fuzz echo "$cases" sockets "ws://$sockets" streams "ws://$streams"
fuzz ws '"3.*", "4.*", "5.*", "6.3.*", "7.*"' server "$socket"
echo "the suite took $((SECONDS - begin)) s"
python3 conformance/report.py "${quick[@]}" "$reports/echo/index.json" "$reports/ws/index.json" docs/conformance.md
