#!/usr/bin/env bash
# Creates or completes a virtual environment: setup.sh FOLDER.
# Needs nothing but Python 3.11 or later; every package is pinned and its hash is checked.
set -euo pipefail

venv=${1:?folder of the virtual environment}
# Where packages come from is pip's configuration; where they go is not.
unset PIP_REQUIRE_VIRTUALENV PIP_PREFIX PIP_TARGET PIP_USER PYTHONPATH PYTHONHOME
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1

usable() {
  "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
  for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
    usable "$python" && break
    python=
  done
  if [ -z "$python" ]; then
    echo "gongkai needs Python 3.11 or later with venv (Debian: apt-get install python3-venv)." >&2
    echo "gongkai 需要 Python 3.11 或更高版本及 venv 模块(Debian: apt-get install python3-venv)。" >&2
    echo "PYTHON=/path/to/python make setup  names another one." >&2
    exit 1
  fi
  "$python" -m venv "$venv"
fi

pip=("$venv/bin/python" -m pip --quiet)
"${pip[@]}" install --require-hashes --requirement requirements.lock
# hatchling is in the lock, so nothing is fetched for the build.
"${pip[@]}" install --no-deps --no-build-isolation --editable .
