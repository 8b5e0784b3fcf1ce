#!/bin/sh
# Make .venv from the locks: `setup.sh core`, `setup.sh core dev`, `setup.sh core bench`; and
# .venv-oldest, with the lowest versions that pyproject.toml allows: `setup.sh oldest`.
#
# Each stage leaves a stamp in its venv that holds what it was made from, so a second call is
# instant, a new lock is installed over the old one, and a venv that an interruption left
# half made is made anew. PYTHON=... chooses the interpreter.
set -eu
cd "$(dirname "$0")/.."

venv=.venv
pythons="python3 python3.14 python3.13 python3.12 python3.11 python"
if [ "$1" = oldest ]; then
    venv=.venv-oldest
    # old versions are not built for a Python that came later
    pythons="python3.11 python3.12 python3.13 python3.14 $pythons"
fi
python=$venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
unset PYTHONHOME PYTHONPATH

fail() {
    echo "pledgebook: $*" >&2
    exit 1
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

has_pip() {
    "$python" -m pip --version >/dev/null 2>&1
}

choose_python() {
    if [ -n "${PYTHON:-}" ]; then
        new_enough "$PYTHON" || fail "PYTHON=$PYTHON is not a Python of version 3.11 or newer."
        return
    fi
    for PYTHON in $pythons; do
        if new_enough "$PYTHON"; then return; fi
    done
    fail "no Python of version 3.11 or newer was found: install one, or name it with PYTHON=/path/to/python3."
}

# The ways to an empty virtual environment with pip in it, from the plainest on.
with_venv() {
    "$PYTHON" -m venv "$venv"
}
with_pip() { # a Python without ensurepip, beside some pip that is new enough to serve another one
    "$PYTHON" -m venv --without-pip "$venv" || return 1
    for pip in "$PYTHON -m pip" pip3 pip; do
        # not quoted: the first one is three words
        if $pip --python "$python" install --quiet pip; then return; fi
    done
    return 1
}
with_uv() {
    uv venv --quiet --no-config --seed --python "$PYTHON" "$venv"
}
with_virtualenv() {
    "$PYTHON" -m virtualenv --quiet "$venv" || virtualenv --quiet --python "$PYTHON" "$venv"
}
with_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get || return 1
    version=$("$PYTHON" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    apt-get update -qq || return 1
    for package in "python$version-venv" python3-venv; do
        if DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" </dev/null; then
            with_venv && return
        fi
    done
    return 1
}

make_venv() {
    choose_python
    echo "making $venv with $("$PYTHON" --version)"
    rm -rf "$venv" || exit 1
    said=$(with_venv 2>&1) && has_pip && return
    for way in with_pip with_uv with_virtualenv with_apt; do
        rm -rf "$venv"
        if $way >/dev/null 2>&1 && has_pip; then return; fi
    done
    rm -rf "$venv"
    case $said in *ensurepip*) ;; *) echo "$said" >&2 ;; esac
    fail "$PYTHON cannot make a virtual environment: install its venv module (Debian: apt install python3-venv), or virtualenv, or uv."
}

# Whether the package itself is installed in this stage; the others stand on one that did.
holds_package() {
    [ "$1" = core ] || [ "$1" = oldest ]
}

# What a stage is made from: the place, as scripts in the venv name it, and the files it reads.
wanted() {
    pwd
    cksum "requirements/$1.txt"
    if holds_package "$1"; then cksum pyproject.toml; fi
}

install() {
    echo "installing requirements/$1.txt"
    touch "$venv/unfinished"
    "$python" -m pip install -qq --require-hashes -r "requirements/$1.txt"
    if holds_package "$1"; then
        # the build backend is in the lock, so that nothing else is fetched
        "$python" -m pip install -qq --no-deps --no-build-isolation --editable .
    fi
    wanted "$1" >"$venv/$1.stamp"
    rm -f "$venv/unfinished"
}

if [ ! -f "$venv/$1.stamp" ] || [ -f "$venv/unfinished" ] || ! new_enough "$python" ||
    [ "$(head -n 1 "$venv/$1.stamp")" != "$(pwd)" ]; then
    make_venv
fi
for stage in "$@"; do
    if [ "$(wanted "$stage")" != "$(cat "$venv/$stage.stamp" 2>/dev/null)" ]; then install "$stage"; fi
done
