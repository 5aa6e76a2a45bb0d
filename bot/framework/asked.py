"""What somebody asks for who opens a page of the framework, and the addresses of what they may ask for next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal
from urllib.parse import urlencode

from sqlalchemy.orm import Session
from starlette.datastructures import QueryParams

from bot.links import TOKEN
from cadre.core.bilingual import Bilingual
from cadre.core.errors import NotFound
from cadre.core.i18n import Language
from cadre.core.reader import Actor
from cadre.framework import changing, kept, reading
from cadre.framework.choosing import UNKNOWN, Filter
from cadre.framework.ends import Called, End, named, resolved
from cadre.framework.facts import SUNSET, World
from cadre.framework.telling import ROOT, address
from cadre.framework.views import WHOLE, View, Whole
from cadre.notices.recipients import recipients

Chosen = Literal["council", "priority", "state", "jurisdiction"]
CHOSEN: Final[tuple[Chosen, ...]] = ("council", "priority", "state", "jurisdiction")
"""By what the whole may be narrowed: names of parameters, each as often as needed."""
STATES: Final = ("active", "proposed", "dormant", SUNSET, UNKNOWN)
"""Of groups."""
KEPT: Final = ("view", "as_of", "both", "q", *CHOSEN)
"""What of an address says which page it is, beside the language and who may see it."""
_LONGEST: Final = 200
"""Characters of what is searched for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for. ``of``: "group:bees", or None for the whole; ``as_of``: a day, meeting or snapshot as people name it; ``both``:
    the picture in both languages; ``q``: what is searched for; ``token``: what links are signed with; None where they need not be.
    """

    language: Language
    of: str | None = None
    whole: Whole = "macro"
    as_of: str = ""
    both: bool = False
    q: str = ""
    chosen: tuple[tuple[Chosen, str], ...] = ()
    token: str | None = None

    @classmethod
    def by(cls, query: QueryParams, of: str | None, language: Language, token: str | None) -> Asked:
        """What the parameters of an address say. What they say that there is not is as if it were not said."""
        view = next((each for each in WHOLE if each == query.get("view")), WHOLE[0])
        chosen = tuple((name, value) for name in CHOSEN for value in dict.fromkeys(query.getlist(name)) if value)
        return cls(
            language=language,
            of=of,
            whole=view,
            as_of=query.get("as_of", "").strip(),
            both=query.get("both") == "1",
            q=query.get("q", "").strip()[:_LONGEST],
            chosen=chosen,
            token=token,
        )

    @property
    def path(self) -> str:
        """The page, without its parameters."""
        return address(self.of) if self.of else ROOT

    def values(self, name: Chosen) -> frozenset[str]:
        """What is chosen by one parameter."""
        return frozenset(value for each, value in self.chosen if each == name)

    @property
    def view(self) -> View:
        """The view that is asked for."""
        chosen = Filter(*(self.values(name) for name in CHOSEN))
        return View(self.of, self.whole, chosen)

    def known(self, world: World) -> Asked:
        """The same without what is not in a framework: a narrowing to nothing that anybody knows would show nothing."""
        there = {
            "council": {each.id for each in world.councils},
            "priority": set(world.priorities),
            "state": set(STATES),
            "jurisdiction": set(world.jurisdictions),
        }
        return replace(self, chosen=tuple((name, value) for name, value in self.chosen if value in there[name]))

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of its address."""
        found = [(TOKEN, self.token)] if self.token else []
        found.append(("lang", self.language))
        if self.whole != WHOLE[0] and not self.of:
            found.append(("view", self.whole))
        found += [(name, value) for name, value in (("as_of", self.as_of), ("both", "1" if self.both else ""), ("q", self.q)) if value]
        return [*found, *(() if self.of else self.chosen)]

    def address(self, form: str = "") -> str:
        """Where it is; ``form``: as a file of that kind."""
        return f"{self.path}{form and '.'}{form}?{urlencode(self.pairs)}"

    def link(self, path: str) -> str:
        """Where another page of the framework is, as of the same day and in the same languages."""
        return f"{path}?{urlencode(replace(self, of=path, q='').pairs)}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What they are shown: the framework, as of when, and the meetings at which it could be seen too."""

    world: World
    end: End
    meetings: tuple[tuple[str, Bilingual], ...]


def actor(session: Session, person: str | None) -> Actor | None:
    """Who looks; None for everybody. Raises NotFound for somebody who is not in the registry any more."""
    if person is None:
        return None
    known = recipients(session, [person]).get(person)
    if known is None:
        raise NotFound(person)
    return Actor(known.name, known.person, known.email)


def seen(session: Session, person: str | None, as_of: str) -> Seen:
    """The framework as of when it is asked for. Raises NotFound as ``actor`` does, and Invalid for a day that is none."""
    by, there = actor(session, person), changing.known(session)
    end = resolved(as_of, there, "until")
    world = kept.world_of(session, end.snapshot, by) if end.snapshot is not None else reading.world(session, end.day, by)
    return Seen(world, end, tuple(map(_at, there.reviews)))


def _at(called: Called) -> tuple[str, Bilingual]:
    return f"meeting:{called.meeting.id}", named(called.meeting)
