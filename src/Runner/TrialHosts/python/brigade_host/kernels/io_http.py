"""``io.http``: fetches a URL with GET over a connection that each worker keeps alive; any status is a result. The thin case of the workload ``http``."""

from ..workloads import http

TIMEOUT_SECONDS = 30


def make_task(params, scratch):
    return http.make_task(_exchange(params), scratch)


def make_task_async(params, scratch):
    return http.make_task_async(_exchange(params), scratch)


def _exchange(params):
    return {
        "url": params["url"],
        "method": "GET",
        "headers": {},
        "expectStatus": None,
        "timeoutMs": TIMEOUT_SECONDS * 1000,
        "keepAlive": True,
        "version": "1.1",
        "verifyCertificate": True,
    }
