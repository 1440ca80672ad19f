#!/usr/bin/env bash
# Times what a newcomer waits for on a clean clone: `dotnet run --project src/Web` until the link is printed, restore and build included.
#   tests/Benchmarks/clean-clone.sh          with this machine's package caches
#   tests/Benchmarks/clean-clone.sh --cold   with empty NuGet and npm caches
set -euo pipefail -m # -m: the server gets a process group of its own, where Ctrl-C is not ignored
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git clone -q "$(git -C "$(dirname "$0")" rev-parse --show-toplevel)" "$work/clone"
if [[ ${1:-} == --cold ]]; then
  export NUGET_PACKAGES="$work/nuget" npm_config_cache="$work/npm" NUGET_HTTP_CACHE_PATH="$work/http"
fi
cd "$work/clone"
start=$(date +%s.%N)
BRIGADE_DATA="$work/data" dotnet run --project src/Web -- --urls http://127.0.0.1:0 >"$work/log" 2>&1 &
server=$!
until grep -q 'Open http' "$work/log"; do
  kill -0 "$server" 2>/dev/null || { cat "$work/log"; exit 1; }
  sleep 0.1
done
since() { awk -v from="$start" -v to="$(date +%s.%N)" 'BEGIN { printf "%.1f", to - from }'; }
echo "link after $(since) s"
start=$(date +%s.%N)
kill -INT -- "-$server"
wait "$server" || true
echo "ended $(since) s after Ctrl-C"
