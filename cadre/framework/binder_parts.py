"""What stands in a binder, part by part, in one language: pure. How it looks is in ``binder.typ``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import wording as decisions
from cadre.framework import binder_owed as owed
from cadre.framework.deck_beside import Pictures, sorry
from cadre.framework.deck_facts import DeckFacts
from cadre.framework.facts import RecommendationIn
from cadre.framework.graph import Told
from cadre.framework.slides import Block, Bullets, Column, Prose, Slide, Table, Tongue
from cadre.framework.telling import as_of
from cadre.meetings import drafting, wording
from cadre.meetings.agenda import AgendaView
from cadre.meetings.views import ItemFacts


@dataclass(frozen=True, slots=True)
class Page:
    """A heading of the second order and what stands below it. ``link``: an address, and what it is called."""

    title: Words
    blocks: tuple[Block, ...] = ()
    section: Words | None = None
    badge: Words | None = None
    footnotes: tuple[Words, ...] = ()
    links: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a binder. ``tab``: as its divider shows it; ``blocks`` come before ``pages``."""

    title: Words
    tab: Words | None = None
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Binder:
    """A binder: what its cover says, and its parts."""

    title: Words
    lines: tuple[Words, ...]
    caution: Words
    contents: Words
    parts: tuple[Part, ...]


def binder(facts: DeckFacts, agenda: AgendaView, content: Sequence[Slide], pictures: Pictures, reader: Reader) -> Binder:
    """All of it: agenda, papers in the order of their tabs, what the deck shows, the map, decisions pending, what is missing."""
    _, view = reader.gettext, agenda.meeting
    lines = [wording.title(view, reader), wording.when(view.facts, reader).sentence]
    where = wording.place(view, reader)
    lines += [where] if where else []
    lines.append(as_of(facts.world, reader))
    parts = [
        _agenda(agenda, reader),
        *_papers(agenda.items, reader),
        _framework(content, reader),
        *_map(pictures, reader),
        _pending(facts, agenda, reader),
        _missing(facts, agenda, reader),
    ]
    caution = _("For those who are invited to the meeting. What the Councils have not confirmed is proposed.")
    return Binder(_("Meeting binder"), tuple(lines), caution, _("Contents"), tuple(parts))


def _agenda(agenda: AgendaView, reader: Reader) -> Part:
    _ = reader.gettext
    blocks: list[Block] = []
    if agenda.meeting.results:
        results = tuple((each.marked(reader),) for each in agenda.meeting.results)
        blocks += [Prose(((_("Expected results"),),), "large"), Bullets(results)]
    if not agenda.items:
        blocks.append(Prose(((_("There is nothing on the agenda yet."),),)))
    else:
        headings = ((_("No."), 0.07), (_("Item"), 0.43), (_("For"), 0.15), (_("Tab"), 0.1), (_("Owner"), 0.25))
        columns = tuple(Column((heading,), share) for heading, share in headings)
        rows = tuple(tuple((cell,) for cell in _item(number, each, reader)) for number, each in enumerate(agenda.items, 1))
        blocks.append(Table((_("Agenda"),), columns, rows))
    return Part(_("Agenda"), blocks=tuple(blocks))


def _item(number: int, each: ItemFacts, reader: Reader) -> tuple[Words, ...]:
    kind = drafting.kind(each.kind, reader)
    time = wording.length(each.minutes, reader) if each.minutes else None
    for_ = reader.gettext("{text} ({more})", text=kind, more=time) if time else kind
    owner = Words.verbatim(each.owner.name) if each.owner else Words.verbatim("")
    return Words.verbatim(str(number)), each.title.marked(reader), for_, Words.verbatim(each.tab or ""), owner


def _papers(items: Iterable[ItemFacts], reader: Reader) -> Iterator[Part]:
    """A part for each tab, in their order; then one for the papers that stand under none."""
    with_papers = [each for each in items if each.tab or each.paper or each.needs_paper]
    for tab, found in groupby(sorted(with_papers, key=_by_tab), key=lambda each: each.tab):
        label = reader.gettext("Tab {tab}", tab=Words.verbatim(tab)) if tab else None
        papers = list(found)
        title = label or reader.gettext("Papers without a tab")
        if label and len(papers) == 1:
            title = reader.gettext("{tab}: {title}", tab=label, title=papers[0].title.for_(reader))
        yield Part(title, label, pages=tuple(_paper(each, reader) for each in papers))


