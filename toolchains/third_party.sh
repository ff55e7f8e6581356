#!/usr/bin/env bash
# Fetches the sources we compile but do not own into .foyer/third_party/<name>, as pinned in third_party.lock.
#
# They come from the distribution's own archive, as signed source packages of a newer suite than the machine runs: a
# list of sources of our own is derived from the machine's and kept beside the unpacked sources, so nothing of the
# machine's configuration is touched and no rights are needed. When the archive has dropped a pinned version, the
# newest is taken with a warning: a build that still works is worth more than one that stopped.
#
#   toolchains/third_party.sh            fetch what is missing
#   toolchains/third_party.sh --check    exit 1 when something is missing, say nothing
set -euo pipefail

repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lock=$repository/toolchains/third_party.lock
target=$repository/.foyer/third_party
cache=${XDG_CACHE_HOME:-$HOME/.cache}/foyer/sources
suites="forky sid trixie"

entries() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$lock"; }
is_there() { [ "$(cat "$target/$1/.foyer-pin" 2>/dev/null)" = "$2" ]; }

missing=0
while read -r name _ _ _ sha256; do
    is_there "$name" "$sha256" || missing=1
done < <(entries)
[ "$missing" = 0 ] && exit 0
[ "${1:-}" = "--check" ] && exit 1

apt_folder=$repository/.foyer/apt
mkdir -p "$apt_folder/lists/partial" "$target" "$cache"

# The archive the machine itself installs from, and the key it trusts it by.
archive=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | sort -u | head -n 1)
if [ -z "$archive" ]; then
    echo "no Debian archive among this machine's apt sources: cannot fetch third-party sources" >&2
    exit 1
fi
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
# A suite's date of expiry is not asked after: what is pinned is the tarball's checksum.
apt_source() {
    local command=$1
    shift
    "$command" -q -o Dir::Etc::sourcelist="$apt_folder/sources.list" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$apt_folder/lists" -o Dir::Cache="$apt_folder" -o APT::Sandbox::User=root \
        -o Acquire::Retries=3 -o Acquire::Check-Valid-Until=false -o Acquire::Check-Date=false -o APT::Get::List-Cleanup=0 "$@"
}
refreshed=""
refresh() {
    [ -n "$refreshed" ] && return
    local suite
    for suite in $suites; do
        echo "deb-src [signed-by=$keyring] $archive $suite main"
    done > "$apt_folder/sources.list"
    # One suite of the list may be gone in a few years; what the others offer is enough.
    apt_source apt-get update > "$apt_folder/update.log" 2>&1 || true
    refreshed=yes
}

# Leaves the tarball in the cache and sets `tarball` and `pin`.
fetch() {
    local name=$1 package=$2 version=$3 file=$4 sha256=$5
    tarball=$cache/$file pin=$sha256
    if [ -f "$tarball" ] && echo "$sha256  $tarball" | sha256sum --check --status; then
        return
    fi
    refresh
    local download
    download=$(mktemp -d)
    if (cd "$download" && apt_source apt-get source --download-only --only-source "$package=$version") > "$apt_folder/$name.log" 2>&1; then
        if ! echo "$sha256  $download/$file" | sha256sum --check --status; then
            echo "$name: $file does not have the checksum in third_party.lock; refusing it" >&2
            rm -rf "$download"
            exit 1
        fi
    else
        (cd "$download" && apt_source apt-get source --download-only --only-source "$package") >> "$apt_folder/$name.log" 2>&1 || {
            tail -n 5 "$apt_folder/$name.log" >&2
            echo "$name: the archive offers no source package $package" >&2
            rm -rf "$download"
            exit 1
        }
        local newest
        newest=$(find "$download" -name "${package}_*.orig.tar.*" ! -name '*.asc' | head -n 1)
        [ -n "$newest" ] || { echo "$name: the source package holds no upstream tarball" >&2; exit 1; }
        local offered
        offered=$(sed -n 's/^Version: //p' "$(find "$download" -name '*.dsc' | head -n 1)")
        if dpkg --compare-versions "$offered" lt "$version"; then
            echo "$name: the archive offers $offered only, older than the pinned $version;" \
                "see $apt_folder/update.log" >&2
            rm -rf "$download"
            exit 1
        fi
        echo "warning: $name $version is no longer in the archive, taking $(basename "$newest") instead;" \
            "update toolchains/third_party.lock when the tests pass" >&2
        file=$(basename "$newest")
        tarball=$cache/$file
    fi
    mv "$download/$file" "$tarball"
    rm -rf "$download"
}

while read -r name package version file sha256; do
    is_there "$name" "$sha256" && continue
    echo "fetching $name $version"
    fetch "$name" "$package" "$version" "$file" "$sha256"
    rm -rf "${target:?}/$name.new"
    mkdir -p "$target/$name.new"
    tar --extract --file "$tarball" --directory "$target/$name.new" --strip-components=1
    echo "$pin" > "$target/$name.new/.foyer-pin"
    rm -rf "${target:?}/$name"
    mv "$target/$name.new" "$target/$name"
done < <(entries)
