"""One trial from its request to its last record: the table of contents of the host."""

import os
import sys
from time import monotonic_ns

_PACKAGE = os.path.dirname(os.path.abspath(__file__))
if _PACKAGE in sys.path:
    sys.path.remove(_PACKAGE)  # Python put it there: the host's modules would hide the user's of the same name
if os.path.dirname(_PACKAGE) not in sys.path:
    sys.path.insert(0, os.path.dirname(_PACKAGE))  # here, and from here in worker processes

from brigade_host import ending, protocol
from brigade_host.deadlock import DeadlockWatch
from brigade_host.errors import TrialFailed, describe, format_traceback
from brigade_host.load import Load
from brigade_host.recording import Recorder
from brigade_host.strategies import create_strategy
from brigade_host.workload import load_workload


def main():
    ending.ignore_interrupts()
    requests, records = protocol.claim_standard_streams()
    output = protocol.Output(records)
    recorder = Recorder(output)
    try:
        output.hello()
        request = protocol.read_request(requests)
        ending.end_with_input(requests)
        conduct(request, output, recorder)
    except BaseException as error:
        recorder.flush()  # what was measured until now is kept
        output.failed(*explain(error))
        ending.end_trial(1)
    ending.wait_for_the_end()


def conduct(request, output, recorder):
    workload = load_workload(request)
    if hasattr(workload, "prepare"):
        workload.prepare(request)
    strategy = create_strategy(request, workload, output, recorder)

    output.ready(strategy.start())
    watch = DeadlockWatch(strategy, recorder, output, request["scratch"])

    warmup = Load.from_request(request["warmup"], spread=True)
    warmup.start()
    strategy.run(warmup, recorder.throwaway_logs(strategy.workers))

    if hasattr(workload, "begin"):
        workload.begin()
    strategy.faults.is_armed = True
    load = Load.from_request(request["load"], workers=strategy.workers)
    logs = recorder.start(strategy.workers)
    started = load.start()
    output.measuring(started)
    strategy.run(load, logs)
    ended = monotonic_ns()
    watch.stop()
    totals = {"lost": 0, **recorder.finish(), **strategy.totals()}
    if load.arrivals is not None:
        totals["dropped"] = load.arrivals.dropped
    strategy.finish()
    if hasattr(workload, "figures"):
        more = workload.figures({**totals, "elapsedNs": ended - started})
        totals.update(more, figures={**totals.get("figures", {}), **more.get("figures", {})})
    output.done(ended, totals, workload.warnings + strategy.warnings + strategy.faults.missed())


def explain(error):
    """The message and detail of ``failed`` for whatever ended the trial."""
    if isinstance(error, TrialFailed):
        return error.message, error.detail
    return f"the Python trial host failed: {describe(error)}", format_traceback(error)


if __name__ == "__main__":
    main()
