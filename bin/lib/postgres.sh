# shellcheck shell=bash
# A private PostgreSQL cluster: one directory, one unix socket, no TCP port, no password, gone with the script.
#
#   POSTGRES_BIN   where its programs are (exported: tests run pg_dump)
#   POSTGRES_HOME  the directory: data/, log, and run/ (the socket)
#   POSTGRES_PID   the running server
#   the connection user is `huntzen`, superuser of this cluster; only those who may enter POSTGRES_HOME can connect.

# The oldest PostgreSQL major version the migrations accept (security_invoker views).
readonly POSTGRES_OLDEST=15
# What Homebrew gets: it has no unversioned formula.
readonly POSTGRES_BREW=postgresql@17
readonly POSTGRES_USER=huntzen
# A socket's whole path fits in 107 bytes, of which PostgreSQL's file name takes 14.
readonly SOCKET_DIRECTORY_MAX=92

POSTGRES_BIN='' POSTGRES_HOME='' POSTGRES_PID='' POSTGRES_SOCKETS=''
AS_SERVER_USER=()

ensure_postgres() {
  if find_postgres any; then return; fi
  install "the PostgreSQL server, for a private cluster of this checkout" "postgresql" "$POSTGRES_BREW"
  find_postgres any || die "PostgreSQL $POSTGRES_OLDEST or later is needed and this system's packages are older: add PostgreSQL's own package repository, or set DATABASE_URL to a server you have."
}

# Sets POSTGRES_BIN to the server binaries of major version $1, or to the newest with `any`.
find_postgres() {
  local wanted=$1 directory major newest=0
  for directory in "$(dirname "$(command -v initdb || echo /nowhere/initdb)")" \
    /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin; do
    has_programs "$directory" || continue
    major=$("$directory/postgres" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
    if [ "$major" -lt "$POSTGRES_OLDEST" ] || [ "$major" -le "$newest" ]; then continue; fi
    if [ "$wanted" != any ] && [ "$major" -ne "$wanted" ]; then continue; fi
    newest=$major
    POSTGRES_BIN=$directory
  done
  export POSTGRES_BIN
  [ "$newest" -gt 0 ]
}

has_programs() {
  local name
  for name in initdb postgres pg_isready psql; do
    [ -x "$1/$name" ] || return 1
  done
}

# PostgreSQL refuses to run as root: then it runs as the system user that its package created.
require_server_user() {
  is_root || return 0
  id postgres >/dev/null 2>&1 ||
    die "PostgreSQL does not run as root and there is no user 'postgres': run 'useradd --system postgres', or run bin/$PROGRAM as yourself."
  have setpriv || die "as root, PostgreSQL is started through setpriv (package util-linux), which is missing: run bin/$PROGRAM as yourself."
  AS_SERVER_USER=(setpriv --reuid "$(id -u postgres)" --regid "$(id -g postgres)" --init-groups)
}

as_server_user() {
  if is_root; then "${AS_SERVER_USER[@]}" -- "$@"; else "$@"; fi
}

# Can the server's user enter the parents of directory $1? Not those of a checkout inside /root.
server_reaches() {
  local parent
  parent=$(dirname "$1")
  mkdir -p "$parent"
  as_server_user test -x "$parent" 2>/dev/null
}

# Only the server's user (and root) may enter: connecting needs no password.
make_private_directory() {
  { mkdir -p "$1" && chmod 0700 "$1"; } 2>/dev/null || die "$1 cannot be used: it belongs to another user; remove it as that user."
  if is_root; then chown postgres: "$1"; fi
}

# create_cluster HOME [INITDB OPTION..]: does nothing when HOME holds one.
create_cluster() {
  POSTGRES_HOME=$1
  shift
  make_private_directory "$POSTGRES_HOME"
  local data=$POSTGRES_HOME/data
  if [ -e "$data" ]; then
    require_same_version "$data"
    return
  fi
  # Moved into place when complete, so that an interrupted start leaves no half-made cluster.
  rm -rf "$data.new"
  (cd "$POSTGRES_HOME" && as_server_user "$POSTGRES_BIN/initdb" --pgdata="$data.new" --username="$POSTGRES_USER" \
    --auth=trust --encoding=UTF8 --locale-provider=icu --icu-locale=und --locale=C --lc-ctype="$(utf8_ctype)" \
    --no-instructions --no-sync "$@" >"$POSTGRES_HOME/initdb.log" 2>&1) ||
    die "PostgreSQL could not create its cluster: $(tail -n 1 "$POSTGRES_HOME/initdb.log")"
  mv "$data.new" "$data"
}

# A character type that knows accents, for full-text search; the messages stay in C, for the code reads them.
utf8_ctype() {
  local name available
  available=$(locale -a 2>/dev/null || true)
  for name in C.UTF-8 C.utf8 en_US.UTF-8; do
    if printf '%s\n' "$available" | grep -qx "$name"; then
      printf '%s' "$name"
      return
    fi
  done
  printf 'C'
}

require_same_version() {
  local made_by
  made_by=$(cat "$1/PG_VERSION" 2>/dev/null) || die "the cluster in $POSTGRES_HOME is broken (no PG_VERSION): 'bin/dev --reset' starts over with fresh data."
  find_postgres "$made_by" || die "the cluster in $POSTGRES_HOME was made by PostgreSQL $made_by, which is not installed any more: install it, or 'bin/dev --reset' starts over with fresh data."
}

# start_cluster [POSTGRES OPTION..]: sets POSTGRES_PID and POSTGRES_SOCKETS, and returns when the server answers.
start_cluster() {
  clear_stale_pid_file
  choose_socket_directory
  cd "$POSTGRES_HOME" || die "$POSTGRES_HOME cannot be entered."
  spawn INT ${AS_SERVER_USER[@]+"${AS_SERVER_USER[@]}"} "$POSTGRES_BIN/postgres" -D "$POSTGRES_HOME/data" \
    -k "$POSTGRES_SOCKETS" -c listen_addresses= -c unix_socket_permissions=0700 "$@" >"$POSTGRES_HOME/log" 2>&1
  POSTGRES_PID=$SPAWNED
  cd "$OLDPWD" || exit
  wait_for_cluster
}

wait_for_cluster() {
  local _
  for _ in $(seq 300); do
    if "$POSTGRES_BIN/pg_isready" -q -h "$POSTGRES_SOCKETS"; then return; fi
    kill -0 "$POSTGRES_PID" 2>/dev/null || break
    sleep 0.1
  done
  die "PostgreSQL did not start: $(last_complaint). Its log is $POSTGRES_HOME/log; 'bin/dev --reset' starts over with fresh data."
}

last_complaint() {
  grep -E 'FATAL|PANIC|could not|error' "$POSTGRES_HOME/log" | tail -n 1 | sed 's/^.*\(FATAL\|PANIC\): *//'
}

# After a crash the file may name a process that no longer exists, or another program's; PostgreSQL itself only
# forgives the first; the same goes for the lock of its socket. A server that outlived its script by a moment is
# given time to finish.
clear_stale_pid_file() {
  local file=$POSTGRES_HOME/data/postmaster.pid pid _
  [ -f "$file" ] || return 0
  pid=$(head -n 1 "$file")
  if is_our_server "$pid"; then
    kill -s INT "$pid" 2>/dev/null || true
    for _ in $(seq 100); do
      is_our_server "$pid" || break
      sleep 0.1
    done
    ! is_our_server "$pid" || die "a PostgreSQL server (process $pid) still runs in $POSTGRES_HOME and does not stop."
  fi
  rm -rf "$file" "$POSTGRES_HOME/run"
}

is_our_server() {
  case "$(process_args "$1" 2>/dev/null)" in
  *postgres*"$POSTGRES_HOME/data"*) return 0 ;;
  *) return 1 ;;
  esac
}

