#!/usr/bin/env bash
# install_system_packages.sh PACKAGE...: Debian packages that the tests use, installed where they are missing and can be.
#
# A machine without apt-get is left alone: the tests that miss something there are skipped and say so.
set -euo pipefail

missing=()
for package in "$@"; do
    # shellcheck disable=SC2016 # the format is dpkg's, not the shell's
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ] || ! command -v apt-get >/dev/null; then
    exit 0
fi
if [ "$(id -u)" != 0 ]; then
    echo "not installed: ${missing[*]}; tests that use them will fail. As root: apt-get install ${missing[*]}" >&2
    exit 0
fi

echo "installing ${missing[*]} ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
