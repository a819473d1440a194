#!/usr/bin/env bash
# make_venv.sh PYTHON FOLDER: a virtual environment with everything that the project needs, pinned and checked by hash.
set -euo pipefail

python=$1
venv=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Khatban needs Python 3.11 or later; $python is $("$python" --version 2>&1). Say which: make PYTHON=python3.12 ..." >&2
    exit 1
}

if [ ! -x "$venv/bin/pip" ]; then
    echo "making the virtual environment in $venv ..."
    # Debian keeps ensurepip in a package of its own.
    if ! "$python" -c 'import ensurepip' 2>/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
        apt-get update -qq
        apt-get install -y -qq python3-venv
    fi
    rm -rf "$venv"
    "$python" -m venv "$venv"
fi

echo "installing the pinned packages ..."
"$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r constraints.txt 2>&1 | { grep -v '^WARNING' || true; }
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . 2>&1 | { grep -v '^WARNING' || true; }
