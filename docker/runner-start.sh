#!/bin/bash
# Starts a runner by its environment:
#   BRIGADE_SERVER             the server's address
#   BRIGADE_RUNNER_TOKEN_FILE  file with the runner's key; or the key itself in BRIGADE_RUNNER_TOKEN
#   BRIGADE_RUNNER_NAME        what the server calls it; the container's name where absent
#   BRIGADE_RUNNER_DATA        where it keeps its identity and journals
set -euo pipefail
if [[ -n ${BRIGADE_RUNNER_TOKEN_FILE:-} ]]; then
  BRIGADE_RUNNER_TOKEN=$(<"$BRIGADE_RUNNER_TOKEN_FILE")
  export BRIGADE_RUNNER_TOKEN
fi
program=${BRIGADE_RUNNER_PROGRAM:-/app/Brigade.Runner.dll}
exec dotnet "$program" agent --server "${BRIGADE_SERVER:?Set BRIGADE_SERVER to the address of the server}" --name "${BRIGADE_RUNNER_NAME:-$HOSTNAME}" --data "${BRIGADE_RUNNER_DATA:?}" "$@"
