#!/usr/bin/env bash
# Builds the real Pulumi CLI and its Python language host from the Go module proxy, into a cache outside the tree, for
# machines that have no `pulumi`. Prints the folder that holds the programs. A second run finds the finished folder.
set -euo pipefail

PULUMI_VERSION=3.259.0
HOST_VERSION=3.60.0 # the last tagged form of the Python language host
cache=${TEST_TOOLS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/testgen-tools}
target=$cache/pulumi-$PULUMI_VERSION-$HOST_VERSION

say() { echo "tools: $*" >&2; }
if command -v pulumi >/dev/null; then
  dirname "$(command -v pulumi)"
  exit 0
fi
if [ -e "$target/complete" ]; then
  echo "$target/bin"
  exit 0
fi
command -v go >/dev/null || { say "go is missing: install it (Debian: golang) and run 'make tools' again"; exit 1; }

mkdir -p "$target/bin"
work=$(mktemp -d "$cache/build.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT

say "building pulumi $PULUMI_VERSION (about 5 minutes)"
mkdir "$work/cli" "$work/host"
cd "$work/cli"
go mod init example.test/cli 2>/dev/null
go get "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi@v$PULUMI_VERSION" "github.com/pulumi/pulumi/sdk/v3@v$PULUMI_VERSION" 2>"$work/log" || { tail -20 "$work/log" >&2; exit 1; }
go build -ldflags "-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v$PULUMI_VERSION" -o "$target/bin/pulumi" github.com/pulumi/pulumi/pkg/v3/cmd/pulumi >&2
install -m755 "$(go list -m -f '{{.Dir}}' github.com/pulumi/pulumi/sdk/v3)/python/cmd/pulumi-language-python-exec" "$target/bin/"

say "building the Python language host $HOST_VERSION (30 seconds)"
cd "$work/host"
go mod init example.test/host 2>/dev/null
go get "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python@v$HOST_VERSION" 2>"$work/log" || { tail -20 "$work/log" >&2; exit 1; }
go build -o "$target/bin/pulumi-language-python" github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python >&2

touch "$target/complete"
say "done"
echo "$target/bin"
