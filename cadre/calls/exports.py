"""All answers to a call as files that spreadsheets open: CSV and XLSX, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cadre.calls import summary, wording
from cadre.calls.facts import CallFacts, Grid, InvitationFacts, Report, SignUpFacts
from cadre.calls.reach import Reach, reached
from cadre.calls.summary import Origin
from cadre.core import sheets
from cadre.core.reader import Reader
from cadre.core.sheets import Column, Table, Value, workbook
from cadre.core.words import Words

_LIST: Final = "; "


def csv(grid: Grid, ways: Reach, reader: Reader) -> bytes:
    """A line for each jurisdiction and each person of it; one for a jurisdiction of which nobody takes part. Those of jurisdictions that
    were not invited come last. UTF-8, as Excel reads it.
    """
    places, people = _places(grid, ways, reader), _people(grid, reader)
    blank: tuple[Value, ...] = (None,) * len(people[0])
    lines: list[tuple[Value, ...]] = []
    offers = list(zip(grid.sign_ups, people[1], strict=True))
    for invitation, place in zip(summary.by_urgency(grid, reader), places[1], strict=True):
        own = [line for offer, line in offers if offer.jurisdiction and offer.jurisdiction.id == invitation.jurisdiction.id]
        lines += [(*place, *line) for line in own or [blank]]
    invited = {each.jurisdiction.id for each in grid.invitations}
    for offer, line in offers:
        if offer.jurisdiction is None or offer.jurisdiction.id not in invited:
            lines.append((*_uninvited(offer, len(places[0]), reader), *line))
    return sheets.csv(((*places[0], *people[0]), lines), reader)


def _uninvited(offer: SignUpFacts, width: int, reader: Reader) -> tuple[Value, ...]:
    """In place of an invitation, where there was none."""
    place = offer.jurisdiction
    first = (place.name.for_(reader).sentence, wording.kind(place.kind, reader)) if place else (None, None)
    return (*first, reader.gettext("Not invited"), *((None,) * (width - len(first) - 1)))


def _places(grid: Grid, ways: Reach, reader: Reader) -> Table:
    """A line for each jurisdiction, in the order in which the secretariat has to see to them."""
    _ = reader.gettext
    city = reader.city(reader.zone)
    columns = (
        Column(_("Jurisdiction"), 34),
        Column(_("Level"), 14),
        Column(_("Their answer"), 22),
        Column(_("Answer before"), 40),
        Column(_("Late answer"), 40),
        Column(_("Reason"), 40),
        Column(_("Nominees"), 34),
        Column(_("Representatives"), 48),
        Column(_("Last contact ({city} time)", city=city), 20),
        Column(_("Answered on ({city} time)", city=city), 20),
        Column(_("Answered by"), 24),
        Column(_("How the answer came"), 18),
        Column(_("Recorded by"), 24),
    )
    return columns, [_place(each, ways, reader) for each in summary.by_urgency(grid, reader)]


def _place(each: InvitationFacts, ways: Reach, reader: Reader) -> tuple[Value, ...]:
    speaking = [
        reader.gettext("{name} ({ways})", name=Words.verbatim(person.name), ways=reached(person, ways, reader))
        for person in each.representatives
    ]
    came = summary.origin(each, reader)
    return (
        each.jurisdiction.name.for_(reader).sentence,
        wording.kind(each.jurisdiction.kind, reader),
        wording.standing(each, reader),
        wording.before(each, reader),
        wording.late(each, reader),
        _said(each.reason),
        Words.joined(_LIST, (Words.verbatim(person.name) for person in each.nominees)) or None,
        Words.joined(_LIST, speaking) or None,
        _moment(each.last_contact, reader),
        (each.said_on or _moment(each.answered_at, reader)) if came else None,
        *_came(came, reader),
    )


def _came(origin: Origin | None, reader: Reader) -> tuple[Value, Value, Value]:
    """Who gave an answer, by which way, and who recorded it."""
    if origin is None:
        return None, None, None
    return origin.who, wording.way(origin.way, reader) if origin.way else None, origin.recorded_by


def _people(grid: Grid, reader: Reader) -> Table:
    """A line for each person who offered or was put forward, withdrawn ones too, in the order in which they get seats."""
    _ = reader.gettext
    city = reader.city(reader.zone)
    columns = (
        Column(_("Name"), 28),
        Column(_("On behalf of"), 34),
        Column(_("Role"), 14),
        Column(_("Language of work"), 20),
        Column(_("Standing"), 26),
        Column(_("Place on the waiting list"), 12),
        Column(_("Remarks"), 36),
        Column(_("Experience"), 60),
        Column(_("Offered on ({city} time)", city=city), 20),
        Column(_("Offered or put forward by"), 24),
        Column(_("How the offer came"), 18),
        Column(_("Offer recorded by"), 24),
        Column(_("Word from the secretariat"), 40),
    )
    return columns, [_person(each, grid.call, reader) for each in grid.sign_ups]


def _person(each: SignUpFacts, call: CallFacts, reader: Reader) -> tuple[Value, ...]:
    withdrawn = each.state == "withdrawn"  # what is known of how it came is how it was withdrawn, which stands with the remarks
    origin = None if withdrawn else summary.origin(each, reader)
    on = None if withdrawn else each.said_on
    gone = summary.given_by(each, reader) if withdrawn else None
    remarks = (*summary.remarks(each, reader), *((gone,) if gone else ()))
    return (
        Words.verbatim(each.person.name),
        each.jurisdiction.name.for_(reader).sentence if each.jurisdiction else None,
        wording.role(each.role, reader),
        wording.language(each.language, reader),
        summary.stands(each, call, reader),
        each.queue,
        Words.joined(_LIST, remarks) or None,
        _said(each.experience),
        on or _moment(each.made_at, reader),
        *_came(origin, reader),
        _said(each.word.marked(reader) if each.word else None),
    )


def _said(text: str | None) -> Words | None:
    return Words.verbatim(text) if text else None


def _moment(when: datetime | None, reader: Reader) -> datetime | None:
    return reader.local(when).replace(tzinfo=None, second=0, microsecond=0) if when else None


def xlsx(report: Report, ways: Reach, reader: Reader) -> bytes:
    """A workbook: the grid, the people, and what came of it."""
    _, grid = reader.gettext, report.grid
    columns = (Column(_("Subject"), 24), Column(_("Finding"), 100))
    found: Table = (columns, [(line.label, line.text) for line in summary.lines(report, reader)])
    sheets = ((_("Answers"), _places(grid, ways, reader)), (_("People"), _people(grid, reader)), (_("Report"), found))
    return workbook(_("Call for participation: {name}", name=wording.name(grid.call, reader)), sheets, reader)
