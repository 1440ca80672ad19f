#!/usr/bin/env bash
# Takes screenshots anew, by the browser tests on the real product: all of them into artifacts/pictures, to look at; those that the documentation shows into docs/images.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p artifacts/pictures docs/images
BRIGADE_PICTURES="$PWD/artifacts/pictures" ./test.sh EndToEnd
rm -f docs/images/*.png
grep -rhoE 'images/[a-z0-9-]+\.png' README.md docs --include='*.md' | sort -u | while read -r picture; do cp "artifacts/pictures/${picture#images/}" docs/images/; done
