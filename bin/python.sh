# Sourced by the commands in bin/: finds Python 3.11 or newer and makes or heals a virtual environment.
# set_up FOLDER REQUIREMENTS

cd "$(dirname "$0")/.." || exit 1

find_python() {
    for candidate in python3 python3.13 python3.12 python3.11 python; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    echo "需要 Python 3.11 或更新版本，本机没有找到。请先安装 Python（https://www.python.org），再重新运行。" >&2
    echo "Python 3.11 or newer is needed and was not found. Please install it and run this again." >&2
    return 1
}

set_up() {
    wanted="$(cksum < "$2")"
    if [ "$(cat "$1/.complete" 2>/dev/null)" != "$wanted" ] || ! "$1/bin/python" -c '' 2>/dev/null; then
        python="$(find_python)" || exit 1
        "$python" bin/venv.py "$1" "$2" "$wanted" || exit 1
    fi
}
