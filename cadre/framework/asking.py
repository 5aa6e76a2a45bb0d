"""Which map somebody asks for: "of digital identity as of Charlottetown", « séquence », « du Groupe de travail sur le Cadre en 2017 »."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.errors import NotFound, Unknown
from cadre.core.reader import Actor
from cadre.framework import changing, finding
from cadre.framework.ends import End
from cadre.framework.facts import World
from cadre.framework.graph import Graph, Tongue
from cadre.framework.micro import micro
from cadre.framework.parts import parts
from cadre.framework.slices import over_time, parted
from cadre.framework.views import View
from cadre.groups.models import Group
from cadre.priorities.models import Priority

_WHEN: Final = re.compile(
    r"(?:^|\s)(?:(?:as of|as at|en date (?:de la|des|du|de))\s+|en date d['’]"
    r"|(?:au|on)\s+(?=.*\d.*(?:19|20)\d\d\Z)|(?:in|en)\s+(?=(?:\w+\s+)?(?:19|20)\d\d\Z))(?P<when>.+)\Z",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(
    r"(?:\A|\s+)(?:in both languages|both languages|both|dans les deux langues|les deux langues|bilingual|bilingue)(?=\s|\Z)", re.IGNORECASE
)
_SEQUENCE: Final = re.compile(r"\A(?:sequence|séquence|over time|dans le temps)\b\s*", re.IGNORECASE)
_OF: Final = re.compile(
    r"\A(?:(?:of|for|around|about|de|du|des|pour|autour d[eu])\s+|(?:autour )?d['’])(?:(?:the|la|les?)\s+|l['’])?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The map that is asked for. ``of``: what it is called, or "group:bees"; empty for the whole. ``when``: as of when; empty for now.

    ``sequence``: priorities over time. ``both``: the pictures in both languages.
    """

    of: str = ""
    when: str = ""
    sequence: bool = False
    both: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What is drawn. ``subject``: "group:bees", None for the whole; ``end``: as of when, ``end.key`` means the same again."""

    world: World
    subject: str | None
    end: End
    sequence: bool

    def graphs(self, language: Tongue) -> tuple[Graph, ...]:
        """The pictures, each as wide as can be read in Slack."""
        if self.subject:
            made = parted(micro(self.world, self.subject, language))
        else:
            made = over_time(self.world, language) if self.sequence else parts(self.world, language)
            if len(made) == 1 and not self.sequence:
                made = parted(made[0])
        return tuple(replace(each, narrow=True) for each in made)

    def graph(self, language: Tongue) -> Graph:
        """All of it in one picture."""
        return View(self.subject, "sequence" if self.sequence else "macro").graph(self.world, language)


class Several(Exception):  # as the registry's own: it is no failure
    """Several things are called so: their subjects."""

    def __init__(self, subjects: tuple[str, ...]) -> None:
        super().__init__(", ".join(subjects))
        self.subjects = subjects


def asked(sentence: str) -> Asked:
    """What a sentence after the verb asks for."""
    text = " ".join(sentence.split()).strip(" .?!")
    text, both = _BOTH.subn("", text, count=1)
    text = text.strip()
    when = _WHEN.search(text)
    if when:
        text = text[: when.start()].strip(" ,")
    over_time = _SEQUENCE.match(text)
    if over_time:
        text = text[over_time.end() :]
    return Asked(_OF.sub("", text, count=1).strip(), when["when"] if when else "", bool(over_time), bool(both))


def found(session: Session, wanted: Asked, seen_by: Actor | None) -> Found:
    """What is to be drawn, as somebody may know it. Raises NotFound for what is not there on that day, Unknown for a name that nothing
    has, Several where it is that of several, and Invalid for a date that cannot be understood.
    """
    end, world = changing.as_of(session, wanted.when, seen_by)
    subject = _subject(session, wanted.of) if wanted.of else None
    if subject and subject.partition(":")[2] not in (*world.groups, *world.priorities):
        raise NotFound(wanted.of)
    return Found(world, subject, end, wanted.sequence)


def _subject(session: Session, text: str) -> str:
    subjects = finding.subjects(session, text)
    if not subjects:
        raise Unknown(text)
    if len(subjects) > 1:
        raise Several(subjects)
    return subjects[0]


def names(session: Session, subjects: tuple[str, ...]) -> tuple[tuple[str, Bilingual], ...]:
    """What some subjects are called."""
    found = []
    for each in subjects:
        kind, _, id_ = each.partition(":")
        row = session.get(Priority, id_) if kind == "priority" else session.get(Group, id_)
        if row:
            found.append((each, row.name))
    return tuple(found)


def query(seen: Found) -> str:
    """What an address says of it besides whose map it is."""
    said = {"as_of": "" if seen.end.now else seen.end.key, "view": "sequence" if seen.sequence else ""}
    return urlencode({name: value for name, value in said.items() if value})


def neighbours(seen: Found) -> tuple[str, ...]:
    """Councils, priorities and groups that stand on the same picture, by their subjects."""
    if seen.subject is None:
        return tuple(f"priority:{each.id}" for each in seen.world.in_sequence)
    nodes = (node.id for node in seen.graph("en").nodes if node.path)
    kinds = ("group:", "priority:")
    return tuple(dict.fromkeys(id_ for id_ in nodes if id_.startswith(kinds) and id_ != seen.subject))
