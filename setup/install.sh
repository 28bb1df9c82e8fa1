#!/bin/sh
# Installs what is missing, and only that: system packages, a private uv in .uv/, the locked Python packages
# in .venv/. When nothing is missing it returns at once; when interrupted, the next run goes on from there.
#
#   setup/install.sh films    what rendering needs
#   setup/install.sh tests    that, and the tools of `make test`; other decoders for its tests, if root may apt-get
#
# PYTHON=/path/to/python3 chooses the interpreter of a new .venv/.
set -eu
wanted=${1:-films}
cd "$(dirname "$0")/.."
read -r uv _ <setup/uv-requirements.txt # uv==0.13.9, and on the lines below it its hashes
uv_version=${uv#uv==}

fail() {
    printf '%s\n' "$@" >&2
    exit 1
}

# The stamp tells what was installed from which files; test tools, once installed, are kept up to date.
stamp=.venv/installed
key="$(cat pyproject.toml uv.lock setup/install.sh setup/*.txt | cksum) $PWD"
if [ -x .venv/bin/python ] && [ -r "$stamp" ]; then
    case "$(cat "$stamp")" in
    "$wanted $key" | "tests $key") exit 0 ;;
    tests*) wanted=tests ;;
    esac
fi

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# The system's own Python first: it is built with optimisations that a self-built one often lacks.
choose_python() {
    for candidate in ${PYTHON:-/usr/bin/python3 python3 python3.13 python3.12 python3.11}; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    fail "No Python 3.11 or newer: ${PYTHON:-python3} is $("${PYTHON:-python3}" --version 2>&1 || true)." \
        "Install one (Debian 12, Ubuntu 24.04 and newer have it as python3; macOS: brew install python)" \
        "or name it: make PYTHON=/path/to/python3 ..."
}

has() {
    case $1 in
    certificates)
        for bundle in "${SSL_CERT_FILE:-}" /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem \
            /etc/pki/tls/certs/ca-bundle.crt /etc/ssl/ca-bundle.pem; do
            [ -s "$bundle" ] && return 0
        done
        return 1
        ;;
    compiler) command -v c++ ;;
    pkg-config) command -v pkg-config ;;
    cairo) pkg-config --exists cairo ;;
    pango) pkg-config --exists pangocairo ;;
    headers) "$python" -c 'import os, sysconfig as s; os.stat(s.get_path("include") + "/Python.h")' ;;
    venv) "$python" -c 'import ensurepip, venv' ;;
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    ffmpeg) command -v ffmpeg ;;
    openh264) "$python" -c 'import ctypes.util as c, sys; sys.exit(not c.find_library("openh264"))' ;;
    esac >/dev/null 2>&1
}

package_manager() {
    for candidate in apt-get dnf pacman brew; do
        if command -v "$candidate" >/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo unknown
}

# Prints the package names, for the package manager $1, of every need in the file $2 that is not met.
missing_packages() {
    while read -r need apt dnf pacman brew; do
        case $need in '#'*) continue ;; esac
        case $1 in
        apt-get) package=$apt ;;
        dnf) package=$dnf ;;
        pacman) package=$pacman ;;
        brew) package=$brew ;;
        unknown) package=$need ;;
        esac
        [ "$package" = - ] || has "$need" || echo "$package"
    done <"$2" | sort -u | paste -sd ' ' -
}

# Joins commands to one line as a user types it who may become root.
as_root() {
    line=
    if command -v sudo >/dev/null; then
        for command; do line="${line:+$line && }sudo $command"; done
        echo "$line"
    else
        for command; do line="${line:+$line && }$command"; done
        echo "su -c '$line'"
    fi
}

# Prints how a user installs $2 with the package manager $1.
command_for() {
    case $1 in
    apt-get) as_root "apt-get update" "apt-get install --no-install-recommends $2" ;;
    dnf) as_root "dnf install $2" ;;
    pacman) as_root "pacman -S --needed $2" ;;
    brew) echo "brew install $2" ;;
    esac
}

may_apt_get() { [ "$manager" = apt-get ] && [ "$(id -u)" = 0 ]; }

