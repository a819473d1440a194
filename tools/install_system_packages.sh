#!/usr/bin/env bash
# install_system_packages.sh PACKAGES...: Debian packages that the tests drive; those that are there are left alone.
set -euo pipefail

missing=()
for package in "$@"; do
    dpkg -s "$package" 2>/dev/null | grep -q '^Status:.* installed$' || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
    echo "not installed, since only root can with apt-get: ${missing[*]}; the tests that need them are skipped" >&2
    exit 0
fi

echo "installing ${missing[*]} ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
