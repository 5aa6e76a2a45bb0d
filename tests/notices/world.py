"""A registry with people and something that is due, and those who plan and send at work in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock, sandbox
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.errors import Message
from cadre.core.reader import OPERATOR, Actor
from cadre.notices import deliveries, joining, planner, service
from cadre.notices.deliveries import Outcome, Prepared
from cadre.notices.models import Notice
from cadre.notices.rules import Dated, Kind
from cadre.people import service as people
from cadre.people.models import Jurisdiction, Person
from cadre.people.rules import SlackProfile

JORDAN = Actor("Jordan", "jordan", "jordan@example.org")
"""Of the secretariat."""
ROBIN = Actor("Robin", "robin")
LEASE = timedelta(seconds=60)


def both(text: str) -> Bilingual:
    """A text that is the same in both languages."""
    return Bilingual(text, text)


@dataclass
class World:
    """A registry with people, and something that is due, which the test moves as it likes."""

    database: Database
    due: dict[str, date | None] = field(default_factory=dict)
    settled: dict[str, str] = field(default_factory=dict)
    leads: tuple[str, ...] = ("robin",)
    led: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of what others lead."""

    @property
    def kind(self) -> Kind:
        return Kind("workplan", Message("workplans"), self._batch, self._some, self._names)

    def _names(self, session: Session, subjects: Collection[str]) -> Mapping[str, Any]:
        return {subject: both(f"The plan {subject[-1]}") for subject in subjects}

    def _dated(self, subject: str) -> Dated:
        people = {"lead": self.led.get(subject, self.leads), "co_chair": ("morgan",)}
        return Dated("workplan", subject, self.due[subject], self.settled.get(subject), people)

    def _batch(self, session: Session, after: str, size: int) -> Sequence[Dated]:
        return [self._dated(subject) for subject in sorted(self.due) if subject > after][:size]

    def _some(self, session: Session, subjects: Collection[str]) -> Mapping[str, Dated]:
        return {subject: self._dated(subject) for subject in subjects if subject in self.due}

    def at(self, day: str, at: str = "12:00") -> None:
        """Set the workspace's clock."""
        moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), UTC)
        self.database.write(OPERATOR, sandbox.set_clock, (moment - clock.real()).total_seconds())

    def touch(self, subject: str = "workplan:a") -> None:
        self.database.write(OPERATOR, service.touch, "workplan", subject)

    def plan(self, *kinds: Kind) -> None:
        """A round of the planner, all of it."""

        def round_(session: Session) -> None:
            lease = planner.take_lease(session, "planner")
            assert lease
            work = planner.what_to_plan(session)
            known = planner.around(session)
            if work.full:
                for kind in kinds or (self.kind,):
                    after: str | None = ""
                    while after is not None:
                        after = planner.plan_batch(session, lease, kind, known, after=after, size=10)
            else:
                planner.plan_touched(session, lease, self.kind, known, work.touched.get("workplan", ()))
            planner.done(session, lease, work)
            while joining.join(session, lease, email=False):
                pass

        self.database.write(OPERATOR, round_)

    def send(self) -> list[Prepared]:
        """A sender's round: claims, looks again, settles. Gives what was sent."""
        sent = []
        while jobs := self.database.write(OPERATOR, deliveries.claim, "sender", 5, LEASE):
            for each in self.database.read(deliveries.prepare, jobs, {"workplan": self.kind}):
                if each.not_before:
                    self.database.write(OPERATOR, deliveries.put_off, each.job, each.not_before)
                else:
                    assert self.settle(each)
                    sent += [each] if each.items and not each.job.redraw else []
        return sent

    def settle(self, sent: Prepared) -> bool:
        """Say that it was sent. Gives whether it was still the sender's to say."""
        outcome = Outcome(sent, "D1", f"{sent.job.id}.0", self.database.read(clock.now))
        return bool(self.database.briefly(deliveries.settle, sent.job.holder, [outcome]))

    def go(self, first: str, last: str) -> list[tuple[date, str, tuple[str, ...]]]:
        """Day by day at 9:00 in Toronto and again at noon. Gives who got which rungs when."""
        day, got = date.fromisoformat(first), []
        while day <= date.fromisoformat(last):
            for at in ("14:05", "17:00"):
                self.at(day.isoformat(), at)
                self.plan()
                got += sorted((day, each.recipient.person, tuple(item.rung for item in each.items)) for each in self.send())
            day += timedelta(1)
        return got

    def notices(self) -> dict[str, tuple[str, str | None]]:
        """key -> state and reason."""
        return {row.key: (row.state, row.reason) for row in self.database.read(lambda s: s.scalars(select(Notice)).all())}


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with closing(Database(database_url, frozenset({"jordan@example.org"}))) as database:
        database.write(OPERATOR, sandbox.mark)
        database.write(OPERATOR, arrange)
        made = World(database, {"workplan:a": date(2027, 3, 1)})
        made.at("2027-02-10")
        yield made


def arrange(session: Session) -> None:
    session.add(Jurisdiction(id="ON", kind="province", name=both("Ontario"), zone="America/Toronto"))
    session.flush()
    for name in ("robin", "morgan", "jordan"):
        email = f"{name}@example.org"
        session.add(Person(id=name, name=name.title(), email=email, jurisdiction="ON"))
        session.flush()
        people.identify(session, SlackProfile("T1", f"U{name.upper()}", name.title(), email, email_confirmed=True, zone="America/Toronto"))
