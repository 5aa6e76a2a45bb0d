"""More time: taken by right for two weeks, asked of the secretariat beyond that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.i18n import Language
from cadre.core.reader import Actor, named
from cadre.core.rows import by_id
from cadre.core.typed import tidy, too_long
from cadre.notices.service import announce, secretariat, touch
from cadre.people.service import require_secretariat
from cadre.workplans.carrying import newest_row, touch_all
from cadre.workplans.facts import ACTIVITY, WORKPLAN, ExtensionFacts
from cadre.workplans.models import Activity, Extension, Workplan
from cadre.workplans.reading import APPROVED, ASKED, GRANTED, KEPT, LEAD, load, load_activities, load_one, target_of
from cadre.workplans.rights import of_actor, plan_row
from cadre.workplans.rules import FINAL, by_right, wrong_day
from cadre.workplans.telling import tell_moved


@dataclass(frozen=True, slots=True)
class _Subject:
    """What more time is for, its row locked."""

    row: Workplan | Activity
    plan: Workplan
    due: date | None

    @property
    def kind(self) -> Literal["workplan", "activity"]:
        return WORKPLAN if isinstance(self.row, Workplan) else ACTIVITY

    @property
    def open(self) -> bool:
        """Whether there is anything to wait for."""
        return self.row.state in ("draft", "returned") if isinstance(self.row, Workplan) else self.row.state not in FINAL

    @property
    def subject(self) -> str:
        """What notices call it."""
        return f"{self.kind}:{self.row.id}"

    def settled(self, session: Session) -> Conflict:
        """Who settled it."""
        row = self.row
        who, when = (row.settled_by, row.settled_at) if isinstance(row, Workplan) else (row.told_by, row.told_at)
        return Conflict(who or "", when or clock.now(session))

    def move(self, session: Session, until: date, but: Collection[str] = ()) -> None:
        """Give it its new due date, of which those whose it is hear. ``but``: who is told otherwise."""
        tell_moved(session, self.row, self.due, until, but)
        if isinstance(self.row, Workplan):
            self.row.moved_to = until
        else:
            self.row.due = until
        self.touch(session)

    def touch(self, session: Session) -> None:
        """What notices say of it may be otherwise by now."""
        if isinstance(self.row, Workplan):
            touch(session, WORKPLAN, self.subject)
        else:
            touch_all(session, self.row)


def extend(session: Session, subject: str, until: date, reason: str, view_id: str | None) -> ExtensionFacts:
    """Take, or ask for, more time for a workplan or an activity. The same window submitted twice asks once.

    Those who lead, or own the activity, take up to 14 days by right, all that was taken for it counted together; the secretariat gives
    any, which counts as none of these days. An activity that goes on in a later workplan by now is meant there. Raises NotFound;
    Forbidden for anyone else; Conflict if it is settled; Invalid without a reason, for a day that is no later, or while a request waits.
    """
    found = _subject(session, subject)
    rights = of_actor(session)
    person = changes.actor(session).person
    owner = isinstance(found.row, Activity) and found.row.id in rights.owns
    if person is None or not (owner or rights.may_edit(target_of(found.plan))):
        raise Forbidden(LEAD)
    same = session.scalar(select(Extension).where(Extension.view_id == view_id)) if view_id else None
    if same:
        return _facts(session, [same])[0]
    if not found.open:
        raise found.settled(session)
    said, subject = tidy(reason), found.subject
    earlier = session.scalars(select(Extension).where(Extension.subject == subject)).all()
    given = found.due is not None and rights.secretariat
    free = given or (found.due is not None and until <= by_right(_taken(earlier), found.due))
    wrong = _wrong(session, found, until, said)
    if "until" not in wrong and not free and any(row.state == ASKED for row in earlier):
        wrong["until"] = Message("The secretariat was asked for more time already, and has not answered yet.")
    if wrong or found.due is None:
        raise Invalid(**wrong)
    now, by = clock.now(session), changes.actor(session).label[:200]
    made = Extension(
        subject=subject,
        before=found.due,
        until=until,
        reason=said,
        state=APPROVED if given else GRANTED if free else ASKED,
        asked_at=now,
        asked_by=by,
        settled_at=now if given else None,
        settled_by=by if given else None,
        person=person,
        view_id=view_id,
    )
    session.add(made)
    session.flush()
    if free:
        found.move(session, until)
    else:
        found.touch(session)
        detail = {"extension": made.id, "by": named(made.asked_by), "until": until.isoformat(), "reason": said}
        announce(session, "extension_asked", subject, [each for each in secretariat(session) if each != person], detail)
    return _facts(session, [made])[0]


def _taken(earlier: Iterable[Extension]) -> list[tuple[date, date]]:
    return [(row.before, row.until) for row in earlier if row.state == GRANTED]


def given_at_once(session: Session, subject: str, due: date, today: date) -> date | None:
    """The last day that those who lead, or own the activity, may take without asking; None where none is left to come."""
    last = by_right(_taken(session.scalars(select(Extension).where(Extension.subject == subject))), due)
    return last if last > due and last >= today else None


def wrong_by_editing(session: Session, plan: Workplan, row: Activity, due: date | None) -> Message | None:
    """Why an activity cannot be due on another day by merely editing it; None where it can. Once its workplan was handed in, others count
    on its dates: a later one is more time, of which those who lead take as much by right as in the window for it.
    """
    if row.due is None or not _puts_off(session, plan, row.due, due):
        return None
    if due is None:
        return Message("A due date stays once the workplan was submitted. Use “More time” to put it off.")
    last = given_at_once(session, f"{ACTIVITY}:{row.id}", row.due, clock.today(session))
    if last is None:
        return Message("No later day can be set here any more. Use “More time”: the secretariat is asked.")
    if due > last:
        return Message(
            "The last day that can be set here is {day}. For a later one, use “More time”: the secretariat is asked.", {"day": last}
        )
    return None


def taken_by_editing(session: Session, plan: Workplan, row: Activity, until: date | None) -> None:
    """Count the days by which editing puts an activity off among those that were taken for it."""
    actor = changes.actor(session)
    if row.due is None or until is None or actor.person is None or not _puts_off(session, plan, row.due, until):
        return
    made = Extension(subject=f"{ACTIVITY}:{row.id}", before=row.due, until=until, reason="", state=GRANTED, person=actor.person)
    made.asked_at, made.asked_by = clock.now(session), actor.label[:200]
    session.add(made)


def _puts_off(session: Session, plan: Workplan, due: date, later: date | None) -> bool:
    """Whether another due date is more time, for somebody who is not the secretariat: none at all is, too."""
    return plan.state in KEPT and (later is None or later > due) and not of_actor(session).secretariat


def settle_extension(
    session: Session, id_: int, approve: bool, reason: str = "", until: date | None = None, *, language: Language | None = None
) -> ExtensionFacts:
    """Answer a request for more time, with a reason (in a ``language``) or without. ``until``: another day than was asked for.

    What was handed in or done meanwhile, or is due later by now than was asked, keeps its date. Raises NotFound; Forbidden for anyone but
    the secretariat; Conflict if it was answered already; Invalid for a reason that is too long, and for a day that is past or no later
    than the due date.
    """
    require_secretariat(session)
    query = select(Extension).where(Extension.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update())
    if found is None:
        raise NotFound(str(id_))
    _require_open(found)
    said = tidy(reason)
    if wrong := too_long({"reason": said}):
        raise Invalid(**wrong)
    subject = _subject(session, found.subject)
    day = until or found.until
    moves = approve and subject.open and _is_more(subject, found, day)
    if moves and (problem := _wrong_until(subject.due, day, clock.today(session))):
        raise Invalid(until=problem)
    found.until = day
    found.state = APPROVED if approve else "refused"
    found.settled_at = clock.now(session)
    found.settled_by = changes.actor(session).label[:200]
    if moves:
        subject.move(session, found.until, [found.person])
    touch(session, found.subject.partition(":")[0], found.subject)
    detail = {"extension": found.id, "by": named(found.settled_by), "approved": approve, "until": found.until.isoformat()}
    detail |= {"reason": said, "language": language} if said else {}
    if found.person != changes.actor(session).person:
        announce(session, "extension_settled", found.subject, [found.person], detail)
    return _facts(session, [found])[0]


def _is_more(subject: _Subject, asked: Extension, day: date) -> bool:
    """Whether a day that is given is another due date than there is by now. What goes on in a later workplan keeps none that was past."""
    if subject.due is None:
        return subject.subject != asked.subject
    return subject.due < day or day != asked.until


def request(session: Session, id_: int, seen_by: Actor) -> ExtensionFacts:
    """What somebody asks for. Raises NotFound, Forbidden for anyone but the secretariat, Conflict if it was answered already."""
    require_secretariat(session, seen_by)
    found = session.get(Extension, id_)
    if found is None:
        raise NotFound(str(id_))
    _require_open(found)
    return _facts(session, [found])[0]


def _require_open(found: Extension) -> None:
    if found.state != ASKED:
        raise Conflict(found.settled_by or found.asked_by, found.settled_at or found.asked_at)


def pending_extensions(session: Session, seen_by: Actor) -> tuple[ExtensionFacts, ...]:
    """The requests that wait for the secretariat, oldest first. Raises Forbidden if anyone else is to see them."""
    require_secretariat(session, seen_by)
    return _facts(session, session.scalars(select(Extension).where(Extension.state == ASKED).order_by(Extension.id)).all())


def extensions_of(session: Session, subjects: Iterable[str]) -> tuple[ExtensionFacts, ...]:
    """All that was taken or asked for some workplans and activities."""
    wanted = select(Extension).where(Extension.subject.in_(sorted(subjects))).order_by(Extension.id)
    return _facts(session, session.scalars(wanted).all())


def _wrong(session: Session, subject: _Subject, until: date, reason: str) -> dict[str, Message]:
    wrong = too_long({"reason": reason})
    if not reason:
        wrong["reason"] = Message("Say why, in a few words.")
    if subject.due is None:
        wrong["until"] = Message("This activity has no due date to put off.")
    elif problem := _wrong_until(subject.due, until, clock.today(session)):
        wrong["until"] = problem
    return wrong


def _wrong_until(due: date | None, until: date, today: date) -> Message | None:
    """Why something cannot be due on a day instead."""
    if due is not None and until <= due:
        return Message("Choose a day after the present due date.")
    return wrong_day(until, today)


def _subject(session: Session, subject: str) -> _Subject:
    """A workplan, or an activity where it goes on by now."""
    kind, _, id_ = subject.partition(":")
    if kind == WORKPLAN:
        plan = plan_row(session, id_, lock=True)
        return _Subject(plan, plan, load_one(session, plan).due)
    if kind != ACTIVITY or not (id_.isascii() and id_.isdecimal()):
        raise NotFound(subject)
    row = newest_row(session, int(id_))
    return _Subject(row, plan_row(session, row.workplan), row.due)


def _facts(session: Session, rows: Sequence[Extension]) -> tuple[ExtensionFacts, ...]:
    ids = {row.subject: row.subject.partition(":")[2] for row in rows}
    plans = by_id(session, Workplan, (id_ for subject, id_ in ids.items() if subject.startswith(WORKPLAN)))
    activities = by_id(session, Activity, (int(id_) for subject, id_ in ids.items() if subject.startswith(ACTIVITY)))
    of_plans, of_activities = load(session, list(plans.values())), load_activities(session, list(activities.values()))
    found = {each.subject: _About(each.target_name, each.target_name, each.id, each.due) for each in of_plans}
    found |= {each.subject: _About(each.title, each.target, each.workplan, each.due) for each in of_activities}
    earlier: dict[str, list[Extension]] = {}
    gained = select(Extension).where(Extension.subject.in_(list(found)), Extension.state.in_((GRANTED, APPROVED)))
    for row in session.scalars(gained):
        earlier.setdefault(row.subject, []).append(row)
    return tuple(_fact(row, found[row.subject], _gained(row, earlier.get(row.subject, ()))) for row in rows if row.subject in found)


def _gained(asked: Extension, given: Iterable[Extension]) -> int:
    """The days that had been given for the same when more was asked for."""
    before = (row for row in given if row.id < asked.id and (row.settled_at or row.asked_at) <= asked.asked_at)
    return sum((row.until - row.before).days for row in before)


@dataclass(frozen=True, slots=True)
class _About:
    """What more time is for, as it is told."""

    name: Bilingual
    target: Bilingual
    plan: str
    due: date | None


def _fact(row: Extension, about: _About, taken: int) -> ExtensionFacts:
    return ExtensionFacts(
        id=row.id,
        subject=row.subject,
        name=about.name,
        target=about.target,
        plan=about.plan,
        due=about.due,
        taken=taken,
        before=row.before,
        until=row.until,
        reason=row.reason,
        state=cast("Literal['granted', 'asked', 'approved', 'refused']", row.state),
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        settled_by=row.settled_by,
    )
