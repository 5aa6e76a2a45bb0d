"""A teleconference is arranged in a minute; whoever is invited is told once; what changed is named; nobody overwrites anybody unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid
from cadre.core.reader import OPERATOR, Reader
from cadre.meetings import choosing, wording
from cadre.meetings import service as meetings
from cadre.meetings.models import Meeting
from cadre.meetings.series import Series
from cadre.meetings.service import Rsvp
from cadre.meetings.views import MeetingForm, Repeat
from cadre.notices.models import Notice
from tests.meetings.world import EVERYBODY, NIA, NOBODY, ONA, SAM, VERA, WIN, World
from tests.worlds import at_once, fields

WHY = Bilingual("A storm", "Une tempête")


def test_a_co_chair_arranges_a_teleconference_and_everybody_confirmed_is_invited(world: World) -> None:
    made = world.scheduled(link="https://meet.example.org/bees", joining="Code 1234")
    assert made.facts.at == time(13, 30)
    assert made.facts.starts_at
    assert made.facts.starts_at.utcoffset() == timedelta()
    assert (made.counts.invited, made.counts.silent, made.counts.quorum) == (6, 5, False)
    assert world.told("meeting_invited") == sorted(set(EVERYBODY) - {"ona"}), "whoever arranges it need not be told"
    assert world.invitee(made.id, "ona").answer == "accepted"
    assert world.invitee(made.id, "ona").must
    assert not world.invitee(made.id, "win").must


def test_only_leads_co_chairs_and_the_secretariat_arrange_meetings(world: World) -> None:
    for actor in (WIN, NIA, NOBODY):
        with pytest.raises(Forbidden):
            world.scheduled(actor)
    assert world.scheduled(SAM).made_by == SAM.label


def test_how_to_join_is_told_to_those_invited_only(world: World) -> None:
    made = world.scheduled(link="https://meet.example.org/bees", joining="Code 1234", invited=("ona", "win"))
    assert [bool(world.seen(made.id, actor).joining) for actor in (ONA, WIN, SAM, VERA, NIA, NOBODY)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    with pytest.raises(Forbidden):
        world.read(meetings.invitees, made.id, VERA)


def test_the_same_window_sent_twice_makes_one_meeting(world: World) -> None:
    first, second = (world.do(ONA, meetings.schedule, world.form(), view_id="V1") for _ in range(2))
    assert first.id == second.id
    assert len(world.told("meeting_invited")) == 5


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"day": date(2020, 1, 1)}, {"day"}),
        ({"day": None}, {"day"}),
        ({"at": None}, {"at"}),
        ({"minutes": 0}, {"minutes"}),
        ({"minutes": 800}, {"minutes"}),
        ({"day": date(2028, 3, 12), "at": time(2, 30), "zone": "America/Toronto"}, {"at"}),
        ({"day": date(2028, 11, 5), "at": time(1, 30), "zone": "America/Toronto"}, {"fold"}),
        ({"link": "meet.example.org"}, {"link"}),
        ({"invited": ("nobody-known",)}, {"invited"}),
        ({"title_en": "x" * 3001}, {"title_en"}),
        ({"kind": "in_person", "repeat": Repeat("week")}, {"repeat"}),
        ({"repeat": Repeat("week", 0)}, {"interval"}),
        ({"repeat": Repeat("week", until=date(2020, 1, 1))}, {"until"}),
    ],
)
def test_what_cannot_be_taken_is_told_by_its_field(world: World, typed: dict[str, Any], wrong: set[str]) -> None:
    with pytest.raises(Invalid) as refused:
        world.scheduled(ONA, **typed)
    assert set(fields(refused)) == wrong


def test_of_a_time_that_comes_twice_the_one_that_was_chosen_is_kept(world: World) -> None:
    typed: dict[str, Any] = {"day": date(2028, 11, 5), "at": time(1, 30), "zone": "America/Toronto"}
    first, second = (world.scheduled(ONA, **typed, fold=fold).facts.starts_at for fold in (0, 1))
    assert first
    assert second
    assert second - first == timedelta(hours=1)


def test_an_in_person_meeting_is_known_to_the_month_until_its_day_is_fixed(world: World) -> None:
    form = MeetingForm("council", "in_person", month=PartialDate.parse("2028-06"), place_en="Charlottetown", place_fr="Charlottetown")
    made = world.do(SAM, meetings.schedule, form)
    assert made.facts.held == PartialDate.parse("2028-06")
    assert made.facts.starts_at is None
    days: dict[str, Any] = {"day": date(2028, 6, 6), "at": time(9), "last_day": date(2028, 6, 8), "minutes": 480}
    fixed = replace(form, month=None, zone="America/Halifax", place_fr="", **days)
    changed = world.do(SAM, meetings.change, made.id, fixed, shown=made.revision)
    assert changed.facts.held == PartialDate.parse("2028-06-06")
    assert changed.facts.last_day == date(2028, 6, 8)
    assert changed.facts.place == Bilingual("Charlottetown", None), "a language that is emptied is owed"


def test_a_day_whose_hour_is_open_is_moved_without_one(world: World) -> None:
    form = MeetingForm("council", "in_person", day=date(2028, 6, 6), last_day=date(2028, 6, 8))
    made = world.do(SAM, meetings.schedule, form)
    moved = world.do(SAM, meetings.change, made.id, replace(form, day=date(2028, 6, 7)), shown=made.revision)
    assert (moved.facts.held, moved.facts.at, moved.facts.starts_at) == (PartialDate.parse("2028-06-07"), None, None)
    assert wording.when(moved.facts, Reader()) == "Wednesday, June 7, 2028, until Thursday, June 8, 2028"
    call, hourless = world.scheduled(), world.form(at=None, day=date(2028, 6, 9))
    with pytest.raises(Invalid):
        world.do(ONA, meetings.change, call.id, hourless, shown=0)  # its hour is known
    world.do(OPERATOR, _forget_the_hour, call.id)
    assert world.do(ONA, meetings.change, call.id, hourless, shown=0).facts.held == PartialDate.parse("2028-06-09")


def _forget_the_hour(session: Session, id_: str) -> None:
    """As the registry has a meeting that was imported."""
    row = session.get_one(Meeting, id_)
    row.at = row.minutes = row.starts_at = None


def test_expected_results_keep_their_lines_in_both_languages(world: World) -> None:
    form = MeetingForm(
        "council", "in_person", month=PartialDate.parse("2028-06"), results_en="\nA list\nA plan", results_fr="Une carte\nUne liste"
    )
    made = world.do(SAM, meetings.schedule, form)
    assert made.results == (Bilingual(None, "Une carte"), Bilingual("A list", "Une liste"), Bilingual("A plan", None))
    fewer = world.do(SAM, meetings.change, made.id, replace(form, results_fr="Une carte"), shown=made.revision)
    assert fewer.results == (Bilingual(None, "Une carte"), Bilingual("A list", None), Bilingual("A plan", None))


@pytest.mark.parametrize(("hour", "at_any_hour"), [(7, True), (17, False)])
def test_a_change_reaches_people_before_the_meeting_would_begin(world: World, hour: int, at_any_hour: bool) -> None:
    world.at(datetime(2028, 3, 3, 22, 0, tzinfo=UTC))  # a Friday, five o'clock in Toronto
    made = world.scheduled(day=date(2028, 3, 6), at=time(8), zone="America/Toronto")
    world.do(ONA, meetings.change, made.id, world.form(day=date(2028, 3, 6), at=time(hour), zone="America/Toronto"), shown=made.revision)
    world.do(ONA, meetings.cancel, made.id, None, shown=made.revision + 1)
    told = world.read(lambda session: session.scalars(select(Notice).where(Notice.kind != "meeting_invited")).all())
    prompt = {each.kind: each.manner == "prompt" for each in told if each.person == "neil"}
    assert prompt == {"meeting_changed": True, "meeting_cancelled": at_any_hour}


def test_everybody_invited_is_told_once_what_changed_and_is_asked_again(world: World) -> None:
    made = world.scheduled()
    world.do(WIN, meetings.respond, made.id, meetings.Rsvp("accepted"))
    moved = world.do(ONA, meetings.change, made.id, world.form(at=time(15), title_en="Hives"), shown=made.revision, why=WHY)
    assert moved.revision == made.revision + 1
    assert world.told("meeting_changed") == sorted(set(EVERYBODY) - {"ona"}), "whoever moved it knows"
    told = {person: detail for kind, _, person, detail in world.announced() if kind == "meeting_changed"}
    assert {detail["was"]["at"] for detail in told.values()} == {"13:30:00"}
    assert {str(detail["changed"]) for detail in told.values()} == {"['at']"}
    assert [person for person, detail in told.items() if "asked_again" in detail] == ["win"], "the others had said nothing"
    assert world.invitee(made.id, "win").answer == "", "nobody has said that they come at the new time"


def test_a_new_title_asks_nobody_again(world: World) -> None:
    made = world.scheduled()
    world.do(WIN, meetings.respond, made.id, meetings.Rsvp("accepted"))
    world.do(ONA, meetings.change, made.id, world.form(title_en="Honey"), shown=made.revision)
    assert world.invitee(made.id, "win").answer == "accepted"


def test_of_two_who_move_a_meeting_at_once_the_second_sees_the_first_and_decides(world: World) -> None:
    made = world.scheduled()
    done = at_once(
        lambda: world.do(ONA, meetings.change, made.id, world.form(at=time(15)), shown=made.revision),
        lambda: world.do(SAM, meetings.change, made.id, world.form(at=time(16)), shown=made.revision),
    )
    (refused,) = (each for each in done if isinstance(each, meetings.Meanwhile))
    assert refused.who in ("Ona", "Sam Okafor")
    changed = world.read(meetings.what_changed, made.id, made.revision)
    assert set(changed) == {"at"}
    assert changed["at"][0] == "13:30:00"
    now = world.seen(made.id)
    world.do(SAM, meetings.change, made.id, world.form(at=time(16)), shown=now.revision)
    assert world.seen(made.id).facts.at == time(16)


def test_people_are_added_and_taken_off(world: World) -> None:
    made = world.scheduled(invited=("ona", "win"))
    changed = world.do(ONA, meetings.change, made.id, world.form(invited=("ona", "vera")), shown=made.revision)
    assert changed.counts.invited == 2
    assert (world.told("meeting_left"), world.told("meeting_changed")) == (["win"], [])
    assert world.told("meeting_invited") == ["vera", "win"]


def test_of_two_who_change_who_is_invited_the_second_sees_the_first_and_nobody_is_lost(world: World) -> None:
    made = world.scheduled()
    world.do(ONA, meetings.change, made.id, world.form(invited=(*EVERYBODY, "nia")), shown=made.revision)
    with pytest.raises(meetings.Meanwhile):
        world.do(SAM, meetings.change, made.id, world.form(invited=EVERYBODY), shown=made.revision)
    assert world.invitee(made.id, "nia")
    assert world.read(meetings.what_changed, made.id, made.revision).keys() == {"invited"}
    world.do(WIN, meetings.respond, made.id, Rsvp("accepted"), shown=made.revision)


def test_a_cancelled_meeting_is_told_once_and_takes_no_answers(world: World) -> None:
    made = world.scheduled()
    world.do(ONA, meetings.cancel, made.id, WHY, shown=made.revision)
    with pytest.raises(Conflict):
        world.do(SAM, meetings.cancel, made.id, WHY, shown=made.revision)
    with pytest.raises(Conflict):
        world.do(WIN, meetings.respond, made.id, meetings.Rsvp("accepted"))
    assert world.told("meeting_cancelled") == sorted(set(EVERYBODY) - {"ona"})
    assert world.seen(made.id).reason == WHY
    assert world.read(meetings.upcoming, ONA) == ()


def test_a_meeting_that_is_over_is_not_moved(world: World) -> None:
    made = world.scheduled()
    world.later(days=11)
    with pytest.raises(Invalid):
        world.do(ONA, meetings.change, made.id, world.form(), shown=made.revision)


def test_holidays_odd_hours_and_clashes_are_told_to_whoever_chooses(world: World) -> None:
    made = world.scheduled(day=date(2028, 7, 4), at=time(8, 30))
    assert made.facts.starts_at
    found = world.read(meetings.cautions, made.facts.starts_at, 60, ["neil", "vera"])
    assert [each.kind for each in found] == ["odd", "clash"]
    assert [person.id for person in found[0].people] == ["vera"]
    assert found[1].other
    assert found[1].other.id == made.id
    there = world.read(meetings.cautions, made.facts.starts_at, 60, ["vera"], besides=made.id, there="America/St_Johns")
    assert not there, "in person, the clock of the place counts"
    late = datetime(2028, 7, 4, 19, tzinfo=UTC)  # 16:30 in St. John's
    (ends,) = world.read(meetings.cautions, late, 60, ["neil"])
    assert (ends.ends, ends.local and ends.local.time()) == (True, time(17, 30))
    assert not world.read(meetings.cautions, made.facts.starts_at, 60, ["neil"], besides=made.id)
    weekly = world.scheduled(day=date(2028, 6, 26), repeat=Repeat("week", until=date(2028, 7, 17)))
    assert weekly.facts.starts_at
    following = weekly.facts.starts_at + timedelta(days=14)
    assert [each.kind for each in world.read(meetings.cautions, following, 60, ["neil"], besides=weekly.id)] == ["clash"], "another of it"
    rule = Series(date(2028, 6, 26), time(13, 30), "America/St_Johns")
    (off,) = world.read(choosing.cautions_of_series, rule, date(2028, 7, 10), 60, ["neil"], besides=weekly.id)
    assert (off.kind, off.days) == ("holiday", (date(2028, 7, 3),)), "the days of all that come, not of the first alone"
    canada_day = datetime(2028, 7, 3, 18, tzinfo=UTC)
    assert [each.kind for each in world.read(meetings.cautions, canada_day, 60, ["neil"])] == ["holiday"], "the Monday after Canada Day"
