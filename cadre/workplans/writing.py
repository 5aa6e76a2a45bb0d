"""Writing a workplan, and saying how its activities stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Set
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.errors import Conflict, Forbidden, Invalid, Message, NotFound
from cadre.core.i18n import Language
from cadre.core.marks import of_text
from cadre.core.reader import named
from cadre.core.rows import by_id
from cadre.core.typed import edited, replaced, tidy, too_long
from cadre.notices.service import announce, touch
from cadre.people.models import Person
from cadre.workplans.carrying import COPY, carried, newest_row, touch_all
from cadre.workplans.cycles import earlier_plans
from cadre.workplans.extensions import taken_by_editing, wrong_by_editing
from cadre.workplans.facts import (
    ACTIVITY,
    ACTIVITY_STATES,
    WORKPLAN,
    ActivityFacts,
    ActivityForm,
    ActivityState,
    Copied,
    Report,
    WorkplanFacts,
)
from cadre.workplans.logic_reading import held
from cadre.workplans.meanwhile import of_activity, of_form, of_owners, require_seen
from cadre.workplans.models import Activity, ActivityOwner, Cycle, Outcome, Workplan
from cadre.workplans.reading import LEAD, load_activities, load_one, owners_of, target_of
from cadre.workplans.rights import Rights, activity_row, of_actor, plan_row, require_editor
from cadre.workplans.rules import FINAL, MOST, wrong_day
from cadre.workplans.telling import tell_moved

_GOES_ON: Final = Message("This activity goes on in a later workplan. Open that one, and report on it there.")


def save_aim(session: Session, id_: str, en: str, fr: str, shown: Mapping[str, str] | None = None) -> WorkplanFacts:
    """Write what a workplan is for. A language that is left empty is taken away. ``shown``: marks of what the window showed.

    Raises NotFound; Forbidden for anyone who may not write it; Invalid for what is too long; Meanwhile if somebody changed it since.
    """
    plan = plan_row(session, id_, lock=True)
    require_editor(session, plan)
    typed = {"aim_en": tidy(en), "aim_fr": tidy(fr)}
    if wrong := too_long(typed):
        raise Invalid(**wrong)
    require_seen(session, WORKPLAN, plan.id, shown=shown, now=of_text("aim", plan.aim), typed=typed)
    plan.aim = replaced(plan.aim, typed["aim_en"], typed["aim_fr"])
    touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
    return load_one(session, plan)


def save_activity(session: Session, form: ActivityForm, shown: Mapping[str, str] | None = None, language: Language = "en") -> ActivityFacts:
    """Add an activity, or change one. The same window submitted twice makes one. ``shown``: marks of what the window showed;
    ``language``: that of whoever writes, in which a title that is missing is asked for. Once the workplan was handed in, a later due date
    is more time, taken by right (``extensions.wrong_by_editing``).

    Raises NotFound; Forbidden for anyone who may not write the workplan; Invalid with all that cannot be taken; Meanwhile if somebody
    changed it since the window showed it. Then nothing is saved.
    """
    plan = plan_row(session, form.workplan, lock=True)
    require_editor(session, plan)
    if form.id is None and form.view_id and (same := session.scalar(select(Activity).where(Activity.view_id == form.view_id))):
        return _facts(session, same)
    row = activity_row(session, form.id, lock=True) if form.id is not None else None
    if row and row.workplan != plan.id:
        raise NotFound(str(form.id))
    texts = {name: tidy(getattr(form, name)) for name in ("title_en", "title_fr", "note_en", "note_fr")}
    if wrong := _wrong(session, plan, form, row, texts) | _untitled(texts, language):
        raise Invalid(**wrong)
    if row:
        now = of_activity(_facts(session, row))
        require_seen(session, ACTIVITY, row.id, shown=shown, now=now, typed=of_form(form) | texts)
    else:
        there, last = _numbered(session, plan)
        if there >= MOST:
            raise Invalid(**{f"title_{language}": Message("A workplan has {n} activities at most.", {"n": MOST})})
        row = Activity(workplan=plan.id, number=last + 1, view_id=form.view_id, state="not_started")
        row.note = None
        session.add(row)
    title = replaced(row.title, texts["title_en"], texts["title_fr"])
    assert title is not None  # an empty one was refused
    row.title = title
    row.note = replaced(row.note, texts["note_en"], texts["note_fr"])
    taken_by_editing(session, plan, row, form.due)
    before, row.due, row.outcome = row.due, form.due, form.outcome
    session.flush()
    tell_moved(session, row, before, form.due, but=_hand_over(session, row, form.owners))
    touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")  # whether it changed since it was handed in
    return _facts(session, row)


def _wrong(session: Session, plan: Workplan, form: ActivityForm, row: Activity | None, texts: Mapping[str, str]) -> dict[str, Message]:
    """All that cannot be taken of a form, by the field that it stands in."""
    wrong = too_long(texts)
    new_day = form.due if row is None or row.due != form.due else None
    problem = wrong_day(new_day, clock.today(session)) if new_day else None
    if problem := problem or (wrong_by_editing(session, plan, row, form.due) if row else None):
        wrong["due"] = problem
    if form.outcome and (row is None or row.outcome != form.outcome):
        council = session.scalars(select(Cycle.council).where(Cycle.id == plan.cycle)).one()
        outcome = session.get(Outcome, form.outcome) if held(session, [form.outcome]) else None
        if outcome is None or outcome.council != council:
            wrong["outcome"] = Message("This outcome is not in the logic model any more. Choose one of those offered.")
    return wrong | _strangers(session, form.owners)


def _untitled(texts: Mapping[str, str], language: Language) -> dict[str, Message]:
    if texts["title_en"] or texts["title_fr"]:
        return {}
    return {f"title_{language}": Message("Write a title, in one language at least.")}


def _strangers(session: Session, owners: Iterable[str]) -> dict[str, Message]:
    wanted = set(owners)
    known = set(session.scalars(select(Person.id).where(Person.id.in_(sorted(wanted))))) if wanted else set()
    return {} if wanted <= known else {"owners": Message("Somebody chosen here is not in the registry any more. Choose again.")}


def report(session: Session, said: Report) -> tuple[ActivityFacts, ...]:
    """Say how several activities stand, of whichever workplans, all at once. What differs is changed; of each that is named it is known
    that somebody said so.

    A note that was emptied is taken away. Raises NotFound; Forbidden for an activity that is not theirs to speak of; Invalid with all
    that cannot be taken (``state:12``, ``note:12``), as of one that goes on in a later workplan by now; Meanwhile if somebody else said
    something of one of these since it was shown. Then nothing is saved.
    """
    notes = {id_: tidy(text) for id_, text in said.notes.items()}
    named_ones = sorted({*said.states, *notes})
    rows = _locked(session, Activity.id.in_(named_ones))
    if strange := set(named_ones) - rows.keys():
        raise NotFound(", ".join(str(id_) for id_ in sorted(strange)))
    rights, plans = of_actor(session), by_id(session, Workplan, (row.workplan for row in rows.values()))
    if not all(_may_say(rights, plans[row.workplan], id_) for id_, row in rows.items()):
        raise Forbidden(LEAD)
    wrong = too_long({f"note:{id_}": text for id_, text in notes.items()})
    wrong |= {f"state:{id_}": Message("Choose one of those offered.") for id_, state in said.states.items() if state not in ACTIVITY_STATES}
    going_on = carried(session, named_ones)
    wrong |= {f"{name}:{id_}": _GOES_ON for name, ids in (("state", said.states), ("note", notes)) for id_ in ids if id_ in going_on}
    if wrong:
        raise Invalid(**wrong)
    for id_, row in rows.items():
        now, typed = _stands(row, said.language), _said_of(id_, said, notes)
        require_seen(session, ACTIVITY, id_, shown=said.shown.get(id_), now=now, typed=typed)
    for id_, row in rows.items():
        if notes.get(id_) == "":
            row.note = None
        _say(session, row, said.states.get(id_), notes.get(id_, ""), said.language)
    return tuple(load_activities(session, list(rows.values())))


def _stands(row: Activity, language: Language) -> dict[str, str]:
    """How an activity goes, as the fields show it to somebody who writes in a language."""
    name = f"note_{language}"
    return {"state": row.state, name: of_text("note", row.note)[name]}


def _said_of(id_: int, said: Report, notes: Mapping[int, str]) -> dict[str, str]:
    """What is said of one activity, by the same names."""
    state = {"state": said.states[id_]} if id_ in said.states else {}
    return state | ({f"note_{said.language}": notes[id_]} if id_ in notes else {})


def nothing_changed(session: Session, ids: Collection[str], seen: Report | None = None) -> int:
    """Say that all open activities of some workplans that are theirs to speak of stand as they were said to, but those that go on in a
    later one. ``seen``: with marks of what the screen showed of each. Gives how many these are.

    Raises NotFound; Forbidden for a workplan in which none is; Meanwhile if somebody said something of one of these since it was shown.
    """
    rights, plans = of_actor(session), {id_: plan_row(session, id_) for id_ in sorted(ids)}
    rows = _locked(session, Activity.workplan.in_(list(plans)))
    spoken_for = [row for row in rows.values() if _may_say(rights, plans[row.workplan], row.id)]
    theirs = {row.workplan for row in spoken_for}
    if not all(id_ in theirs or rights.may_edit(target_of(plan)) for id_, plan in plans.items()):
        raise Forbidden(LEAD)
    going_on = carried(session, [row.id for row in spoken_for])
    still_open = [row for row in spoken_for if row.state not in FINAL and row.id not in going_on]
    if seen:
        for row in spoken_for:
            require_seen(session, ACTIVITY, row.id, shown=seen.shown.get(row.id), now=_stands(row, seen.language), typed={})
    for row in still_open:
        _say(session, row, None, "", "en")
    return len(still_open)


def say_state(
    session: Session,
    activity_id: int,
    state: ActivityState,
    note: str | None,
    language: Language,
    *,
    shown: Mapping[str, str] | None = None,
) -> ActivityFacts:
    """Say how one activity stands, with a note or without, by one click. ``shown``: marks of what a window with the note showed. One that
    goes on in a later workplan by now is meant there.

    Raises NotFound; Forbidden for anyone but its owners and those who may write the workplan; Invalid for a note that is too long;
    Meanwhile if somebody said something else since it was shown; Conflict if it is done or dropped already: of ten who click at once,
    one changes it and nine hear who did. (``report`` opens one again: there its state is seen.)
    """
    row = newest_row(session, activity_id)
    plan = plan_row(session, row.workplan)
    if not _may_say(of_actor(session), plan, row.id):
        raise Forbidden(LEAD)
    if row.state in FINAL:
        raise Conflict(row.told_by or "", row.told_at or clock.now(session))
    said = tidy(note)
    wrong = too_long({f"note_{language}": said})
    if state not in ACTIVITY_STATES:
        wrong["state"] = Message("Choose one of those offered.")
    if wrong:
        raise Invalid(**wrong)
    typed = {"state": state, f"note_{language}": said}
    require_seen(session, ACTIVITY, row.id, shown=shown, now=_stands(row, language), typed=typed)
    _say(session, row, state, said, language)
    return _facts(session, row)


def reassign(session: Session, activity_id: int, owners: tuple[str, ...], shown: Mapping[str, str] | None = None) -> ActivityFacts:
    """Say who carries out an activity from now on. Those who do may hand it on, but not to nobody; who left the role in which they did
    (``owners.gone``) does again where they are named. ``shown``: a mark of who did. One that goes on elsewhere: as ``say_state``.

    Raises NotFound; Forbidden for anyone but its owners and those who may write the workplan; Conflict if it is done or dropped; Invalid
    for nobody, or somebody who is not in the registry; Meanwhile if it was given to others since it was shown.
    """
    row = newest_row(session, activity_id)
    if not _may_say(of_actor(session), plan_row(session, row.workplan), row.id):
        raise Forbidden(LEAD)
    if row.state in FINAL:
        raise Conflict(row.told_by or "", row.told_at or clock.now(session))
    wrong = _strangers(session, owners) if owners else {"owners": Message("Choose somebody.")}
    if wrong:
        raise Invalid(**wrong)
    now = {"owners": of_owners(owner.id for owner in owners_of(session, [row.id]).get(row.id, ()))}
    require_seen(session, ACTIVITY, row.id, shown=shown, now=now, typed={"owners": of_owners(owners)})
    _hand_over(session, row, owners, frozenset(person.id for person in _facts(session, row).gone))
    return _facts(session, row)


def copy_last(session: Session, id_: str) -> Copied:
    """Go on with what the last workplan left open: its activities, with their owners and how they stand, and its aim if there is none.

    Due dates that are past are not kept. What was copied before is not copied again. Raises NotFound;
    Forbidden for anyone who may not write the workplan; Invalid where it would have too many activities with them: then nothing comes.
    """
    plan = plan_row(session, id_, lock=True)
    require_editor(session, plan)
    last = next(iter(earlier_plans(session, plan)), None)
    if last is None:
        return Copied()
    if plan.aim is None and last.aim:
        plan.aim = last.aim
    rows = to_copy(session, last, lock=True)
    owners = {each.id: each.remaining for each in load_activities(session, rows)}
    fed = held(session, {row.outcome for row in rows if row.outcome})
    there, number = _numbered(session, plan)
    if there + len(rows) > MOST:
        raise Invalid(activities=_too_many(there + len(rows)))
    today = clock.today(session)
    for place, row in enumerate(rows, number + 1):
        due = row.due if row.due and row.due >= today else None
        copy = Activity(workplan=plan.id, number=place, title=row.title, due=due, state=row.state, view_id=f"{COPY}{row.id}")
        copy.note, copy.told_at, copy.told_by = row.note, row.told_at, row.told_by
        copy.outcome = row.outcome if row.outcome in fed else None  # what was taken out of the logic model meanwhile is fed no more
        session.add(copy)
        session.flush()
        session.add_all(ActivityOwner(activity=copy.id, person=owner.id) for owner in owners[row.id])
        changes.keep(session, ACTIVITY, copy.id, "owners", before="", after=of_owners(owner.id for owner in owners[row.id]))
        touch_all(session, copy)
    touch(session, WORKPLAN, f"{WORKPLAN}:{plan.id}")
    return Copied(len(rows), sum(row.due is not None and row.due < today for row in rows))


def _too_many(n: int) -> Message:
    return Message(
        "A workplan has {n} activities at most; with those of the last plan, this one would have {all}. Say first which of those are done "
        "or dropped.",
        {"n": MOST, "all": n},
    )


def to_copy(session: Session, last: Workplan, *, lock: bool = False) -> list[Activity]:
    """The activities of a workplan that are open and do not go on elsewhere, in their order; their rows locked where they are copied, so
    that nothing is said of them meanwhile that the copy would not know.
    """
    open_ones = select(Activity).where(Activity.workplan == last.id, Activity.state.not_in(sorted(FINAL)))
    listed = open_ones.order_by(Activity.number, Activity.id)
    locked = listed.with_for_update().execution_options(populate_existing=True)
    rows = session.scalars(locked if lock else listed).all()
    going_on = carried(session, [row.id for row in rows])
    return [row for row in rows if row.id not in going_on]


def _numbered(session: Session, plan: Workplan) -> tuple[int, int]:
    """How many activities a workplan has, and the highest of their numbers."""
    there, last = session.execute(select(func.count(), func.max(Activity.number)).where(Activity.workplan == plan.id)).one()
    return there, last or 0


def _may_say(rights: Rights, plan: Workplan, activity: int) -> bool:
    return activity in rights.owns or rights.may_edit(target_of(plan))


def _locked(session: Session, which: ColumnElement[bool]) -> dict[int, Activity]:
    """Activities, their rows locked, always in the same order."""
    query = select(Activity).where(which).order_by(Activity.id)
    rows = session.scalars(query.with_for_update().execution_options(populate_existing=True))
    return {row.id: row for row in rows}


def _say(session: Session, row: Activity, state: ActivityState | None, note: str, language: Language) -> None:
    row.note = edited(row.note, note if language == "en" else "", note if language == "fr" else "")
    if row.state not in FINAL or state != row.state:  # who did it stays who did it, whoever says so again
        row.told_at = clock.now(session)
        row.told_by = changes.actor(session).label[:200]
    if state:
        row.state = state
    touch_all(session, row)


def _hand_over(session: Session, row: Activity, owners: Iterable[str], anew: Set[str] = frozenset()) -> list[str]:
    """Make some people its owners, and tell those who were not: gives these. ``anew``: owners who left, and are as good as others."""
    wanted = set(owners)
    there = {each.person: each for each in session.scalars(select(ActivityOwner).where(ActivityOwner.activity == row.id))}
    for person in sorted(there.keys() - wanted):
        session.delete(there[person])
    known = there.keys() - (anew & wanted)
    changes.keep(session, ACTIVITY, row.id, "owners", before=of_owners(known), after=of_owners(wanted))
    fresh = sorted(wanted - known)
    session.add_all(ActivityOwner(activity=row.id, person=person) for person in sorted(wanted - there.keys()))
    touch_all(session, row)
    actor = changes.actor(session)
    told = [person for person in fresh if person != actor.person]
    announce(session, "activity_assigned", f"{ACTIVITY}:{row.id}", told, {"by": named(actor.label)})
    return fresh


def _facts(session: Session, row: Activity) -> ActivityFacts:
    return load_activities(session, [row])[0]
