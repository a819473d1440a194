#!/usr/bin/env bash
# install_system_packages.sh PACKAGE...: Debian packages that the tests meet, installed where they are missing and can be.
#
# On a machine without apt-get, or without the right to use it, nothing happens: the tests say what they miss.
set -euo pipefail

missing=()
for package in "$@"; do
    # shellcheck disable=SC2016 # the format is dpkg's, not the shell's
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ] || ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    exit 0
fi

echo "installing ${missing[*]} ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
