"""A trial host that misbehaves on demand: fake_host.py MODE."""
import json
import os
import signal
import struct
import subprocess
import sys
import time

MODE = sys.argv[1]
OUT = sys.stdout.buffer


def now():
    return time.monotonic_ns()


def record(kind, payload):
    OUT.write(struct.pack("<IB", len(payload) + 1, kind) + payload)
    OUT.flush()


def text(kind, **payload):
    record(kind, json.dumps(payload).encode())


def tasks(count, worker=0, outcome=0, start=None, length=1000):
    start = start or now() - length
    record(4, b"".join(struct.pack("<HHIqqq", worker, outcome, 0, 0, start, start + length) for _ in range(count)))


def hello(protocol=1):
    text(1, protocol=protocol, runtime="fake", version="1.0")


def ready():
    text(2, at=now(), workers=[{"worker": 0, "pid": os.getpid(), "tid": os.getpid()}])


def measuring():
    text(3, at=now())
    time.sleep(0.01)


def done(count, errors=0, lost=0, checksum="00000000000000ff"):
    text(6, at=now(), tasks=count, errors=errors, lost=lost, checksum=checksum, serializationNs=2000000, channelNs=3000000, warnings=["a warning"])


def replaced(lost=0, worker=0, pid=None, tid=0, at=None, ended_at=None, reason="was ended by signal 9 (SIGKILL)"):
    at = at or now()
    text(8, at=at, endedAt=ended_at or at - 2_000_000, worker=worker, pid=os.getpid() if pid is None else pid, tid=tid, lost=lost, reason=reason)


def begin():
    hello()
    ready()
    measuring()


def wait_for_end():
    sys.stdin.buffer.read()


def spawn(script):
    """Starts a process in a session of its own; returns its number."""
    child = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(0.2)
    return child.pid if child.poll() is None else 0


BAD_REPLACEMENTS = {
    "replaced-unknown-worker": {"worker": 7},
    "replaced-by-nobody": {"pid": 0},
    "replaced-losing-less-than-nothing": {"lost": -1},
    "replaced-before-it-ended": {"at": now(), "ended_at": now() + 1_000_000},
    "replaced-in-the-future": {"at": now() + 60_000_000_000},
    "replaced-before-it-was-ready": {"at": now(), "ended_at": 1},
    "replaced-losing-too-much": {"lost": 7},
}

request = {"load": {}} if MODE == "deaf" else json.loads(sys.stdin.buffer.readline())
count = request["load"].get("tasks", 10)

if MODE == "good":
    begin()
    tasks(count - 1)
    tasks(1, outcome=1)
    text(5, index=count - 1, worker=0, message="ValueError: no", traceback="Traceback ...")
    done(count, errors=1)
    wait_for_end()
elif MODE == "slow":
    begin()
    while True:
        time.sleep(0.02)
        tasks(1)
elif MODE == "garbage":
    OUT.write(b"Hello, I am not a trial host.\n" * 10)
    OUT.flush()
    wait_for_end()
elif MODE == "garbage-json":
    record(1, b"{nope")
    wait_for_end()
elif MODE == "silent":
    wait_for_end()
elif MODE == "exit":
    print("boom: something broke", file=sys.stderr)
    sys.exit(3)
elif MODE == "exit-measuring":
    begin()
    tasks(4)
    sys.exit(0)
elif MODE == "killed":
    begin()
    tasks(4)
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)
elif MODE == "endless":
    begin()
    while True:
        tasks(1000)
elif MODE == "done-twice":
    begin()
    tasks(count)
    done(count)
    done(count)
    wait_for_end()
elif MODE == "hello-twice":
    hello()
    hello()
    wait_for_end()
elif MODE == "prints":
    begin()
    tasks(count)
    for _ in range(1600):
        sys.stderr.write("x" * 65535 + "\n")
    sys.stderr.write("the last line\n")
    done(count)
    wait_for_end()
elif MODE == "prints-to-output":
    begin()
    tasks(4)
    for _ in range(1600):
        OUT.write(b"x" * 65536)
elif MODE == "truncated":
    begin()
    OUT.write(struct.pack("<IB", 1000, 4) + b"abc")
    OUT.flush()
elif MODE == "daemon":
    daemon = spawn("import time\ntime.sleep(600)")
    begin()
    text(5, index=0, worker=0, message=str(daemon), traceback="")
    tasks(count)
    done(count)
    wait_for_end()
elif MODE == "daemon-hangs":
    daemon = spawn("import time\ntime.sleep(600)")
    begin()
    text(5, index=0, worker=0, message=str(daemon), traceback="")
    time.sleep(600)
elif MODE == "stubborn":
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(name, signal.SIG_IGN)
    begin()
    tasks(count)
    done(count)
    time.sleep(600)