def _by_tab(item: ItemFacts) -> tuple[bool, list[tuple[int, int, str]]]:
    """Tabs as people order them: 2 before 10, 10 before A."""
    parts = re.findall(r"\d+|\D+", (item.tab or "").casefold())
    return not item.tab, [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]


def _paper(item: ItemFacts, reader: Reader) -> Page:
    """A divider: the paper itself is where its owner keeps it."""
    _ = reader.gettext
    said: list[Words] = []
    if item.owner:
        said.append(_("Owner: {name}", name=Words.verbatim(item.owner.name)))
    own, links = item.paper.in_(reader.language) if item.paper else None, []
    if item.paper:
        said.append(_("The paper is not in this binder: its owner keeps it at the address below."))
        if own:
            links.append((Words.verbatim(own), own))
        else:
            other = item.paper.en or item.paper.fr or ""
            only = _("in English only") if item.paper.en else _("in French only")
            links.append((_("{text} ({more})", text=Words.verbatim(other), more=only), other))
    elif item.needs_paper:
        said.append(_("Its paper is not there yet."))
    else:
        said.append(_("No paper is recorded under this tab."))
    return Page(item.title.marked(reader), (Prose(tuple((each,) for each in said)),), links=tuple(links))


def _framework(content: Sequence[Slide], reader: Reader) -> Part:
    """What the deck shows, as text and tables."""
    pages = tuple(
        Page(
            _said(each.title),
            each.blocks,
            section=_said(each.section) or None,
            badge=_said(each.badge) or None,
            footnotes=tuple(map(_said, each.footnotes)),
        )
        for each in content
        if each.style == "plain"
    )
    return Part(reader.gettext("The framework: content of the deck"), pages=pages)


def _said(told: Told) -> Words:
    return told[0] if told else Words.verbatim("")


def _map(pictures: Pictures, reader: Reader) -> Iterator[Part]:
    if pictures:
        apology = Prose((sorry(Tongue((reader,))),))
        pages = tuple(Page(_said(title), (picture or apology,)) for title, picture in pictures)
        yield Part(reader.gettext("The map"), pages=pages)


def _pending(facts: DeckFacts, agenda: AgendaView, reader: Reader) -> Part:
    """What is to be decided: on the agenda, recorded provisionally, or recommended."""
    _ = reader.gettext
    decided = {each.item for each in agenda.decisions}
    items = [each.title.marked(reader) for each in agenda.items if each.kind == "decision" and each.id not in decided]
    provisional = [decisions.recorded(each, reader) for each in agenda.decisions if each.number is None]
    every = sorted(facts.world.recommendations.values(), key=lambda each: (each.number or 0, each.id))
    waiting = [each for each in every if each.status == "proposed"]
    sections = (
        (_("On the agenda, to be decided"), items),
        (_("Recorded provisionally, to be confirmed"), provisional),
        (
            _("Recommended to the Councils, not decided yet"),
            [_recommended(facts, each, reader) for each in waiting],
        ),
    )
    pages = tuple(Page(heading, (Bullets(tuple((each,) for each in found)),)) for heading, found in sections if found)
    none = () if pages else (Prose(((_("No decision is pending."),),)),)
    return Part(_("Decisions pending"), blocks=none, pages=pages)


def _recommended(facts: DeckFacts, asked: RecommendationIn, reader: Reader) -> Words:
    if asked.wording:
        return asked.wording.marked(reader)
    group, category = facts.world.groups.get(asked.group or ""), facts.world.categories.get(asked.category or "")
    told = [held.for_(reader) for held in (group.name if group else None, category.label if category else None) if held]
    return reader.gettext("{group}: {text}", group=told[0], text=told[1]) if len(told) > 1 else Words.joined("", told)


def _missing(facts: DeckFacts, agenda: AgendaView, reader: Reader) -> Part:
    _ = reader.gettext
    sections = (
        (_("Papers and titles of the agenda"), list(owed.of_agenda(agenda.items, reader))),
        (_("What is not in the registry"), list(owed.unheld(facts, agenda, reader))),
        (_("Texts that are owed in this language"), list(owed.texts(facts, reader))),
    )
    pages = tuple(Page(heading, (Bullets(tuple((each,) for each in found)),)) for heading, found in sections if found)
    none = () if pages else (Prose(((_("Of what Cadre looks for, nothing is missing: agenda, papers, leads, texts in this language."),),)),)
    return Part(_("What is missing"), blocks=none, pages=pages)
