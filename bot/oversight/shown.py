"""What the web pages of gaps and health show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.oversight import health_views, views
from bot.web.personal import Other, Page, about
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.oversight import wording
from cadre.oversight.editions import STRENGTHS, Edition, EditionFacts
from cadre.oversight.facts import CONTRIBUTING, GroupNow, PriorityNow, Strength, Tie, Weakness
from cadre.oversight.gaps import Gaps
from cadre.oversight.health import Report
from cadre.oversight.matrix import Covered
from cadre.oversight.rules import Health


@dataclass(frozen=True, slots=True)
class Link:
    """A way on."""

    address: Words
    name: Words


@dataclass(frozen=True, slots=True)
class Mark:
    """A state: its colour by ``kind``, its shape and its name, so that it is told apart without colour."""

    kind: Words
    shape: Words
    name: Words


@dataclass(frozen=True, slots=True)
class Card:
    """A priority, folded."""

    name: Words
    mark: Mark
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a group has to do with a priority; ``mark``: None where nothing is stated."""

    priority: Words
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Line:
    """A group in a table. ``remark``: what is weak about it; ``idle``: that it serves no priority; ``why``: all that is stated of it."""

    name: Words
    remark: Words | None
    idle: Words | None
    cells: tuple[Cell, ...]
    why: tuple[tuple[Words, tuple[Words, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The groups that come to one council, and the priorities that they may be asked about."""

    id: Words
    name: Words
    columns: tuple[Words, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What headings say."""

    group: Words
    legend: Words
    why: Words
    unstated: Words
    overlaps: Words
    no_overlaps: Words
    load: Words
    load_note: Words
    government: Words
    carries: Words
    matrix: Words
    priorities: Words
    editions: Words
    no_editions: Words


@dataclass(frozen=True, slots=True)
class MatrixPage(Page):
    """The whole matrix: the live one, or that of an edition."""

    heading: Words
    summary: tuple[Words, ...]
    ways: tuple[Link, ...]
    cards: tuple[Card, ...]
    legend: tuple[Mark, ...]
    tables: tuple[Table, ...]
    overlaps: tuple[Words, ...]
    load: tuple[tuple[Words, Words], ...]
    editions: tuple[Link, ...]
    live: bool
    labels: Labels


@dataclass(frozen=True, slots=True)
class State:
    """How a group stands."""

    name: Words
    mark: Mark
    lines: tuple[Words, ...]
    since: Words | None
    open: bool


@dataclass(frozen=True, slots=True)
class HealthPage(Page):
    """How all groups stand that somebody may see: their own are unfolded."""

    heading: Words
    summary: Words
    remarks: tuple[Words, ...]
    ways: tuple[Link, ...]
    own_name: Words
    own: tuple[State, ...]
    others_name: Words
    others: tuple[State, ...]


def gaps_page(found: Gaps, editions: Sequence[Link], health: Link, reader: Reader, other: Other) -> MatrixPage:
    """The live matrix, with what it says, the overlaps and the load."""
    _, matrix = reader.gettext, found.matrix
    rows = [(row.group, row.ties, row.weak) for row in matrix.rows]
    return MatrixPage(
        language=Words.verbatim(reader.language),
        title=_("Gap analysis"),
        about=about(reader),
        other=other,
        heading=_("Gap analysis"),
        summary=(_("As the registry stands: {date}", date=reader.date(matrix.day)), views.summary(found, reader)),
        ways=(health,),
        cards=tuple(_card(each, reader) for each in matrix.priorities),
        legend=tuple(_mark(strength, reader) for strength in STRENGTHS),
        tables=tuple(_tables(rows, [each.priority for each in matrix.priorities], matrix.councils, reader)),
        overlaps=tuple(wording.overlap(each, reader) for each in matrix.overlaps),
        load=tuple((wording.jurisdiction(each, reader), wording.load(each, reader)) for each in wording.by_name(found.load, reader)),
        editions=tuple(editions),
        live=True,
        labels=_labels(reader),
    )


def edition_page(found: Edition, live: Link, reader: Reader, other: Other) -> MatrixPage:
    """The matrix as an edition states it."""
    name = wording.edition(found.facts, reader)
    rows: list[tuple[GroupNow, Mapping[str, Tie], tuple[Weakness, ...]]] = [
        (group, found.of_group(group.id), ()) for group in found.groups.values()
    ]
    return MatrixPage(
        language=Words.verbatim(reader.language),
        title=name,
        about=about(reader),
        other=other,
        heading=name,
        summary=(),
        ways=(live,),
        cards=(),
        legend=tuple(_mark(strength, reader) for strength in STRENGTHS),
        tables=tuple(_tables(rows, found.priorities, found.councils, reader)),
        overlaps=(),
        load=(),
        editions=(),
        live=False,
        labels=_labels(reader),
    )


def edition_link(found: EditionFacts, address: str, reader: Reader) -> Link:
    """The way to an edition."""
    return Link(Words.verbatim(address), wording.edition(found, reader))


def _labels(reader: Reader) -> Labels:
    _ = reader.gettext
    return Labels(
        group=_("Group"),
        legend=_("What the signs say"),
        why=_("What is stated of each group, why, and by whom"),
        unstated=_("Not stated"),
        overlaps=_("Overlaps"),
        no_overlaps=_("No two groups share two people or more, and a priority."),
        load=_("Load"),
        load_note=_("Groups and leads of each government, by name"),
        government=_("Government"),
        carries=_("What it carries"),
        matrix=_("Groups and priorities"),
        priorities=_("Priorities, those least covered first"),
        editions=_("Editions"),
        no_editions=_("There is no edition yet."),
    )


def _card(found: Covered, reader: Reader) -> Card:
    mark = Mark(Words.verbatim(found.cover), wording.COVER_SHAPES[found.cover], wording.COVERS[found.cover].for_(reader))
    return Card(found.priority.name.for_(reader), mark, tuple(wording.covered(found, reader)))


def _mark(strength: Strength, reader: Reader) -> Mark:
    return Mark(Words.verbatim(strength), wording.STRENGTH_SHAPES[strength], wording.STRENGTHS[strength].for_(reader))


def _tables(
    rows: Sequence[tuple[GroupNow, Mapping[str, Tie], tuple[Weakness, ...]]],
    priorities: Sequence[PriorityNow],
    councils: Mapping[str, Bilingual],
    reader: Reader,
) -> Iterator[Table]:
    """A table for each council: of its priorities, of those of the councils that it is part of, and of all that its groups have to do with.
    Groups that come to none stand last.
    """
    by_council: dict[str | None, list[tuple[GroupNow, Mapping[str, Tie], tuple[Weakness, ...]]]] = {}
    for row in rows:
        by_council.setdefault(row[0].council, []).append(row)
    for council in sorted(by_council, key=lambda each: (each is None, each or "")):
        theirs = by_council[council]
        stated = {priority for _, ties, _ in theirs for priority in ties}
        above = {id_ for group, _, _ in theirs for id_ in group.above}
        columns = [each for each in priorities if each.id in stated or each.owner in above]
        yield Table(
            id=Words.verbatim(f"council-{council or 'none'}"),
            name=councils[council].for_(reader) if council else reader.gettext("Groups that come to no Council"),
            columns=tuple(each.name.for_(reader) for each in columns),
            lines=tuple(_line(*row, columns, reader) for row in theirs),
        )


def _line(group: GroupNow, ties: Mapping[str, Tie], weak: tuple[Weakness, ...], columns: Iterable[PriorityNow], reader: Reader) -> Line:
    cells, why = [], []
    for each in columns:
        tie = ties.get(each.id)
        cells.append(Cell(each.name.for_(reader), _mark(tie.strength, reader) if tie else None))
        if tie:
            values = {"priority": each.name.for_(reader), "strength": wording.strength(tie, reader)}
            heading = reader.gettext("{priority}: {strength}", **values)
            told = (tie.rationale and tie.rationale.marked(reader), wording.source(tie, reader))
            why.append((heading, tuple(text for text in told if text)))
    remark = wording.weak(weak, reader).sentence if weak else None
    return Line(group.name.for_(reader), remark, _idle(ties, reader), tuple(cells), tuple(why))


def _idle(ties: Mapping[str, Tie], reader: Reader) -> Words | None:
    """That a group serves no priority, where anything is stated of it: what nobody stated is not known."""
    if any(tie.strength in CONTRIBUTING for tie in ties.values()):
        return None
    return reader.gettext("Serves no priority") if ties else reader.gettext("No priority stated")


def health_page(found: Report, gaps: Link, reader: Reader, other: Other) -> HealthPage:
    """How groups stand."""
    _ = reader.gettext
    return HealthPage(
        language=Words.verbatim(reader.language),
        title=_("State of groups"),
        about=about(reader),
        other=other,
        heading=_("State of groups"),
        summary=wording.total(found, reader),
        remarks=(_("As the registry stands: {date}", date=reader.date(found.day)), *health_views.remarks(found, reader)),
        ways=(gaps,),
        own_name=_("My groups"),
        own=tuple(_state(each, found, reader, open_=True) for each in wording.in_order(found.own, reader)),
        others_name=_("Other groups") if found.own else _("Groups"),
        others=tuple(_state(each, found, reader, open_=False) for each in wording.in_order(found.others, reader)),
    )


def _state(found: Health, report: Report, reader: Reader, *, open_: bool) -> State:
    mark = Mark(Words.verbatim(found.state), wording.SHAPES[found.state], wording.state(found, reader))
    return State(
        name=found.group.name.for_(reader),
        mark=mark,
        lines=tuple(wording.line(each, reader) for each in found.findings),
        since=wording.since(found, report.since.get(found.group.id), reader),
        open=open_,
    )