# A socket needs a short path, and the address of the connection is simplest with plain characters.
choose_socket_directory() {
  local beside=$POSTGRES_HOME/run
  case $beside in
  *[!A-Za-z0-9/._-]*) beside='' ;;
  esac
  if [ -n "$beside" ] && [ ${#beside} -le $SOCKET_DIRECTORY_MAX ]; then
    POSTGRES_SOCKETS=$beside
  else
    POSTGRES_SOCKETS=$(mktemp -d /tmp/huntzen.XXXXXX)
  fi
  make_private_directory "$POSTGRES_SOCKETS"
}

# cluster_url DATABASE
cluster_url() { printf 'postgres://%s@%s/%s' "$POSTGRES_USER" "${POSTGRES_SOCKETS//\//%2F}" "$1"; }

ensure_database() {
  local psql=("$POSTGRES_BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1)
  local known
  known=$("${psql[@]}" -c "SELECT 1 FROM pg_database WHERE datname = '$1'" "$(cluster_url postgres)")
  [ -n "$known" ] || "${psql[@]}" -c "CREATE DATABASE $1" "$(cluster_url postgres)"
}

# remove_cluster HOME: with everything in it.
remove_cluster() {
  POSTGRES_HOME=$1
  clear_stale_pid_file
  rm -rf "$POSTGRES_HOME" 2>/dev/null || die "$POSTGRES_HOME cannot be removed: it belongs to another user."
}

stop_cluster() {
  if [ -n "$POSTGRES_PID" ]; then stop INT "$POSTGRES_PID"; fi
  case $POSTGRES_SOCKETS in
  /tmp/huntzen.*) rm -rf "$POSTGRES_SOCKETS" ;;
  esac
  POSTGRES_PID='' POSTGRES_SOCKETS=''
}
