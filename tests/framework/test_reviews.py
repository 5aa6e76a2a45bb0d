"""Reviews as the registry keeps them, on both databases: who is asked, rights, two at once, and what happens meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.marks import marks
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR, Actor
from cadre.framework import demonstration, kept, review, review_answers, review_notices, review_reading
from cadre.framework.models import ReviewItem, ReviewRecord
from cadre.framework.review_facts import PACKET, Line, View
from cadre.framework.review_rules import KINDS
from cadre.groups.models import Group
from cadre.meetings.models import Invitee, Meeting
from cadre.people.models import Role
from cadre.workplans.demonstration import populate as planned
from tests.conftest import make_sandbox
from tests.workplans.world import ANN, GUY, MEL, SAM, World
from tests.worlds import announced, at_once, give_role

WORKER = Actor("worker")
BEES = "group:bees"


@pytest.fixture
def open_(world: World) -> int:
    world.database.write(OPERATOR, lambda session: session.add(Invitee(meeting="coming", person="ann", answer="")))
    return world.database.write(SAM, review.open_, "coming").id


def stands(world: World, id_: int) -> View:
    return world.database.read(review_reading.coverage, id_, SAM)


def the(world: World, id_: int, kind: str, subject: str = BEES, key: str = "") -> Line:
    return next(each for each in stands(world, id_).lines if (each.kind, each.subject) == (kind, subject) and key in each.key)


def packet(world: World, id_: int, person: str = "ann") -> int:
    return stands(world, id_).packets[person]


def right(world: World, id_: int, by: Actor = ANN, key: str = "bees/name") -> View:
    line = the(world, id_, "fact", key=key)
    return world.database.write(by, review_answers.says_right, packet(world, id_, by.person or ""), {line.id: line.mark})


def slide(world: World, id_: int, text: str, by: Actor = ANN) -> View:
    item = the(world, id_, "slide").id
    said = {"slide_en": text, "slide_fr": ""}
    shown = marks({"slide_en": "", "slide_fr": ""})
    return world.database.write(by, review_answers.write_slide, packet(world, id_, by.person or ""), item, said, shown)


def told(world: World, kind: str) -> list[str]:
    return [person for what, _subject, person, _detail in world.database.read(announced) if what == kind]


def goes_on(world: World, change: Callable[[Session], Any] = lambda _session: None) -> None:
    """Something happens, and the next round of the worker sees it."""
    world.database.write(OPERATOR, lambda session: change(session) and None)
    world.database.write(WORKER, review_notices.follow, world.today)


def moved(days: int, world: World) -> Callable[[Session], Any]:
    def change(session: Session) -> None:
        session.get_one(Meeting, "coming").held = PartialDate.day(world.today + timedelta(days=days))

    return change


# -- opening


def test_leads_and_co_chairs_whose_role_is_confirmed_get_one_packet_each(world: World, open_: int) -> None:
    assert sorted(told(world, review.OPENED)) == ["ann", "guy", "lou"]
    asked = {(line.kind, line.key) for line in stands(world, open_).of("ann")}
    assert {("fact", "group/bees/name"), ("plan", ""), ("slide", ""), ("attendance", "")} <= asked
    assert ("fact", "role/bees.uma.co_chair/record") in asked, "of a role that nobody confirmed"


def test_only_the_secretariat_opens_closes_and_sees_how_it_stands(world: World, open_: int) -> None:
    for act, args in (
        (review.open_, ("coming",)),
        (review.close, (open_,)),
        (review.remind, (open_,)),
        (review_answers.confirm_said, (open_,)),
    ):
        with pytest.raises(Forbidden):
            world.database.write(ANN, act, *args)
    with pytest.raises(Forbidden):
        world.database.read(review_reading.coverage, open_, ANN)
    with pytest.raises(Forbidden):
        world.database.read(review_reading.packet, packet(world, open_, "guy"), ANN)
    with pytest.raises(Forbidden):
        world.database.write(MEL, review_answers.says_right, packet(world, open_), {})


@pytest.mark.parametrize("meeting", ["month", "call", "past"])
def test_no_review_before_what_has_no_day_is_no_meeting_in_person_or_is_over(world: World, meeting: str) -> None:
    with pytest.raises(Invalid):
        world.database.write(SAM, review.open_, meeting)


def test_opened_by_two_at_once_it_is_one_review_and_each_is_told_once(world: World) -> None:
    done = at_once(*[lambda: world.database.write(SAM, review.open_, "coming")] * 6)
    assert sum(isinstance(each, Conflict) for each in done) == 5, done
    assert sorted(told(world, review.OPENED)) == ["ann", "guy", "lou"]


# -- answers


def test_the_word_of_one_co_chair_is_enough_and_the_same_word_again_changes_nothing(world: World, open_: int) -> None:
    right(world, open_)
    line = the(world, open_, "fact", key="bees/name")
    assert (line.state, line.who) == ("right", "Ann")
    right(world, open_, GUY)
    assert the(world, open_, "fact", key="bees/name").who in ("Ann", "Guy")


def test_another_word_than_that_of_the_other_co_chair_is_refused_and_says_whose_stands(world: World, open_: int) -> None:
    right(world, open_)
    item = the(world, open_, "fact", key="bees/name").id
    with pytest.raises(Conflict) as told_:
        world.database.write(GUY, review_answers.says_wrong, packet(world, open_, "guy"), item, "Wasps")
    assert told_.value.who == "Ann"
    world.database.write(ANN, review_answers.says_wrong, packet(world, open_), item, "Wasps")
    assert the(world, open_, "fact", key="bees/name").text == "Wasps", "one's own word can be taken back"


def test_two_who_write_the_slide_at_once_leave_one_text_and_the_other_is_told(world: World, open_: int) -> None:
    done = at_once(*[lambda: slide(world, open_, "Honey")] * 3, *[lambda: slide(world, open_, "Wax", GUY)] * 3)
    assert any(isinstance(each, Invalid) for each in done), done
    text = world.database.read(review.slides, "coming")[BEES]
    assert text in (Bilingual("Honey", None), Bilingual("Wax", None))


def test_who_says_that_a_fact_is_right_says_it_of_what_they_saw(world: World, open_: int) -> None:
    line = the(world, open_, "fact", key="bees/name")
    right(world, open_)

    def rename(session: Session) -> None:
        session.get_one(Group, "bees").name = Bilingual("Wasps", "Guêpes")

    world.database.write(SAM, rename)
    assert the(world, open_, "fact", key="bees/name").open, "it is asked anew"
    assert world.database.write(SAM, review_answers.confirm_said, open_) == 0
    with pytest.raises(Invalid):
        world.database.write(ANN, review_answers.says_right, packet(world, open_), {line.id: line.mark})


def test_what_was_said_to_be_right_is_confirmed_all_at_once_and_by_nobody_else(world: World, open_: int) -> None:
    right(world, open_)
    assert world.database.write(SAM, review_answers.confirm_said, open_) == 1
    of = (Provenance.subject == "group", Provenance.subject_id == "bees", Provenance.field == "name")
    assert world.database.read(lambda session: session.scalar(select(Provenance.standing).where(*of))) == "confirmed"
    assert the(world, open_, "fact", key="bees/name").settled_by == "Sam Okafor"


def test_a_workplan_that_is_not_handed_in_is_not_up_to_date(world: World, open_: int) -> None:
    with pytest.raises(Invalid):
        world.database.write(ANN, review_answers.up_to_date, packet(world, open_), the(world, open_, "plan").id)


def test_the_secretariat_records_what_somebody_said_and_they_are_told(world: World, open_: int) -> None:
    item = the(world, open_, "slide").id
    said = {"slide_en": "Honey", "slide_fr": "Miel"}
    world.database.write(SAM, review_answers.write_slide, packet(world, open_), item, said, {})
    line = the(world, open_, "slide")
    assert (line.who, line.recorded_by) == ("Ann", "Sam Okafor")
    assert told(world, review_answers.RECORDED) == ["ann"]


# -- what happens meanwhile


def test_whoever_comes_to_lead_is_asked_and_whoever_left_answers_nothing(world: World, open_: int) -> None:
    def change(session: Session) -> None:
        give_role(session, "mel", "co_chair", group="bees")
        session.get_one(Role, "bees.ann.co_chair").until = PartialDate.day(world.today - timedelta(days=1))

    theirs, item = packet(world, open_), the(world, open_, "slide").id
    goes_on(world, change)
    assert told(world, review.OPENED).count("mel") == 1
    assert "slide" not in {line.kind for line in stands(world, open_).of("ann") if line.counts}
    with pytest.raises(Invalid):
        world.database.write(ANN, review_answers.write_slide, theirs, item, {"slide_en": "Honey"}, {})
    goes_on(world)
    assert told(world, review.OPENED).count("mel") == 1


def test_a_group_that_is_dissolved_is_asked_nothing_any_more(world: World, open_: int) -> None:
    def dissolve(session: Session) -> None:
        session.get_one(Group, "bees").state = "sunset"

    goes_on(world, dissolve)
    assert BEES not in stands(world, open_).by_subject()
    assert world.database.read(dated, open_, "guy") == "answered"


def dated(session: Session, id_: int, person: str) -> str | None:
    number = review_reading.coverage(session, id_, SAM).packets[person]
    return review_notices.PACKETS.some(session, [f"{PACKET}:{number}"])[f"{PACKET}:{number}"].settled


def test_it_goes_with_its_meeting_and_those_who_are_silent_are_told_once(world: World, open_: int) -> None:
    goes_on(world, moved(120, world))
    goes_on(world)
    assert sorted(told(world, review.MOVED)) == ["ann", "guy", "lou"]
    number = packet(world, open_)
    due = world.database.read(review_notices.PACKETS.some, [f"{PACKET}:{number}"])[f"{PACKET}:{number}"].due
    assert due == world.day(120)


def test_it_ends_with_its_meeting_and_is_closed_the_day_after_if_nobody_did(world: World, open_: int) -> None:
    goes_on(world, moved(-1, world))
    found = stands(world, open_).review
    assert (found.state, found.closed_by) == ("closed", "")
    assert found.snapshot == world.database.read(kept.snapshots, meeting="coming")[0].number
    goes_on(world)
    assert sorted(told(world, review.CLOSED)) == ["ann", "guy", "lou"]


def test_a_cancelled_meeting_ends_it_without_a_snapshot(world: World, open_: int) -> None:
    def cancel(session: Session) -> None:
        session.get_one(Meeting, "coming").state = "cancelled"

    goes_on(world, cancel)
    found = stands(world, open_).review
    assert (found.state, found.snapshot, found.cancelled) == ("ended", None, True)


# -- over


def test_closed_by_two_at_once_it_is_closed_once_and_kept_for_good(world: World, open_: int) -> None:
    slide(world, open_, "Honey")
    done = at_once(*[lambda: world.database.write(SAM, review.close, open_)] * 4)
    assert sum(isinstance(each, Conflict) for each in done) == 3, done
    before = stands(world, open_).lines
    assert {line.state for line in before if line.kind == "slide"} == {"done", "open"}

    def rewrite(session: Session) -> None:
        session.get_one(Group, "bees").name = Bilingual("Wasps", "Guêpes")
        session.get_one(ReviewItem, next(line.id for line in before if line.kind == "slide")).answer = ""

    world.database.write(OPERATOR, rewrite)
    assert stands(world, open_).lines == before
    with pytest.raises(RuntimeError):
        world.database.write(OPERATOR, lambda session: session.execute(update(ReviewRecord).values(content="[]")))


def test_an_answer_after_the_closing_is_refused_in_a_clear_word(world: World, open_: int) -> None:
    theirs, line = packet(world, open_), the(world, open_, "fact", key="bees/name")
    world.database.write(SAM, review.close, open_)
    with pytest.raises(Invalid) as refused:
        world.database.write(ANN, review_answers.says_right, theirs, {line.id: line.mark})
    assert "This review is closed" in refused.value.fields["review"].msgid


def test_an_answer_while_it_is_closed_counts_or_is_refused(world: World, open_: int) -> None:
    done = at_once(lambda: world.database.write(SAM, review.close, open_), *[lambda: slide(world, open_, "Honey")] * 3)
    (kept_,) = [line for line in stands(world, open_).lines if (line.kind, line.subject) == ("slide", BEES)]
    assert (kept_.state == "done") == any(isinstance(each, View) and each.review.state == "open" for each in done)


def test_what_there_is_not_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        world.database.read(review_reading.coverage, 99, SAM)


def test_the_demonstration_council_can_open_one_that_asks_all_four_things(filled_sqlite: Path, tmp_path: Path) -> None:
    address = f"sqlite:///{shutil.copy(filled_sqlite, tmp_path / 'demonstration.sqlite')}"
    make_sandbox(address)
    with closing(Database(address)) as database:
        database.write(OPERATOR, planned, clock.real().date())
        database.write(OPERATOR, demonstration.populate)
        (coming,) = database.read(review.upcoming, OPERATOR)
        assert coming.meeting == demonstration.MEETING
        lines = database.read(review.planned, coming.meeting, OPERATOR).lines
    assert {line.kind for line in lines} == set(KINDS)