elif MODE == "memory":
    begin()
    hoard = bytearray(200 << 20)
    time.sleep(600)
elif MODE == "miscounts":
    begin()
    tasks(count - 1)
    done(count)
    wait_for_end()
elif MODE == "gives-up":
    begin()
    tasks(count - 2)
    done(count - 2)
    wait_for_end()
elif MODE == "loses":
    begin()
    tasks(count - 2)
    replaced(lost=2)
    text(6, at=now(), tasks=count - 2, errors=0, lost=2, checksum="00000000000000ff", figures={"lostUpdates": 3.5})
    wait_for_end()
elif MODE == "loses-many":
    begin()
    tasks(count)
    for _ in range(8):
        replaced()
    done(count)
    wait_for_end()
elif MODE == "replaced-by-a-child":
    hello()
    child = spawn("import time\ntime.sleep(600)")
    text(2, at=now(), workers=[{"worker": 0, "pid": child, "tid": child}])
    measuring()
    tasks(1)
    os.kill(child, signal.SIGKILL)
    time.sleep(0.25)
    child = spawn("while True: pass")
    replaced(pid=child, tid=child)
    time.sleep(0.6)
    tasks(count - 1)
    done(count)
    wait_for_end()
elif MODE in BAD_REPLACEMENTS:
    begin()
    tasks(4)
    replaced(**BAD_REPLACEMENTS[MODE])
    wait_for_end()
elif MODE == "replaced-too-early":
    hello()
    replaced()
    wait_for_end()
elif MODE == "loses-while-warming-up":
    hello()
    ready()
    replaced(lost=1)
    wait_for_end()
elif MODE == "replaced-for-ever":
    begin()
    while True:
        replaced()
elif MODE == "loses-in-silence":
    begin()
    tasks(count - 2)
    done(count - 2, lost=2)
    wait_for_end()
elif MODE == "forgets-the-lost":
    begin()
    tasks(count - 2)
    replaced(lost=2)
    done(count - 2)
    wait_for_end()
elif MODE == "lost-twice":
    begin()
    tasks(count - 2)
    replaced(lost=1)
    done(count - 2, lost=1)
    wait_for_end()
elif MODE == "answers-twice":
    begin()
    tasks(4)
    replaced(lost=2)
    tasks(count - 4)
    done(count, lost=0)
    wait_for_end()
elif MODE == "announced-twice":
    hello()
    text(2, at=now(), workers=[{"worker": 0, "pid": os.getpid(), "tid": 0}] * 2)
    wait_for_end()
elif MODE == "odd-figures":
    begin()
    tasks(count)
    text(6, at=now(), tasks=count, errors=0, lost=0, checksum="00000000000000ff", figures={"Lost Updates": 1})
    wait_for_end()
elif MODE == "wrong-worker":
    begin()
    tasks(1, worker=7)
    wait_for_end()
elif MODE == "future":
    begin()
    tasks(1, start=now() + 60_000_000_000)
    wait_for_end()
elif MODE == "other-protocol":
    hello(protocol=2)
    wait_for_end()
elif MODE == "failed":
    hello()
    text(7, message="line 3: invalid syntax", detail="File \"work.py\", line 3")
    wait_for_end()
elif MODE == "environment":
    hello()
    text(7, message=",".join(sorted(os.environ)), detail=os.getcwd())
    wait_for_end()
elif MODE == "deaf":
    begin()
    tasks(10)
    done(10)
    time.sleep(600)
elif MODE == "leaves-a-child":
    begin()
    tasks(4)
    if os.fork() == 0:
        time.sleep(600)
    os._exit(7)
elif MODE == "ready-too-early":
    hello()
    text(2, at=now() - 3_600_000_000_000, workers=[{"worker": 0, "pid": os.getpid(), "tid": 0}])
    wait_for_end()
elif MODE == "measuring-too-early":
    early = now()
    hello()
    ready()
    text(3, at=early)
    wait_for_end()
elif MODE == "done-too-early":
    early = now()
    begin()
    tasks(count)
    text(6, at=early, tasks=count, errors=0, lost=0, checksum="00000000000000ff", serializationNs=0, channelNs=0)
    wait_for_end()
elif MODE == "null-worker":
    hello()
    text(2, at=now(), workers=[None])
    wait_for_end()
elif MODE == "null-warning":
    begin()
    tasks(count)
    text(6, at=now(), tasks=count, errors=0, lost=0, checksum="00000000000000ff", serializationNs=0, channelNs=0, warnings=[None])
    wait_for_end()
elif MODE == "closes-output":
    begin()
    OUT.close()
    os.close(1)
    time.sleep(600)
else:
    sys.exit("unknown mode " + MODE)
