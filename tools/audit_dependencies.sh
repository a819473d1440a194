#!/usr/bin/env bash
# audit_dependencies.sh PYTHON FOLDER: looks whether an advisory is known of what constraints.txt pins; the auditor lives in FOLDER.
# Where the auditor cannot be installed, or asks nobody, it says so and that is all: who works offline is not held up.
set -euo pipefail

python=$1
folder=$2

skip() {
    echo "the dependencies were not audited: $1" >&2
    exit 0
}

if [ ! -x "$folder/bin/pip-audit" ]; then
    rm -rf "$folder"
    "$python" -m venv "$folder"
    "$folder/bin/pip" install --quiet --disable-pip-version-check pip-audit 2>"$folder/said" ||
        skip "pip-audit cannot be installed here: $(tail -n 1 "$folder/said" | cut -c -160)"
fi

found=0
"$folder/bin/pip-audit" --requirement constraints.txt --disable-pip --require-hashes --vulnerability-service osv \
    --timeout 10 --progress-spinner off >"$folder/found" 2>"$folder/said" || found=$?
if [ "$found" != 0 ] && [ ! -s "$folder/found" ]; then
    grep -qiE 'connect|resolv|timed out|unreachable|proxy' "$folder/said" &&
        skip "the advisories cannot be reached from here: $(tail -n 1 "$folder/said" | cut -c -160)"
fi
cat "$folder/found"
tail -n 5 "$folder/said" >&2
exit "$found"
