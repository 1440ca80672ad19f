#!/bin/bash
# Whether the server on PORT of this machine can take requests. The image has no HTTP client; the shell has sockets.
#   web-health PORT
exec 3<>"/dev/tcp/127.0.0.1/${1:?port}" || exit 1
printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
IFS= read -r -t 4 status <&3 || exit 1
[[ $status == *' 200 '* ]]
