"""What a web page of the framework shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from bot.framework.asked import CHOSEN, STATES, Asked, Chosen, Seen
from bot.links import TOKEN
from bot.web.personal import Other, Page, Refusal, Way, about, refusal
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.framework import look, telling
from cadre.framework.choosing import UNKNOWN
from cadre.framework.ends import named
from cadre.framework.facts import World
from cadre.framework.graph import Graph, Node, Told
from cadre.framework.outlined import Item, Table
from cadre.framework.views import WHOLE
from cadre.groups import wording as groups

FILES: Final = ("svg", "png", "pdf", "csv")
"""What a view may be taken along as."""
_VIEWS: Final = {"macro": Message("The whole"), "sequence": Message("Over time")}
_CHOSEN: Final[dict[Chosen, Message]] = {
    "council": Message("Council"),
    "priority": Message("Priority"),
    "state": Message("State"),
    "jurisdiction": Message("Government"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another page. ``here``: it is this one."""

    address: Words
    name: Words
    here: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a form sends along."""

    name: Words
    value: Words


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen, and whether it is."""

    value: Words
    name: Words
    chosen: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """By what the whole may be narrowed."""

    name: Words
    label: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list, where it leads, and what is under it."""

    text: Words
    address: Words | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text."""

    id: Words
    heading: Words
    text: tuple[Words, ...]
    lines: tuple[Line, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class Colour:
    """What a colour of the picture becomes in the dark."""

    light: Words
    dark: Words


@dataclass(frozen=True, slots=True)
class Labels:
    """What stands on the page whatever it shows."""

    apology: Words
    same: Words
    words: Words
    search: Words
    find: Words
    before: Words
    after: Words
    nearer: Words
    farther: Words
    fit: Words
    dark: Words
    choose: Words
    as_of: Words
    as_of_hint: Words
    both: Words
    show: Words
    files: Words
    views: Words
    picture: Words
    moving: Words
    close: Words
    whole_page: Words
    skip: Words


@dataclass(frozen=True, slots=True)
class MapPage(Page):
    """All of it. ``found``: what a search found, if there was one; ``data``: what the script needs, as JSON."""

    heading: Words
    intro: tuple[Words, ...]
    labels: Labels
    views: tuple[Link, ...]
    form: Words
    hidden: tuple[Hidden, ...]
    q: Words
    as_of: Words
    both: bool
    meetings: tuple[Link, ...]
    choices: tuple[Choices, ...]
    narrowed: int
    told: Words
    found: tuple[Link, ...]
    picture: Markup | None
    files: tuple[Link, ...]
    parts: tuple[Part, ...]
    colours: tuple[Colour, ...]
    data: Markup
    script: Words


@dataclass(frozen=True, slots=True)
class Ways:
    """What was asked for, and addresses: of the page of what changed, and of the script."""

    asked: Asked
    changes: Words
    script: Words


@dataclass(frozen=True, slots=True)
class Search:
    """All that a picture shows by its words, and what was found: ids of nodes; None where nothing was searched for."""

    nodes: tuple[tuple[Node, str], ...]
    found: tuple[str, ...] | None

    @classmethod
    def of(cls, graph: Graph, q: str) -> Search:
        """What is searched for, in the words of any node; all of them, in any order."""
        nodes = tuple((node, fold(" ".join(_texts(node)))) for node in graph.nodes)
        wanted = fold(q).split()
        return cls(nodes, tuple(node.id for node, text in nodes if all(each in text for each in wanted)) if wanted else None)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture, None where it could not be drawn, and what can be found on it."""

    search: Search
    picture: Markup | None


def _texts(node: Node) -> Iterator[str]:
    told: Iterable[Told] = (node.name, *node.lines, node.badge, *(mark.text for mark in node.marks))
    for each in told:
        yield from each


def page(found: Seen, ways: Ways, drawn: Drawn, reader: Reader, other: Other) -> MapPage:
    """The page."""
    asked, world, search = ways.asked, found.world, drawn.search
    outline = asked.view.outline(world, reader)
    return MapPage(
        language=Words.verbatim(reader.language),
        title=outline.title,
        about=about(reader),
        other=other,
        heading=outline.title,
        intro=outline.intro,
        labels=_labels(reader),
        views=tuple(_views(ways, reader)),
        form=Words.verbatim(asked.path),
        hidden=tuple(_hidden(asked)),
        q=Words.verbatim(asked.q),
        as_of=named(found.end.meeting).for_(reader) if found.end.meeting else Words.verbatim(asked.as_of),
        both=asked.both,
        meetings=tuple(_meetings(found, asked, reader)),
        choices=tuple(_choices(world, asked, reader)),
        narrowed=len(asked.chosen),
        told=_found(search, reader),
        found=tuple(_links(search, asked, reader)),
        picture=drawn.picture,
        files=tuple(Link(Words.verbatim(asked.address(form)), Words.verbatim(form.upper())) for form in FILES),
        parts=tuple(
            Part(Words.verbatim(f"part-{n}"), each.heading, each.text, _lines(each.items, asked.link), each.table)
            for n, each in enumerate(outline.sections)
        ),
        colours=tuple(Colour(Words.verbatim(light), Words.verbatim(dark)) for light, dark in look.DARK.items()),
        data=_data(search, reader),
        script=ways.script,
    )


def _labels(reader: Reader) -> Labels:
    _ = reader.gettext
    return Labels(
        apology=_("We are sorry: the picture could not be drawn this time. All that it shows is told here."),
        same=_("All that the picture shows stands below it, in words."),
        words=_("In words"),
        search=_("Find on the map"),
        find=_("Find"),
        before=_("Previous"),
        after=_("Next"),
        nearer=_("Zoom in"),
        farther=_("Zoom out"),
        fit=_("Whole picture"),
        dark=_("Light or dark"),
        choose=_("Choose what to see"),
        as_of=_("As of"),
        as_of_hint=_("A day, a month or a meeting, such as 2027-03 or the name of a city. Empty: today."),
        both=_("Picture in English and French"),
        show=_("Show"),
        files=_("Download"),
        views=_("Views"),
        picture=_("Map"),
        moving=_("Arrow keys or dragging move the map; + and − zoom, 0 shows all of it. Enter opens what is chosen."),
        close=_("Close"),
        whole_page=_("Open its page"),
        skip=_("Go to the text"),
    )


def _views(ways: Ways, reader: Reader) -> Iterator[Link]:
    asked = ways.asked
    for view in WHOLE:
        address = replace(asked, of=None, whole=view).address()
        yield Link(Words.verbatim(address), _VIEWS[view].for_(reader), asked.of is None and asked.whole == view)
    yield Link(ways.changes, reader.gettext("What changed"))


def _hidden(asked: Asked) -> Iterator[Hidden]:
    """What the form does not ask for."""
    for name, value in asked.pairs:
        if name in (TOKEN, "lang", "view"):
            yield Hidden(Words.verbatim(name), Words.verbatim(value))


def _meetings(found: Seen, asked: Asked, reader: Reader) -> Iterator[Link]:
    """As of when it may be seen besides: today, and the meetings in person."""
    yield Link(Words.verbatim(replace(asked, as_of="").address()), reader.gettext("Today"), found.end.now)
    for key, name in found.meetings:
        yield Link(Words.verbatim(replace(asked, as_of=key).address()), name.for_(reader), found.end.key == key)


def _choices(world: World, asked: Asked, reader: Reader) -> Iterator[Choices]:
    """What the whole may be narrowed to; nothing of a view of one thing."""
    if asked.of:
        return
    held = {each.state or UNKNOWN for each in world.groups.values() if not (each.is_council or each.is_table)}
    governments = {each.jurisdiction for each in world.posts}
    names: dict[Chosen, Sequence[tuple[str, Words]]] = {
        "council": [(each.id, each.name.for_(reader)) for each in world.councils],
        "priority": [(each.id, telling.priority_name(each, reader)) for each in telling.in_order(world)],
        "state": [(each, groups.state(each, reader).sentence) for each in STATES if each in held],
        "jurisdiction": sorted(
            ((id_, name.for_(reader)) for id_, name in world.jurisdictions.items() if id_ in governments), key=lambda each: fold(each[1])
        ),
    }
    for each in CHOSEN:
        chosen = asked.values(each)
        choices = tuple(Choice(Words.verbatim(value), name, value in chosen) for value, name in names[each])
        if len(choices) > 1 or chosen:
            yield Choices(Words.verbatim(each), _CHOSEN[each].for_(reader), choices)


def _found(search: Search, reader: Reader) -> Words:
    if search.found is None:
        return Words.verbatim("")
    return reader.ngettext("{n} found on the map", "{n} found on the map", len(search.found))


def _links(search: Search, asked: Asked, reader: Reader) -> Iterator[Link]:
    """What was found, each with the way to its own page."""
    for node, _text in search.nodes:
        if search.found and node.id in search.found:
            name = node.name[-1 if reader.language == "fr" else 0] if node.name else Words.verbatim(node.id)
            yield Link(Words.verbatim(asked.link(node.path) if node.path else f"#{node.id}"), name)


def _lines(items: Iterable[Item], link: Callable[[str], str]) -> tuple[Line, ...]:
    return tuple(Line(each.text, Words.verbatim(link(each.path)) if each.path else None, _lines(each.items, link)) for each in items)


def _data(search: Search, reader: Reader) -> Markup:
    """What the script needs, as JSON in which nothing ends the element that it stands in."""
    _, n = reader.gettext, Words.verbatim("{n}")
    texts = {
        "found": _("Found: {n}", n=n),
        "none": _("Nothing is found."),
        "at": _("{i} of {n}: {name}", i=Words.verbatim("{i}"), n=n, name=Words.verbatim("{name}")),
        "shown": _("Shown: {n}", n=n),
        "loading": _("One moment…"),
        "failed": _("This could not be loaded. Open its page instead."),
    }
    nodes = [[node.id, " ".join(node.name[:1]), text] for node, text in search.nodes]
    text = json.dumps({"nodes": nodes, "texts": texts}, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704  # escaped here


def stranger(reader: Reader, other: Other) -> Refusal:
    """The link is for somebody who is not in the registry any more."""
    _ = reader.gettext
    told = _("This link is for somebody who is not in the registry any more. Ask the secretariat.")
    return refusal(reader, other, _("There is nothing here for you"), told)


def the_map(asked: Asked, reader: Reader) -> Way:
    """Where the whole is, as of the same day."""
    return Way(Words.verbatim(replace(asked, of=None).address()), reader.gettext("Go to the map"))


def not_there(asked: Asked, reader: Reader, other: Other) -> Refusal:
    """Nothing of that name."""
    _ = reader.gettext
    told = _("There is no such group, priority or council in the framework, or there was none on that day.")
    return refusal(reader, other, _("This is not on the map"), told, the_map(asked, reader))


def undrawn(reader: Reader, other: Other) -> Refusal:
    """A picture that failed."""
    _ = reader.gettext
    told = _("We are sorry: the picture could not be drawn this time. All that it shows stands on its page, in words.")
    return refusal(reader, other, _("There is no picture now"), told)
