"""What can be measured of a serving process, as Prometheus reads it."""

import asyncio
import gc
import logging
import time
from collections.abc import Callable
from secrets import compare_digest

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.server.patience import is_here

LAG_SECONDS = 0.25
"""How often one looks whether the event loop is late."""
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The numbers of one process; each worker has its own, at its own address."""

    def __init__(self, token: str | None) -> None:
        self._token = token
        self._registry = of = CollectorRegistry()
        ProcessCollector(registry=of)
        PlatformCollector(registry=of)
        self.requests = Counter(
            "takeback_requests", "Requests answered.", ("method", "route", "status"), registry=of
        )
        self.request_seconds = Histogram(
            "takeback_request_seconds", "From request to answer.", ("route",), buckets=_SECONDS, registry=of
        )
        self.work_seconds = Histogram(
            "takeback_work_seconds",
            "What windows and interfaces had the shop do: look or act, and how it ended.",
            ("kind", "end"),
            buckets=_SECONDS,
            registry=of,
        )
        self.tap_seconds = Histogram(
            "takeback_tap_seconds", "From a tap to what is drawn for it.", buckets=_SECONDS, registry=of
        )
        self.store_errors = Counter(
            "takeback_store_errors", "Times that the store could not be used.", registry=of
        )
        self.faults = Counter(
            "takeback_faults", "Errors nobody expected, each with a code in the log.", registry=of
        )
        self.lag = Histogram(
            "takeback_loop_lag_seconds", "How late the event loop was.", buckets=_SECONDS, registry=of
        )
        self.pauses = Histogram(
            "takeback_gc_pause_seconds",
            "How long a garbage collection stopped everyone.",
            ("generation",),
            buckets=_SECONDS,
            registry=of,
        )
        self._codes = _Codes(self.faults)
        logging.getLogger("takeback").addHandler(self._codes)
        self._began = 0.0
        gc.callbacks.append(self._collected)

    def count(self, name: str, what: str, now: Callable[[], float]) -> None:
        """Have `now` tell, whenever it is asked for, how many there are."""
        Gauge(name, what, registry=self._registry).set_function(now)

    def watch(self, kind: str, end: str, seconds: float) -> None:
        """Something was looked at or done at the desk."""
        self.work_seconds.labels(kind, end).observe(seconds)
        if end == "trouble":
            self.store_errors.inc()

    async def feel_lag(self) -> None:
        """Notice for ever how late the event loop is."""
        while True:
            due = time.perf_counter() + LAG_SECONDS
            await asyncio.sleep(LAG_SECONDS)
            self.lag.observe(max(0.0, time.perf_counter() - due))

    def _collected(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._began = time.perf_counter()
        else:
            self.pauses.labels(info["generation"]).observe(time.perf_counter() - self._began)

    def close(self) -> None:
        """Measure no longer."""
        gc.callbacks.remove(self._collected)
        logging.getLogger("takeback").removeHandler(self._codes)

    async def answer(self, request: Request) -> Response:
        """The numbers, for who is at this machine or shows the token."""
        if not (self._shown(request) or _is_here(request)):
            return PlainTextResponse("There is nothing here.\n", 404)
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    def _shown(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        said = token.strip().encode()
        return (
            bool(self._token)
            and scheme.lower() == "bearer"
            and compare_digest(said, str(self._token).encode())
        )


class _Codes(logging.Handler):
    """Counts what the log tells with a code: whoever notes something need not think of it."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        if hasattr(record, "code"):
            self._counter.inc()


def _is_here(request: Request) -> bool:
    """Whether who asks is at this machine; a proxy at it says for whom it asks."""
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    return request.client is not None and is_here(request.client.host)
