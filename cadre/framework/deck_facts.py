"""What a deck tells besides the framework itself: where each fact comes from, labels of the sources, objectives, rules, the agenda."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden
from cadre.core.models import Excerpt, Provenance, Source
from cadre.core.reader import Actor, Reader
from cadre.core.words import Words
from cadre.decisions.models import Rule
from cadre.framework import changing, reading
from cadre.framework.changing import Changed
from cadre.framework.deck_scope import below, both, of_council
from cadre.framework.facts import GroupIn, MeetingIn, RecommendationIn, World
from cadre.framework.graph import Told
from cadre.framework.meeting_names import above_all, found, in_person, next_in_person
from cadre.framework.slides import Tongue
from cadre.groups import wording as groups
from cadre.groups.models import Objective
from cadre.meetings import agenda
from cadre.meetings.models import ExpectedResult
from cadre.meetings.views import ItemFacts
from cadre.people.models import Jurisdiction, Person
from cadre.workplans.models import Outcome

DOUBTFUL: Final = frozenset({"inferred", "corrected"})
PROPOSED: Final = "proposed"
_RESERVED: Final = frozenset({"late", "health"})
"""Kinds of change that only those with a role are told."""
LABEL: Final = "label"
SECTION: Final = "section"
_TOLD: Final = frozenset(
    "record name kind target_kind state owner mandate note description wording question label consequence about group meeting".split()
)
"""Fields whose origin the notes of a slide tell; other names, prepositions and the like are not seen on one."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one fact comes from: its source, in whose ``words``; and why it is read so."""

    source: Bilingual
    standing: str
    words: str | None
    note: Bilingual | None

    @property
    def doubtful(self) -> bool:
        """Whether it is read otherwise than written, or by reasoning, and nobody confirmed it."""
        return self.standing in DOUBTFUL


@dataclass(frozen=True, slots=True)
class Label:
    """What a source holds that is no fact of its own."""

    id: str
    number: int
    wording: Bilingual


@dataclass(frozen=True, slots=True)
class RuleIn:
    """What each group is to meet, if its recommendation is approved."""

    id: str
    number: str
    recommendation: str
    wording: Bilingual


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective of a group. Where it stands, the registry does not hold."""

    id: str
    group: str
    number: int
    wording: Bilingual


@dataclass(frozen=True, slots=True)
class Result:
    """What a meeting is to bring."""

    id: str
    number: int
    meeting: str | None
    wording: Bilingual


@dataclass(frozen=True, slots=True)
class Seat:
    """A jurisdiction as a list of members has it: its name, its abbreviation, the region of its association."""

    name: Bilingual
    short: Bilingual | None
    section: Bilingual | None


@dataclass(frozen=True)
class DeckFacts:
    """All that a deck is made from. ``meeting``: the one that it is for, if one was named; ``items``: its agenda, for those who may see it.

    All else is what everybody may know, unless the world is whole.
    """

    world: World
    meeting: MeetingIn | None = None
    items: tuple[ItemFacts, ...] = ()
    origins: Mapping[tuple[str, str], Mapping[str, Origin]] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()
    sections: tuple[Label, ...] = ()
    aims: tuple[Aim, ...] = ()
    rules: tuple[RuleIn, ...] = ()
    results: tuple[Result, ...] = ()
    seats: Mapping[str, Seat] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    changes: Changed | None = None
    modelled: bool = False
    """Whether anything of a logic model is entered, also where it is not for whoever looks."""

    @property
    def council(self) -> GroupIn | None:
        """The council that it is about: whose meeting it is for; else the one that the others are part of."""
        return _about(self.world, self.meeting)

    @property
    def occasion(self) -> MeetingIn | None:
        """The meeting that it is for, else the one in person that comes next, else the last."""
        return self.meeting or next_in_person(self.world)

    @property
    def reserved(self) -> bool:
        """Whether it tells what not everybody may know: how groups stand, workplans, logic models, what is late, or who is to do what."""
        told = self.changes.differences.sections if self.changes else {}
        shown = (self.world.health, self.world.workplans, self.world.parts, self.people)
        return any(shown) or not _RESERVED.isdisjoint(told)

    def origin(self, subject: str, id_: str, name: str = "record") -> Origin | None:
        """Where a fact comes from; None where that is not recorded."""
        return self.origins.get((subject, id_), {}).get(name)

    def in_doubt(self, subject: str, id_: str, name: str) -> bool:
        """Whether a fact is to be confirmed."""
        known = self.origin(subject, id_, name)
        return known is not None and known.doubtful

    def notes(self, tongue: Tongue, records: Iterable[tuple[str, str, Bilingual]]) -> tuple[Told, ...]:
        """Speaker's notes: where what stands on a slide comes from. ``records``: subject, id and what it is called."""
        told = dict.fromkeys(line for record in records for line in self._notes_of(tongue, *record))
        return tuple(told)

    def _notes_of(self, tongue: Tongue, subject: str, id_: str, called: Bilingual) -> Iterator[Told]:
        for name, origin in self.origins.get((subject, id_), {}).items():
            what, _, language = name.partition(".")
            if what in _TOLD and (not language or language in tongue.languages):
                yield tongue.say(_saying(origin, what, called))


