"""Runs the tests of the Python trial host, several at a time, since most of them wait for processes; those that look at times come last, one by one.

    python3 tests/PythonHost.Tests/run.py            all
    python3 tests/PythonHost.Tests/run.py deadlock   those whose name has this in it
"""

import os
import re
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
AT_A_TIME = 2 * (os.cpu_count() or 1)
COUNTS = ("failures", "errors", "skipped")


def main(words):
    began = time.monotonic()
    tests = [test for test in tests_of(unittest.defaultTestLoader.discover(str(HERE))) if all(word in test.id() for word in words)]
    alone = [test for test in tests if getattr(getattr(test, test._testMethodName, None), "looks_at_times", False)]
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        results = list(pool.map(run, [test.id() for test in tests if test not in alone]))
    results += [run(test.id()) for test in alone]
    sums = {name: sum(result[name] for result in results) for name in COUNTS}
    print(f"Ran {len(results)} tests in {time.monotonic() - began:.1f}s\n")
    told = ", ".join(f"{name}={count}" for name, count in sums.items() if count)
    failed = sums["failures"] + sums["errors"] > 0
    print(f"{'FAILED' if failed else 'OK'}{f' ({told})' if told else ''}")
    return 1 if failed or not results else 0


def tests_of(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_of(test)
        else:
            yield test


def run(name):
    """One test in a process of its own; what it says is shown where it failed. Its subtests may fail each."""
    began = time.monotonic()
    process = subprocess.run([sys.executable, "-m", "unittest", name], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    counts = {kind: sum(map(int, re.findall(rf"^(?:OK|FAILED) \(.*\b{kind}=(\d+)", process.stdout, re.MULTILINE))) for kind in COUNTS}
    if process.returncode != 0 and not counts["failures"] + counts["errors"]:
        counts["errors"] = 1
    shown = [] if process.returncode == 0 else [line for line in process.stdout.splitlines() if not re.match(r"(Ran \d+ test|FAILED \()", line)]
    print("\n".join([f"{'ok  ' if process.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)", *shown]), flush=True)
    return counts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
