#!/usr/bin/env bash
# Runs once, when Gradescope builds the image. The grader comes from wheels/; so does all it needs, where the
# wheels of numpy and pytest for this image's Python lie there too. Only what is missing is downloaded.
set -euo pipefail
cd /autograder/source

find_python() {
    local test='import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))'
    for candidate in python3.13 python3.12 python3.11 python3; do
        if "$candidate" -c "$test" 2> /dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

if ! python=$(find_python); then
    apt-get update -qq
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y -qq python3.11-venv || apt-get install -y -qq python3-venv
    if ! python=$(find_python); then
        echo "misstep needs Python 3.11 or newer: choose a newer base image" >&2
        exit 1
    fi
fi

"$python" -m venv /autograder/misstep
pip=(/autograder/misstep/bin/python -m pip install --quiet --find-links wheels)
"${pip[@]}" --no-index misstep || "${pip[@]}" misstep