def _saying(origin: Origin, name: str, called: Bilingual) -> Callable[[Reader], Words]:
    """ "Bees Working Group, Reports to: deck, “JC”. To be confirmed: …"."""

    def say(reader: Reader) -> Words:
        _ = reader.gettext
        what = called.for_(reader)
        if name != "record":
            what = _("{record}, {field}", record=what, field=groups.field(name, reader))
        values = {"what": what, "source": origin.source.for_(reader)}
        if origin.words:
            told = _("{what} – {source}: “{words}”", **values, words=Words.verbatim(" ".join(origin.words.split())))
        else:
            told = _("{what} – {source}", **values)
        parts = [told, *([_("To be confirmed.")] if origin.doubtful else []), *([origin.note.for_(reader)] if origin.note else [])]
        return Words.joined(" ", parts)

    return say


def read(session: Session, meeting: str | None = None, seen_by: Actor | None = None) -> DeckFacts:
    """All that a deck of today tells, as somebody may know it. ``meeting``: its id or what people call it.

    Raises Invalid for no such meeting, or where several are called so.
    """
    whole = reading.world(session, clock.today(session), seen_by)
    wanted = found(whole, meeting) if meeting else None
    return of(session, whole, wanted, seen_by, items=_items(session, wanted, seen_by) if wanted and seen_by else ())


def of(
    session: Session, whole: World, wanted: MeetingIn | None, seen_by: Actor | None = None, *, items: tuple[ItemFacts, ...] = ()
) -> DeckFacts:
    """The same from a World of today that was read already, as ``seen_by`` may know it. ``items``: the agenda of the meeting."""
    council = _about(whole, wanted)
    world = of_council(whole, council.id if council else None)
    excerpts = {kind: _labels(session, kind) if _common(whole, council) else () for kind in (LABEL, SECTION)}
    return DeckFacts(
        world=world,
        meeting=wanted,
        items=items,
        origins=_origins(session),
        labels=excerpts[LABEL],
        sections=excerpts[SECTION],
        aims=tuple(Aim(row.id, row.group, row.number, row.wording) for row in session.scalars(_AIMS) if row.group in world.groups),
        rules=tuple(RuleIn(row.id, row.number, row.recommendation, row.wording) for row in session.scalars(_RULES)),
        results=tuple(Result(row.id, row.number, row.meeting, row.wording) for row in session.scalars(_RESULTS)),
        seats={row.id: Seat(row.name, row.short, row.section) for row in session.scalars(select(Jurisdiction))},
        people=_owners(session, world),
        changes=_changes(session, whole, council, wanted, seen_by),
        modelled=_modelled(session, whole, council),
    )


_AIMS: Final = select(Objective).order_by(Objective.group, Objective.number, Objective.id)
_RULES: Final = select(Rule).order_by(Rule.number, Rule.id)
_RESULTS: Final = select(ExpectedResult).order_by(ExpectedResult.number, ExpectedResult.id)


def _changes(session: Session, world: World, council: GroupIn | None, asked: MeetingIn | None, seen_by: Actor | None) -> Changed | None:
    """What changed since the last meeting in person of a council, but for the one that the deck is for; None where there was none."""
    about = council.id if council else None
    held = [each for each in in_person(world, about) if each.held and each.held.first <= world.day]
    before = [each for each in held if each != asked]
    if not before:
        return None
    return changing.changed(session, f"meeting:{before[-1].id}", "", seen_by, within=partial(both, council=about), now=world)


def _modelled(session: Session, world: World, council: GroupIn | None) -> bool:
    entered = set(session.scalars(select(Outcome.council).where(Outcome.retired.is_(None)).distinct()))
    return bool(entered & below(world, council.id) if council else entered)


def _about(world: World, meeting: MeetingIn | None) -> GroupIn | None:
    own = world.groups.get(meeting.group) if meeting else None
    return own if own and own.is_council else above_all(world)


def _common(world: World, council: GroupIn | None) -> bool:
    """Whether what a source tells of no council in particular is of this one: of the one above all others, or part of it."""
    top = above_all(world)
    return council is None or top is None or council.id in below(world, top.id)


def _labels(session: Session, kind: str) -> tuple[Label, ...]:
    rows = session.scalars(select(Excerpt).where(Excerpt.kind == kind).order_by(Excerpt.number, Excerpt.id))
    return tuple(Label(row.id, row.number, row.wording) for row in rows)


def _items(session: Session, meeting: MeetingIn, seen_by: Actor) -> tuple[ItemFacts, ...]:
    """The agenda of a meeting, for whoever is invited or may arrange it; for others none."""
    try:
        return agenda.agenda(session, meeting.id, seen_by).items
    except Forbidden:
        return ()


def _origins(session: Session) -> dict[tuple[str, str], dict[str, Origin]]:
    titles = {row.id: row.title for row in session.scalars(select(Source))}
    kept = Provenance
    columns = (kept.subject, kept.subject_id, kept.field, kept.source, kept.standing, kept.words, kept.note)
    known: dict[tuple[str, str], dict[str, Origin]] = {}
    for subject, id_, name, source, standing, words, note in session.execute(select(*columns).order_by(kept.id)):
        known.setdefault((subject, id_), {})[name] = Origin(titles[source], standing, words, note)
    return known


def _owners(session: Session, world: World) -> dict[str, str]:
    """What those are called who are to do something: for those only who may know it."""
    ids = {each.owner for each in world.actions.values() if each.owner} if world.whole else set()
    return dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))).tuples()) if ids else {}


def waiting(found_: Iterable[RecommendationIn]) -> bool:
    """Whether the Councils have answered none of them."""
    return all(each.status == PROPOSED for each in found_)
