"""What time it is, and where: the pinned zone data only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update

from cadre.core import clock
from cadre.core.database import Database
from cadre.core.models import State
from cadre.core.reader import OPERATOR
from cadre.core.schema import ROOT

DECEMBER = {
    "America/St_Johns": -3.5,
    "America/Winnipeg": -5,
    "America/Edmonton": -6,
    "America/Vancouver": -7,
    "America/Inuvik": -6,
    "America/Whitehorse": -7,
    "America/Regina": -6,
}
"""domain.md 6.3: Manitoba, Alberta, the Northwest Territories and British Columbia changed their clocks for the last time in 2026."""


def hours(zone: str, when: datetime) -> float:
    offset = when.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds() / 3600


@pytest.mark.parametrize(("zone", "expected"), DECEMBER.items())
@pytest.mark.parametrize("day", [1, 31])
def test_offsets_in_december_2026(zone: str, expected: float, day: int) -> None:
    assert hours(zone, datetime(2026, 12, day, 12, tzinfo=UTC)) == expected


@pytest.mark.parametrize(
    ("zone", "january_2017", "july_2017", "july_2027"),
    [
        ("America/St_Johns", -3.5, -2.5, -2.5),
        ("America/Winnipeg", -6, -5, -5),
        ("America/Edmonton", -7, -6, -6),
        ("America/Vancouver", -8, -7, -7),
        ("America/Inuvik", -7, -6, -6),
        ("America/Whitehorse", -8, -7, -7),
        ("America/Regina", -6, -6, -6),
        ("America/Toronto", -5, -4, -4),
    ],
)
def test_what_was_and_what_will_be(zone: str, january_2017: float, july_2017: float, july_2027: float) -> None:
    moments = [datetime(2017, 1, 15, tzinfo=UTC), datetime(2017, 7, 15, tzinfo=UTC), datetime(2027, 7, 15, tzinfo=UTC)]
    assert [hours(zone, moment) for moment in moments] == [january_2017, july_2017, july_2027]


def test_only_the_pinned_package_is_read() -> None:
    assert zoneinfo.TZPATH == ()
    assert clock.stale_zones() == []


def test_neither_the_environment_nor_an_earlier_look_brings_old_rules_back(tmp_path: Path) -> None:
    program = """
from datetime import UTC, datetime
from zoneinfo import ZoneInfo
winter = datetime(2026, 12, 1, 12, tzinfo=UTC)
print(winter.astimezone(ZoneInfo("America/Winnipeg")).hour)
import cadre
print(winter.astimezone(ZoneInfo("America/Winnipeg")).hour)
"""
    old = doctored(tmp_path)
    printed = subprocess.run(
        [sys.executable, "-c", program], env=os.environ | {"PYTHONTZPATH": str(old)}, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == ["6", "7"]


def doctored(folder: Path) -> Path:
    """A tree of zone files in which Manitoba still follows Chicago, as in 2025."""
    with resources.as_file(resources.files("tzdata") / "zoneinfo" / "America") as pinned:
        (folder / "America").mkdir()
        shutil.copy(pinned / "Chicago", folder / "America" / "Winnipeg")
        shutil.copy(pinned / "Los_Angeles", folder / "America" / "Vancouver")
    return folder


@pytest.fixture
def old_zones(tmp_path: Path) -> Iterator[None]:
    zoneinfo.reset_tzpath(to=[doctored(tmp_path)])
    ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath(to=())
    ZoneInfo.clear_cache()


@pytest.mark.usefixtures("old_zones")
def test_old_zone_data_is_found() -> None:
    assert clock.stale_zones() == ["America/Winnipeg", "America/Vancouver"]


def test_real_time_is_utc_and_ticks_run_forward() -> None:
    assert clock.real().tzinfo is UTC
    assert abs(clock.real().timestamp() - time.time()) < 5
    assert clock.ticks() <= clock.ticks()


def test_a_moved_clock_moves_workspace_time_for_all_and_real_time_for_none(database: Database) -> None:
    moment = datetime(2026, 12, 1, 4, tzinfo=UTC)
    offset = (moment - clock.real()).total_seconds()
    database.write(OPERATOR, lambda session: session.execute(update(State).values(clock_offset=offset)))
    assert timedelta() <= database.read(clock.now) - moment < timedelta(seconds=30)
    assert timedelta() <= database.write(OPERATOR, clock.now) - moment < timedelta(seconds=30)
    assert abs(clock.real().timestamp() - time.time()) < 5
    assert database.read(clock.today, "America/St_Johns") == date(2026, 12, 1)
    assert database.read(clock.today, "America/Vancouver") == date(2026, 11, 30)
    assert database.read(clock.today) == date(2026, 11, 30), "the secretariat is in Toronto"
