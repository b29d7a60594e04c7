# shellcheck shell=bash
# What bin/dev and bin/test both say and ask. Sourced, never run; kept to bash 3.2 for macOS.

SPAWNED=''
readonly PROGRAM="${0##*/}"

say() { printf '%s\n' "$@"; }

die() {
  printf '%s: %s\n' "$PROGRAM" "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

is_root() { [ "$(id -u)" -eq 0 ]; }

# The command line of process $1; fails when there is no such process. `ps` is absent from slim images.
process_args() {
  if [ -d /proc/self ]; then
    tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline"
  else
    ps -o args= -p "$1"
  fi
}

# Starts "$@" in the background, its pid in SPAWNED. Its own process group keeps it away from the terminal's
# Ctrl-C, so that we choose the order in which things stop; the parent-death signal $1 stops it if we are killed.
spawn() {
  local signal=$1
  shift
  set -m
  if have setpriv; then
    # A change of user clears the signal: it is asked for in the same step when "$@" itself begins with setpriv.
    if [ "$1" = setpriv ]; then shift; fi
    setpriv --pdeathsig "$signal" "$@" </dev/null &
  else
    "$@" </dev/null &
  fi
  SPAWNED=$!
  set +m
  have setpriv || stop_when_orphaned "$signal" "$SPAWNED"
}

stop_when_orphaned() {
  local signal=$1 child=$2 parent=$$
  {
    while kill -0 "$parent" 2>/dev/null && kill -0 "$child" 2>/dev/null; do sleep 1; done
    kill -s "$signal" "$child" 2>/dev/null || true
  } </dev/null >/dev/null 2>&1 &
}

# Asks process $2 (a child of ours) to stop with signal $1, and waits for it.
stop() {
  kill -s "$1" "$2" 2>/dev/null || return 0
  wait "$2" 2>/dev/null || true
}

# The value of variable $1: from the environment, else from .env, else empty.
setting() {
  local value="${!1:-}"
  if [ -z "$value" ] && [ -f .env ]; then
    value=$(sed -n "s/^[[:space:]]*$1=//p" .env | tail -n 1)
    value=${value#[\"\']}
    value=${value%[\"\']}
  fi
  printf '%s' "$value"
}
