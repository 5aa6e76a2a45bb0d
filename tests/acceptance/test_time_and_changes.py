"""Hours in seven cities, and who changed what."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.models import Change
from tests.acceptance.conftest import Cadre
from tests.acceptance.invented import registry_file


@pytest.mark.parametrize(
    ("zone", "hour"),
    [
        ("America/St_Johns", "08:30"),
        ("America/Winnipeg", "07:00"),
        ("America/Edmonton", "06:00"),
        ("America/Vancouver", "05:00"),
        ("America/Inuvik", "06:00"),
        ("America/Whitehorse", "05:00"),
        ("America/Regina", "06:00"),
    ],
)
def test_noon_utc_in_december_2026(zone: str, hour: str) -> None:
    """Four of them stopped changing clocks in 2026 (domain.md 6.3)."""
    import bot.cli  # noqa: F401  # as Cadre starts

    assert f"{datetime(2026, 12, 1, 12, tzinfo=UTC).astimezone(ZoneInfo(zone)):%H:%M}" == hour


def test_the_doctor_says_that_zones_are_current(cadre: Cadre, invented_url: str) -> None:
    assert "time zone data is current" in cadre("doctor", url=invented_url).out


def test_an_import_is_recorded_field_by_field_with_who_when_before_and_after(cadre: Cadre, invented_url: str) -> None:
    before = datetime.now(UTC)
    text = registry_file().replace('until: "2018-06"', 'until: "2018-05"').replace("name: Tom Penashue", "name: Thomas Penashue")
    assert cadre("import", "-", url=invented_url, typed=text).code == 0

    def changes(session: Session) -> list[Change]:
        return list(session.scalars(select(Change).where(Change.before.is_not(None)).order_by(Change.subject)))

    with closing(Database(invented_url)) as database:
        found = database.read(changes)
    told = [(each.subject, each.subject_id, each.field, each.before, each.after, each.by) for each in found]
    assert told == [
        ("person", "tom-penashue", "name", "Tom Penashue", "Thomas Penashue", "operator"),
        ("role", "lighthouse.first", "until_text", "2018-06", "2018-05", "operator"),
    ]
    for each in found:
        assert before - timedelta(minutes=1) <= each.at <= datetime.now(UTC)
