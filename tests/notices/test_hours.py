"""Messages leave at 9:00 where their reader lives: around the days on which clocks change, and where they do not change any more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from cadre.core.reader import Actor
from cadre.notices import service
from cadre.notices.drafts import WORD
from cadre.workplans import service as workplans
from cadre.workplans.cycles import open_half
from cadre.workplans.facts import ActivityForm
from cadre.workplans.rules import half_of
from tests.conftest import one_registry
from tests.workspace import running

ROBIN = Actor("Robin Ashgrove (U0ROBIN)", "robin-ashgrove")


def owed(session: Session, due: date) -> None:
    """An activity that is due; and, in the evening before, word of something."""
    half = half_of(due)
    open_half(session, half, ["demo-council"])
    plan = f"demo-lanterns.{half}"
    workplans.save_activity(session, ActivityForm(plan, None, "Light the pier", "Éclairer le quai", due, ("robin-ashgrove",), None))
    service.announce(session, WORD, "word:1", ["robin-ashgrove"], {"en": "Fog", "fr": "Brume", "by": "Jordan"})


@one_registry
@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        # Clocks go back on Sunday, November 1, 2026, and forward on Sunday, March 14, 2027.
        ("America/St_Johns", "2026-10-30", "11:30"),
        ("America/St_Johns", "2026-11-02", "12:30"),
        ("America/St_Johns", "2027-03-12", "12:30"),
        ("America/St_Johns", "2027-03-15", "11:30"),
        ("America/Toronto", "2026-10-30", "13:00"),
        ("America/Toronto", "2026-11-02", "14:00"),
        ("America/Toronto", "2027-03-12", "14:00"),
        ("America/Toronto", "2027-03-15", "13:00"),
        # Manitoba and British Columbia did not put them back in 2026: IANA 2026b to 2026e.
        ("America/Winnipeg", "2026-10-30", "14:00"),
        ("America/Winnipeg", "2027-01-12", "14:00"),
        ("America/Vancouver", "2026-10-30", "16:00"),
        ("America/Vancouver", "2027-01-12", "16:00"),
    ],
)
async def test_it_is_nine_in_the_morning_where_the_reader_lives(sandbox_url: str, zone: str, day: str, utc: str) -> None:
    due = date.fromisoformat(day)
    evening = datetime.combine(due - timedelta(days=1), datetime.min.time()).replace(hour=23, minute=59)
    async with running(sandbox_url, duties=None, at=evening.isoformat()) as workspace:
        robin = workspace.user("robin-ashgrove")
        await workspace.post("user", id=robin.id, tz=zone)
        await workspace.quiet()
        await robin.home()  # whoever does something is asked for anew
        workspace.database.write(ROBIN, owed, due)
        await workspace.until(f"{day}T23:00", zone)
        told = [each for each in await robin.sees() if "Light the pier" in each.headline or "Fog" in each.headline]
    came = [datetime.fromtimestamp(float(each.ts), UTC) for each in told]
    assert [f"{each:%Y-%m-%d %H:%M}" for each in came] == [f"{day} {utc}"] * 2, "the reminder, and what was announced at night"
    assert {f"{each.astimezone(ZoneInfo(zone)):%H:%M}" for each in came} == {"09:00"}