apt_get_install() {
    export DEBIAN_FRONTEND=noninteractive
    if [ -z "${has_lists:-}" ]; then
        # A source that cannot be reached need not be the one that has these.
        apt-get update || echo "apt-get update failed; trying with the lists there are" >&2
        has_lists=yes
    fi
    apt-get install --yes --no-install-recommends "$@"
}

install_system_packages() {
    missing=$(missing_packages "$manager" setup/system-packages.txt)
    [ -n "$missing" ] || return 0
    if may_apt_get; then
        echo "Installing system packages: $missing"
        # shellcheck disable=SC2086  # a list of names
        apt_get_install $missing ||
            fail "apt-get could not install: $missing" \
                "Its message is above. Put it right (network? /etc/apt/sources.list?) and run the same again."
        return
    fi
    case $manager in
    brew)
        echo "Installing with Homebrew: $missing"
        # shellcheck disable=SC2086  # a list of names
        brew install $missing || fail "Homebrew could not install: $missing. Its message is above."
        return
        ;;
    unknown)
        fail "System packages are missing that hold: $missing" \
            "Install the ones that your system has for them (development files included) and run the same again."
        ;;
    esac
    fail "System packages are missing; nothing was changed. To install them, run" "" \
        "    $(command_for "$manager" "$missing")" "" "and then the same again."
}

# Tests are skipped without them, so not to get them is no failure. One by one: a system may lack one of them.
install_test_decoders() {
    missing=$(missing_packages "$manager" setup/test-decoders.txt)
    [ -n "$missing" ] || return 0
    if may_apt_get; then
        echo "Installing decoders for tests: $missing"
        failed=
        for package in $missing; do
            apt_get_install "$package" 2>>.venv/apt-get.log || failed="$failed $package"
        done
        [ -z "$failed" ] ||
            echo "apt-get could not install$failed: their tests are skipped; .venv/apt-get.log tells why" >&2
        return
    fi
    how=$(command_for "$manager" "$missing")
    echo "Some tests are skipped without $missing${how:+; to install: $how}" >&2
}

offline() {
    fail "Could not install $1; the reason is above. If it is the network: get online, or behind a proxy set" \
        "HTTPS_PROXY, or with a package mirror PIP_INDEX_URL (or index-url in pip's configuration)." \
        "Then run the same again: what is already installed is kept."
}

install_uv() {
    if [ "$(.uv/bin/uv --version 2>/dev/null | cut -d ' ' -f 2)" != "$uv_version" ]; then
        echo "Installing uv $uv_version in .uv/"
        "$python" -m venv --clear .uv || fail "$python could not make a virtual environment in .uv/"
        .uv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
            --requirement setup/uv-requirements.txt || offline uv
    fi
}

# Goes through a requirements file because `uv sync` insists on the index that uv.lock was written with, and
# a mirror has another address. The hashes are those of uv.lock either way; what packages are built with has its own.
install_python_packages() {
    group=--no-dev
    [ "$wanted" = films ] || group=--dev
    if [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ]; then # uv does not read pip's settings
        index=${PIP_INDEX_URL:-$(.uv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
        [ -z "$index" ] || export UV_DEFAULT_INDEX="$index"
    fi
    export UV_PYTHON_DOWNLOADS=never VIRTUAL_ENV="$PWD/.venv"

    echo "Installing the locked Python packages in .venv/"
    is_new_enough .venv/bin/python ||
        .uv/bin/uv venv --quiet --clear --python "$python" .venv || fail "Could not make .venv/"
    .uv/bin/uv export --quiet --frozen "$group" --no-emit-project --output-file .venv/requirements.txt \
        >/dev/null || fail "uv.lock is damaged: restore it with git checkout uv.lock"
    export UV_BUILD_CONSTRAINT=setup/build-requirements.txt
    .uv/bin/uv pip install --compile-bytecode --require-hashes --requirements .venv/requirements.txt ||
        offline "the Python packages"
    .uv/bin/uv pip install --quiet --no-deps --editable . || offline "the build backend of pyproject.toml"
}

python=$(choose_python)
manager=$(package_manager)
install_system_packages
install_uv
install_python_packages
[ "$wanted" = films ] || install_test_decoders
echo "$wanted $key" >"$stamp"
