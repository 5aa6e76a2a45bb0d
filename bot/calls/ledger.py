"""What the secretariat's page of a call shows: each jurisdiction with its answer or its silence, the people, the report, the questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.calls import offers
from bot.calls.shown import Link, PageOfCall, State, state, until
from bot.web.personal import Other, about
from cadre.calls import summary, wording
from cadre.calls.facts import Answer, CallFacts, Grid, InvitationFacts, QuestionFacts, Report, SignUpFacts
from cadre.calls.reach import Reach, last_contact, reached
from cadre.calls.summary import Line
from cadre.core.reader import Reader, named
from cadre.core.words import Words

_DOT: Final = Words.verbatim(" · ")


@dataclass(frozen=True, slots=True)
class Tile:
    """How many gave an answer."""

    state: State
    n: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A row of the grid. ``said``: who gave the answer, when and how; ``representatives``: each with the way to them."""

    name: Words
    level: Words
    state: State
    reason: Words | None
    said: tuple[Words, ...]
    nominees: tuple[Words, ...]
    representatives: tuple[tuple[Words, Words], ...]
    contact: Words


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who offered or was put forward. ``remarks``: each with whether something is wanting."""

    name: Words
    place: Words
    role: Words
    language: Words
    stands: Words
    waiting: bool
    over: bool
    remarks: tuple[tuple[Words, bool], ...]
    experience: Words | None
    said: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; ``answer`` says so where there is none."""

    text: Words
    who: Words
    answer: Words


@dataclass(frozen=True, slots=True)
class Labels:
    """What headings say."""

    grid: Words
    nobody: Words
    place: Words
    answer: Words
    nominees: Words
    representatives: Words
    unspoken: Words
    contact: Words
    report: Words
    people: Words
    no_people: Words
    person: Words
    role: Words
    stands: Words
    questions: Words
    no_questions: Words
    files: Words


@dataclass(frozen=True, slots=True)
class GridPage(PageOfCall):
    """All that the page shows."""

    back: Link
    tiles: tuple[Tile, ...]
    report: tuple[Line, ...]
    places: tuple[PlaceRow, ...]
    people: tuple[PersonRow, ...]
    questions: tuple[Asked, ...]
    files: tuple[Link, ...]
    labels: Labels


def grid_page(report: Report, ways: Reach, reader: Reader, other: Other, query: Words) -> GridPage:
    """The page. ``ways``: to the representatives; ``query``: what the addresses of the call's other pages end with."""
    _, grid, call = reader.gettext, report.grid, report.grid.call
    name = wording.name(call, reader)
    return GridPage(
        language=Words.verbatim(reader.language),
        title=_("Who answered: {name}", name=name),
        about=about(reader),
        other=other,
        above=_("Answers to the call, for the secretariat"),
        name=name,
        state=state(call, reader),
        until=tuple(until(call, reader)),
        back=Link(Words.verbatim(f"../{call.id}{query}"), _("The text of the call")),
        tiles=tuple(_tiles(grid, reader)),
        report=tuple(summary.lines(report, reader)),
        places=tuple(_place(each, ways, reader) for each in summary.by_urgency(grid, reader)),
        people=tuple(_person(each, call, reader) for each in grid.sign_ups),
        questions=tuple(_asked(each, reader) for each in grid.questions),
        files=tuple(_files(grid, reader, query)),
        labels=_labels(reader),
    )


def _tiles(grid: Grid, reader: Reader) -> Iterator[Tile]:
    for kind, name, n in wording.tally(grid.invitations, reader):
        yield Tile(replace(_answer(kind, reader), name=name), n)


def _answer(answer: Answer, reader: Reader) -> State:
    return State(Words.verbatim(answer), offers.SHAPES[answer], wording.answer(answer, reader))


