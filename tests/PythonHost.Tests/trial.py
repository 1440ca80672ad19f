"""Drives the real Python trial host over pipes, as a runner does. Not a test."""

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import namedtuple
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = ROOT / "src/Runner/TrialHosts/python/brigade_host/__main__.py"
ANSWERS = ROOT / "tests/kernel-answers.json"
TIMEOUT_SECONDS = 60  # only a hanging host reaches it; the machine may be busy

HELLO, READY, MEASURING, TASKS, ERROR, DONE, FAILED, WORKER = range(1, 9)

TaskRecord = namedtuple("TaskRecord", "worker outcome reserved intended start end")


def interpreters():
    """The interpreters to test with: BRIGADE_TEST_PYTHONS (separated by os.pathsep), or what is found on this machine."""
    listed = os.environ.get("BRIGADE_TEST_PYTHONS")
    if listed:
        return listed.split(os.pathsep)
    candidates = [Path(sys.executable), Path("/usr/bin/python3")]
    candidates += sorted(Path.home().glob(".pyenv/versions/*/bin/python"))
    candidates += [Path(found) for minor in range(9, 16) if (found := shutil.which(f"python3.{minor}"))]
    found = {}
    for candidate in candidates:
        if candidate.exists():
            version = _version(candidate)
            if version and version >= (3, 9):
                found.setdefault(version, str(candidate))
    return list(found.values())


def _version(interpreter):
    probe = "import sys; print(*sys.version_info[:3])"
    answer = subprocess.run([interpreter, "-I", "-S", "-c", probe], capture_output=True, text=True)
    return tuple(map(int, answer.stdout.split())) if answer.returncode == 0 and answer.stdout.strip() else None


def looks_at_times(test):
    """A test that a busy machine could disturb: run.py runs it while nothing else runs."""
    test.looks_at_times = True
    return test


def kernel(name, **params):
    return {"kernel": name, "params": params}


def code(source, file="work.py"):
    return {"code": {"language": "python", "file": file, "source": source}}


class Trial:
    """A host that was started with a request. Use as a context manager: it leaves no process and no directory behind."""

    def __init__(self, python=None, request_line=None, new_session=True, options=(), environment=None, patience=TIMEOUT_SECONDS, **request):
        self.scratch = tempfile.mkdtemp(prefix="brigade-test-")
        self.records = []
        self.tasks = []
        self.error_sizes = []
        body = {
            "protocol": 1,
            "workload": kernel("cpu.primes", limit=200),
            "strategy": "sequential",
            "workers": 1,
            "load": {"tasks": 20},
            "warmup": {"tasks": 2},
            "scratch": self.scratch,
            **request,
        }
        self._stderr = tempfile.TemporaryFile()
        self.process = subprocess.Popen(
            [python or sys.executable, *options, str(HOST)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1", **(environment or {})},
            start_new_session=new_session,
        )
        self._watchdog = threading.Timer(patience, self.process.kill)
        self._watchdog.daemon = True
        self._watchdog.start()
        self.process.stdin.write(request_line or json.dumps(body).encode() + b"\n")
        self.process.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close_input()
        self.process.wait()
        self._watchdog.cancel()
        self.process.stdout.close()
        self._stderr.close()
        shutil.rmtree(self.scratch, ignore_errors=True)

    def read_until(self, *kinds):
        """Read records until one of ``kinds``; returns its body. Fails at the end of the output."""
        while True:
            kind, payload = self._read_record()
            if kind is None:
                raise AssertionError(f"the output ended; read {self.records}; standard error: {self.stderr()[-2000:]}")
            if kind == TASKS:
                self.tasks += map(TaskRecord._make, struct.iter_unpack("<HHIqqq", payload))
                body = payload
            else:
                body = json.loads(payload)
                if kind == ERROR:
                    self.error_sizes.append(len(payload))
            self.records.append((kind, body))
            if kind in kinds:
                return body

    def read_to_end(self):
        """Read everything up to the last record; returns ``done`` or raises with the failure."""
        body = self.read_until(DONE, FAILED)
        if self.records[-1][0] == FAILED:
            raise AssertionError(f"the trial failed: {body}; standard error: {self.stderr()[-2000:]}")
        return body

    def bodies(self, kind):
        return [body for found, body in self.records if found == kind]

    def close_input(self):
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass

    def stderr(self):
        self._stderr.seek(0)
        return self._stderr.read().decode(errors="replace")

    def _read_record(self):
        header = self.process.stdout.read(5)
        if not header:
            return None, b""
        length, kind = struct.unpack("<IB", header)
        if not 1 <= length <= 4 * 1024 * 1024:
            raise AssertionError(f"a record's length is out of bounds: {length}")
        payload = self.process.stdout.read(length - 1)
        return kind, payload


def living(pids):
    """Those of ``pids`` that run; a zombie does not."""
    alive = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state not in "ZX":
            alive.append(pid)
    return alive


def session_members(session):
    """The running processes of a session."""
    members = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] not in "ZX":
                members.append(int(entry.name))
    return members


def kill(pid):
    os.kill(pid, signal.SIGKILL)


def wait_until(condition, seconds=20):
    """Look again and again whether something has come true; False where it does not."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
