"""Windows of gaps and health in a large registry: Slack takes them, nothing at their end is lost, and the rest can be reached."""

from __future__ import annotations

from datetime import date

import pytest

from bot.blocks import Modal
from bot.modals import Frame
from bot.oversight import actions as of
from bot.oversight import carry_views, edition_views, health_views, views
from bot.oversight.carry_views import Carried
from bot.sandbox.slack.blockkit import view_problems
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.reader import Reader
from cadre.decisions.facts import DecisionFacts
from cadre.oversight.actions import Edit
from cadre.oversight.carrying import Preview
from cadre.oversight.drafts import CarryForm, Offer, Plan, Step
from cadre.oversight.editions import Edition, EditionFacts
from cadre.oversight.facts import Actions, Mandate, Meetings, Picture, PriorityNow
from cadre.oversight.gaps import Gaps
from cadre.oversight.health import Report
from cadre.oversight.load import load
from cadre.oversight.matrix import matrix
from cadre.oversight.rules import health
from tests.oversight.pictures import DAY, group, picture, post, text, tie, when

MANY = 120
READERS = [Reader("en_CA"), Reader("fr_CA")]
LONG = "A group whose name is as long as names of groups of governments are, and then some more words"


def large() -> Picture:
    groups = [group(f"{LONG} {n}", looked_at=True) for n in range(MANY)]
    ids = [each.id for each in groups]
    posts = tuple(post(f"{name} {n // 2}", "co_chair", id_, jurisdiction=f"j{n}") for n, id_ in enumerate(ids) for name in ("ann", "guy"))
    return picture(
        *groups,
        priorities=tuple(PriorityNow(f"p{n}", text(f"{LONG} {n}"), n) for n in range(MANY)),
        ties=tuple(tie(id_, f"p{n // 2}") for n, id_ in enumerate(ids)),
        posts=posts,
        mandates={id_: Mandate(True, when("2020")) for id_ in ids},
        meetings={id_: Meetings(when("2020")) for id_ in ids},
        actions={id_: Actions(late=3) for id_ in ids},
        jurisdictions={f"j{n}": text(f"{LONG} {n}") for n in range(MANY)},
    )


def taken(window: Modal) -> str:
    """That Slack takes a window, with all of its blocks; gives what it says."""
    payload = window.payload()
    assert view_problems(payload) == ()
    assert "…" not in [each.get("text") for block in payload["blocks"] for each in block.get("elements", ())]
    return str(payload["blocks"])


@pytest.mark.parametrize("reader", READERS)
def test_the_gap_analysis(reader: Reader) -> None:
    now = large()
    found = Gaps(matrix(now), load(now), edits=True)
    more = f"{of.GAPS}:after"
    assert len(found.matrix.overlaps) == MANY // 2
    windows = (
        views.window(found, "https://cadre.example.org", reader, Frame()),
        views.idle(found.matrix.rows, True, reader, Frame(views.IDLE)),
        views.overlaps(found, reader, Frame(views.OVERLAPS)),
        views.load(found, reader, Frame(views.LOAD)),
    )
    for window in windows:
        assert more in taken(window)
    assert more not in taken(views.window(found, None, reader, Frame(start=MANY - views.ROWS)))
    worst = found.matrix.priorities[-1]
    assert of.CALL in taken(views.priority(worst, True, reader, Frame()))
    taken(views.recommend(worst.priority.name, worst.cover, reader, Frame("priority:p1", under=Frame("priority:p1").packed())))


@pytest.mark.parametrize("reader", READERS)
def test_the_state_of_groups(reader: Reader) -> None:
    now = large()
    healths = tuple(health(now, each) for each in now.groups.values())
    report = Report(DAY, healths, (), agreed=False, edits=True)
    for own in (0, 3, MANY):
        report = Report(DAY, healths[:own], healths[own:], agreed=False, edits=True)
        assert f"{of.HEALTH}:after" in taken(health_views.window(report, "https://cadre.example.org", reader, Frame()))
        taken(health_views.window(report, None, reader, Frame(start=views.ROWS)))
    assert of.MEET in taken(health_views.group(healths[0], report, reader, Frame(healths[0].group.id)))
    assert health_views.message(report, reader).payload()["text"]


@pytest.mark.parametrize("reader", READERS)
def test_editions(reader: Reader) -> None:
    now = large()
    facts = EditionFacts(1, date(2027, 3, 1), True, "Sam", None, None)
    entries = {(each.group, each.priority): each for each in now.ties}
    found = Edition(facts, entries, now.groups, now.priorities, now.councils)
    one = next(iter(now.groups.values()))
    web = "https://cadre.example.org"
    assert f"{of.GAPS}:after" in taken(edition_views.edition(found, reader, Frame("edition:1"), edits=True, web=web))
    assert f"{of.GAPS}:after" in taken(edition_views.entries(found, one, reader, Frame("entries:1:x"), edits=True))
    sources = [(f"s{n}", Bilingual(f"{LONG} {n}", None)) for n in range(MANY)]
    taken(edition_views.entry(found, (one, "p0"), sources, reader, Frame(f"entries:1:{one.id}")))
    taken(edition_views.listing([facts] * MANY, True, reader, Frame("editions")))


CHANGES = [
    *(Edit("ends", f"role{n}", text(f"{LONG} {n}"), "", "2027", text(LONG), PartialDate.parse("2027")) for n in range(900)),
    *(Edit("drops", f"todo{n}", text(LONG * 30), "open", "dropped") for n in range(20)),
]


@pytest.mark.parametrize("reader", READERS)
def test_a_decision_that_changes_more_than_a_window_holds(reader: Reader) -> None:
    offers = [Offer(f"role:{n}", Edit("begins", f"r{n}", text(f"{LONG} {n}"), "", "member", text(LONG)), ticked=False) for n in range(700)]
    steps = tuple(Step("sunset", f"group:{n}") for n in range(40))
    plan = Plan("sunset", PartialDate.parse("2027"), steps, tuple(CHANGES), tuple(offers))
    found = Preview(DecisionFacts("d", 1, text("So be it"), None, None), plan, None)
    said = CarryForm(note=("Thank you", ""), ticked=("role:3",))
    window = taken(carry_views.preview(found, reader, Carried("d"), said))
    for name in ("note_en", "successors", "ticked:0", f"ticked:{carry_views.OFFERED - 10}"):
        assert f"'block_id': '{name}'" in window
    assert "Thank you" in window
    assert f"{len(CHANGES) - 200} " in window.replace("\\xa0", " "), "what is left out is counted"