def _place(each: InvitationFacts, ways: Reach, reader: Reader) -> PlaceRow:
    _ = reader.gettext
    return PlaceRow(
        name=each.jurisdiction.name.for_(reader).sentence,
        level=wording.kind(each.jurisdiction.kind, reader),
        state=replace(_answer(each.stands_as, reader), name=wording.standing(each, reader)),
        reason=_("Reason: {reason}", reason=Words.verbatim(each.reason)) if each.reason else None,
        said=tuple(_said(each, reader)),
        nominees=tuple(Words.verbatim(person.name) for person in each.nominees),
        representatives=tuple((Words.verbatim(person.name), reached(person, ways, reader)) for person in each.representatives),
        contact=last_contact(each, ways, reader).sentence,
    )


def _said(each: InvitationFacts, reader: Reader) -> Iterator[Words]:
    """Who answered, when, and how it came; who recorded it for whom."""
    if told := summary.given_by(each, reader):
        yield told
    yield from (told for told in (wording.before(each, reader), wording.late(each, reader), wording.volunteers(each, reader)) if told)
    if each.delegates:
        yield reader.gettext("Answer handed over to {names}", names=reader.listed(Words.verbatim(person.name) for person in each.delegates))


def _day(when: datetime, reader: Reader) -> Words:
    return reader.date(reader.local(when).date())


def _person(each: SignUpFacts, call: CallFacts, reader: Reader) -> PersonRow:
    _ = reader.gettext
    return PersonRow(
        name=Words.verbatim(each.person.name),
        place=each.jurisdiction.name.for_(reader).sentence if each.jurisdiction else _("Jurisdiction not known"),
        role=wording.role(each.role, reader),
        language=wording.language(each.language, reader),
        stands=summary.stands(each, call, reader),
        waiting=each.waiting,
        over=each.state in ("withdrawn", "declined"),
        remarks=tuple(summary.points(each, reader)),
        experience=Words.verbatim(each.experience) if each.experience else None,
        said=tuple(told for told in (summary.given_by(each, reader),) if told),
    )


def _asked(each: QuestionFacts, reader: Reader) -> Asked:
    _ = reader.gettext
    who = _("{who}, {day}", who=Words.verbatim(each.person.name), day=_day(each.asked_at, reader))
    if each.answer is None:
        return Asked(Words.verbatim(each.text), who, _("Not answered yet"))
    by = Words.verbatim(named(each.answered_by or ""))
    return Asked(Words.verbatim(each.text), who, _("Answer, by {who}: {text}", who=by, text=Words.verbatim(each.answer)))


def _files(grid: Grid, reader: Reader, query: Words) -> Iterator[Link]:
    """The answers in both languages, this one first; the letter, which holds both."""
    _ = reader.gettext
    names = {"en": _("in English"), "fr": _("in French")}
    for language in reader.languages:
        tail = Words.verbatim(query.replace(f"lang={reader.language}", f"lang={language}"))
        yield Link(Words.verbatim(f"answers.xlsx{tail}"), _("Excel workbook, {language}", language=names[language]))
        yield Link(Words.verbatim(f"answers.csv{tail}"), _("CSV, {language}", language=names[language]))
    if grid.call.number:
        yield Link(Words.verbatim(f"letter.docx{query}"), _("The official letter (Word)"))


def _labels(reader: Reader) -> Labels:
    _ = reader.gettext
    return Labels(
        grid=_("Jurisdictions"),
        nobody=_("Nobody is invited yet: that happens when the call opens."),
        place=_("Jurisdiction"),
        answer=_("Their answer"),
        nominees=_("Nominees"),
        representatives=_("Representatives"),
        unspoken=_("Nobody answers for it: name somebody in Slack."),
        contact=_("Last contact"),
        report=_("Where it stands"),
        people=_("People"),
        no_people=_("Nobody offered to take part yet."),
        person=_("Name"),
        role=_("Role and language"),
        stands=_("Standing"),
        questions=_("Questions"),
        no_questions=_("Nobody asked anything."),
        files=_("Files"),
    )
