"""The Python trial host: runs one trial of one experiment and reports it on standard output.

A runner starts it in a fresh interpreter (CPython 3.9 or newer, no package needed) as

    PYTHONHASHSEED=0 PYTHONUTF8=1 python path/to/brigade_host/__main__.py

and speaks the trial protocol with it (``docs/trial-protocol.md``). The fixed hash seed makes sets and their ``repr`` equal in
all processes, and with them the work and the checksums. The interpreter's installed packages are importable for the
user's code, the host's own modules only as ``brigade_host``. ``-I`` may be added, at the price of those two variables.
Starting the file is faster than starting the directory or ``-m``. Without ``-B`` the host's modules are compiled once for
each interpreter and not again in every trial; where the directory is read-only Python compiles silently in memory.
"""
