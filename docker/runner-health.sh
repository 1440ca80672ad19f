#!/bin/bash
# Whether the runner has a connection to its server: one that is established (state 01) in the kernel's tables of this container.
grep -qsE '^ *[0-9]+: [0-9A-F]+:[0-9A-F]+ [0-9A-F]+:[0-9A-F]+ 01 ' /proc/net/tcp /proc/net/tcp6
