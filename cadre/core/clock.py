"""The only place that asks what time it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cadre.core.reader import DEFAULT_ZONE


def real() -> datetime:
    """Real time, in UTC: for leases, ticks and signatures, which a moved clock must not touch."""
    return datetime.now(UTC)


def ticks() -> float:
    """Seconds of a clock that only runs forward: for measuring how long something took."""
    return time.monotonic()


def now(session: Session) -> datetime:
    """Workspace time, in UTC: real time, moved by the offset that a sandbox keeps in the registry."""
    offset: float = session.info.get("clock_offset", 0.0)
    return real() + timedelta(seconds=offset)


def today(session: Session, zone: str = DEFAULT_ZONE) -> date:
    """The day that it is in a time zone."""
    return day(now(session), zone)


def day(at: datetime, zone: str = DEFAULT_ZONE) -> date:
    """The day of a moment in a time zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def stale_zones() -> list[str]:
    """Zones whose rules are out of date in the zone data in use; empty when all is well.

    Four jurisdictions stopped changing clocks in 2026 (IANA 2026b to 2026e): with older data each of them is an hour wrong.
    """
    expected = {"America/Winnipeg": -5, "America/Edmonton": -6, "America/Vancouver": -7, "America/Inuvik": -6}
    winter = datetime(2026, 12, 1, 12, tzinfo=UTC)
    return [zone for zone, hours in expected.items() if winter.astimezone(ZoneInfo(zone)).utcoffset() != timedelta(hours=hours)]
