"""What came of a call, and how each answer stands, in words: the same on the page, in a workbook and in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cadre.calls import wording
from cadre.calls.facts import WORK_LANGUAGES, CallFacts, Grid, InvitationFacts, JurisdictionRef, Report, SignUpFacts, Way
from cadre.calls.report import asked_of_each
from cadre.calls.rules import ANSWERABLE, SEATED, UNANSWERED
from cadre.core.reader import Reader, named
from cadre.core.text import fold
from cadre.core.words import Words

_LEVELS: Final = ("federal", "province", "territory", "municipality")
_DOT: Final = " · "
_URGENT: Final = ("silent", "delegated", "nominated", "observer", "declined", "not_taken_up", "withdrawn")


@dataclass(frozen=True, slots=True)
class Line:
    """One finding of the report. ``wanting``: something is still missing."""

    label: Words
    text: Words
    wanting: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Who gave an answer, by which way, on which day; and who recorded it, where it was told to the secretariat."""

    who: Words
    way: Way | None
    day: date
    recorded_by: Words | None

    def told(self, reader: Reader) -> Words:
        """ "Pat Pinewater, by phone, March 2, 2027"."""
        values = {"who": self.who, "date": reader.date(self.day)}
        if self.way is None:
            return reader.gettext("{who}, {date}", **values)
        return reader.gettext("{who}, {way}, {date}", way=wording.way(self.way, reader), **values)

    def recorded(self, reader: Reader) -> Words | None:
        """ "Recorded by Alix Belétang."."""
        return reader.gettext("Recorded by {who}.", who=self.recorded_by) if self.recorded_by else None


def origin(each: InvitationFacts | SignUpFacts, reader: Reader) -> Origin | None:
    """Where an answer comes from; None for a silence, and for an offer that somebody withdrew by themselves."""
    by: str | None
    at: datetime | None
    if isinstance(each, SignUpFacts):
        by, at = each.nominated_by or each.recorded_by or each.person.name, each.made_at
        given = each.state != "withdrawn" or each.recorded_by is not None
    else:
        by, at, given = each.answered_by, each.answered_at, each.state not in UNANSWERED
    if not (given and by and at):
        return None
    who = each.said_by if each.recorded_by and each.said_by else named(by)
    recorded = Words.verbatim(named(each.recorded_by)) if each.recorded_by else None
    return Origin(Words.verbatim(who), each.way, each.said_on or reader.local(at).date(), recorded)


def given_by(each: InvitationFacts | SignUpFacts, reader: Reader) -> Words | None:
    """Who gave an answer, by which way, on which day, and who recorded it: the same wherever it is shown."""
    found, _ = origin(each, reader), reader.gettext
    if found is None:
        return None
    told = found.told(reader)
    if isinstance(each, InvitationFacts):
        said = _("Answered by {answer}.", answer=told)
    elif each.state == "withdrawn":
        said = _("Withdrawn by {answer}.", answer=told)
    else:
        said = _("Offered by {answer}.", answer=told) if found.who == each.person.name else _("Put forward by {answer}.", answer=told)
    return Words.joined(" ", (sentence for sentence in (said, found.recorded(reader)) if sentence))


def by_urgency(grid: Grid, reader: Reader) -> tuple[InvitationFacts, ...]:
    """The jurisdictions of a grid: who is silent first, each answer by the names that the reader knows them by."""
    return tuple(sorted(grid.invitations, key=lambda each: (_URGENT.index(each.state), fold(each.jurisdiction.name.for_(reader)))))


def stands(offer: SignUpFacts, call: CallFacts, reader: Reader) -> Words:
    """What became of an offer: "Accepted", "Withdrawn", "Number 2 on the waiting list", "Has a seat"."""
    _ = reader.gettext
    match offer.state:
        case "withdrawn":
            return _("Withdrawn")
        case "accepted":
            return _("Accepted")
        case "declined":
            return _("Not accepted")
    if offer.came_late and call.state in ANSWERABLE:
        return _("The secretariat has yet to decide")
    if offer.waiting:
        return _("Number {n} on the waiting list", n=offer.queue or 0)
    return _("Has a seat") if call.capped and offer.role in SEATED else _("Offered")


def remarks(offer: SignUpFacts, reader: Reader) -> Iterator[Words]:
    """What the secretariat has yet to look at, or to know."""
    return (told for told, _wanting in points(offer, reader))


def points(offer: SignUpFacts, reader: Reader) -> Iterator[tuple[Words, bool]]:
    """The same; and whether something is still wanting: that an offer is confirmed raises no alarm."""
    _ = reader.gettext
    if offer.late:
        yield _("Came after the closing"), True
    elif offer.spoken_late:
        yield _("Confirmed after the closing only"), True
    if offer.stated:
        yield _("Jurisdiction to be confirmed"), True
    if offer.registered:
        yield _("By the registry: {jurisdiction}", jurisdiction=offer.registered.name.for_(reader)), True
    if offer.to_endorse and offer.state == "accepted":
        yield _("Accepted without being confirmed"), True
    elif offer.to_endorse and offer.state == "offered":
        yield _("The secretariat has yet to confirm it") if offer.unspoken else _("A representative has yet to confirm it"), True
    elif offer.endorsed is False:
        yield _("Not confirmed by the representatives"), True
    elif offer.endorsed and not (offer.nominated_by or offer.recorded_by or offer.spoken_late):
        yield _("Confirmed by a representative"), False
    elif offer.endorsed is None and offer.state == "offered" and not offer.stated:
        yield _("Not in the name of their government"), False


