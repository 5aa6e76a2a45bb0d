"""The windows in which a meeting is arranged, moved, cancelled and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.blocks import (
    OPTIONS,
    Block,
    Modal,
    Option,
    context,
    day_picker,
    field,
    menu,
    radio,
    search,
    search_many,
    section,
    text_input,
    time_picker,
)
from bot.meetings import preview
from bot.meetings.actions import PEOPLE
from bot.meetings.reading import Around, Sheet, Started
from bot.modals import Metadata
from cadre.core.errors import Conflict
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.meetings import wording
from cadre.meetings.views import IN_PERSON, InviteeFacts, MeetingForm, Repeat
from cadre.people.facts import PersonRef

ARRANGED: Final = "meetings.arranged"
CANCELLED: Final = "meetings.cancelled"
STANDS_IN: Final = "meetings.stands_in"
REGISTERED: Final = "meetings.registered"
RECORDED: Final = "meetings.recorded"
_FIELD: Final = "meetings.field"
CROWD: Final = 40
"""People of whom a field of names holds no more."""
_LENGTHS: Final = (15, 30, 45, 60, 75, 90, 120, 180, 240, 360, 480)
_YEARS: Final = 3
"""How many years after this one a month may be chosen from."""
ONCE: Final = "once"
REPEATS: Final = (
    *(ONCE, "week:1", "week:2", "week:4"),
    *("month_day:1", "month_last:1", "month_weekday:1", "month_weekday_last:1", "month_weekday:3"),
)
"""How a meeting may come again: the rule, and its interval."""
THIS, ONWARDS = "this", "onwards"


@dataclass(frozen=True, slots=True)
class Shape(Metadata):
    """What the window of a form keeps. ``meeting``, ``revision``: of one that is changed. ``shown``: a mark of the time, and the people,
    for which it shows what that means for everybody. ``people``: who is invited, as it shows them; ``crowd``: more are than
    a field takes well: people are only added.
    """

    kind: str = "teleconference"
    meeting: str = ""
    revision: int = 0
    shown: str = ""
    series: bool = False
    crowd: bool = False
    under: str = ""
    people: str = ""


def arrange(
    form: MeetingForm,
    around: Around,
    reader: Reader,
    shape: Shape,
    *,
    heard: Started | None = None,
    fold: bool = False,
    note: Words | None = None,
) -> Modal:
    """Where a meeting is arranged or changed. ``heard``: of a sentence, what it leaves open; ``fold``: the time comes twice that night;
    ``note``: what whoever sent it must know.
    """
    _, new = reader.gettext, not shape.meeting
    blocks = [
        *([section(note)] if note else ()),
        *preview.means(around, reader),
        *preview.open_questions(heard, reader),
        *_what(form, around, reader, new=new),
    ]
    blocks += _in_person(form, around.today, reader) if form.kind == IN_PERSON else ()
    blocks += _time(form, reader, fold=fold, new=new)
    blocks += _who(around, reader, shape)
    blocks += _joining(form, reader) if form.kind != IN_PERSON else ()
    if new and form.kind != IN_PERSON:
        blocks += _again(form, reader)
    if not new:
        blocks += _change(reader, series=shape.series)
    heading = _("New meeting") if new else _("Change a meeting")
    submit = (_("Invite") if new else _("Save")) if shape.shown else _("Continue")
    return Modal(heading, tuple(blocks), _("Back"), submit, ARRANGED, shape.packed())


def _what(form: MeetingForm, around: Around, reader: Reader, *, new: bool) -> Iterator[Block]:
    _ = reader.gettext
    if new:
        groups = sorted((Option(name.for_(reader), id_) for id_, name in around.groups), key=lambda option: fold(option.label))
        yield field("group", _("Group"), menu(_FIELD, groups, form.group or None))
    labels = {"en": _("Title, in English"), "fr": _("Title, in French")}
    hint = _("Without a title it is called after its group.")
    for place, language in enumerate(reader.languages):
        typed = form.title_en if language == "en" else form.title_fr
        yield field(f"title_{language}", labels[language], text_input(_FIELD, typed), None if place else hint, optional=True)


def _time(form: MeetingForm, reader: Reader, *, fold: bool, new: bool) -> Iterator[Block]:
    _ = reader.gettext
    optional = form.kind == IN_PERSON
    yield field("day", _("Day"), day_picker(_FIELD, form.day), optional=optional)
    if form.kind == IN_PERSON:
        yield field("last_day", _("Last day, where it takes several"), day_picker(_FIELD, form.last_day), optional=True)
    hourless = optional or not (new or form.at)  # a meeting of which the registry has the day alone
    yield field("at", _("Time of day"), time_picker(_FIELD, form.at), optional=hourless)
    if fold:
        both = [Option(_("The first, before clocks go back"), "0"), Option(_("The second, after it"), "1")]
        yield field("fold", _("This time comes twice that night: which?"), radio(_FIELD, both, "0"))
    known = wording.ZONES if form.zone in wording.ZONES else (form.zone, *wording.ZONES)
    zones = [Option(_("{city} time", city=reader.city(zone)), zone) for zone in known]
    yield field("zone", _("Time of which place"), menu(_FIELD, zones, form.zone))
    lengths = sorted({*_LENGTHS, form.minutes})
    yield field("minutes", _("Length"), menu(_FIELD, [Option(wording.length(n, reader), str(n)) for n in lengths], str(form.minutes)))


def _in_person(form: MeetingForm, today: date, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    labels = {"en": _("Place, in English"), "fr": _("Place, in French")}
    for language in reader.languages:
        typed = form.place_en if language == "en" else form.place_fr
        yield field(f"place_{language}", labels[language], text_input(_FIELD, typed), optional=True)
    labels = {"en": _("Expected results, in English"), "fr": _("Expected results, in French")}
    for language in reader.languages:
        typed = form.results_en if language == "en" else form.results_fr
        yield field(f"results_{language}", labels[language], text_input(_FIELD, typed, tall=True), _("One a line."), optional=True)
    hint = _("While no day is fixed. Then leave day and time empty.")
    chosen = form.month.text if form.month else None
    yield field("month", _("Month"), menu(_FIELD, list(_months(form, today, reader)), chosen), hint, optional=True)


def _months(form: MeetingForm, today: date, reader: Reader) -> Iterator[Option]:
    """The months to choose from, and what is known now, however precisely."""
    if form.month and not today.replace(day=1) <= form.month.first <= date(today.year + _YEARS, 12, 31):
        yield Option(reader.date(form.month).sentence, form.month.text)
    for number in range(today.month - 1, 12 * (1 + _YEARS)):
        first = date(today.year + number // 12, number % 12 + 1, 1)
        yield Option(reader.month(first).sentence, f"{first:%Y-%m}")


def _who(around: Around, reader: Reader, shape: Shape) -> Iterator[Block]:
    _ = reader.gettext
    chosen = [] if shape.crowd else [_person(each) for each in around.invited]
    if shape.crowd:
        label, hint = _("Invite besides"), _("Those who are invited already stay invited.")
    elif shape.meeting:
        label, hint = _("Who is invited"), _("Whoever you take out is told that they need not come.")
    else:
        label, hint = _("Who is invited"), _("Leave this empty to invite everybody who is confirmed in the group.")
    yield field("invited", label, search_many(PEOPLE, _("Type a name"), chosen), hint, optional=True)


def _joining(form: MeetingForm, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    yield field("link", _("Link to join"), text_input(_FIELD, form.link), _("Only those who are invited see it."), optional=True)
    yield field("joining", _("Telephone numbers and codes"), text_input(_FIELD, form.joining, tall=True), optional=True)


def _again(form: MeetingForm, reader: Reader) -> Iterator[Block]:
    _ = reader.gettext
    names = {
        ONCE: _("Once"),
        "week:1": _("Every week"),
        "week:2": _("Every two weeks"),
        "week:4": _("Every four weeks"),
        "month_day:1": _("Every month, on the same date"),
        "month_last:1": _("Every month, on the last day of the month"),
        "month_weekday:1": _("Every month, on the same weekday of the month"),
        "month_weekday_last:1": _("Every month, on the last such weekday of the month"),
        "month_weekday:3": _("Every three months, on the same weekday of the month"),
    }
    chosen = f"{form.repeat.every}:{form.repeat.interval}" if form.repeat else ONCE
    offered = list(REPEATS)
    if form.repeat and chosen not in REPEATS:
        names[chosen] = _rarely(form.repeat, reader)
        offered.append(chosen)
    yield field("repeat", _("How often"), menu(_FIELD, [Option(names[each], each) for each in offered], chosen))
    until = form.repeat.until if form.repeat else None
    yield field("until", _("Until"), day_picker(_FIELD, until), _("Where it comes again. Without a day it has no end."), optional=True)


def _rarely(repeat: Repeat, reader: Reader) -> Words:
    """How often, where it is none of the usual."""
    ngettext, n = reader.ngettext, repeat.interval
    match repeat.every:
        case "week":
            return ngettext("Every {n} week", "Every {n} weeks", n)
        case "month_day":
            return ngettext("Every {n} month, on the same date", "Every {n} months, on the same date", n)
        case "month_last":
            return ngettext("Every {n} month, on its last day", "Every {n} months, on the last day of the month", n)
        case "month_weekday":
            return ngettext("Every {n} month, on the same weekday", "Every {n} months, on the same weekday of the month", n)
    return ngettext("Every {n} month, on the last such weekday", "Every {n} months, on the last such weekday of the month", n)


def _change(reader: Reader, *, series: bool) -> Iterator[Block]:
    _ = reader.gettext
    if series:
        yield field("scope", _("What to change"), radio(_FIELD, _scopes(reader), THIS))
    yield from reasons(reader)


def _scopes(reader: Reader) -> list[Option]:
    _ = reader.gettext
    return [Option(_("This meeting only"), THIS), Option(_("This one and all that come after it"), ONWARDS)]


def reasons(reader: Reader) -> Iterator[Block]:
    """Why, in both languages: it is told to people of either."""
    _ = reader.gettext
    labels = {"en": _("Reason, in English"), "fr": _("Reason, in French")}
    for language in reader.languages:
        yield field(f"reason_{language}", labels[language], text_input(_FIELD, tall=True), optional=True)


def cancel(sheet: Sheet, reader: Reader, shape: Shape) -> Modal:
    """What cancelling does, and why it is done."""
    _, view = reader.gettext, sheet.view
    told = _("{title}, {when}, will not take place.", title=wording.title(view, reader), when=wording.when(view.facts, reader))
    whom = {person.id for each in sheet.invitees or () for person in (each.person, each.stands_in) if person} - {reader.person}
    who = reader.ngettext("{n} person who is invited is told.", "{n} people who are invited are told.", len(whom))
    blocks: list[Block] = [section(Words.joined(" ", (told, who)) if whom else told)]
    if view.series:
        blocks.append(field("scope", _("What to cancel"), radio(_FIELD, _scopes(reader), THIS)))
    return Modal(_("Cancel a meeting"), (*blocks, *reasons(reader)), _("Back"), _("Cancel the meeting"), CANCELLED, shape.packed())


def stand_in(sheet: Sheet, reader: Reader, shape: Shape) -> Modal:
    """Somebody else comes."""
    _ = reader.gettext
    told = _("{title}, {when}", title=wording.title(sheet.view, reader), when=wording.when(sheet.view.facts, reader))
    who = field(
        "stands_in",
        _("Who comes in your place"),
        search(PEOPLE, _("Type a name")),
        _("They are told, and see how to join. Whoever is not found is not in the registry yet: ask the secretariat."),
    )
    return Modal(_("In your place"), (section(told), who), _("Back"), _("Save"), STANDS_IN, shape.packed())


def register(sheet: Sheet, reader: Reader, shape: Shape) -> Modal:
    """What somebody says who comes to a meeting in person."""
    _, mine = reader.gettext, sheet.view.mine
    told = _("{title}, {when}", title=wording.title(sheet.view, reader), when=wording.when(sheet.view.facts, reader))
    answers = [Option(wording.answer(each, reader).sentence, each) for each in ("accepted", "tentative", "declined")]
    wish = [Option(_("Yes"), "yes"), Option(_("No"), "no")]
    wanted = "yes" if mine and mine.interpretation else "no"
    blocks = (
        section(told),
        field("answer", _("Do you come?"), radio(_FIELD, answers, (mine and mine.answer) or "accepted")),
        field("stands_in", _("Who comes in your place, if you do not"), search(PEOPLE, _("Type a name")), optional=True),
        field("diet", _("Dietary needs"), text_input(_FIELD, (mine and mine.diet) or ""), optional=True),
        field("access", _("Accessibility needs"), text_input(_FIELD, (mine and mine.access) or ""), optional=True),
        field("interpretation", _("Simultaneous interpretation"), radio(_FIELD, wish, wanted)),
        *context(_("Those who are invited see your answer; only whoever arranges the meeting sees what you need.")),
    )
    return Modal(_("Registration"), blocks, _("Back"), _("Save"), REGISTERED, shape.packed())


def record(sheet: Sheet, reader: Reader, shape: Shape) -> Modal:
    """An answer that the secretariat was told."""
    _ = reader.gettext
    invited: Sequence[InviteeFacts] = sheet.invitees or ()
    people = [_person(each.person) for each in invited]
    whose = menu(_FIELD, people) if len(people) <= OPTIONS else search(PEOPLE, _("Type a name"))
    answers = [Option(wording.answer(each, reader).sentence, each) for each in ("accepted", "tentative", "declined")]
    ways = [Option(name.sentence, way) for way, name in wording.ways(reader).items()]
    blocks = (
        field("person", _("Whose answer"), whose),
        field("answer", _("Answer"), radio(_FIELD, answers, "accepted")),
        field("stands_in", _("Who comes in their place, if they do not"), search(PEOPLE, _("Type a name")), optional=True),
        *(_needs(reader) if sheet.view.facts.kind == IN_PERSON else ()),
        field("way", _("How it came"), menu(_FIELD, ways, "phone")),
        field("said_by", _("Who told you, if somebody else"), text_input(_FIELD), optional=True),
        *context(_("Whoever the answer is of gets a confirmation.")),
    )
    return Modal(_("Record an answer"), blocks, _("Back"), _("Save"), RECORDED, shape.packed())


def _needs(reader: Reader) -> Iterator[Block]:
    """What somebody needs who comes, as the secretariat was told it."""
    _, kept = reader.gettext, reader.gettext("Where this stays empty, what they registered stays.")
    wish = [Option(_("Yes"), "yes"), Option(_("No"), "no")]
    yield field("diet", _("Dietary needs"), text_input(_FIELD), kept, optional=True)
    yield field("access", _("Accessibility needs"), text_input(_FIELD), kept, optional=True)
    yield field("interpretation", _("Simultaneous interpretation"), menu(_FIELD, wish), kept, optional=True)


def _person(each: PersonRef) -> Option:
    return Option(Words.verbatim(each.name), each.id)


def meanwhile(problem: Conflict, now: Sheet, changed: Mapping[str, object], reader: Reader) -> Iterator[Block]:
    """Who changed the meeting since the window was drawn, and how it stands now."""
    _, names = reader.gettext, _changed(changed, reader)
    values = {"who": Words.verbatim(problem.who), "moment": reader.moment(problem.when)}
    yield section(_("{who} changed this meeting meanwhile ({moment}). What you wrote still stands below.", **values))
    if names:
        yield section(_("Changed: {what}.", what=reader.listed(names)))
    now_at = wording.when(now.view.facts, reader)
    yield section(_("It stands now: {title}, {when}.", title=wording.title(now.view, reader), when=now_at))


def _changed(changed: Iterable[str], reader: Reader) -> list[Words]:
    """What changed, each thing once."""
    return list(dict.fromkeys(wording.part(name.removesuffix("_en").removesuffix("_fr").removesuffix("_text"), reader) for name in changed))
