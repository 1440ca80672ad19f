"""The kernel of the bare scripts: the very file that Brigade's Python host runs."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "TrialHosts" / "python"))

from brigade_host.kernels.cpu_primes import make_task  # noqa: E402


def primes(limit):
    """One task of ``cpu.primes``: a function of the task's index."""
    return make_task({"limit": limit}, None)