def lines(report: Report, reader: Reader) -> Iterator[Line]:
    """The report: answers, gaps against the seats wanted, balance, languages of work, co-chairs and rule G2."""
    _, call = reader.gettext, report.grid.call
    yield Line(_("Answers"), wording.counted(call.totals, call.seats, reader))
    if report.silent:
        yield Line(_("No answer yet"), _named(report.silent, reader).sentence, wanting=True)
    if late := [each.jurisdiction for each in report.grid.invitations if each.late and each.late.to_decide]:
        yield Line(_("Late answers to be decided"), _named(late, reader).sentence, wanting=True)
    if report.missing is not None:
        left = reader.ngettext("{n} seat is still to be filled.", "{n} seats are still to be filled.", report.missing)
        yield Line(_("Seats"), left if report.missing else _("Somebody is offered for each seat."), wanting=report.missing > 0)
    if many := list(too_many(report.surplus, report.over, reader)):
        yield Line(_("More than wanted"), Words.joined(" ", many), wanting=True)
    if report.doubtful:
        yield Line(_("In doubt"), reader.listed(_doubt(each, call, reader) for each in report.doubtful), wanting=True)
    if call.seats_each:
        wanted = reader.ngettext("{n} for each jurisdiction.", "{n} for each jurisdiction.", call.seats_each)
        yield Line(_("Asked of each"), Words.joined(" ", (wanted, *_fewer(report, reader))), wanting=bool(report.short))
    yield Line(_("Balance"), Words.joined(_DOT, (_balance(report, reader), *_apart(report, reader))))
    yield Line(
        _("Languages of work"),
        _counts({wording.language(each, reader): report.by_language.get(each, 0) for each in WORK_LANGUAGES}, reader),
    )
    if report.besides:
        yield Line(_("Besides the seats"), _counts({wording.role(each, reader): n for each, n in report.besides.items()}, reader))
    yield _chairs(report, reader)


def too_many(surplus: int, over: Iterable[tuple[JurisdictionRef, int]], reader: Reader) -> Iterator[Words]:
    """That there are more people than seats were wanted, in all or from one jurisdiction."""
    if surplus:
        yield reader.ngettext("{n} person more than there are seats.", "{n} people more than there are seats.", surplus)
    for place, n in over:
        yield reader.ngettext("{n} from {jurisdiction}.", "{n} from {jurisdiction}.", n, jurisdiction=wording.place(place, reader))


def _doubt(offer: SignUpFacts, call: CallFacts, reader: Reader) -> Words:
    """Who fills no seat yet, and why: "Casey Larkfield (Came after the closing)"."""
    invited = () if offer.jurisdiction in call.jurisdictions else (reader.gettext("Its jurisdiction was not invited"),)
    why = Words.joined(_DOT, (*remarks(offer, reader), *invited))
    return reader.gettext("{name} ({why})", name=Words.verbatim(offer.person.name), why=why)


def _fewer(report: Report, reader: Reader) -> Iterator[Words]:
    """Who offers fewer people than each was asked for, where each was."""
    if report.short:
        yield reader.gettext("Fewer from: {jurisdictions}.", jurisdictions=_named(report.short, reader))
    elif asked_of_each(report.grid.call):
        yield reader.gettext("Each offers as many.")


def _named(places: Iterable[JurisdictionRef], reader: Reader) -> Words:
    return reader.listed(sorted((each.name.for_(reader) for each in places), key=fold))


def _balance(report: Report, reader: Reader) -> Words:
    """Governments of all levels, those that nobody is from too."""
    counted: Counter[Words] = Counter({wording.kind(level, reader): 0 for level in _LEVELS})
    for kind, n in report.by_kind.items():
        counted[wording.kind(kind, reader)] += n
    return _counts(counted, reader)


def _apart(report: Report, reader: Reader) -> Iterator[Words]:
    """Those whom no balance counts: it is not sure that they take a seat."""
    if report.waiting:
        yield reader.gettext("{what}: {n}", what=reader.gettext("not counted, on the waiting list"), n=report.waiting)
    if report.doubtful:
        yield reader.gettext("{what}: {n}", what=reader.gettext("not counted, in doubt"), n=len(report.doubtful))


def _counts(counted: Mapping[Words, int], reader: Reader) -> Words:
    return Words.joined(_DOT, (reader.gettext("{what}: {n}", what=what, n=n) for what, n in counted.items()))


def _chairs(report: Report, reader: Reader) -> Line:
    """Rule G2 of the seed deck: one co-chair at least is a council member."""
    _ = reader.gettext
    if not report.chairs:
        return Line(_("Co-chairs"), _("Nobody is proposed."), wanting=True)
    names = reader.listed(Words.verbatim(chair.name) for chair, _member in report.chairs)
    rule = (
        _("Rule G2 is met: one co-chair at least is a council member.")
        if report.council_chair
        else _("Rule G2 is not met: one co-chair at least must be a council member.")
    )
    return Line(_("Co-chairs"), _("{names}. {rule}", names=names, rule=rule), wanting=not report.council_chair)


def file_name(call: CallFacts, reader: Reader, ending: str) -> str:
    """What the answers are saved as: "call-2027-01-answers.csv"."""
    number = call.number or call.id
    return f"appel-{number}-reponses.{ending}" if reader.language == "fr" else f"call-{number}-answers.{ending}"
