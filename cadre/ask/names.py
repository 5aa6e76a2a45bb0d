"""What the registry's subjects are called, for one reader: inside sentences, in brackets, in lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from cadre.ask.concepts import FUNCTION_WORDS, GENERIC
from cadre.ask.directory import Directory
from cadre.ask.tokens import words
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Precision
from cadre.core.french import Article, Name, article
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.people.facts import RoleFacts

NOTHING: Final = Words.verbatim("")
# What groups are called by kind, around what tells them apart.
_KIND_AFTER: Final = re.compile(r" (?:Working Group|Sub-Committee|Committee|Community of Practice)\b")
_KIND_BEFORE: Final = re.compile(
    r"^(?:Groupe de travail|Sous-comité|Comité|Communauté de pratique)(?: national)?(?: sur| de| du| des)? ?(?:la |le |les |l'|d')?"
)


@dataclass(slots=True)
class Names:
    """The names of a directory, in the language of a reader."""

    directory: Directory
    reader: Reader

    def name(self, subject: str) -> Name:
        """A subject by its name, ready for a sentence in the reader's language."""
        kind, _, id_ = subject.partition(":")
        known = self.directory
        match kind:
            case "group":
                group = known.groups[id_]
                return self.named(group.name, group.article)
            case "priority":
                name = known.priorities[id_].name.for_(self.reader)
                return Name.make(self.reader.gettext("{name} priority", name=name), self.reader.language, "la", True)
            case "jurisdiction":
                place = known.jurisdictions[id_]
                plural = place.article == "les"  # "the Northwest Territories", as « les Territoires du Nord-Ouest »
                definite = plural or place.kind in ("federal", "municipality", "association", "organization")
                return self.named(place.name, place.article or "", definite)
            case "person":
                return Name.make(known.people[id_].name, self.reader.language, "", False)
            case "meeting":
                called = next(meeting.title or meeting.place for meeting in known.meetings if meeting.id == id_)
                return self.named(called or Bilingual(id_, id_), "", False)
            case "rule":
                return Name.make(next(rule.number for rule in known.rules if rule.id == id_), self.reader.language, "", False)
            case "term":
                return self.named(known.terms[id_].name, None, False)
            case _:
                return self.named(known.kinds[id_].name, None, False)

    def named(self, name: Bilingual, stored: Article | None, definite: bool = True) -> Name:
        """A name ready for a sentence. ``stored``: its French article; None: by its first noun."""
        text = name.for_(self.reader)
        found = article(text) if stored is None else stored
        return Name.make(text, self.reader.language, found, definite and "'s " not in text.split(" ", 2)[0] + " ")

    def named_in(self, subject: str, *texts: Bilingual | None) -> bool:
        """Whether a text names a group or priority: it holds all words that tell it from others, in one language."""
        kind, _, id_ = subject.partition(":")
        name = self.directory.groups[id_].name if kind == "group" else self.directory.priorities[id_].name
        for called, language in ((name.en, "en"), (name.fr, "fr")):
            telling = set(words(called or "")) - GENERIC - FUNCTION_WORDS
            said = (getattr(text, language) for text in texts if text)
            if telling and any(telling <= set(words(each or "")) for each in said):
                return True
        return False

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
            return NOTHING
        text = (place.short or place.name).for_(self.reader)
        return Words.joined(", ", (text, place.section.for_(self.reader))) if place.section else text

    def person(self, role: RoleFacts) -> Words:
        """ "Bev Dicks (B.C.)": a person with the place that they hold a role for."""
        name = Words.verbatim(self.directory.people[role.person].name)
        place = self.place(role.jurisdiction or self.directory.people[role.person].jurisdiction)
        return self.reader.gettext("{person} ({place})", person=name, place=place) if place else name

    def label(self, subject: str) -> Words:
        """A candidate as a list shows it, with its acronym or place where it has one."""
        name = self.name(subject)
        if subject.startswith("person:"):
            place = self.place(self.directory.people[subject[7:]].jurisdiction)
            return self.reader.gettext("{person} ({place})", person=name, place=place) if place else name
        if subject.startswith("meeting:"):
            held = next(meeting.held for meeting in self.directory.meetings if meeting.id == subject[8:])
            return self.reader.gettext("{place}, {date}", place=name, date=self.reader.date(held)) if held else name
        found = self.acronym(subject)
        return self.reader.gettext("{name} ({acronym})", name=name, acronym=found) if found and found not in name else name

    def short_label(self, subject: str) -> Words:
        """A candidate by what tells it from the others: "Identity Management (IMSC)", « Gestion de l'identité (SCGI) »."""
        label = self.label(subject)
        if not subject.startswith("group:"):
            return label
        bare = (_KIND_AFTER if self.reader.language == "en" else _KIND_BEFORE).sub("", label, count=1)
        return Words.verbatim(bare).sentence if bare else label

    def the_label(self, subject: str) -> Words:
        """A candidate inside a sentence: "the Identity Management Sub-Committee (IMSC)"."""
        name = self.name(subject)
        return Name.make(self.label(subject), self.reader.language, name.article, name.definite).form("the")

    def listed(self, subjects: Iterable[str]) -> list[Words]:
        """Subjects as the lines of a list."""
        return [self.label(subject) for subject in subjects]

    def phrase(self, role: RoleFacts, *, past: bool = False) -> Words:
        """ "leads the Digital Identity priority (since June 2018)": what somebody does, and from when until when where that is known.

        ``past``: what they did.
        """
        when = self.period(role)
        doing = self._did(role) if past else self._doing(role)
        return self.reader.gettext("{role} ({period})", role=doing, period=when) if when else doing

    def dated(self, when: PartialDate) -> Name:
        """A date inside a sentence: « du 3 octobre 2017 », « d'octobre 2017 », « au 3 octobre 2017 »."""
        by_day = when.precision is Precision.DAY
        return Name.make(self.reader.date(when), self.reader.language, "le" if by_day else "", False)

    def period(self, role: RoleFacts) -> Words | None:
        """ "since June 2018", "until 2019", "from June 2018 to 2019"; None where neither is known."""
        _, date = self.reader.gettext, self.dated
        if role.since and role.until:
            return _("from {start} to {end}", start=date(role.since), end=date(role.until))
        if role.since:
            return _("since {date}", date=date(role.since))
        return _("until {date}", date=date(role.until)) if role.until else None

    def _doing(self, role: RoleFacts) -> Words:
        """ "leads the Digital Identity priority"."""
        _ = self.reader.gettext
        target = self.name(role.target)
        match role.role:
            case "lead":
                return _("leads {target:the}", target=target)
            case "co_chair" if role.on_behalf_of:
                return _("co-chairs {target:the} for {council:the}", target=target, council=self.short(f"group:{role.on_behalf_of}"))
            case "co_chair":
                return _("co-chairs {target:the}", target=target)
            case "alternate":
                return _("is an alternate on {target:the}", target=target)
            case "observer":
                return _("is an observer on {target:the}", target=target)
            case "secretariat":
                return _("is the secretariat of {target:the}", target=target)
            case _:
                return _("is a member of {target:the}", target=target)

    def _did(self, role: RoleFacts) -> Words:
        """ "led the Digital Identity priority"."""
        _, target = self.reader.gettext, self.name(role.target)
        match role.role:
            case "lead":
                return _("led {target:the}", target=target)
            case "co_chair" if role.on_behalf_of:
                return _("co-chaired {target:the} for {council:the}", target=target, council=self.short(f"group:{role.on_behalf_of}"))
            case "co_chair":
                return _("co-chaired {target:the}", target=target)
            case "alternate":
                return _("was an alternate on {target:the}", target=target)
            case "observer":
                return _("was an observer on {target:the}", target=target)
            case "secretariat":
                return _("was the secretariat of {target:the}", target=target)
            case _:
                return _("was a member of {target:the}", target=target)

    def by_person(self, roles: Iterable[RoleFacts]) -> list[Words]:
        """A line a person, with what they do."""
        own: dict[str, list[RoleFacts]] = {}
        for role in roles:
            own.setdefault(role.person, []).append(role)
        _, listed = self.reader.gettext, self.reader.listed
        return [_("{person}: {details}", person=self.person(held[0]), details=listed(map(self.phrase, held))) for held in own.values()]
