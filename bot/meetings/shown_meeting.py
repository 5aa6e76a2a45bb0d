"""What the web page of a meeting shows: what everybody may know, and to whoever a link is for, what is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.meetings import minutes_windows, views
from bot.meetings.calendar_pages import file_name
from bot.meetings.shown import Link, moved, provisional_kept, up, when
from bot.web.personal import Other, Page, about
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.meetings import drafting, wording
from cadre.meetings.agenda import AgendaView
from cadre.meetings.almanac import Item
from cadre.meetings.minutes import MinutesView
from cadre.meetings.views import IN_PERSON, InviteeFacts, MeetingView


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an agenda: what it is, and what is known of it besides."""

    title: Words
    besides: Words
    paper: Link | None


@dataclass(frozen=True, slots=True)
class MeetingPage(Page):
    """A meeting. ``times``: city and time there; ``joining``, ``people``: for whoever may know; ``notes``: of a link that is not good."""

    name: Words
    above: Words
    notes: tuple[Words, ...]
    facts: tuple[Words, ...]
    off: Words | None
    joining_name: Words
    joining: tuple[Words, ...]
    join: Link | None
    times_name: Words
    columns: tuple[Words, ...]
    times: tuple[tuple[Words, Words], ...]
    agenda_name: Words
    agenda: tuple[Line, ...]
    decided_name: Words
    decided: tuple[Words, ...]
    minutes_name: Words
    minutes_state: tuple[Words, ...]
    minutes: tuple[Words, ...]
    actions_name: Words
    actions: tuple[Words, ...]
    attended: tuple[Words, ...]
    people_name: Words
    counts: Words | None
    people: tuple[Words, ...]
    ways: tuple[Link, ...]
    subscribe_name: Words
    subscribe: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A meeting as its page shows it. ``invitees``, ``prepared``, ``minutes``: None for whoever may not see them, or where there are none;
    ``file``: the address of its calendar file; ``known``: whether it is known where its reader is; ``over``: it has ended.
    """

    view: MeetingView
    invitees: tuple[InviteeFacts, ...] | None
    agenda: tuple[Item, ...]
    decided: tuple[tuple[Words, bool], ...]
    file: str | None
    expired: bool
    known: bool = False
    over: bool = False
    prepared: AgendaView | None = None
    minutes: MinutesView | None = None


def meeting_page(opened: Opened, reader: Reader, other: Other) -> MeetingPage:
    """A meeting: when it is everywhere, what it is about; how to join and who comes, for whoever may know."""
    _, view = reader.gettext, opened.view
    minutes, gone = opened.minutes, view.cancelled or opened.over
    link = view.joining.link if view.joining and not gone else None
    inside, answers = opened.invitees is not None, not gone
    said = minutes is not None and drafting.attendance_in(minutes.text, reader.language)  # who was there, as the minutes have it
    attended = tuple(views.there(opened.invitees or (), view, reader)) if inside and opened.over and not (view.cancelled or said) else ()
    return MeetingPage(
        language=Words.verbatim(reader.language),
        title=wording.title(view, reader),
        about=about(reader),
        other=other,
        name=wording.title(view, reader),
        above=_("Meeting in person") if view.facts.kind == IN_PERSON else _("Teleconference"),
        notes=(_("This link is not good any more: the page shows what everybody may know."),) if opened.expired else (),
        facts=tuple(_facts(opened, reader)),
        off=_("Cancelled") if view.cancelled else None,
        joining_name=_("How to join"),
        joining=tuple(Words.verbatim(each) for each in _lines(view)) if not gone else (),
        join=Link(Words.verbatim(link), Words.verbatim(link)) if link and link.startswith(("https://", "http://")) else None,
        times_name=_("When it is, from coast to coast"),
        columns=(_("City"), _("Local time")),
        times=tuple(_times(view, reader)),
        agenda_name=_("Agenda"),
        agenda=tuple(_line(item, reader, inside=inside) for item in opened.agenda),
        decided_name=_("Decisions"),
        decided=tuple(_decisions(opened, reader, inside=inside)),
        minutes_name=_("Minutes (draft)") if minutes and minutes.draft else _("Minutes"),
        minutes_state=tuple(minutes_windows.state(minutes, reader)) if minutes else (),
        minutes=_paragraphs(minutes.text.for_(reader)) if minutes else (),
        actions_name=_("Actions agreed on"),
        actions=tuple(drafting.action(each, reader) for each in opened.prepared.actions) if opened.prepared else (),
        attended=attended,
        people_name=_("Who was there") if attended else _("Who comes"),
        counts=wording.counts(view.counts, reader) if view.counts.invited and answers else None,
        people=tuple(views.invitee(each, reader, in_person=False) for each in opened.invitees or () if answers),
        ways=tuple(_ways(view, reader)),
        subscribe_name=_("In your calendar"),
        subscribe=tuple(_calendars(opened, reader)),
    )


def _decisions(opened: Opened, reader: Reader, *, inside: bool) -> Iterator[Words]:
    """What was decided; to whoever may not know what is provisional, that it is kept for others."""
    for text, draft in opened.decided:
        if inside or not draft:
            yield reader.gettext("Proposed: {text}", text=text) if draft else text
    if not inside and any(draft for _text, draft in opened.decided):
        yield provisional_kept(reader)


def _paragraphs(text: Words) -> tuple[Words, ...]:
    return tuple(Words.verbatim(line) for line in str(text).splitlines() if line.strip())


def _ways(view: MeetingView, reader: Reader) -> Iterator[Link]:
    if view.series:
        yield Link(up("meetings", reader, series=str(view.series)), reader.gettext("All of the series"))
    yield Link(up("meetings", reader), reader.gettext("All upcoming meetings"))


def _facts(opened: Opened, reader: Reader) -> Iterator[Words]:
    _, view, facts = reader.gettext, opened.view, opened.view.facts
    yield when(view, reader, known=opened.known)
    if was := moved(view, reader, known=opened.known):
        yield was
    if lasts := wording.lasts(facts, reader):
        yield lasts
    if view.repeats and not view.cancelled:
        yield wording.rule(view.repeats, reader)
    if where := wording.place(view, reader):
        yield _("Place: {place}", place=where)
    if view.results:
        yield _("Expected results: {results}", results=Words.joined("; ", (each.marked(reader) for each in view.results)))
    if view.reason:
        yield _("Reason: {reason}", reason=view.reason.marked(reader))


def _lines(view: MeetingView) -> list[str]:
    return [line for line in (view.joining.text or "").splitlines() if line.strip()] if view.joining else []


def _times(view: MeetingView, reader: Reader) -> Iterator[tuple[Words, Words]]:
    if view.facts.starts_at and not view.cancelled:
        for where, moment in wording.coast_to_coast(view.facts.starts_at, reader):
            yield where, moment.sentence


def _line(item: Item, reader: Reader, *, inside: bool) -> Line:
    """The papers are for those who are there."""
    _ = reader.gettext
    kinds = {"decision": _("decision"), "discussion": _("discussion"), "update": _("update")}
    parts = [kinds[item.kind], *((wording.length(item.minutes, reader),) if item.minutes else ())]
    paper = item.paper.for_(reader) if item.paper and inside else None
    elsewhere = item.paper is not None and not item.paper.in_(reader.language)
    label = _paper_elsewhere(reader) if elsewhere else _("Paper")
    link = Link(paper, label) if paper and paper.startswith(("https://", "http://")) else None
    return Line(item.title.marked(reader), Words.joined(", ", parts), link)


def _paper_elsewhere(reader: Reader) -> Words:
    """What a paper is called that is not in the reader's language."""
    return reader.gettext("Paper (in French only)") if reader.language == "en" else reader.gettext("Paper (in English only)")


def _calendars(opened: Opened, reader: Reader) -> Iterator[Link]:
    if opened.file:
        yield Link(Words.verbatim(f"..{opened.file}"), file_name(opened.view, reader))
    group = opened.view.facts.group
    yield Link(up(f"calendars/groups/{group}.ics", reader), reader.gettext("Subscribe to the meetings of this group (iCalendar)"))
