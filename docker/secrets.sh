#!/bin/bash
# Makes the secrets of compose.yaml in docker/secrets; those that are there are kept. Everything in it is for this machine's root and the containers: the directory is closed to others.
set -euo pipefail
cd "$(dirname "$0")"
install -d -m 0700 secrets
cd secrets
for name in database_password server_token; do
  [[ -s $name ]] || openssl rand -hex 32 >"$name"
done
[[ -s keys.pem ]] || openssl req -x509 -newkey rsa:3072 -noenc -days 3650 -subj /CN=brigade-keys -keyout keys.pem.key -out keys.pem.crt 2>/dev/null
[[ -s keys.pem ]] || { cat keys.pem.crt keys.pem.key >keys.pem; rm keys.pem.crt keys.pem.key; }

# Until a key of its own is made for a runner (docs/deploy.md), it comes with the server's token.
for name in runner_1_key runner_2_key; do
  [[ -s $name ]] || cp server_token "$name"
done
chmod 0444 ./*
