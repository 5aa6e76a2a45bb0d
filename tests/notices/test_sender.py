"""The sender itself, before a Slack that answers at once: at its pace, told to stop, and where somebody is not in Slack any more."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.delivery.email import Letter
from bot.delivery.planning import Planning
from bot.delivery.sender import PACE, TOGETHER, Sender
from bot.notices.notices import FACES
from bot.registry import Registry
from bot.slack import Slack, SlackError
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.notices import planner, service
from cadre.notices.drafts import WORD
from cadre.notices.models import Delivery, Notice, Preference
from cadre.people.models import Identity, Person
from tests.notices.proof import NOON, fill, person, set_clock
from tests.workspace import until

PEOPLE = 2 * TOGETHER


class AtOnce(Slack):
    """Slack, which answers at once, or when it is let. ``gone``: users who are not there any more; ``then``: what happens at a post."""

    def __init__(self) -> None:
        self.posted: list[tuple[str, float]] = []
        self.gone: set[str] = set()
        self.then: Callable[[], None] | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def conversation_with(self, user: str) -> str:
        if user in self.gone:
            raise SlackError("refused", {"ok": False, "error": "user_disabled"})
        return f"D{user}"

    async def find(self, channel: str, key: str) -> str | None:
        return None

    async def post(self, channel: str, message: object, thread: str | None = None, key: str | None = None) -> str:
        self.posted.append((channel, clock.ticks()))
        if self.then:
            await asyncio.to_thread(self.then)
        await self.open.wait()
        return f"{len(self.posted)}.0"


@dataclass
class Letters:
    """A mail server that takes all."""

    sent: list[Letter] = field(default_factory=list)

    async def send(self, letter: Letter) -> None:
        self.sent.append(letter)


@dataclass
class Office:
    """A registry with people in it, and who writes to them."""

    registry: Registry
    database: Database
    slack: AtOnce = field(default_factory=AtOnce)
    letters: Letters = field(default_factory=Letters)

    def sender(self, pace: timedelta = timedelta(0)) -> Sender:
        return Sender(self.slack, self.letters, kinds=(), faces=FACES, holder="sender", pace=pace)

    async def told(self, *numbers: int, words: int = 1) -> None:
        """The secretariat wrote to people, and it is due."""
        for n in range(words):
            detail = {"en": f"Word {n}", "fr": f"Mot {n}", "by": "Jordan"}
            await self.registry.write(OPERATOR, service.announce, WORD, f"word:{n}", [person(number) for number in numbers], detail)
        await Planning((), (), "planner", email=True).run(self.registry)

    def stands(self) -> list[tuple[str, str, str]]:
        """Of each delivery: its way, its state, the state of what it brings."""
        wanted = select(Delivery.via, Delivery.state).order_by(Delivery.id)
        states = self.database.read(lambda session: session.scalars(select(Notice.state).distinct()).all())
        return [(via, state, "/".join(states)) for via, state in self.database.read(lambda session: session.execute(wanted).all())]


def addresses(session: Session) -> None:
    session.connection().execute(update(Person).values(email=Person.id + "@example.org"))


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    with closing(Database(database_url)) as database:
        database.write(OPERATOR, fill, PEOPLE)
        database.write(OPERATOR, set_clock, NOON)
        database.write(OPERATOR, planner.take_lease, "planner")
        database.write(OPERATOR, addresses)
        with closing(Registry(Database(database_url))) as registry:
            yield Office(registry, database)


async def test_one_conversation_gets_a_message_a_second_and_the_others_need_not_wait_for_it(office: Office) -> None:
    await office.told(0, words=2)
    await office.told(1)
    await office.sender(PACE).run(office.registry)
    first, second = (at for channel, at in office.slack.posted if channel == "DU0")
    (other,) = (at for channel, at in office.slack.posted if channel == "DU1")
    assert second - first >= 1
    assert other < second


async def test_what_was_told_to_stop_does_not_go_on_because_somebody_else_wants_to_send(office: Office) -> None:
    await office.told(*range(PEOPLE))
    sender = office.sender()
    office.slack.open.clear()
    first = asyncio.create_task(sender.run(office.registry))
    await until(lambda: len(office.slack.posted) == TOGETHER)
    sender.stop()
    second = asyncio.create_task(sender.run(office.registry))
    await asyncio.sleep(0.05)
    office.slack.open.set()
    await first
    assert len(office.slack.posted) == TOGETHER
    await second
    assert len(office.slack.posted) == PEOPLE


async def test_planning_that_was_told_to_stop_does_not_go_on_because_somebody_else_wants_it(office: Office) -> None:
    planning = Planning((), (), "planner", email=False)
    async with planning._lock:  # a round runs
        planning.stop()
        other = asyncio.create_task(planning.run(office.registry))
        await asyncio.sleep(0)
        assert planning._stopped
    await other


async def test_what_waits_for_its_turn_is_looked_at_again_when_that_has_come(office: Office) -> None:
    await office.told(0, words=2)
    office.slack.then = lambda: leave_the_registry(office)
    await office.sender(PACE).run(office.registry)
    assert len(office.slack.posted) == 1
    assert [letter.to for letter in office.letters.sent] == ["p0@example.org"]


def leave_the_registry(office: Office) -> None:
    def unlinked(session: Session) -> None:
        session.connection().execute(delete(Identity).where(Identity.person == person(0)))

    office.database.write(OPERATOR, unlinked)


def leave_slack(office: Office) -> None:
    office.slack.gone.add("U0")


@pytest.mark.parametrize("leave", [leave_the_registry, leave_slack])
async def test_whoever_left_slack_before_it_was_sent_gets_it_by_email(office: Office, leave: object) -> None:
    assert callable(leave)
    await office.told(0)
    leave(office)
    await office.sender().run(office.registry)
    assert office.stands() == [("email", "sent", "sent")]
    (letter,) = office.letters.sent
    assert letter.to == "p0@example.org"
    assert "Word 0" in letter.text


async def test_whoever_gets_a_letter_anyway_gets_no_second_one(office: Office) -> None:
    def both_ways(session: Session) -> None:
        session.add(Preference(person=person(0), rhythm="weekly", opens=0, closes=1440, off="", way="both"))

    await office.registry.write(OPERATOR, both_ways)
    await office.told(0)
    leave_slack(office)
    await office.sender().run(office.registry)
    assert len(office.letters.sent) == 1
    assert [(via, state) for via, state, _ in sorted(office.stands())] == [("email", "sent"), ("slack", "failed")]
