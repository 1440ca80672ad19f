"""How errors are told: the exception that ends a trial, and texts about the exceptions of tasks."""

import os

_OWN_FRAMES = os.path.dirname(os.path.abspath(__file__)) + os.sep
_MESSAGE_CHARACTERS = 1_000


class TrialFailed(Exception):
    """The trial cannot go on. ``message`` is one line for the user; ``detail`` may hold more, such as a traceback."""

    def __init__(self, message, detail=""):
        super().__init__(message, detail)
        self.message = message
        self.detail = detail


def describe(error):
    """An exception as ``ValueError: what it says``, bounded in length; never raises, whatever its ``__str__`` does."""
    name = type(error).__qualname__
    try:
        text = str(error)
    except BaseException as second:
        text = f"<its text cannot be had: {type(second).__qualname__}>"
    return f"{name}: {text}"[:_MESSAGE_CHARACTERS] if text else name


def format_traceback(error):
    """The traceback as Python prints it, without the leading frames that belong to the host."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename.startswith(_OWN_FRAMES):
        frames = frames.tb_next
    try:
        import traceback

        return "".join(traceback.format_exception(type(error), error, frames))
    except OSError:
        return _plain_traceback(error, frames)
    except BaseException as second:
        return f"{describe(error)}\n(its traceback cannot be formatted: {describe(second)})"


def _plain_traceback(error, frames):
    """Without the lines themselves, and without opening a file: a task may have taken all descriptors that there are."""
    lines = []
    while frames is not None:
        code = frames.tb_frame.f_code
        lines.append(f'  File "{code.co_filename}", line {frames.tb_lineno}, in {code.co_name}\n')
        frames = frames.tb_next
    return "".join(["Traceback (most recent call last):\n", *lines, describe(error), "\n"])
