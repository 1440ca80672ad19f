"""How a trial ends: with its input, at once, and with everything that it started."""

import os
import signal
import sys
import threading
import time

_KILL_SECONDS = 2.0
_ending = threading.Lock()
_at_end = []


def ignore_interrupts():
    """Ctrl-C reaches the whole process group: the runner decides what it means. Worker processes inherit this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_with_input(descriptor):
    """From now on the end of the input ends the trial, whatever it is doing."""

    def watch():
        while os.read(descriptor, 4096):
            pass
        end_trial(0)

    threading.Thread(target=watch, name="input", daemon=True).start()


def wait_for_the_end():
    """Stay alive, with all workers, so that the runner can read their counters; ``end_with_input`` ends it."""
    _wait_forever()


def at_end(function):
    """Call ``function`` when everything that the trial started has ended, to give back what outlives processes."""
    _at_end.append(function)


def is_ending():
    return _ending.locked()


def end_trial(status):
    """End all that the trial started, then this process. Does not return and runs no exit handlers."""
    if not _ending.acquire(blocking=False):
        _wait_forever()  # another thread is at it
    try:
        _start_no_more_processes()
        _kill_everything_else()
        for function in _at_end:
            function()
        _remove_directory_of_multiprocessing()
        _let_resource_tracker_finish()
    finally:
        os._exit(status)


def _wait_forever(*_):
    while True:
        time.sleep(3600)


def _start_no_more_processes():
    """Workers that are killed would be replaced."""
    module = sys.modules.get("multiprocessing.process")
    if module:
        module.BaseProcess.start = _wait_forever


def _kill_everything_else():
    deadline = time.monotonic() + _KILL_SECONDS
    while time.monotonic() < deadline:
        victims = _find_victims()
        if not victims:
            return
        for pid in victims:
            try:
                os.kill(pid, signal.SIGKILL)
            except OSError:
                pass  # it ended by itself
        time.sleep(0.001)


def _find_victims():
    """Living descendants of this process and, where it leads a process group, the group's other members."""
    processes = dict(_read_processes())
    own, spared = os.getpid(), _resource_tracker_pid()
    leader = os.getpgrp() == own
    if not processes:  # no /proc: what multiprocessing knows is what can be known
        multiprocessing = sys.modules.get("multiprocessing")
        return [child.pid for child in multiprocessing.active_children()] if multiprocessing else []
    return [
        pid
        for pid, (parent, group) in processes.items()
        if pid not in (own, spared) and ((leader and group == own) or _descends(parent, own, processes))
    ]


def _descends(pid, ancestor, processes):
    while pid in processes:
        if pid == ancestor:
            return True
        pid = processes[pid][0]
    return False


def _read_processes():
    """``(pid, (parent, process group))`` of each process that is not a zombie."""
    try:
        entries = os.listdir("/proc")
    except OSError:
        return
    for entry in entries:
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", "rb") as file:
                    state, parent, group = file.read().rpartition(b")")[2].split()[:3]
            except (OSError, ValueError):
                continue  # it ended meanwhile
            if state not in (b"Z", b"X"):
                yield int(entry), (int(parent), int(group))


def _remove_directory_of_multiprocessing():
    """Where the sockets of a fork server or a manager are; an exit handler, which does not run, would do it."""
    module = sys.modules.get("multiprocessing.process")
    directory = module.current_process()._config.get("tempdir") if module else None
    if directory:
        from shutil import rmtree

        rmtree(directory, ignore_errors=True)


def _resource_tracker():
    """multiprocessing's helper that removes named semaphores (``spawn`` and ``forkserver``), if it was started."""
    module = sys.modules.get("multiprocessing.resource_tracker")
    tracker = getattr(module, "_resource_tracker", None)
    return tracker if getattr(tracker, "_pid", None) and getattr(tracker, "_fd", None) else None


def _resource_tracker_pid():
    tracker = _resource_tracker()
    return tracker._pid if tracker else None


def _let_resource_tracker_finish():
    """The tracker removes what is left in /dev/shm when the last descriptor to it closes: killing it would leave that behind."""
    tracker = _resource_tracker()
    if not tracker:
        return
    os.close(tracker._fd)
    deadline = time.monotonic() + _KILL_SECONDS
    while time.monotonic() < deadline:
        if os.waitpid(tracker._pid, os.WNOHANG)[0]:
            return
        time.sleep(0.001)
    os.kill(tracker._pid, signal.SIGKILL)
