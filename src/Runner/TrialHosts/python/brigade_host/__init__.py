"""The Python trial host: runs one trial of one experiment and reports it on standard output.

A runner starts it in a fresh interpreter (CPython 3.9 or newer, no package needed) as

    python -I path/to/brigade_host/__main__.py

and speaks the trial protocol with it (``docs/trial-protocol.md``). ``-I`` keeps the environment's ``PYTHON*`` variables, the
working directory and the user's own site directory out of the measurement; the interpreter's installed packages stay
importable for the user's code. Starting the file is about 10 ms faster than starting the directory or ``-m``. Without
``-B`` the host's modules are compiled once for each interpreter and not again in every trial; where the directory is
read-only Python compiles silently in memory.
"""
