"""A group is dissolved by a decision: what ends with it, what is kept of it, that it is read only; and how a later decision reopens it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import date, time

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.ask import service as ask
from cadre.calls import beginning
from cadre.calls.models import Call
from cadre.core import clock
from cadre.core.errors import Conflict, Invalid
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import OPERATOR, Reader
from cadre.decisions import documents
from cadre.decisions.models import Action, Closing
from cadre.decisions.service import ActionForm, record_action
from cadre.groups import editing, roles
from cadre.groups.models import Group, Link
from cadre.meetings import polling
from cadre.meetings.arranging import schedule
from cadre.meetings.models import Meeting, Poll, Series
from cadre.meetings.polling import PollForm
from cadre.meetings.views import MeetingForm, Repeat
from cadre.notices.posts import posts
from cadre.oversight import carrying
from cadre.oversight.drafts import CarryForm
from cadre.people import holders
from cadre.people.models import Role
from tests.conftest import DATABASES, copied
from tests.decisions.world import SAM
from tests.oversight.carried import World

NOTE = CarryForm(note=("Thank you", "Merci"), unfinished=("The map", "La carte"), successors=("ants", "wasps"))


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """No decision is taken yet."""
    with ExitStack() as stack, closing(World(lambda name, fill: stack.enter_context(copied(request, request.param, name, fill)))) as found:
        yield found


def untils(session: Session) -> dict[str, str | None]:
    rows = session.scalars(select(Role).where(Role.group == "bees"))
    return {row.id: row.until.text if row.until else None for row in rows}


def test_its_roles_end_on_that_day_and_what_it_had_ahead_does_not_come(world: World) -> None:
    world.do(OPERATOR, lambda session: setattr(session.get_one(Group, "bees"), "channel", "C0BEES"))
    single, first, poll, action = (
        world.meets("bees", 5),
        world.meets("bees", 7, repeat=Repeat("week")),
        world.polls("bees"),
        world.acts("bees", "quinn"),
    )
    call = world.do(SAM, beginning.begin, group="bees", priority=None).id
    decision = world.agreed("r-sunset")
    whats = [each.what for each in world.preview(decision).plan.edits]
    assert whats == [
        "state", "ends", "ends", "cancels", "ends_series", "closes_poll", "closes_call", "drops", "closing", "tells",
    ]  # fmt: skip
    world.carry(decision, NOTE)
    assert decision.effective
    day = decision.effective.text
    assert world.read(untils) == {"bees.bea.co_chair": day, "bees.quinn.member": day, "bees.yuki.member": "2020"}
    assert world.read(lambda session: {row.state for row in session.scalars(select(Meeting).where(Meeting.group == "bees"))}) == {
        "cancelled"
    }
    assert world.read(lambda session: session.scalars(select(Series.state)).all()) == ["ended"]
    assert world.read(lambda session: session.get_one(Poll, poll).state) == "closed"
    assert world.read(lambda session: session.get_one(Call, call).state) == "cancelled"
    assert world.read(lambda session: session.get_one(Action, action).state) == "dropped"
    told = world.told("meeting_cancelled")
    assert sorted(person for _, person in told) == ["bea", "quinn"], "each is told once, of however many meetings"
    assert {subject for subject, _ in told} <= {f"meeting:{single}", f"meeting:{first}"}
    kept = world.read(lambda session: session.scalars(select(Closing.id)).one())
    assert world.told("group_dissolved") == [(f"closing:{kept}", "bea"), (f"closing:{kept}", "quinn")]
    assert world.read(posts, f"closing:{kept}") == (("C0BEES", None),)


def test_what_is_kept_of_it_and_what_it_becomes(world: World) -> None:
    decision = world.agreed("r-sunset")
    world.carry(decision, NOTE)

    def look(session: Session) -> tuple[object, ...]:
        row = session.scalars(select(Closing)).one()
        assert row.note
        assert row.unfinished
        links = session.scalars(select(Link.target_group).where(Link.source_group == "bees", Link.kind == "becomes"))
        return row.note.fr, row.unfinished.en, row.outcomes, row.decision, sorted(links)

    assert world.read(look) == ("Merci", "The map", None, decision.id, ["ants", "wasps"])
    assert world.changes(decision)["role", "bees.bea.co_chair", "until_text"][0] is None


def test_only_a_group_that_goes_on_takes_over(world: World) -> None:
    world.carry(world.decided("Dissolve the ants"), CarryForm("sunset", groups=("ants",)))
    with pytest.raises(Invalid, match="successors"):
        world.carry(world.agreed("r-sunset"), CarryForm(successors=("ants",)))
    assert world.group("bees")[0] == "active"


def _meets(session: Session) -> object:
    return schedule(session, MeetingForm("bees", day=date.fromordinal(clock.today(session).toordinal() + 3), at=time(13), minutes=60))


def _polls(session: Session) -> object:
    today = clock.today(session).toordinal()
    slots = tuple((date.fromordinal(today + 20), time(hour)) for hour in (13, 14))
    return polling.open_poll(session, PollForm("bees", slots, date.fromordinal(today + 9), invited=("quinn",)))


@pytest.mark.parametrize(
    "edit",
    [
        _meets,
        _polls,
        lambda session: editing.save_settings(session, "bees", {"state": "active"}, {}),
        lambda session: editing.save_description(session, "bees", {"description_en": "Busy"}, {}),
        lambda session: roles.add_role(session, "bees", {"person": "ona", "role": "member"}),
        lambda session: roles.save_role(session, "bees.bea.co_chair", {"until": ""}, {}),
        lambda session: record_action(session, ActionForm("bees", "Hum", "Bourdonner", "quinn", clock.today(session))),
        lambda session: documents.begin(session, "mandate", "bees", "Mandate", "Mandat"),
        lambda session: beginning.begin(session, group="bees", priority=None),
    ],
    ids=["meeting", "poll", "settings", "description", "role", "role again", "action", "document", "call"],
)
def test_it_is_read_only(world: World, edit: Callable[[Session], object]) -> None:
    world.carry(world.agreed("r-sunset"))
    with pytest.raises(Invalid) as told:
        world.do(SAM, edit)
    assert "was dissolved" in told.value.fields["group"].msgid


def test_a_decision_that_supersedes_it_reopens_it_with_the_roles_that_are_ticked(world: World) -> None:
    action = world.acts("bees", "quinn")
    first = world.agreed("r-sunset")
    world.carry(first, NOTE)
    world.later(days=30)
    second = world.decided("Bees are back", supersedes=first.id)
    seen = world.preview(second, CarryForm("undo"))
    assert [(each.key, each.ticked) for each in seen.plan.offers] == [("role:bees.bea.co_chair", False), ("role:bees.quinn.member", False)]
    assert seen.plan.edits[0].what == "state"
    assert [each.before for each in seen.plan.edits if each.what == "unlinked"] == ["ants", "wasps"]
    world.carry(second, CarryForm("undo", ticked=("role:bees.bea.co_chair",), seen=seen.plan.mark))
    assert world.group("bees")[0] == "active"
    assert [each.person.id for each in world.read(holders.of_groups, ["bees"])] == ["bea"]
    assert [person for _, person in world.told("group_reopened")] == ["bea"]
    begun = world.read(untils)
    assert begun["bees.bea.co_chair"] == first.effective.text if first.effective else None, "what was stays as it was"
    assert begun["bees.bea.co_chair-2"] is None
    assert world.read(lambda session: session.get_one(Action, action).state) == "open"
    assert world.read(lambda session: session.scalars(select(Closing.reopened)).one()) == second.id
    assert world.read(lambda session: session.scalars(select(Link).where(Link.kind == "becomes")).all()) == [], (
        "no group takes over from it"
    )
    with pytest.raises(Conflict):
        world.carry(second, CarryForm("undo"))
    assert world.do(SAM, editing.save_description, "bees", {"description_en": "Busy"}, {}).description


def test_what_goes_on_already_is_not_reopened(world: World) -> None:
    first = world.agreed("r-sunset")
    world.carry(first)
    second = world.decided("Bees are back", supersedes=first.id)
    world.carry(second, CarryForm("undo"))
    third = world.decided("Bees are back, again", supersedes=first.id)
    with pytest.raises(Invalid) as told:
        world.read(carrying.preview, third.id, CarryForm("undo"), SAM)
    assert "not dissolved" in told.value.fields["state"].msgid


@pytest.mark.parametrize(
    ("language", "question", "said"),
    [
        ("en", "what happened to the bees?", ("sunset", "Thank you", "Left unfinished: The map", "What follows it: the Ants")),
        ("en", "what is recommended for the bees?", ("sunset", "What follows it: the Ants")),
        ("fr", "qu'est-il advenu du groupe Bees (fr)?", ("dissous", "Merci", "Prend la relève")),
    ],
)
def test_questions_still_find_it_with_what_followed(world: World, language: Language, question: str, said: tuple[str, ...]) -> None:
    decision = world.agreed("r-sunset")
    world.carry(decision, NOTE)
    (part,) = world.read(ask.answer, question, Reader(LOCALES[language])).parts
    told = "\n".join((part.headline, *part.details))
    assert all(each in told for each in (*said, decision.label)), told
