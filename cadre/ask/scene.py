"""What answering one question needs: the facts, the question, the reader, the day; and what it used of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Protocol

from cadre.ask.answer import Candidate, Part
from cadre.ask.directory import RECORD, Directory
from cadre.ask.lexicon import Mention, kind_of
from cadre.ask.parse import Query
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Period, Truth
from cadre.core.french import Article, Name, article
from cadre.core.reader import Reader
from cadre.core.words import Words
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
class Scene:
    """One question being answered. Collects the sources of what it tells, and the day as of which they tell it."""

    directory: Directory
    query: Query
    reader: Reader
    today: date
    earlier: str | None = None
    _sources: dict[str, Words] = field(default_factory=dict)
    _attested: PartialDate | None = None

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
        fitting = [subject for subject in meant if fits and fits(subject)]
        if len(fitting) == 1:
            return fitting[0]
        if len(meant) > 1 and (mention.acronym or len({kind_of(subject) for subject in meant}) == 1 or not mention.strong):
            raise Unclear(meant)
        return next((subject for kind in kinds for subject in meant if kind_of(subject) == kind), meant[0])

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

    # -- names

    def name(self, subject: str) -> Name:
        """A subject by its name, ready for a sentence in the reader's language."""
        kind, _, id_ = subject.partition(":")
        known = self.directory
        match kind:
            case "group":
                group = known.groups[id_]
                return self._named(group.name, group.article)
            case "priority":
                name = Words(known.priorities[id_].name.for_(self.reader))
                return Name.make(self.reader.gettext("{name} priority", name=name), self.reader.language, "la", True)
            case "jurisdiction":
                place = known.jurisdictions[id_]
                definite = place.kind in ("federal", "municipality", "association", "organization") or id_ == "NT"
                return self._named(place.name, place.article or "", definite)
            case "person":
                return Name.make(known.people[id_].name, self.reader.language, "", False)
            case "term":
                return self._named(known.terms[id_].name, None, False)
            case _:
                return self._named(known.kinds[id_].name, None, False)

    def _named(self, name: Bilingual, stored: Article | None, definite: bool = True) -> Name:
        text = name.for_(self.reader)
        found = article(text) if stored is None else stored
        return Name.make(text, self.reader.language, found, definite and "'s " not in text.split(" ", 2)[0] + " ")

    def acronym(self, subject: str) -> Words | None:
        """The acronym of a subject in the reader's language."""
        found = self.directory.acronyms.get((subject, self.reader.language))
        return Words.verbatim(found) if found else None

    def short(self, subject: str) -> Name:
        """A council by its acronym, anything else by its name."""
        found = self.acronym(subject)
        full = self.name(subject)
        group = self.directory.groups.get(subject.partition(":")[2])
        plural = group is not None and group.kind == "joint_council"  # « les Conseils mixtes », never « les CM »
        return Name.make(found, self.reader.language, full.article, False) if found and not plural else full

    def with_acronym(self, subject: str) -> Name:
        """ "Joint Councils (JC)", ready for a sentence."""
        found = self.acronym(subject)
        full = self.name(subject)
        if not found:
            return full
        both = self.reader.gettext("{name} ({acronym})", name=full, acronym=found)
        return Name.make(both, self.reader.language, full.article, full.definite)

    def place(self, jurisdiction: str | None) -> Words:
        """Where somebody is from, short enough for brackets: "B.C.", "City of Windsor, MISA East"."""
        place = self.directory.jurisdictions.get(jurisdiction or "")
        if place is None:
            return Words("")
        text = (place.short or place.name).for_(self.reader)
        return Words.joined(", ", (text, place.section.for_(self.reader))) if place.section else text

    def person(self, role: RoleFacts) -> Words:
        """ "Bev Dicks (B.C.)": a person with the place that they hold a role for."""
        name = Words.verbatim(self.directory.people[role.person].name)
        place = self.place(role.jurisdiction or self.directory.people[role.person].jurisdiction)
        return self.reader.gettext("{person} ({place})", person=name, place=place) if place else name

    # -- roles and time

    def roles(self, *, target: str | None = None, person: str | None = None, role: str | None = None) -> list[RoleFacts]:
        """The roles that stand on the day of the question: now, unless it names one. Cites where each comes from."""
        found = [
            r
            for r in self.directory.roles
            if (not target or r.target == target) and (not person or r.person == person) and (not role or r.role == role)
            and self._stands(r)
        ]  # fmt: skip
        for r in found:
            self.cite("role", r.id)
        return found

    def _stands(self, role: RoleFacts) -> bool:
        if self.query.when:
            return self._period(role).holds(self.query.when) is Truth.YES
        return role.until is None or role.until.last >= self.today

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
        origin = self.directory.origin(table, id_, field_)
        source = self.directory.sources.get(origin.source) if origin else None
        if source is None or source.origin == "ours":
            return
        title = source.title.for_(self.reader)
        if source.url:
            title = self.reader.gettext("{title} ({address})", title=title, address=Words.verbatim(source.url))
        self._sources[source.id] = title
        day = self._day_of(table, id_, field_)
        if day and (self._attested is None or day.last < self._attested.last):
            self._attested = day

    def told(self, sentence: Words) -> Words:
        """A sentence as what it is: true today, or as of the day on which its source told it."""
        day = self._attested
        if not day or not day.older_than(STALE_MONTHS, self.today):
            return Words(sentence[:1].upper() + sentence[1:])
        article_: Article = "le" if len(day.text) == 10 else ""
        when = Name.make(self.reader.date(day), self.reader.language, article_, False)
        return self.reader.gettext("As of {date}, {sentence}", date=when, sentence=sentence)

    def doubt(self, table: str, id_: str, field_: str) -> list[Words]:
        """Why a fact is to be confirmed, and what the source says; nothing where it is not in doubt."""
        found = self.directory.doubt(table, id_, field_)
        if found is None:
            return []
        _ = self.reader.gettext
        lines = [found.note.for_(self.reader)] if found.note else []
        if found.words and not any(found.words in line for line in lines):
            lines.append(_("The source reads: “{words}”.", words=Words.verbatim(found.words)))
        return lines

    # -- the answer

    def part(self, headline: Words, details: Iterable[Words] = (), *, candidates: Sequence[str] = (), subject: str | None = None) -> Part:
        """The answer to this question, with the sources of what was told."""
        offered = tuple(Candidate(each, self.label(each)) for each in candidates)
        return Part(
            self.query.text,
            self.query.intent or "out_of_registry",
            headline,
            tuple(details),
            tuple(self._sources.values()),
            offered,
            subject,
        )

    def label(self, subject: str) -> Words:
        """A candidate as a list shows it, with its acronym or place where it has one."""
        text = f"{self.name(subject)}"
        if subject.startswith("person:"):
            place = self.place(self.directory.people[subject[7:]].jurisdiction)
            return self.reader.gettext("{person} ({place})", person=Words(text), place=place) if place else Words(text)
        found = self.acronym(subject)
        return self.reader.gettext("{name} ({acronym})", name=Words(text), acronym=found) if found and found not in text else Words(text)

    def the_label(self, subject: str) -> Words:
        """A candidate inside a sentence: "the Identity Management Sub-Committee (IMSC)"."""
        name = self.name(subject)
        return Words(f"{Name.make(self.label(subject), self.reader.language, name.article, name.definite):the}")

    def unknown(self, what: Words, details: Iterable[Words] = (), subject: str | None = None) -> Part:
        """What is asked is not in the registry: says so, and what is nearest to it."""
        headline = self.reader.gettext("That is not in the registry: {what}", what=what)
        return replace(self.part(headline, details, subject=subject), known=False)

    def listed(self, subjects: Iterable[str]) -> list[Words]:
        """Subjects as the lines of a list."""
        return [self.label(subject) for subject in subjects]
