"""What changed in a group, council or priority since a day, read off the Changes: its own record, and all that is tied to it.

Everybody may know what became of public facts. Who changed it, how its workplans moved and what else was kept of it is for the
secretariat and those who lead it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cadre.core.models import NAMES, Change
from cadre.core.reader import OPERATOR, WORKER, Actor
from cadre.core.rows import by_id, chunks
from cadre.oversight.facts import LEADING
from cadre.people import holders
from cadre.people import service as people
from cadre.people.models import Person

Kind = Literal["group", "priority"]
TIED: Final = ("role", "alignment", "recommendation", "decision", "meeting", "workplan", "link", "objective", "document")
"""What belongs to a group or priority, by the tables that keep it."""
_NAMED: Final = "alias"
_STANDS: Final = "provenance"
_VERSION: Final = "document_version"
PUBLIC: Final = frozenset("name kind state owner parent target_kind mandate description note group number".split())
"""Fields of a group or priority that everybody may know."""
_OPEN: Final = frozenset({"record", *NAMES})
"""What else of it everybody may know to be confirmed."""
_ENDS: Final[Mapping[str, tuple[str, ...]]] = {"group": ("group", "council", "source_group", "target_group"), "priority": ("priority",)}
_ACT: Final = timedelta(seconds=2)
"""What one person did to one record within so long, under one decision, is one act: a step may be written in parts."""
_ENTRY: Final = timedelta(minutes=10)
"""What came with a record when it was entered: a registry file that is taken in brings many years at once."""
_LANGUAGES: Final = ("_en", "_fr", "_stale")


@dataclass(frozen=True, slots=True)
class Act:
    """What was done to one record at once. ``made``: it was entered; ``gone``: it was taken out; ``fields``: before and after, by field.

    ``held``: what it holds, or held last, by field, as the Changes have it; ``about``: the same of the record that it is of, as of a role
    that is confirmed; ``person``: the name of whose role it is; ``by``: who did it, for those who may know that; ``decision``: of the
    Councils, under which it was done.
    """

    at: datetime
    by: str | None
    subject: str
    subject_id: str
    made: bool
    gone: bool
    fields: Mapping[str, tuple[str | None, str | None]]
    held: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, str] = field(default_factory=dict)
    person: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class History:
    """What changed, the latest first. ``entered``: when the record itself was, if that was since; ``whole``: nothing is withheld."""

    acts: tuple[Act, ...]
    entered: datetime | None
    whole: bool


def history(session: Session, kind: Kind, id_: str, since: datetime | None, seen_by: Actor) -> History:
    """What changed since a moment, or ever, as somebody may know it."""
    whole = _inside(session, kind, id_, seen_by)
    rows = sorted([*_of(session, kind, [id_]), *_tied(session, kind, id_)], key=lambda row: row.id)
    acts = _worth_telling(list(_acts(rows)))
    entry = next((act for act in acts if act.subject == kind and act.made), None)
    told = [act for act in acts if act is not entry and (since is None or act.at >= since) and not (entry and _came_with(entry, act))]
    told = told if whole else [public for act in told if (public := _public(act))]
    holders_ = {id(act): who for act in told if (who := act.held.get("person") or act.about.get("person"))}
    names = by_id(session, Person, set(holders_.values()))
    named = (replace(act, person=names[who].name if (who := holders_.get(id(act))) in names else None) for act in told)
    entered = entry.at if entry and (since is None or entry.at >= since) else None
    return History(tuple(sorted(named, key=lambda act: act.at, reverse=True)), entered, whole)


def _inside(session: Session, kind: Kind, id_: str, actor: Actor) -> bool:
    """Whether somebody is of the secretariat, runs Cadre, or leads it now, confirmed."""
    if actor == OPERATOR or people.is_secretariat(session, actor):
        return True
    held = holders.of_person(session, actor.person) if actor.person else ()
    return any(each.target == (kind, id_) and each.role in LEADING for each in held)


def _of(session: Session, subject: str, ids: Iterable[str]) -> Iterator[Change]:
    for some in chunks(ids):
        yield from session.scalars(select(Change).where(Change.subject == subject, Change.subject_id.in_(some)))


def _tied(session: Session, kind: Kind, id_: str) -> Iterator[Change]:
    """The Changes of all that is, or once was, tied to it."""
    ends = (Change.field.in_(_ENDS[kind]), or_(Change.before == id_, Change.after == id_))
    found: dict[str, set[str]] = {}
    for subject, subject_id in session.execute(select(Change.subject, Change.subject_id).where(Change.subject.in_(TIED), *ends)):
        found.setdefault(subject, set()).add(subject_id)
    for subject, ids in found.items():
        yield from _of(session, subject, sorted(ids))
    yield from _of(session, _VERSION, _speaking(session, _VERSION, "document", {"document": found.get("document", set())}))
    found[kind] = {id_}
    yield from _of(session, _NAMED, _speaking(session, _NAMED, "subject_id", {kind: {id_}}))
    yield from _of(session, _STANDS, _speaking(session, _STANDS, "subject_id", found))


def _speaking(session: Session, subject: str, field_: str, of: Mapping[str, Collection[str]]) -> list[str]:
    """The records of a table that speak of some others, which a field of theirs names: ``of``, by table."""
    wanted = sorted({id_ for ids in of.values() for id_ in ids})
    named = [Change.subject == subject, Change.field == field_]
    found = {row for some in chunks(wanted) for row in session.scalars(select(Change.subject_id).where(*named, Change.after.in_(some)))}
    return sorted(found)


def _acts(rows: Sequence[Change]) -> Iterator[Act]:
    """From single fields to what was done, in its order. ``rows``: all there are of some records, the oldest first."""
    open_: dict[tuple[str, str], list[Change]] = {}
    held: dict[tuple[str, str], dict[str, str]] = {}
    done: list[list[Change]] = []
    for row in rows:
        record = (row.subject, row.subject_id)
        first = open_.get(record, [row])[0]
        if record not in open_ or (row.by, row.decision) != (first.by, first.decision) or row.at - first.at > _ACT:
            open_[record] = []
            done.append(open_[record])
        open_[record].append(row)
    for act in done:
        record = (act[0].subject, act[0].subject_id)
        made = record not in held
        before = dict(held.get(record, {}))
        now = {**before, **{row.field: row.after for row in act if row.after is not None}}
        gone = not made and bool(before) and all(row.after is None for row in act) and {row.field for row in act} >= before.keys()
        for row in act:
            if row.after is None:
                now.pop(row.field, None)
        held[record] = now
        about = held.get(_of_what(now if not gone else before), {})
        yield Act(act[0].at, act[0].by, *record, made, gone, _fields(act), before if gone else now, about, decision=act[0].decision)


def _of_what(held: Mapping[str, str]) -> tuple[str, str]:
    """The record that another is of: a name or the provenance of one, or a version of a document."""
    if "document" in held:
        return "document", held["document"]
    return held.get("subject", ""), held.get("subject_id", "")


def _worth_telling(acts: Sequence[Act]) -> list[Act]:
    """Without documents, of which their versions tell, and what is only known of a fact: that it was confirmed is told, unless it was
    written anew, and so confirmed, at that moment.
    """
    there: dict[tuple[str, str], list[Act]] = {}
    for act in acts:
        there.setdefault((act.subject, act.subject_id), []).append(act)
    named = [act for act in acts if act.subject == _NAMED and _of_what(act.held) in there]  # the id may be one of another table too
    for act in named:
        there[_of_what(act.held)].append(act)
    aside = {"document", _NAMED, _STANDS}
    confirmed = [act for act in acts if act.subject == _STANDS and _confirms(act, there.get(_of_what(act.held), ()))]
    return [*(act for act in acts if act.subject not in aside), *named, *confirmed]


def _confirms(act: Act, others: Collection[Act]) -> bool:
    """Whether an act says no more than that a fact stands. ``others``: what was done to the record itself; none where it is of another."""
    if not others or act.held.get("standing") != "confirmed" or act.gone or not act.fields.keys() & {"standing", "confirmed_on"}:
        return False
    return not any(each.by == act.by and abs(each.at - act.at) <= _ACT and _writes(each, act.held["field"]) for each in others)


def _writes(act: Act, name: str) -> bool:
    """Whether a record is written anew by an act in what is confirmed of it: a field, in one language or both, or all of it."""
    base = name.partition(".")[0]
    if act.subject == _NAMED:
        return base in NAMES
    return base == "record" or act.made or base in {plain(each) for each in act.fields}


def _fields(rows: Sequence[Change]) -> dict[str, tuple[str | None, str | None]]:
    """Before and after by field: of one that was written twice, from the first to the last."""
    found: dict[str, tuple[str | None, str | None]] = {}
    for row in rows:
        found[row.field] = (found[row.field][0] if row.field in found else row.before, row.after)
    return {name: (before, after) for name, (before, after) in found.items() if before != after}


def _came_with(entry: Act, act: Act) -> bool:
    return act.made and act.by == entry.by and abs(act.at - entry.at) <= _ENTRY


def plain(name: str) -> str:
    """The field of which a column holds one language: "name" of "name_fr"."""
    return next((name.removesuffix(end) for end in _LANGUAGES if name.endswith(end)), name)


def _public(act: Act) -> Act | None:
    """What everybody may know of it, without who did it; None where that is nothing."""
    by = WORKER.label if act.by == WORKER.label else None
    if act.subject == "workplan" or (act.subject == "decision" and "number" not in act.held):
        return None
    if act.subject == _VERSION and "decision" not in act.held:
        return None
    if act.subject == _STANDS and act.held["subject"] in _ENDS and act.held["field"].partition(".")[0] not in PUBLIC | _OPEN:
        return None
    if act.subject in ("group", "priority"):
        fields = {name: pair for name, pair in act.fields.items() if plain(name) in PUBLIC}
        return replace(act, by=by, fields=fields) if fields else None
    return replace(act, by=by)
