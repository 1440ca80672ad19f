"""The stacks of this process's threads and of worker processes, for a trial that is stuck."""

import os
import signal
import sys
import threading
import time

_SIGNAL = signal.SIGRTMAX - 1
_FILE = ".stacks-"
_PATIENCE_SECONDS = 1.0


def answer_with_stacks(directory):
    """From now on this process writes its stacks to a file of ``directory`` when it is asked to, even if it is blocked."""
    import faulthandler

    file = open(os.path.join(directory, f"{_FILE}{os.getpid()}"), "wb")
    faulthandler.register(_SIGNAL, file, all_threads=True)


def ask_for_stacks(directory, pid):
    """The stacks of a process that answers; empty where it does not in time."""
    path = os.path.join(directory, f"{_FILE}{pid}")
    deadline = time.monotonic() + _PATIENCE_SECONDS
    try:
        os.kill(pid, _SIGNAL)
        text = ""
        while time.monotonic() < deadline:
            time.sleep(0.02)
            with open(path, errors="replace") as file:
                before, text = text, file.read()
            if text and text == before:
                break
        return _task_part(text)
    except OSError:
        return ""


def forget_stacks(directory, pid):
    """The process has ended."""
    try:
        os.unlink(os.path.join(directory, f"{_FILE}{pid}"))
    except OSError:
        pass  # it had not come so far


def thread_stack(native_id):
    """The stack of a thread of this process, the innermost call last; empty where there is no such thread."""
    import traceback

    for thread in threading.enumerate():
        if thread.native_id == native_id:
            frame = sys._current_frames().get(thread.ident)
            return "".join(traceback.format_list(_of_the_task(traceback.extract_stack(frame)))) if frame else ""
    return ""


def coroutine_stack(coroutine):
    """Where a coroutine waits, the innermost call last."""
    import traceback

    frames = []
    while getattr(coroutine, "cr_frame", None) is not None:
        frame = coroutine.cr_frame
        frames.append(traceback.FrameSummary(frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name))
        coroutine = coroutine.cr_await
    return "".join(traceback.format_list(_of_the_task(frames)))


def _task_part(text):
    """Of what faulthandler wrote, the innermost call first, the threads that are the task's, without what the host itself called."""
    threads = []
    for thread in text.strip().split("\n\n"):
        lines = thread.split("\n")
        at = next((number for number, line in enumerate(lines) if line.endswith(" in run_tasks")), None)
        if at is not None or not any(line.endswith((" in _wait_for_parent", " in _feed")) for line in lines):
            threads.append("\n".join(lines[:at]))
    return "\n\n".join(threads) + "\n"


def _of_the_task(stack):
    """Without what the host itself called."""
    for position in range(len(stack) - 1, -1, -1):
        if stack[position].name in ("run_tasks", "run_tasks_async"):
            return stack[position + 1 :] or stack
    return stack
