"""Handing in, accepting, returning and approving a workplan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NoReturn

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.i18n import LOCALES, Language
from cadre.core.reader import Reader, named
from cadre.core.typed import tidy, too_long
from cadre.meetings.models import Meeting
from cadre.notices.service import announce, secretariat, touch
from cadre.people.service import require_secretariat
from cadre.workplans.cycles import earlier_plans
from cadre.workplans.facts import ACTIVITY, WORKPLAN, TextEvent, WorkplanFacts, WorkplanState
from cadre.workplans.meanwhile import require_read
from cadre.workplans.models import Activity, Workplan, WorkplanText
from cadre.workplans.moving import approving
from cadre.workplans.reading import load_one, meeting_name, times_handed_in
from cadre.workplans.rights import plan_row, require_editor
from cadre.workplans.rules import FINAL, TRANSITIONS, cannot_approve, missing, text_of

ENGLISH: Final = Reader(LOCALES["en"])
FRENCH: Final = Reader(LOCALES["fr"])
_Why = tuple[str | None, Language | None]
"""A reason, and the language in which it is written."""
NOTHING_YET: Final = Message("Add an activity first: there is nothing to submit yet.")


def submit(session: Session, id_: str, shown: Mapping[str, str] | None = None) -> WorkplanFacts:
    """Hand a workplan in: its text is frozen, and the secretariat told. One language may still be owed. ``shown``: marks of what the
    window showed (``meanwhile.of_plan``), here and below.

    Raises NotFound; Forbidden for anyone who may not write it; Conflict if it was handed in already; Invalid while nothing stands in it;
    Meanwhile if somebody changed it since it was shown.
    """
    plan = plan_row(session, id_, lock=True)
    require_editor(session, plan)
    if "submitted" in TRANSITIONS[_state(plan)] and not session.scalar(select(Activity.id).where(Activity.workplan == plan.id).limit(1)):
        raise Invalid(activities=NOTHING_YET)
    _come_into(session, plan, "submitted", shown)
    again = {"again": True} if _kept(session, plan.id) else {}
    facts = load_one(session, plan)
    _keep(session, plan, "submitted", frozen(facts))
    _announce(session, "workplan_submitted", plan, secretariat(session), nth=_nth(session, plan), **again)
    return load_one(session, plan)


def accept(session: Session, id_: str, shown: Mapping[str, str] | None = None) -> WorkplanFacts:
    """Find a workplan complete. Raises NotFound; Forbidden for anyone but the secretariat; Conflict if somebody settled it already;
    Meanwhile if somebody changed it since it was shown.
    """
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    _come_into(session, plan, "complete", shown)
    facts = load_one(session, plan)
    _announce(session, "workplan_accepted", plan, _leading(facts))
    return facts


def return_(
    session: Session, id_: str, reason: str, shown: Mapping[str, str] | None = None, *, language: Language | None = None
) -> WorkplanFacts:
    """Give a workplan back to those who lead, with a reason, in the ``language`` in which it is written. Raises as ``accept``; Invalid
    without a reason.
    """
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    said = _reason(reason, Message("Say why, so that those who lead know what to change."))
    _come_into(session, plan, "returned", shown, (said, language))
    facts = load_one(session, plan)
    _announce(session, "workplan_returned", plan, _leading(facts), reason=said, language=language, nth=_nth(session, plan))
    return facts


def approve(
    session: Session, id_: str, meeting_id: str, shown: Mapping[str, str] | None = None, *, as_handed_in: bool = False
) -> WorkplanFacts:
    """Record that a meeting of the Council approved a workplan: its text is frozen, in both languages, as it stands now or as it was
    handed in last.

    Source: governance rule G1, seed deck. Raises NotFound; Forbidden for anyone but the secretariat; Conflict if it is approved already;
    Invalid for a meeting of another council, one that is still to come and one that was held before the workplan was handed in, for a
    plan that was not found complete, and for each text that a language is owed of; Meanwhile if somebody changed it since it was shown.
    """
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    waiting = load_one(session, plan)
    if meeting is None or meeting.group not in approving(session, waiting.council):
        raise Invalid(meeting=Message("Choose a meeting of the council that approves this workplan."))
    if wrong := cannot_approve(meeting.held, waiting.handed_in, clock.today(session)):
        raise Invalid(meeting=wrong)
    if plan.state == "submitted":
        raise Invalid(meeting=Message("Accept the workplan first: only one that is complete can be approved."))
    text = handed_in(session, plan.id) if as_handed_in else frozen(waiting)
    if "approved" in TRANSITIONS[waiting.state]:
        require_read(session, waiting, shown)
        if text.owed():
            in_one = {"text": Message("The text that was submitted does not stand in both languages.")}
            raise Invalid(**(in_one if as_handed_in else missing(waiting)))
    _come_into(session, plan, "approved", None)
    plan.approved_at = meeting.id
    _keep(session, plan, "approved", text, meeting.id)
    facts = load_one(session, plan)
    name = meeting_name(meeting)
    _announce(session, "workplan_approved", plan, _leading(facts), meeting={"en": name.en, "fr": name.fr})
    return facts


def unapprove(session: Session, id_: str, reason: str, language: Language = "en") -> WorkplanFacts:
    """Take back an approval that was recorded wrongly: the workplan is complete as before, and waits for the Council. ``language``: that
    in which the reason is written.

    The text that was kept stays; those that follow are no longer compared with it. Raises NotFound; Forbidden for anyone but the
    secretariat; Invalid without a reason; Conflict if it is not approved any more.
    """
    plan = plan_row(session, id_, lock=True)
    require_secretariat(session)
    said = _reason(reason, Message("Say why, so that those who lead know what was wrong."))
    if plan.state != "approved":
        _settled_already(plan)
    _put(session, plan, "complete", (said, language))
    _keep(session, plan, "withdrawn", Bilingual(**{"en": None, "fr": None, language: said}), plan.approved_at)
    plan.approved_at = plan.decision = None
    facts = load_one(session, plan)
    _announce(session, "workplan_unapproved", plan, _leading(facts), reason=said, language=language)
    return facts


def _reason(typed: str, missing_: Message) -> str:
    """Why something is done that those who lead did not ask for. Raises Invalid without it."""
    said = tidy(typed)
    if wrong := too_long({"reason": said}) or ({} if said else {"reason": missing_}):
        raise Invalid(**wrong)
    return said


def _state(plan: Workplan) -> WorkplanState:
    return next(state for state in TRANSITIONS if state == plan.state)


def _come_into(
    session: Session,
    plan: Workplan,
    state: WorkplanState,
    shown: Mapping[str, str] | None,
    why: _Why = (None, None),
) -> None:
    """Settle a workplan, whose row is locked: of two who do it at once, the second hears who was first. Nobody settles what they did not
    read.
    """
    if state not in TRANSITIONS[_state(plan)]:
        _settled_already(plan)
    require_read(session, load_one(session, plan), shown)
    _put(session, plan, state, why)


def _settled_already(plan: Workplan) -> NoReturn:
    if plan.settled_at:
        raise Conflict(plan.settled_by or "", plan.settled_at)
    raise Invalid(state=Message("This workplan has not been submitted yet."))


def _put(session: Session, plan: Workplan, state: WorkplanState, why: _Why) -> None:
    """Into a state; what other workplans wait for changes with it."""
    replaces = "approved" in (plan.state, state)
    plan.state = state
    plan.reason, plan.reason_in = why
    plan.settled_at = clock.now(session)
    plan.settled_by = changes.actor(session).label[:200]
    touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
    for other in earlier_plans(session, plan):  # what is no longer waited for, because of this one
        touch(session, WORKPLAN, f"{WORKPLAN}:{other.id}")
        open_ones = select(Activity.id).where(Activity.workplan == other.id, Activity.state.not_in(sorted(FINAL))).order_by(Activity.id)
        for activity in session.scalars(open_ones).all() if replaces else ():
            touch(session, ACTIVITY, f"{ACTIVITY}:{activity}")


def handed_in(session: Session, id_: str) -> Bilingual:
    """The text of a workplan as it was handed in last. Raises NotFound where it never was."""
    if not (texts := _kept(session, id_)):
        raise NotFound(id_)
    return texts[0].text


def _kept(session: Session, id_: str) -> Sequence[WorkplanText]:
    """The texts of a workplan that were handed in, the last one first."""
    submitted = select(WorkplanText).where(WorkplanText.workplan == id_, WorkplanText.event == "submitted")
    return session.scalars(submitted.order_by(WorkplanText.version.desc())).all()


def _keep(session: Session, plan: Workplan, event: TextEvent, text: Bilingual, meeting: str | None = None) -> None:
    last = session.scalar(select(func.max(WorkplanText.version)).where(WorkplanText.workplan == plan.id)) or 0
    session.add(
        WorkplanText(
            workplan=plan.id,
            version=last + 1,
            event=event,
            at=clock.now(session),
            by=changes.actor(session).label[:200],
            meeting=meeting,
            text=text,
        )
    )
    session.flush()


def frozen(plan: WorkplanFacts) -> Bilingual:
    """The text of a workplan as it is kept: where one language is owed, the other stands in it, and the text says so."""
    owing = next((name.rpartition("_")[2] for name in missing(plan)), None)
    return Bilingual(text_of(plan, ENGLISH), text_of(plan, FRENCH), owing)


def _leading(plan: WorkplanFacts) -> tuple[str, ...]:
    return tuple(person.id for person in (*plan.leads, *plan.co_chairs))


def _nth(session: Session, plan: Workplan) -> int:
    """How often it was handed in by now: announcements tell of one time, and not of what came after it was handed in again."""
    session.flush()
    return len(times_handed_in(session, [plan.id]).get(plan.id, ()))


def _announce(session: Session, kind: str, plan: Workplan, persons: Iterable[str], **detail: Any) -> None:
    """Tell those who did not do it themselves, and who did."""
    actor = changes.actor(session)
    told = [person for person in dict.fromkeys(persons) if person != actor.person]
    announce(session, kind, f"{WORKPLAN}:{plan.id}", told, {"by": named(actor.label), **detail})
