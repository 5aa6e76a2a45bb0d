"""What an opening brings about: once, at its time."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from threading import Event
from time import sleep
from typing import Any

import pytest
from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.calls import stuck
from bot.delivery.worker import OneByOne
from bot.face import Told
from bot.registry import Registry
from cadre.calls import letter
from cadre.calls import service as calls
from cadre.calls.facts import CallFacts
from cadre.calls.models import Call, Invitation
from cadre.calls.reading import call_row
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.errors import Conflict, Forbidden, Invalid, NotFound
from cadre.core.models import Provenance, Source
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.groups.models import Group
from cadre.notices.posts import posts
from cadre.people.models import Person, Role
from cadre.priorities.models import Alignment, Priority
from tests.calls.world import EVERY, LEA, NIA, ONA, SAM, SECRETARIAT, World
from tests.worlds import LONG_ENOUGH, at_once, both, fields, give_role


def tick(world: World) -> int:
    """What the worker does, call by call; gives how many changed."""
    return sum(world.do(OPERATOR, calls.advance, id_) for id_ in world.read(calls.due))


def scheduled(world: World, **said: Any) -> CallFacts:
    return world.do(SAM, calls.schedule, world.draft(**said).id)


def text(world: World, call: CallFacts) -> str:
    _, content = world.read(calls.letter, call.id, SAM)
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


def test_a_call_that_cannot_open_keeps_no_other_from_it_and_the_secretariat_is_told_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, other = scheduled(world, priority=None, name_en="Broken"), scheduled(world, priority=None)
    written = letter.written

    def fail(call: CallFacts, *said: Any) -> bytes:
        if call.id == broken.id:
            raise ArithmeticError("a fault")
        return written(call, *said)

    monkeypatch.setattr(letter, "written", fail)
    world.later(hours=2)
    duty = OneByOne(calls.due, calls.advance, calls.stuck, calls.next_due)
    with closing(Registry(world.database)) as registry:
        for _round in range(2):
            asyncio.run(duty.run(registry))
    assert (world.call(broken.id).state, world.call(other.id).state) == ("scheduled", "open")
    assert world.told("call_stuck") == [(broken.subject, "sam")]
    assert "could not open at its time, because of a fault of Cadre. It is tried again" in _told_stuck(world, broken)
    monkeypatch.setattr(letter, "written", written)
    tick(world)
    assert (world.call(broken.id).state, len(world.grid(broken).invitations)) == ("open", len(EVERY))
    assert _told_stuck(world, broken).endswith("This call is open.")


def _told_stuck(world: World, call: CallFacts) -> str:
    told = Told(1, "call_stuck", call.subject, world.today(), "call_stuck", "announcement", "sam", world.today(), {"closing": False})
    return str(stuck.FACES[0].headline(world.call(call.id), told, Reader()))


def test_nobody_hears_of_a_fault_where_another_process_opened_the_call_since(world: World) -> None:
    call = scheduled(world, priority=None)
    world.later(hours=2)
    tick(world)
    world.do(OPERATOR, calls.stuck, call.id)
    assert world.told("call_stuck") == []


def test_who_opens_a_call_by_hand_while_others_open_by_the_clock_does_not_wait_in_a_circle(world: World) -> None:
    first, second = (scheduled(world, priority=None, opens_at=world.now() - timedelta(minutes=1)) for _ in range(2))
    held = Event()

    def by_hand(session: Session) -> CallFacts:
        call_row(session, second.id, lock=True)
        held.set()
        sleep(LONG_ENOUGH)
        return calls.open_now(session, second.id)

    def by_the_clock() -> None:
        held.wait()
        tick(world)

    made = at_once(lambda: world.do(SAM, by_hand), by_the_clock)
    assert [each for each in made if isinstance(each, Exception)] == []
    assert (world.call(first.id).state, world.call(second.id).state) == ("open", "open")


def test_a_scheduled_call_opens_at_its_time_and_not_before_and_once(world: World) -> None:
    made = scheduled(world)
    assert (tick(world), world.call(made.id).state) == (0, "scheduled")
    assert world.read(calls.next_due) == made.opens_at
    world.later(hours=2)
    assert (tick(world), tick(world)) == (1, 0)
    opened = world.call(made.id)
    assert (opened.state, world.read(calls.next_due)) == ("open", made.closes_at)
    assert opened.opened_at
    assert timedelta(0) <= opened.opened_at - (world.began + timedelta(hours=2)) < timedelta(minutes=5)
    assert len(world.told("call_opened")) == 6


def test_two_who_open_it_at_the_same_moment_open_it_once(world: World) -> None:
    made = scheduled(world, opens_at=world.now() - timedelta(minutes=1))
    assert sorted(str(each) for each in at_once(*[lambda: tick(world)] * 4)) == ["0", "0", "0", "1"]
    assert len(world.grid(made).invitations) == len(EVERY)
    assert len(world.told("call_opened")) == 6


def test_a_call_closes_at_its_time_and_the_secretariat_is_told(world: World) -> None:
    made = world.opened()
    world.later(days=21)
    assert (tick(world), tick(world)) == (1, 0)
    closed = world.call(made.id)
    assert closed.state == "closed"
    assert closed.closed_at
    assert world.told("call_closed") == [(made.subject, "sam")]
    assert world.read(calls.next_due) is None


def test_a_call_that_lacks_something_when_its_time_comes_is_a_draft_again_and_the_secretariat_is_told(world: World) -> None:
    made = scheduled(world)
    world.later(days=30)  # nothing ran for a month
    assert tick(world) == 1
    assert (world.call(made.id).state, world.told("call_not_opened")) == ("draft", [(made.subject, "sam")])
    assert world.grid(made).invitations == ()


def test_from_the_opening_there_is_an_invitation_for_each_jurisdiction_and_it_is_silent(world: World) -> None:
    made = world.opened()
    assert world.states(made) == dict.fromkeys(EVERY, "silent")
    assert {(each.way, each.answered_at, each.recorded_by) for each in world.grid(made).invitations} == {(None, None, None)}
    assert (made.totals.invited, made.totals.answered) == (5, 0)


def test_those_hear_of_it_who_are_confirmed_members_or_alternates_for_a_jurisdiction_now(world: World) -> None:
    made = world.opened()
    found = {each.jurisdiction.id: [person.id for person in each.representatives] for each in world.grid(made).invitations}
    assert found == {"CA": ["fern"], "ON": ["ona", "otto"], "QC": ["quinn"], "YT": ["yuki"], "MISA": ["misha"]}
    subjects = {each.subject: each.jurisdiction.id for each in world.grid(made).invitations}
    told = sorted((subjects[subject], person) for subject, person in world.told("call_opened"))
    assert told == [("CA", "fern"), ("MISA", "misha"), ("ON", "ona"), ("ON", "otto"), ("QC", "quinn"), ("YT", "yuki")]


def test_only_members_of_a_council_that_is_invited_answer(world: World) -> None:
    made = world.opened(councils=("council",))
    assert (world.invitation(made, "QC").representatives, world.invitation(made, "QC").last_contact) == ((), None)
    assert world.invitation(made, "ON").last_contact is None, "nothing reached them yet"


def test_the_group_is_made_as_proposed_with_its_proposed_co_chairs_and_serves_the_priority(world: World) -> None:
    made = world.opened()

    def look(session: Session) -> None:
        group = session.get_one(Group, made.group)
        assert (group.id, group.name, group.state) == ("the-name", made.name, "proposed")
        assert (group.kind, group.owner, group.description) == ("working_group", "council", made.description)
        roles = session.scalars(select(Role).where(Role.group == group.id).order_by(Role.person)).all()
        assert [(role.person, role.role, role.since) for role in roles] == [("lea", "co_chair", None), ("leo", "co_chair", None)]
        facts = session.scalars(select(Provenance).where(Provenance.source == "calls").order_by(Provenance.id)).all()
        assert [(fact.subject, fact.standing) for fact in facts] == [
            ("group", "stated"),
            ("role", "stated"),
            ("role", "stated"),
            ("alignment", "stated"),
        ]
        aligned = session.scalars(select(Alignment)).one()
        assert (aligned.group, aligned.priority, aligned.strength) == (group.id, "identity", "supports")
        assert session.get_one(Priority, "identity").group == group.id

    world.read(look)
    again = world.opened(priority=None, councils=("council",))
    assert again.group == "the-name-2"
    assert (again.owner, world.read(calls.proposal, priority="identity").group) == ("council", "the-name")


def test_a_call_for_a_group_that_is_there_makes_none(world: World) -> None:
    made = world.opened(group="bees", priority=None)
    assert made.group == "bees"
    assert world.read(lambda session: session.scalars(select(Role).where(Role.group == "bees")).all()) == []


def test_it_is_posted_once_in_each_channel(world: World) -> None:
    made = world.opened(channels=("C0GENERAL", "C0DIGITAL", "C0GENERAL"))
    assert world.read(posts, made.subject) == (("C0DIGITAL", None), ("C0GENERAL", None))


def test_the_letter_says_all_in_both_languages_from_the_co_chairs_named(world: World) -> None:
    made = world.opened(seats=12)
    assert made.number == f"{world.today().year}-01"
    written = text(world, made)
    english, _, french = written.partition("Joint Councils of Canada")[2].partition("Le texte : name")
    for said in (
        "The name",
        "The description",
        "The asked",
        "The commitment",
        "The criteria",
        f"{made.number}",
        "Lea",
        "Leo",
        "CA, MISA, ON",
        "Member, alternate and observer. 12 seats",
    ):
        assert said in english
    for said in (
        "Le texte : description",
        "Le texte : asked",
        "Le texte : commitment",
        "Le texte : criteria",
        "Lea",
        "Leo",
        "CA (fr), MISA (fr), ON (fr)",
    ):
        assert said in french
    assert world.read(calls.letter, made.id, ONA)[0] == made.number
    assert world.read(calls.letter, made.id, LEA)[0] == made.number
    with pytest.raises(Forbidden):
        world.read(calls.letter, made.id, NIA)


def test_there_is_no_letter_before_the_opening(world: World) -> None:
    made = world.draft()
    with pytest.raises(NotFound):
        world.read(calls.letter, made.id, SAM)


def test_what_no_document_can_hold_hinders_no_letter(world: World) -> None:
    def stray(session: Session) -> None:
        session.get_one(Person, "lea").name = "L\x0bea"

    world.do(OPERATOR, stray)  # from another system
    made = world.opened(name_en="The\x0c name", asked_en="The\x1f as\ufffeked\nin two lines", asked_fr="Le\x08 texte")
    assert (made.name, made.asked) == (Bilingual("The name", "Le texte : name"), Bilingual("The asked\nin two lines", "Le texte"))
    assert "\nLea\n" in text(world, made)


def test_the_letter_is_kept_as_it_was_issued(world: World) -> None:
    made = world.opened()
    before = world.read(calls.letter, made.id, SAM)
    world.do(SAM, calls.extend, made.id, world.now() + timedelta(days=50), "An election", "Des élections")

    def rename(session: Session) -> None:
        session.get_one(Group, made.group).name = both("Another name")

    world.do(OPERATOR, rename)
    assert world.call(made.id).name == both("Another name")
    assert world.read(calls.letter, made.id, SAM) == before


def test_letters_are_numbered_one_after_the_other_whoever_opens_at_the_same_moment(world: World) -> None:
    drafts = [world.draft(priority=None) for _ in range(4)]
    made = at_once(*[lambda id_=each.id: world.do(SAM, calls.open_now, id_) for each in drafts])
    year = world.today().year
    assert sorted(str(getattr(each, "number", each)) for each in made) == [f"{year}-0{n}" for n in range(1, 5)]
    assert world.opened().number == f"{year}-05"


PAT = Actor("Pat Pinewater (U0PAT)", "sam", SECRETARIAT)
"""Another officer."""


def test_a_call_is_opened_by_hand_before_its_time_but_not_twice(world: World) -> None:
    made = world.do(SAM, calls.open_now, world.draft(opens_at=None).id)
    assert (made.state, made.opens_at is not None) == ("open", True)
    assert world.do(SAM, calls.open_now, made.id) == made, "sent twice, it is done once"
    with pytest.raises(Conflict) as done:
        world.do(PAT, calls.open_now, made.id)
    assert done.value.who == SAM.label
    for _ in range(2):
        assert world.do(SAM, calls.close_now, made.id).state == "closed"
    assert len(world.told("call_closed")) == 1
    with pytest.raises(Conflict):
        world.do(PAT, calls.close_now, made.id)
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.open_now, made.id)
    assert fields(problem) == {"state"}
    assert world.read(lambda session: len(session.scalars(select(Invitation)).all())) == len(EVERY)


def test_of_a_call_that_is_not_open_yet_only_the_secretariat_knows(world: World) -> None:
    made = world.draft()
    assert world.read(calls.calls, ONA) == ()
    with pytest.raises(Forbidden):
        world.read(calls.call, made.id, ONA)
    world.do(SAM, calls.open_now, made.id)
    other, last = world.opened(priority=None, closes_at=world.now() + timedelta(days=5)), world.draft()
    assert [each.id for each in world.read(calls.calls, ONA)] == [other.id, made.id]
    assert [each.id for each in world.read(calls.calls, SAM)] == [other.id, made.id, last.id]
    assert world.read(lambda session: session.get_one(Call, last.id).group) is None


def test_what_the_library_says_of_a_letter_is_replaced_by_what_is_so(world: World) -> None:
    made = world.opened()
    _, content = world.read(calls.letter, made.id, SAM)
    said = Document(BytesIO(content)).core_properties
    assert (said.author, said.comments, said.subject) == ("Lea, Leo", "", made.number)
    assert said.created is not None
    assert said.created.year == world.today().year


def test_the_letter_names_the_address_of_the_secretariat(world: World) -> None:
    assert "The secretariat: sam@iccs.example.org" in text(world, world.opened()), "without one of its own, those of its members"
    with closing(Database(world.database.engine.url, frozenset({SECRETARIAT}), "secretariat@example.org")) as database:
        second = database.write(SAM, calls.open_now, world.draft().id)
    assert "The secretariat: secretariat@example.org" in text(world, second)


def test_the_co_chairs_in_whose_name_the_letter_goes_out_are_told(world: World) -> None:
    made = world.opened()
    assert world.told("call_issued") == [(made.subject, "lea"), (made.subject, "leo")]


def test_a_group_without_a_description_gets_what_the_call_says_and_another_keeps_its_own(world: World) -> None:
    def description(of: str) -> Bilingual | None:
        return world.read(lambda session: session.get_one(Group, of).description)

    world.opened(group="bees", priority=None)
    assert description("bees") == both("On its own")

    def forget(session: Session) -> None:
        session.get_one(Group, "bees").description = None

    world.do(OPERATOR, forget)
    silent = world.draft(group="bees", priority=None, description_en="", description_fr="")
    with pytest.raises(Invalid) as problem:
        world.do(SAM, calls.schedule, silent.id)
    assert fields(problem) == {"description_en", "description_fr"}
    made = world.opened(group="bees", priority=None)
    assert description("bees") == made.description == Bilingual("The description", "Le texte : description")


def test_what_comes_of_an_invented_priority_is_invented_too(world: World) -> None:
    def invent(session: Session) -> None:
        session.add(Source(id="play", origin="demonstration", title=both("Play")))
        session.flush()
        session.add(Provenance(subject="priority", subject_id="identity", field="record", source="play", standing="stated"))

    world.do(OPERATOR, invent)
    made = world.opened()

    def sources(session: Session) -> set[tuple[str, str]]:
        rows = session.scalars(select(Provenance).where(Provenance.subject_id.startswith(str(made.group)))).all()
        return {(row.subject, row.source) for row in rows}

    assert world.read(sources) == {("group", "play"), ("role", "play"), ("alignment", "play")}


def test_who_co_chairs_the_group_already_is_not_called_proposed(world: World) -> None:
    world.do(OPERATOR, give_role, "lea", "co_chair", group="bees")
    call = world.opened(priority=None, group="bees")
    assert call.sitting == tuple(chair for chair in call.chairs if chair.id == "lea")
    said = text(world, call)
    for each in ("Lea\nCo-chair", "Leo\nProposed co-chair"):
        assert each in said
