#!/usr/bin/env bash
# Installs the Python programs that tests run and that cannot live in our own environment (they pin other versions of
# boto3), into a cache outside the tree. Usage: tools/python-tools.sh UV
set -euo pipefail

uv=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${TEST_TOOLS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/testgen-tools}
for name in awscli checkov; do
  lock=$here/envs/$name/uv.lock
  target=$cache/$name-$(sha256sum "$lock" | cut -c1-12)
  if [ ! -e "$target/complete" ]; then
    echo "tools: installing $name" >&2
    UV_PROJECT_ENVIRONMENT=$target "$uv" sync --quiet --frozen --project "$here/envs/$name"
    touch "$target/complete"
  fi
  echo "$target"
done
