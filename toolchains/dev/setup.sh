# Brings the machine to where the build can start. Nothing is done twice: each part first looks whether it is there.

NODE_AT_LEAST="20 19"
# When the distribution's node is older: a node that npm itself delivers, kept in .foyer/.
NODE_PACKAGE_VERSION=22.12.0

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo > /dev/null; then
        sudo "$@"
    else
        echo "this needs root rights: run as root, install sudo, or run yourself: $*" >&2
        return 1
    fi
}

install_packages() {
    export DEBIAN_FRONTEND=noninteractive
    as_root apt-get -q update && as_root apt-get -q install -y --no-install-recommends "$@"
}

setup_packages() {
    local purposes=$1 wanted missing
    wanted=$(awk -v purposes=" $purposes " '!/^#/ && index(purposes, " " $1 " ") { print $2 }' toolchains/debian-packages.txt)
    # shellcheck disable=SC2086
    missing=$(comm -23 <(printf '%s\n' $wanted | sort) \
        <(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2> /dev/null | awk '$2 == "installed" { print $1 }' | sort -u))
    [ -z "$missing" ] && return
    # shellcheck disable=SC2086
    echo "installing Debian packages:" $missing
    # sudo asks for its password here, before a step hides what is printed.
    as_root true
    # shellcheck disable=SC2086
    step "Debian packages" install_packages $missing
}

node_is_recent() {
    command -v node > /dev/null && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number), [a, b] = process.argv.slice(1).map(Number);
        process.exit(major > a || (major === a && minor >= b) ? 0 : 1)' $NODE_AT_LEAST
}

setup_node() {
    local own=$repository/.foyer/node/node_modules/node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')/bin
    [ -x "$own/node" ] && export PATH="$own:$PATH"
    if ! command -v npm > /dev/null; then
        step "Debian packages: npm" install_packages npm
    fi
    node_is_recent && return
    local package
    package=$(basename "$(dirname "$own")")
    mkdir -p .foyer/node
    step "node $NODE_PACKAGE_VERSION" npm install --prefix .foyer/node --no-save --no-audit --no-fund "$package@$NODE_PACKAGE_VERSION"
    export PATH="$own:$PATH"
    hash -r
    node_is_recent || { echo "node $(echo $NODE_AT_LEAST | tr ' ' .) or newer is needed; found $(node --version 2>&1)" >&2; return 1; }
}

npm_pin() { cat package.json package-lock.json | sha256sum | cut -d ' ' -f 1; }

setup_npm() {
    [ "$(cat node_modules/.foyer-pin 2> /dev/null)" = "$(npm_pin)" ] && return
    step "npm packages" npm ci --no-audit --no-fund
    npm_pin > node_modules/.foyer-pin
}

# setup_for build | test
setup_for() {
    local purposes=build
    [ "$1" = test ] && purposes="build test"
    if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
        echo "dev: this machine has no apt-get; Foyer is built on Debian 12 or newer" >&2
        exit 1
    fi
    mkdir -p .foyer build/logs
    # Two commands started at once must not install into the same folders.
    exec 9> .foyer/setup.lock
    flock 9
    setup_packages "$purposes"
    setup_node
    if ! toolchains/third_party.sh --check; then
        step "third-party sources" toolchains/third_party.sh
        grep '^warning:' build/logs/third-party-sources.log || true
    fi
    setup_npm
    exec 9>&-
    if [ -d /usr/share/nodejs/acorn ]; then
        export NODE_PATH=${NODE_PATH:-/usr/share/nodejs}
    fi
}
