"""Two who act at once on what hangs together: none waits for the other in a circle, and the second sees what the first did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.calls import beginning, drafting, opening
from cadre.calls.facts import CallFacts
from cadre.calls.models import Call
from cadre.calls.reading import call_row
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid
from cadre.core.reader import OPERATOR
from cadre.decisions import confirming, documents, mandates, putting, putting_times, taking
from cadre.decisions.confirming import DecisionDetails
from cadre.decisions.documents import DocumentFacts, VersionForm
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Action, Document, DocumentVersion
from cadre.decisions.putting import StartForm
from cadre.decisions.service import ActionForm, DecisionForm, record_action, record_decision
from cadre.groups import editing, roles
from cadre.groups.models import Group
from cadre.groups.rights import group_row, one_by_one
from cadre.meetings import outcomes, polling
from cadre.meetings.models import Meeting, Poll, PollSlot
from cadre.meetings.poll_reading import poll_row
from cadre.oversight import carrying
from cadre.oversight.drafts import CarryForm
from tests.conftest import copied
from tests.decisions.world import SAM, SPEAKING
from tests.oversight.carried import World
from tests.worlds import both, meanwhile

pytestmark = pytest.mark.postgres
ALL = dict.fromkeys(SPEAKING, "supports")
OVER = CarryForm("sunset", groups=("bees",))


@pytest.fixture
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """No decision is taken yet. On PostgreSQL: the other database has one writer at a time."""
    with ExitStack() as stack, closing(World(lambda name, fill: stack.enter_context(copied(request, "postgres", name, fill)))) as found:
        yield found


def done_while(world: World, act: Callable[[], object], *slowly: Any, **then: Any) -> object:
    """What becomes of an act while the secretariat does something else, which comes to its end too."""
    outcome, done = meanwhile(world.database.write, act, SAM, *slowly, **then)
    assert not isinstance(done, Exception), done
    return outcome


def dissolved(world: World) -> DecisionFacts:
    return world.decided("Dissolve the bees")


def acts(session: Session, group: str) -> str:
    """A next step of a group, which refers to a meeting too."""
    return record_action(session, ActionForm(group, "Count", "Compter", "quinn", clock.today(session), "january")).id


def decides(session: Session) -> str:
    return record_decision(session, DecisionForm("council", "january", "Buy", "Acheter")).id


# Whoever refers to what another locks


@pytest.mark.parametrize(
    "slowly",
    [
        lambda session: editing.save_description(session, "bees", {"description_en": "Busy"}, {}),
        lambda session: outcomes.decide(session, "january", "Go on", "Continuer"),
    ],
    ids=["group", "meeting"],
)
def test_who_refers_to_what_another_writes_does_not_wait_in_a_circle(world: World, slowly: Callable[[Session], object]) -> None:
    world.do(OPERATOR, lambda session: setattr(session.get_one(Meeting, "january"), "starts_at", clock.now(session)))
    assert isinstance(done_while(world, lambda: world.do(SAM, acts, "bees"), slowly), str)


def test_nor_does_who_refers_to_a_group_while_a_decision_about_another_is_carried_out(world: World) -> None:
    assert isinstance(done_while(world, lambda: world.do(SAM, decides), carrying.carry_out, dissolved(world).id, OVER), str)


def test_nor_does_who_refers_to_a_council_while_a_decision_of_it_is_confirmed(world: World) -> None:
    (item,) = world.closed(ALL).items
    assert isinstance(done_while(world, lambda: world.do(SAM, decides), confirming.confirm, item.id, DecisionDetails()), str)


def test_nor_does_who_supersedes_a_decision_that_is_corrected(world: World) -> None:
    earlier, (item,) = world.decided(), world.closed(ALL).items
    why, anew = ("Typo", "Coquille"), DecisionDetails(wording=("Anew", "Derechef"))
    slowly = partial(confirming.correct, id_=earlier.id, details=anew, reason=why, seen=confirming.shown_of(earlier))
    assert isinstance(done_while(world, lambda: world.confirm(item.id, supersedes=earlier.id), slowly), DecisionFacts)


# While a group is dissolved


def test_who_gives_a_role_while_a_group_is_dissolved_does_not_wait_in_a_circle(world: World) -> None:
    decision, typed = dissolved(world).id, {"person": "ona", "role": "member"}
    outcome = done_while(
        world,
        lambda: world.do(SAM, roles.add_role, "bees", typed),
        one_by_one,
        then=lambda session: carrying.carry_out(session, decision, OVER),
    )
    assert isinstance(outcome, Invalid)


def call_of_bees(world: World) -> CallFacts:
    """Ready to be opened."""
    made = world.do(SAM, beginning.begin, group="bees", priority=None)

    def ready(session: Session) -> None:
        row = session.get_one(Call, made.id)
        row.description = row.asked = row.commitment = row.criteria = both("As said")
        row.closes_at, row.jurisdictions = clock.now(session) + timedelta(days=30), "ON"

    world.do(OPERATOR, ready)
    return made


def poll_of_bees(world: World) -> tuple[int, int]:
    """A poll that is open, and one of its times."""
    poll = world.polls("bees")
    return poll, world.read(lambda session: session.scalars(select(PollSlot.id).where(PollSlot.poll == poll).limit(1)).one())


def test_nor_does_who_opens_a_call_of_it(world: World) -> None:
    decision, call = dissolved(world).id, call_of_bees(world).id
    done = done_while(
        world,
        lambda: world.do(SAM, carrying.carry_out, decision, OVER),
        lambda session: call_row(session, call, lock=True),
        then=lambda session: opening.open_now(session, call),
    )
    assert isinstance(done, tuple)
    assert world.read(lambda session: session.get_one(Call, call).state) == "cancelled", "opened just before"


def test_nor_does_who_changes_or_cancels_one(world: World) -> None:
    decision, call = dissolved(world).id, call_of_bees(world).id
    changed = partial(beginning.begin, group="bees", priority=None)
    done = done_while(
        world,
        lambda: world.do(SAM, carrying.carry_out, decision, OVER),
        lambda session: call_row(session, call, lock=True),
        then=lambda session: (drafting.cancel(session, call, "No money", "Faute d'argent"), changed(session)),
    )
    assert isinstance(done, tuple)


def test_nor_does_who_makes_a_time_of_its_poll_the_meeting(world: World) -> None:
    decision, (poll, slot) = dissolved(world).id, poll_of_bees(world)
    done = done_while(
        world,
        lambda: world.do(SAM, carrying.carry_out, decision, OVER),
        lambda session: poll_row(session, poll, lock=True),
        then=lambda session: polling.choose(session, poll, slot),
    )
    assert isinstance(done, tuple)
    assert world.read(lambda session: session.get_one(Poll, poll).state) == "chosen"
    assert world.read(lambda session: session.scalars(select(Meeting.state).where(Meeting.group == "bees")).all()) == ["cancelled"]


@pytest.mark.parametrize(
    "act",
    [
        lambda session: acts(session, "bees"),
        lambda session: beginning.begin(session, group="bees", priority=None),
        lambda session: editing.save_description(session, "bees", {"description_en": "Busy"}, {}),
    ],
    ids=["action", "call", "description"],
)
def test_what_is_written_of_a_group_while_it_is_dissolved_is_refused(world: World, act: Callable[[Session], object]) -> None:
    outcome = done_while(world, lambda: world.do(SAM, act), carrying.carry_out, dissolved(world).id, OVER)
    assert isinstance(outcome, Invalid), outcome
    assert "was dissolved" in outcome.fields["group"].msgid


def test_what_was_written_of_it_just_before_ends_with_it(world: World) -> None:
    decision = dissolved(world)
    assert isinstance(done_while(world, lambda: world.carry(decision, OVER), acts, "bees"), tuple)
    assert world.read(lambda session: session.scalars(select(Action.state)).all()) == ["dropped"]


# Documents


def test_who_approves_a_draft_while_another_changes_it_does_not_wait_in_a_circle(world: World) -> None:
    made, decision = world.do(SAM, mandates.draft, "bees", VersionForm("Fly", "Voler")), world.decided().id
    assert made.draft
    approves = partial(documents.approve, version=made.draft.id, decision=decision)
    changes = partial(documents.save_draft, document=made.id, form=VersionForm("Fly high", "Voler haut"))
    locks = select(Document.id).where(Document.id == made.id).with_for_update()
    approved = done_while(world, lambda: world.do(SAM, approves), lambda session: session.execute(locks), then=changes)
    assert isinstance(approved, DocumentFacts)


def test_who_approves_a_draft_that_another_changes_approves_what_stands_there_then(world: World) -> None:
    made, decision = world.do(SAM, mandates.draft, "bees", VersionForm("Fly", "Voler")), world.decided().id
    assert made.draft
    approves = partial(documents.approve, version=made.draft.id, decision=decision)
    changes = partial(mandates.draft, group="bees", form=VersionForm("Fly high", "Voler haut"))
    approved = done_while(world, lambda: world.do(SAM, approves), changes)
    assert isinstance(approved, DocumentFacts)
    assert [each.text.en for each in approved.versions] == ["Fly high"]
    assert world.read(lambda session: session.get_one(Group, "bees").mandate) == Bilingual("Fly high", "Voler haut")


def test_two_who_begin_a_mandate_at_once_begin_one(world: World) -> None:
    begins = partial(mandates.draft, group="bees", form=VersionForm("Fly", "Voler"))
    done_while(world, lambda: world.do(SAM, begins), begins)
    assert len(world.read(documents.documents, kind="mandate")) == 1
    (found,) = world.read(documents.documents, kind="mandate")
    assert len(found.versions) == 1


def test_mandates_take_effect_in_the_order_in_which_a_decision_locks_groups(world: World) -> None:
    decision, by = world.decided(), dissolved(world).id

    def approved(session: Session) -> None:
        for number, (id_, group) in enumerate((("first", "wasps"), ("second", "ants"))):
            session.add(Document(id=id_, kind="mandate", group=group, title=both("Mandate")))
            version = DocumentVersion(document=id_, number=1, text=both(f"Buzz {number}"), decision=decision.id)
            version.effective, version.made_at, version.made_by = decision.effective, clock.now(session), "Sam"
            session.add(version)

    world.do(OPERATOR, approved)
    of_the_day = lambda: world.do(OPERATOR, mandates.take_effect, world.today())  # noqa: E731  # said twice
    first = partial(group_row, id_="ants", lock=True)
    assert done_while(world, of_the_day, first, then=lambda session: carrying.carry_out(session, by, OVER)) == 2


# The same window twice


@pytest.mark.parametrize(
    "sends",
    [
        lambda session: putting.begin(session, StartForm("council", title_en="Honey", view_id="V1")).id,
        lambda session: record_decision(session, DecisionForm("council", "january", "Buy", "Acheter"), view_id="V1").id,
        lambda session: record_action(session, ActionForm("bees", "Count", "Compter", "quinn", clock.today(session)), view_id="V1").id,
        lambda session: documents.begin(session, "guidelines", "council", "Hives", "Ruches", view_id="V1").id,
    ],
    ids=["question", "decision", "action", "document"],
)
def test_the_same_window_twice_at_once_makes_one(world: World, sends: Callable[[Session], object]) -> None:
    made: list[object] = []
    outcome = done_while(world, lambda: world.do(SAM, sends), lambda session: made.append(sends(session)))
    assert [outcome] == made


def test_a_comment_sent_twice_at_once_is_one_and_none_comes_after_the_closing(world: World) -> None:
    question = world.opened_own(kind="consultation", wording_en="", wording_fr="")
    writes = partial(taking.comment, question_id=question.id, text="More bees", view_id="V1")
    assert done_while(world, lambda: world.do(SAM, writes), writes) is None
    assert len(world.standing(question).comments) == 1
    late = done_while(world, lambda: world.do(SAM, writes, view_id="V2"), putting_times.close_now, question.id)
    assert isinstance(late, Invalid), late
