"""What answering one question needs: the facts, the question, the reader, the day; and what it used of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, Protocol

from cadre.ask.answer import Candidate, Part
from cadre.ask.directory import RECORD
from cadre.ask.ledger import Ledger
from cadre.ask.lexicon import Mention, kind_of
from cadre.ask.names import Names
from cadre.ask.parse import Query
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Period, Truth
from cadre.core.words import Words
from cadre.decisions.facts import DecisionFacts
from cadre.groups.facts import GroupFacts
from cadre.people.facts import RoleFacts

STALE_MONTHS: Final = 12
"""A fact that nobody confirmed for so long is told as of its day (design of the registry: provenance)."""
MOST_CANDIDATES: Final = 6


class Handler(Protocol):
    """Answers one kind of question; its name is the intent."""

    __name__: str

    def __call__(self, scene: Scene) -> Part:
        """Raises Unclear where the question may be about several things."""
        ...


def by_name(*handlers: Handler) -> dict[str, Handler]:
    """Handlers by the intent that each answers."""
    return {handler.__name__: handler for handler in handlers}


class Unclear(Exception):
    """A question that may be about several things, or does not say about which; ``subjects`` are what it may mean."""

    def __init__(self, subjects: Sequence[str]) -> None:
        super().__init__(", ".join(subjects))
        self.subjects = subjects


@dataclass(slots=True)
class Scene(Names):
    """One question being answered. Collects the sources of what it tells, and the day as of which they tell it."""

    query: Query
    today: date
    ledger: Ledger
    earlier: str | None = None
    _sources: dict[str, Words] = field(default_factory=dict)
    _attested: PartialDate | None = None
    _fresh: bool = False
    _ours: bool = False
    stood: bool = False
    """Whether a role that was asked for stood on the day of the question."""
    unsure: dict[str, RoleFacts] = field(default_factory=dict)
    """Roles that were asked for, of which no source says whether they stood on that day."""

    meeting: str | None = None
    """The record of the meeting that is told of."""
    proposed: tuple[tuple[str, Words], ...] | None = None
    """Questions that one may ask next, each with its intent, where the answer itself knows them; None where its subject tells."""

    # -- what the question is about

    def mention(self, *kinds: str) -> Mention | None:
        """The surest mention of some kinds, if there is one."""
        return next(iter(self.query.of(*kinds)), None)

    def subject(self, *kinds: str, fits: Callable[[str], bool] | None = None) -> str:
        """What the question is about. Raises Unclear if several may be meant, or none is named.

        ``fits``: of several that are meant, whether one has what is asked for; the only one that has it is answered about.
        """
        mention = self.mention(*kinds)
        if mention is None:
            if self.earlier and kind_of(self.earlier) in kinds:
                return self.earlier
            raise Unclear(self.usual(kinds))
        meant = [subject for subject in mention.subjects if kind_of(subject) in kinds]
        if (
            "group" in kinds
            and not self.query.has("PRIORITY")
            and any(word == "GROUP" or word[:5] == "KIND:" for word in self.query.features)
        ):
            meant = self._groups_of(meant) or meant
        fitting = [subject for subject in meant if fits and fits(subject)]
        if len(fitting) == 1:
            return fitting[0]
        if len(meant) > 1 and (mention.acronym or len({kind_of(subject) for subject in meant}) == 1 or not mention.strong):
            raise Unclear(meant)
        return next((subject for kind in kinds for subject in meant if kind_of(subject) == kind), meant[0])

    def _groups_of(self, meant: Iterable[str]) -> list[str]:
        """Of what is meant by "the working group on …" the groups; of a priority, the group that carries it."""
        carried = (
            f"group:{self.directory.priorities[id_].group}"
            for kind, _, id_ in (each.partition(":") for each in meant)
            if kind == "priority"
        )
        named = [each for each in meant if kind_of(each) == "group"]
        return named or [each for each in dict.fromkeys(carried) if each[6:] in self.directory.groups]

    def groups(self, *, councils: bool | None = None) -> list[GroupFacts]:
        """The groups that the question names, the surest first: councils only, or all but them, where asked."""
        named = [subject for m in self.query.of("group") for subject in m.subjects if subject.startswith("group:")]
        found = [self.directory.groups[subject[6:]] for subject in dict.fromkeys(named)]
        return [group for group in found if councils is None or group.is_council is councils]

    def usual(self, kinds: Iterable[str]) -> list[str]:
        """What people most likely mean who do not say which: what has roles first, then what is mentioned in their question by kind."""
        known = self.directory
        busy = dict.fromkeys(role.target for role in known.roles)
        kind = next((feature[5:] for feature in self.query.features if feature.startswith("KIND:")), None)
        groups = [f"group:{g.id}" for g in known.groups.values() if not g.is_council and (not kind or g.kind == kind)]
        everything = {"priority": [f"priority:{p}" for p in known.priorities], "group": groups}
        wanted = [subject for each in kinds for subject in everything.get(each, [])]
        if kind:
            wanted = groups
        return sorted(wanted, key=lambda subject: (subject not in busy, subject))

    # -- roles and time

    def roles(
        self, *, target: str | None = None, person: str | None = None, role: str | None = None, places: Collection[str] = ()
    ) -> list[RoleFacts]:
        """The roles that stand on the day of the question: now, unless it names one. Cites where each comes from.

        ``places``: jurisdictions, those for which a role is held.
        """
        asked = [
            r
            for r in self.directory.roles
            if (not target or r.target == target) and (not person or r.person == person) and (not role or r.role == role)
            and (not places or self.held_for(r) in places)
        ]  # fmt: skip
        found = [r for r in asked if self._stands(r) is Truth.YES]
        self.stood = self.stood or bool(found)
        self.unsure |= {r.id: r for r in asked if self._stands(r) is Truth.UNKNOWN}
        for r in found:
            self.cite("role", r.id)
        return found

    def former(self, person: str, target: str | None = None) -> list[RoleFacts]:
        """The roles that somebody no longer held on the day of the question."""
        held = [r for r in self.directory.roles if r.person == person and (not target or r.target == target)]
        return [r for r in held if r.until and self._stands(r) is Truth.NO]

    def over(self, role: RoleFacts) -> bool:
        """Whether a role has ended by today."""
        return role.until is not None and role.until.last < self.today

    def phrase(self, role: RoleFacts, *, past: bool = False) -> Words:
        """What somebody does, or did; an old role beside fresh ones with the day as of which it is told."""
        told = Names.phrase(self, role, past=past or self.over(role))
        day = self._day_of("role", role.id)
        if not self._fresh or day is None or not day.older_than(STALE_MONTHS, self.today):
            return told
        return self.reader.gettext("{role}, as of {date}", role=told, date=self.dated(day))

    def held_for(self, role: RoleFacts) -> str | None:
        """The jurisdiction that a role is held for: its own, else the person's."""
        return role.jurisdiction or self.directory.people[role.person].jurisdiction

    def _stands(self, role: RoleFacts) -> Truth:
        if self.query.when:
            return self._period(role).holds(self.query.when)
        begun = role.since is None or role.since.first <= self.today
        return Truth.YES if begun and not self.over(role) else Truth.NO

    def _period(self, role: RoleFacts) -> Period:
        return Period(role.since, role.until, self._day_of("role", role.id))

    def _day_of(self, table: str, id_: str, field_: str = RECORD) -> PartialDate | None:
        confirmed = self.directory.confirmed(table, id_, field_)
        if confirmed:
            return PartialDate.day(confirmed)
        origin = self.directory.origin(table, id_, field_)
        source = self.directory.sources.get(origin.source) if origin else None
        return source.attested if source and source.origin in ("seed", "demonstration") else None

    # -- evidence

    def cite(self, table: str, id_: str, field_: str = RECORD) -> None:
        """Remember where a told fact comes from."""
        if self.cite_step(table, id_, field_):
            return
        origin = self.directory.origin(table, id_, field_)
        source = self.directory.sources.get(origin.source) if origin else None
        confirmed = self.directory.confirmed(table, id_, field_)
        if source is None or (source.origin == "ours" and not confirmed):
            return
        title = source.title.for_(self.reader)
        if confirmed:
            title = self.reader.gettext("Confirmed by the secretariat, {date}", date=self.reader.date(confirmed))
        elif source.url:
            title = self.reader.gettext("{title} ({address})", title=title, address=Words.verbatim(source.url))
        self._sources[f"{source.id}:{confirmed or ''}"] = title
        day = self._day_of(table, id_, field_)
        if day:
            self._fresh = self._fresh or not day.older_than(STALE_MONTHS, self.today)
            self._attested = min(filter(None, (self._attested, day)), key=lambda each: each.last)

    def cite_step(self, table: str, id_: str, *fields: str) -> bool:
        """The same of what stands by a decision of the Councils, which is so until another is taken; whether any of some fields does."""
        steps = [step for each in fields if (step := self.directory.step(table, id_, each))]
        for step in steps:
            self._sources[f"decision:{step.decision.id}"] = self.by_decision(step.decision)
            self._fresh = True
        return bool(steps)

    def by_decision(self, of: DecisionFacts) -> Words:
        """ "Decision 2027-03 (Joint Councils, March 15, 2027)"."""
        _, council = self.reader.gettext, self.directory.groups.get(of.council or "")
        name, day = _("Decision {number}", number=of.label), self.reader.date(of.taken) if of.taken else None
        more = Words.joined(", ", (each for each in (council and council.name.for_(self.reader), day) if each))
        return _("{text} ({more})", text=name, more=more) if more else name

    def cite_record(self, at: datetime) -> None:
        """What is told is the registry's own record, as it was at a moment."""
        self._sources["record"] = self.reader.gettext("The registry's own record, {moment}", moment=self.reader.moment(at))

    def told(self, sentence: Words) -> Words:
        """A sentence as what it is: true today, or as of the day on which its source told it.

        Where some of what it tells is fresh and some is old, the old carries its own day (``phrase``).
        """
        day = self._attested
        if not day or self._fresh:
            return sentence.sentence
        return self.reader.gettext("As of {date}, {sentence}", date=self.dated(day), sentence=sentence)

    def told_of(self, when: PartialDate) -> bool:
        """Whether the day as of which something is told is the date of the question, more or less finely."""
        day = self._attested
        return day is not None and (day.within(when) or when.within(day))

    def attests(self, when: PartialDate) -> bool:
        """Whether what was told is attested for a date; so is what has roles that stood then, and what has no date at all."""
        return self.stood or self._attested is None or self.told_of(when)

    def doubt(self, table: str, id_: str, field_: str) -> list[Words]:
        """Why a fact is to be confirmed, and what the source says; nothing where it is not in doubt."""
        found = self.directory.doubt(table, id_, field_)
        if found is None:
            return []
        self._ours = self._ours or not found.note
        _ = self.reader.gettext
        lines = [found.note.for_(self.reader)] if found.note else []
        if found.words and not any(found.words in line for line in lines):
            lines.append(_("The source reads: “{words}”.", words=Words.verbatim(found.words)))
        return lines

    def wording(self, table: str, id_: str, field_: str, text: Bilingual) -> Words:
        """A text of the registry, with its source. What we worded or corrected ourselves will be said to be so."""
        self.cite(table, id_, field_)
        asked = (field_, f"{field_}.{self.reader.language}")
        self._ours = self._ours or any(self.directory.doubt(table, id_, each) for each in asked)
        return text.for_(self.reader)

    # -- the answer

    def part(self, headline: Words, details: Iterable[Words] = (), *, candidates: Sequence[str] = (), subject: str | None = None) -> Part:
        """The answer to this question, with the sources of what was told."""
        offered = tuple(Candidate(each, self.label(each), self.short_label(each)) for each in candidates)
        return Part(
            self.query.text,
            self.query.intent or "out_of_registry",
            headline,
            (*details, *([self.reader.gettext("To be confirmed: this is Cadre's own reading or wording.")] if self._ours else ())),
            tuple(self._sources.values()),
            offered,
            subject,
            meeting=self.meeting,
        )

    def undated(self, when: PartialDate, near: Part) -> Part:
        """What was so on a date is not known: says so, and what is recorded, with its day."""
        _ = self.reader.gettext
        what = _("what was so in {date} is not known.", date=self.reader.date(when))
        if not self.unsure:
            return self.unknown(what, [near.headline, *near.details], near.subject)
        for id_ in self.unsure:
            self.cite("role", id_)
        return self.unknown(what, [self.told(_("this is recorded:")), *self.by_person(self.unsure.values())], near.subject)

    def unknown(self, what: Words, details: Iterable[Words] = (), subject: str | None = None) -> Part:
        """What is asked is not in the registry: says so, and what is nearest to it."""
        headline = self.reader.gettext("That is not in the registry: {what}", what=what)
        return replace(self.part(headline, details, subject=subject), known=False)
