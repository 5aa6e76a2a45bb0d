"""How notices stand, for whoever watches over the processes: Prometheus asks at /metrics."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from secrets import compare_digest
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.loopback import is_loopback
from bot.registry import Registry
from bot.settings import Settings
from cadre.notices import service
from cadre.notices.service import Counts

log: Final = logging.getLogger("cadre.web")
PATH: Final = "/metrics"
_SECONDS: Final = 5.0
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""What a proxy adds: then it is not this computer that asks, whatever the connection looks like."""


class Notices(Collector):
    """What the registry said of notices when it was asked."""

    def __init__(self, counts: Counts) -> None:
        self._counts = counts

    def collect(self) -> Iterator[Metric]:
        """Named and worded as https://prometheus.io/docs/practices/naming/ asks. What may fall again is a gauge."""
        now = self._counts
        yield GaugeMetricFamily("cadre_notices_due", "Notices and messages that are due and not sent yet.", now.due)
        yield CounterMetricFamily("cadre_notices_sent", "Notices that were sent.", now.sent)
        yield CounterMetricFamily("cadre_notices_skipped", "Notices that were not sent, because they were no longer true.", now.skipped)
        yield GaugeMetricFamily("cadre_notices_failed", "Messages that were given up, and that the secretariat may retry.", now.failed)
        yield GaugeMetricFamily("cadre_notices_lag_seconds", "How long the one that waits longest has been due.", now.lag_seconds)


def route(registry: Registry, settings: Settings) -> Route:
    """The address. It answers this computer, and whoever has the token of the settings."""
    process = ProcessCollector(registry=None)

    async def metrics(request: Request) -> Response:
        """Asked for at each scrape: nothing is counted beside the registry, so that any process tells the same."""
        if not _may_read(request, settings.metrics_token):
            return Response(status_code=401, headers={"www-authenticate": "Bearer"})
        try:
            async with asyncio.timeout(_SECONDS):
                counts = await registry.read(service.counts)
        except (SQLAlchemyError, TimeoutError) as problem:
            log.warning("the registry does not answer: %s", problem)
            return Response(status_code=503)
        told = CollectorRegistry()
        for collector in (Notices(counts), process):
            told.register(collector)
        return Response(generate_latest(told), media_type=CONTENT_TYPE_LATEST)

    return Route(PATH, metrics, methods=["GET"])


def _may_read(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if token and scheme.casefold() == "bearer" and compare_digest(given.strip().encode(), token.encode()):
        return True
    here = request.client is not None and is_loopback(request.client.host)
    return here and not any(name in request.headers for name in _FORWARDED)
