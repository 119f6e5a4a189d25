#!/usr/bin/env bash
# Makes a small Debian with python3 as a local container image, for machines that reach no image registry. Needs root,
# buildah and debootstrap. Prints the image's name; a second run finds it and stops.
set -euo pipefail

NAME=localhost/testgen-test-base:bookworm-2
cache=${TEST_TOOLS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/testgen-tools}
archive=$cache/container-base-bookworm-2.tar
say() { echo "tools: $*" >&2; }

if buildah images --quiet "$NAME" >/dev/null 2>&1; then
  echo "$NAME"
  exit 0
fi
if [ ! -s "$archive" ]; then
  say "making the base image (1 minute)"
  mkdir -p "$cache"
  work=$(mktemp -d "$cache/base.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  debootstrap --variant=minbase --include=python3,python3-venv,ca-certificates,libgomp1,libstdc++6 bookworm "$work/root" >"$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
  rm -rf "$work"/root/var/cache/apt/archives/*.deb "$work"/root/var/lib/apt/lists/*
  tar -C "$work/root" -cf "$archive.part" .
  mv "$archive.part" "$archive"
fi
container=$(buildah from scratch)
buildah add --quiet "$container" "$archive" / >/dev/null
buildah commit --quiet --rm "$container" "$NAME" >/dev/null
echo "$NAME"
