"""Two people change the same thing at once: the second sees what the first wrote, and overwrites nothing unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.errors import Conflict
from cadre.core.marks import changed, of_text
from cadre.core.models import Change
from cadre.workplans.facts import ACTIVITY, WORKPLAN, ActivityFacts, ActivityForm, CycleFacts, LastChange, WorkplanFacts
from cadre.workplans.rules import MOST


class Meanwhile(Conflict):
    """Somebody changed it since it was shown. ``who`` is empty where no Change says so."""


CYCLE: Final = "cycle"
PLANNED: Final = ("title_en", "title_fr", "due", "owners", "outcome")
"""What is planned of an activity; its state and its note say how it goes."""
OTHERS: Final = "others"
"""Under which name stand the activities of a workplan that has more than there is room to keep a mark of each."""
_DUE: Final = ("moved_to", "meeting", "offset")
"""Fields of a workplan and its cycle that its due date follows from."""


def of_activity(known: ActivityFacts) -> dict[str, str]:
    """What the window of an activity shows, field by field."""
    return {
        "title_en": known.title.en or "",
        "title_fr": known.title.fr or "",
        "due": known.due.isoformat() if known.due else "",
        "owners": of_owners(owner.id for owner in known.owners),
        "outcome": known.outcome.id if known.outcome else "",
        **of_text("note", known.note),
    }


def of_form(form: ActivityForm) -> dict[str, str]:
    """The same of what was typed into it."""
    texts = {name: getattr(form, name) for name in ("title_en", "title_fr", "note_en", "note_fr")}
    return texts | {
        "due": form.due.isoformat() if form.due else "",
        "owners": of_owners(form.owners),
        "outcome": form.outcome or "",
    }


def of_plan(plan: WorkplanFacts) -> dict[str, str]:
    """What whoever hands a workplan in or settles it has read: how it stands, its aim, and what is planned of each activity (by its id).

    There is room for so many marks only as a workplan may have activities: of one that has more, the rest are one value.
    """
    stands = f"{plan.state} {plan.settled_at.isoformat() if plan.settled_at else ''}"
    planned = {str(each.id): "\n".join(of_activity(each)[name] for name in PLANNED) for each in plan.activities}
    others = "\n".join(planned.pop(id_) for id_ in list(planned)[MOST:])
    return {"settled_at": stands, **of_text("aim", plan.aim), **planned, **({OTHERS: others} if others else {})}


def of_due(plan: WorkplanFacts) -> dict[str, str]:
    """When a workplan is due, whatever its due date goes by."""
    return {"due": plan.due.isoformat()}


def of_cycle(cycle: CycleFacts) -> dict[str, str]:
    """What the due dates of a cycle go by."""
    moved = cycle.moved_to.isoformat() if cycle.moved_to else ""
    return {"meeting": cycle.meeting or "", "offset": str(cycle.offset), "due": moved}


def of_owners(persons: Iterable[str]) -> str:
    """Who carries an activity out, as one value."""
    return ",".join(sorted(persons))


def require_seen(
    session: Session,
    subject: str,
    id_: object,
    *also: tuple[str, str],
    shown: Mapping[str, str] | None,
    now: Mapping[str, str],
    typed: Mapping[str, str],
) -> None:
    """Raises Meanwhile where a field says something else than was shown, and than is to be saved: who changed it last, and when.

    ``shown``: the marks that the window kept; without any, nothing is asked. What is wanted stands there already where a window is
    delivered twice. ``also``: other records by which it may have changed.
    """
    theirs = [name for name in changed(shown or {}, now) if typed.get(name) != now[name]]
    if not theirs:
        return
    fields = {*theirs, *(_DUE if "due" in theirs else ()), *(PLANNED if any(name == OTHERS or name.isdecimal() for name in theirs) else ())}
    last = _last(session, [(subject, str(id_)), *also], fields)
    raise Meanwhile(last.who if last else "", last.when if last else clock.now(session))


def _last(session: Session, records: Sequence[tuple[str, str]], fields: Iterable[str]) -> LastChange | None:
    """Who changed one of these fields of one of these records last."""
    of_these = tuple_(Change.subject, Change.subject_id).in_(records), Change.field.in_(sorted(fields))
    last = session.execute(select(Change.by, Change.at).where(*of_these).order_by(Change.id.desc()).limit(1)).first()
    return LastChange(last.by, last.at) if last else None


def last_planned(session: Session, plan: WorkplanFacts) -> LastChange | None:
    """Who changed last what a workplan plans."""
    return _last(session, [(WORKPLAN, plan.id), *((ACTIVITY, str(each.id)) for each in plan.activities)], ("aim_en", "aim_fr", *PLANNED))


def require_read(session: Session, plan: WorkplanFacts, shown: Mapping[str, str] | None) -> None:
    """Raises Meanwhile where a workplan stands, or plans, otherwise than whoever hands it in or settles it has read."""
    now = of_plan(plan)
    others = [str(each.id) for each in plan.activities[MOST:]]
    names = (id_ for name in changed(shown or {}, now) for id_ in (others if name == OTHERS else [name]))
    activities = [(ACTIVITY, name) for name in names if name.isdecimal()]
    require_seen(session, WORKPLAN, plan.id, *activities, shown=shown, now=now, typed={})
