#!/usr/bin/env bash
# Takes the documentation's screenshots anew, by the browser tests on the real product.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/images
BRIGADE_PICTURES="$PWD/docs/images" ./test.sh EndToEnd
