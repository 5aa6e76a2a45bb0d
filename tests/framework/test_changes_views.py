"""What changed, in a large registry: Slack takes it, what stands at its end is not lost, and the rest can be reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.framework import changes_views as views
from bot.modals import Frame
from bot.sandbox.slack.blockkit import Surface, problems, view_problems
from cadre.core.dates import PartialDate
from cadre.core.reader import Reader
from cadre.framework.changing import Changed
from cadre.framework.differences import differences
from cadre.framework.ends import Called, End, Known, Taken
from cadre.framework.facts import MeetingIn, PostIn, RecommendationIn
from cadre.framework.kept import SnapshotFacts
from tests.framework.test_differences import BEFORE, DAY, group, text

READERS = [Reader("en_CA"), Reader("fr_CA")]
LONG = "A group whose name is as long as names of groups of governments are, and then some more words <b>*&" * 3
MANY = 120


def large(*, key: str = "x" * 80) -> Changed:
    names = {f"g{n}": group(f"g{n}", name=text(f"{LONG} {n}")) for n in range(MANY)}
    before = replace(BEFORE, groups={**BEFORE.groups, **names}, health={id_: {"facts": "unknown"} for id_ in names})
    after = replace(
        before,
        groups={
            **BEFORE.groups,
            **{id_: replace(each, kind="community_of_practice", state="dormant", owner="pscioc") for id_, each in names.items()},
            **{f"h{n}": group(f"h{n}", name=text(f"{LONG} {n}")) for n in range(MANY)},
        },
        recommendations={f"r{n}": RecommendationIn(f"r{n}", "gaps", "approved", wording=text(LONG)) for n in range(MANY)},
        posts=tuple(PostIn(f"p{n}", f"n{n}", f"Person {n}", "member", f"g{n % 3}") for n in range(MANY)),
        health={id_: {"facts": "to_complete"} for id_ in names},
        doubts=frozenset(),
    )
    meetings = tuple(
        Called(MeetingIn(f"{n}{key}"[:80], "jc", "in_person", PartialDate.day(DAY - timedelta(days=n)), None, text(LONG)), (), council=True)
        for n in range(MANY)
    )
    known = Known(DAY, meetings, tuple(Taken(n, DAY) for n in range(MANY, 0, -1)), DAY)
    since = End(DAY, meeting=meetings[0].meeting)
    return Changed(since, End(date(2027, 3, 3), said=PartialDate.parse("2027-03-03")), differences(before, after), DAY, False, known)


def snapshots(n: int) -> list[SnapshotFacts]:
    held = MeetingIn("m", "jc", "in_person", None, None, text(LONG))
    return [SnapshotFacts(number, DAY, NOON, "meeting", "Sam", "", {"groups": 3}, held) for number in range(n, 0, -1)]


NOON = datetime(2027, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize("reader", READERS)
def test_slack_takes_the_message(reader: Reader) -> None:
    payload = views.message(large(), "https://cadre.example.org/framework/changes", reader).payload()
    assert problems(payload["blocks"], Surface.MESSAGE) == ()
    assert "'text': '…'" not in str(payload), "nothing in the middle was left out"
    said = str(payload)
    for action in (views.SINCE, views.UNTIL, views.FILE, views.PAGE, views.SNAPSHOTS):
        assert action in said
    assert f"{MANY - 6}" in said.replace("\u00a0", " ")


@pytest.mark.parametrize("reader", READERS)
def test_slack_takes_the_windows(reader: Reader) -> None:
    window = views.window(large(), None, reader, Frame("snapshot:3")).payload()
    assert view_problems(window) == ()
    assert views.FILE in str(window)
    for start in (0, 20, 100):
        listed = views.snapshots(snapshots(MANY), reader, Frame(start=start), takes=True, note=reader.gettext("Saved.")).payload()
        assert view_problems(listed) == ()
        assert (f"{views.SNAPSHOTS}:before" in str(listed)) is (start > 0)
        assert (f"{views.SNAPSHOTS}:after" in str(listed)) is (start < 100)
    assert problems(views.snapshots_message(snapshots(MANY), reader).payload()["blocks"], Surface.MESSAGE) == ()
