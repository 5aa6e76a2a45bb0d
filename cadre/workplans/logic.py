"""The logic model of a council: looked at by everybody with a role, kept by the secretariat.

What is done at once to one model is done one after the other: the record of its council is locked first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict, Invalid, Message, NotFound
from cadre.core.i18n import LANGUAGES
from cadre.core.ids import free_id
from cadre.core.marks import kept, mark
from cadre.core.reader import OPERATOR, named
from cadre.core.typed import replaced, tidy, too_long
from cadre.groups.facts import COUNCILS
from cadre.groups.rights import group_row, require_going, source_for
from cadre.notices.service import touch
from cadre.people.service import require_secretariat as _require
from cadre.people.standing import forget, restate, state_record
from cadre.priorities.models import Priority
from cadre.workplans.facts import WORKPLAN
from cadre.workplans.logic_reading import councils, held, model, model_with, part_of
from cadre.workplans.logic_rules import FED, MOST, STAGES, Model, Part, may_feed, wrong_stage
from cadre.workplans.models import Activity, Feed, Outcome

__all__ = [
    "Removed",
    "add_part",
    "bring_back",
    "councils",
    "model",
    "model_with",
    "of_part",
    "remove_part",
    "save_part",
    "set_feeds",
]

OUTCOME: Final = Outcome.__tablename__
FEED: Final = Feed.__tablename__
WORDING: Final = tuple(f"wording_{language}" for language in LANGUAGES)
_GONE: Final = Message("This is not in the logic model any more. Choose one of those offered.")


@dataclass(frozen=True, slots=True)
class Removed:
    """What became of a part that was taken out: how many activities feed another one now; whether its record stays, because activities of
    workplans that are over name it.
    """

    part: Part
    moved: int
    stays: bool


def of_part(part: Part) -> dict[str, str]:
    """What the window of a part shows, field by field."""
    texts = {f"wording_{language}": part.wording.in_(language) or "" for language in LANGUAGES}
    return {"term": part.term, "priority": part.priority or "", **texts}


def add_part(session: Session, council: str, typed: Mapping[str, str], *, view_id: str | None = None) -> Part:
    """Put a part into the model of a council, last of its stage. The same window submitted twice makes one.

    ``typed``: ``term``, ``wording_en``, ``wording_fr`` (one language at least), ``priority`` (may be empty). Raises Forbidden for anyone
    but the secretariat, NotFound for what is no council, Invalid.
    """
    _lock(session, council)
    same = session.scalar(select(Outcome).where(Outcome.view_id == view_id)) if view_id else None
    if same:
        return part_of(same)
    wanted = {name: tidy(typed.get(name)) for name in ("term", "priority", *WORDING)}
    if wrong := _wrong(session, wanted, {}) | _full(session, council):
        raise Invalid(**wrong)
    number = _last(session, council, wanted["term"]) + 1
    id_ = free_id(session, Outcome, f"{council}.{wanted['term']}-{number}")
    row = Outcome(id=id_, council=council, term=wanted["term"], number=number, priority=wanted["priority"] or None, view_id=view_id)
    row.wording = Bilingual(wanted["wording_en"] or None, wanted["wording_fr"] or None)
    session.add(row)
    session.flush()
    state_record(session, OUTCOME, id_, source_for(session, council), confirmed=True)
    return part_of(row)


def save_part(session: Session, id_: str, typed: Mapping[str, str], shown: Mapping[str, str]) -> Part:
    """Word a part anew, or say that it is of another stage or priority. ``shown``: marks of what the window showed: what another changed
    meanwhile and whoever saves left alone stays so.

    Raises Forbidden for anyone but the secretariat, NotFound, Conflict for one that was taken out; Invalid, also where both wrote in one
    field, or what feeds what would go backwards.
    """
    row = _part(session, id_)
    part = part_of(row)
    now = of_part(part)
    given = {name: tidy(value) for name, value in typed.items() if name in now}
    stays = kept(now, given, shown, WORDING)
    wanted = {name: value if name in stays else given.get(name, value) for name, value in now.items()}
    wrong = _wrong(session, wanted, now)
    if wanted["term"] != now["term"] and "term" not in wrong:
        wrong |= _wrong_term(session, row, wanted["term"])
    if wrong:
        raise Invalid(**wrong)
    if wanted["term"] != now["term"]:
        row.term, row.number = wanted["term"], _last(session, row.council, wanted["term"]) + 1
    source = source_for(session, row.council)
    values = {
        "term": row.term,
        "priority": wanted["priority"] or None,
        "wording": replaced(row.wording, wanted["wording_en"], wanted["wording_fr"]),
    }
    before = {"term": part.term, "priority": part.priority, "wording": part.wording}
    for name, value in values.items():
        if value != before[name]:
            setattr(row, name, value)
            session.flush()
            restate(session, OUTCOME, id_, name, source, confirmed=True)
    return part_of(row)


def set_feeds(session: Session, id_: str, targets: Collection[str], shown: Collection[str]) -> tuple[str, ...]:
    """Say what a part feeds: later stages of the same model only. ``shown``: marks of what the window showed as fed; what another added or
    took away meanwhile stays so. Gives all that it feeds now.

    Raises Forbidden for anyone but the secretariat, NotFound, Conflict for one that was taken out, Invalid.
    """
    row = _part(session, id_)
    there = {feed.target: feed for feed in session.scalars(select(Feed).where(Feed.source == id_))}
    fresh = sorted(set(targets) - there.keys())
    if any(not _feedable(session.get(Outcome, each), row) for each in fresh):
        raise Invalid(targets=_GONE)
    for target in fresh:
        feed = Feed(id=free_id(session, Feed, f"{id_}.{target.removeprefix(row.council).strip('.')}"), source=id_, target=target)
        session.add(feed)
        session.flush()
        state_record(session, FEED, feed.id, source_for(session, row.council), confirmed=True)
    for target, feed in there.items():
        if target not in targets and mark(target) in shown:
            _drop(session, feed)
    session.flush()
    return tuple(sorted(session.scalars(select(Feed.target).where(Feed.source == id_))))


def remove_part(session: Session, id_: str, to: str | None = None) -> Removed:
    """Take a part out of the model, with all that it feeds and that feeds it. ``to``: the part that activities of workplans which feed it
    are to feed from then on; without one it is refused while there are any. Where activities of workplans that are over name it, its record
    stays, so that these read as they did.

    Raises Forbidden for anyone but the secretariat, NotFound, Conflict for one that was taken out already, Invalid (``to``).
    """
    row = _part(session, id_)
    theirs = _counted(session, row)
    if theirs and not to:
        told = Message("Activities of workplans feed this. Choose what they are to feed from now on, or change these activities first.")
        raise Invalid(to=told)
    if theirs:
        _move(session, row, theirs, to or "")
    for feed in session.scalars(select(Feed).where((Feed.source == id_) | (Feed.target == id_))).all():
        _drop(session, feed)
    stays = session.scalar(select(func.count()).where(Activity.outcome == id_)) or 0
    part = part_of(row)
    if stays:
        row.retired = clock.today(session)
    else:
        forget(session, OUTCOME, id_)
        session.flush()
        session.delete(row)
    session.flush()
    return Removed(part, len(theirs), stays=bool(stays))


def bring_back(session: Session, id_: str) -> Part:
    """A part that was taken out, and whose record stayed, is in the model again; what it fed is to be said anew.

    Raises Forbidden for anyone but the secretariat, NotFound, Invalid where there is no room. One that is in it already stays so.
    """
    row = _part(session, id_, former=True)
    if row.retired is not None:
        if full := _full(session, row.council):
            raise Invalid(**full)
        row.retired = None
        session.flush()
    return part_of(row)


def _secretariat(session: Session) -> None:
    if changes.actor(session) != OPERATOR:
        _require(session)


def _lock(session: Session, council: str) -> None:
    """The council whose model is changed. Raises Forbidden, NotFound, Invalid for one that was dissolved."""
    _secretariat(session)
    if group_row(session, council, lock=True).kind not in COUNCILS:
        raise NotFound(council)
    require_going(session, council)


def _part(session: Session, id_: str, *, former: bool = False) -> Outcome:
    """A part that is to be changed, its council locked, and itself: no activity begins to feed it meanwhile."""
    _secretariat(session)
    council = session.scalar(select(Outcome.council).where(Outcome.id == id_))
    if council is None:
        raise NotFound(id_)
    _lock(session, council)
    row = session.scalar(select(Outcome).where(Outcome.id == id_).with_for_update().execution_options(populate_existing=True))
    if row is None:
        raise NotFound(id_)
    if row.retired is not None and not former:
        by, at = changes.last(session, OUTCOME, id_, "retired") or ("", clock.now(session))
        raise Conflict(named(by), at, Message("It was taken out of the logic model."))
    return row


def _wrong(session: Session, wanted: Mapping[str, str], now: Mapping[str, str]) -> dict[str, Message]:
    """What cannot be taken of a part. ``now``: what stands there, which may be longer than a window takes."""
    wrong = too_long({name: wanted[name] for name in WORDING if wanted[name] != now.get(name)})
    if wanted["term"] not in STAGES:
        wrong["term"] = Message("Choose one of those offered.")
    if not any(wanted[name] for name in WORDING):
        wrong["wording"] = Message("Write it in one language at least.")
    if wanted["priority"] and session.get(Priority, wanted["priority"]) is None:
        wrong["priority"] = Message("This is not in the registry any more.")
    return wrong


def _wrong_term(session: Session, row: Outcome, term: str) -> dict[str, Message]:
    """Why a part cannot be of another stage: by what feeds what, and by the activities that feed it."""
    if told := wrong_stage(model(session, row.council, OPERATOR), part_of(row), term):
        return {"term": told}
    if term not in FED and session.scalar(select(func.count()).where(Activity.outcome == row.id)):
        return {"term": Message("Activities of workplans feed it: they feed outputs and outcomes only.")}
    return {}


def _full(session: Session, council: str) -> dict[str, Message]:
    there = session.scalar(select(func.count()).where(Outcome.council == council, Outcome.retired.is_(None))) or 0
    return {"term": Message("A logic model has {n} parts at most.", {"n": MOST})} if there >= MOST else {}


def _last(session: Session, council: str, term: str) -> int:
    """The last number of a stage; those that were taken out keep theirs."""
    return session.scalar(select(func.max(Outcome.number)).where(Outcome.council == council, Outcome.term == term)) or 0


def _feedable(target: Outcome | None, source: Outcome) -> bool:
    return target is not None and target.retired is None and target.council == source.council and may_feed(source.term, target.term)


def _drop(session: Session, feed: Feed) -> None:
    forget(session, FEED, feed.id)
    session.delete(feed)


def _counted(session: Session, row: Outcome) -> list[int]:
    """The activities of workplans that count, and that feed a part."""
    found: Model = model(session, row.council, OPERATOR)
    return sorted(each.id for each in found.activities if each.outcome == row.id)


def _move(session: Session, row: Outcome, activities: Collection[int], to: str) -> None:
    """Activities feed another part from now on. Raises Invalid for one that none may feed."""
    target = session.get(Outcome, to)
    if to == row.id or target is None or target.council != row.council or to not in held(session, [to]):
        raise Invalid(to=_GONE)
    query: Any = select(Activity).where(Activity.id.in_(activities)).order_by(Activity.id)
    plans = set()
    for activity in session.scalars(query.with_for_update().execution_options(populate_existing=True)).all():
        if activity.outcome == row.id:  # somebody may have changed it a moment ago
            activity.outcome = to
            plans.add(activity.workplan)
    session.flush()
    for plan in sorted(plans):
        touch(session, WORKPLAN, f"{WORKPLAN}:{plan}")
