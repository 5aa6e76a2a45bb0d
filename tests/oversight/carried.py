"""The council of questions and decisions, with groups in all states, what they have ahead, and decisions to be carried out."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import date, time
from functools import cached_property
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.models import Change
from cadre.core.reader import OPERATOR
from cadre.decisions.confirming import DecisionDetails, confirm_of_meeting
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Category, Recommendation
from cadre.decisions.register import CarriedFacts
from cadre.decisions.service import ActionForm, DecisionForm, record_action, record_decision
from cadre.groups.models import Group, GroupKind
from cadre.meetings import polling
from cadre.meetings.arranging import schedule
from cadre.meetings.models import Meeting
from cadre.meetings.polling import PollForm
from cadre.meetings.views import MeetingForm, Repeat
from cadre.oversight import carrying
from cadre.oversight.carrying import Preview
from cadre.oversight.drafts import CarryForm
from cadre.priorities.models import Alignment, Priority
from tests.decisions import world
from tests.decisions.world import SAM, SECRETARIAT
from tests.worlds import both, give_role

FORM: Final = CarryForm()


def fill(session: Session) -> None:
    """Besides the council and its groups: kinds, priorities, what the deck asks of each group."""
    world.fill(session)
    session.flush()
    session.get_one(GroupKind, "working_group").needs_workplan = True
    session.add(GroupKind(id="community_of_practice", name=both("community of practice"), plural=both("communities"), proposed=True))
    session.flush()
    session.add(Group(id="ants", name=both("Ants"), kind="working_group", owner="council", target_kind="community_of_practice"))
    session.add(Group(id="light-wg", name=both("Light Working Group"), kind="working_group", state="proposed"))
    session.flush()
    session.add(Priority(id="light", name=both("Light"), number=1, owner="council", group="light-wg"))
    session.add(Priority(id="sound", name=both("Sound"), number=2, owner="council"))
    session.flush()
    session.add(Alignment(id="ants.light", group="ants", priority="light", strength="could_support"))
    for n, category in enumerate(("leverage", "transition_cop", "procurement_conditional", "sunset"), start=2):
        session.add(Category(id=category, number=n, label=both(category), question=both(f"{category}?")))
    session.flush()
    for n, category in enumerate(("leverage", "transition_cop", "procurement_conditional"), start=10):
        row = Recommendation(id=f"r-{category}", topic="groups", status="proposed", number=n, category=category, group="ants")
        session.add(row)
    session.add(Recommendation(id="r-sunset", topic="groups", status="proposed", number=13, category="sunset", group="bees"))
    session.add(Recommendation(id="r-priorities", topic="priorities", status="proposed", number=14, wording=both("Working groups")))
    give_role(session, "fern", "lead", priority="light")
    give_role(session, "uma", "lead", priority="light", confirmed=False)
    give_role(session, "quinn", "member", group="bees")
    give_role(session, "yuki", "member", group="bees", until="2020")
    held = PartialDate.parse("2026-01-15")
    session.add(Meeting(id="january", kind="in_person", group="council", held=held, state="planned", revision=0, fold=0))


def made(url: str) -> None:
    """Fill an empty registry."""
    with closing(Database(url)) as database:
        database.write(OPERATOR, fill)


class World(world.World):
    """The same registry with decisions in it."""

    @cached_property
    def database(self) -> Database:
        return Database(self._copy("carried", made), frozenset({SECRETARIAT}))

    def decided(self, text: str = "So be it", **details: Any) -> DecisionFacts:
        """What a meeting decided, confirmed."""
        form = DecisionForm("council", "january", text, f"{text} (fr)", taken=PartialDate.day(self.today()))
        id_ = self.do(SAM, record_decision, form).id
        return self.do(SAM, confirm_of_meeting, id_, DecisionDetails(**details))

    def agreed(self, recommendation: str, **details: Any) -> DecisionFacts:
        """What the seats agreed on, of a recommendation of the registry."""
        question = self.closed(dict.fromkeys(world.SPEAKING, "supports"), category=None, **_of(recommendation))
        return self.confirm(question.items[0].id, **details)

    def today(self) -> date:
        return self.now().date()

    def preview(self, decision: DecisionFacts, form: CarryForm = FORM) -> Preview:
        return self.read(carrying.preview, decision.id, form, SAM)

    def carry(self, decision: DecisionFacts, form: CarryForm = FORM, **more: Any) -> tuple[CarriedFacts, ...]:
        return self.do(SAM, carrying.carry_out, decision.id, form, **more)

    def group(self, id_: str) -> tuple[str | None, str | None, str | None]:
        """How a group stands: state, kind, the kind that it is to become."""

        def look(session: Session) -> tuple[str | None, str | None, str | None]:
            row = session.get_one(Group, id_)
            return row.state, row.kind, row.target_kind

        return self.read(look)

    def changes(self, decision: DecisionFacts) -> dict[tuple[str, str, str], tuple[str | None, str | None]]:
        """What was changed under a decision: record and field -> before and after."""
        query = select(Change).where(Change.decision == decision.id).order_by(Change.id)
        rows = self.read(lambda session: session.scalars(query).all())
        return {(row.subject, row.subject_id, row.field): (row.before, row.after) for row in rows}

    def meets(self, group: str, days: int, *, repeat: Repeat | None = None) -> str:
        """A teleconference of a group that is to come; or a series that begins with it."""
        day = date.fromordinal(self.today().toordinal() + days)
        form = MeetingForm(group, day=day, at=time(14), zone="America/Toronto", minutes=60, repeat=repeat)
        return self.do(SAM, schedule, form).id

    def polls(self, group: str) -> int:
        """A poll that is open."""
        day = date.fromordinal(self.today().toordinal() + 20)
        slots = tuple((day, time(hour)) for hour in (13, 14))
        form = PollForm(group, slots=slots, zone="America/Toronto", minutes=60, closes_on=date.fromordinal(day.toordinal() - 5))
        return self.do(SAM, polling.open_poll, form).id

    def acts(self, group: str, owner: str) -> str:
        """An action of a group, open."""
        due = date.fromordinal(self.today().toordinal() + 30)
        return self.do(SAM, record_action, ActionForm(group, "Count", "Compter", owner, due)).id


def _of(recommendation: str) -> Mapping[str, Any]:
    return {"recommendations": (recommendation,), "wording_en": "", "wording_fr": "", "title_en": "One", "title_fr": "Une"}
