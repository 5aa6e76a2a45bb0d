"""How notices about meetings read, and what can be done about them where they stand."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy.orm import Session

from bot import letters
from bot.blocks import Block, button, cut, link
from bot.face import Face, File, Told
from bot.links import Links
from bot.meetings import actions, calendar_pages, pages, views
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate, Precision
from cadre.core.reader import Actor, Reader, named
from cadre.core.words import Words
from cadre.meetings import invitations, reading, wording
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.notices import IN_PERSON_AHEAD, PROMPT, rows
from cadre.meetings.views import MEETING, MeetingView

_TOLD_AS_MOVED: Final = ("held", "at", "zone")
_WHEN: Final = (*_TOLD_AS_MOVED, "fold", "last_day")
_Headline = Callable[[MeetingView, Told, Reader], Words]


def _load(session: Session, subjects: Collection[str], person: str) -> Mapping[str, MeetingView]:
    found = list(rows(session, subjects))
    return {view.subject: view for view in reading.load(session, found, Actor("", person))}


def _then(view: MeetingView, told: Told) -> MeetingFacts:
    """When the meeting was to be as it was told: whatever it was moved to since, of which another message tells."""
    now = told.detail.get("now")
    if now is None:
        return view.facts
    return replace(
        view.facts,
        held=PartialDate.parse(now["held"]) if now["held"] else None,
        at=time.fromisoformat(now["at"]) if now["at"] else None,
        zone=now["zone"],
        starts_at=datetime.fromisoformat(now["starts_at"]) if now["starts_at"] else None,
        last_day=date.fromisoformat(now["last_day"]) if now["last_day"] else None,
    )


def _values(view: MeetingView, told: Told, reader: Reader) -> dict[str, Words]:
    """What most sentences name: the meeting, when it was to be, who did it."""
    who = told.detail.get("by")
    return {
        "title": wording.title(view, reader),
        "when": wording.when(_then(view, told), reader),
        "who": Words.verbatim(named(str(who))) if who else reader.gettext("the secretariat"),
    }


def _off(view: MeetingView, told: Told, reader: Reader) -> Words | None:
    """Where it was cancelled since: whatever was told of it before, that is what matters now."""
    if view.facts.state != "cancelled":
        return None
    return reader.gettext("Cancelled: {title}, {when}.", title=wording.title(view, reader), when=wording.when(view.facts, reader))


def _headline(worded: _Headline) -> _Headline:
    def headline(view: MeetingView, told: Told, reader: Reader) -> Words:
        return _off(view, told, reader) or worded(view, told, reader)

    return headline


def _reminder(view: MeetingView, told: Told, reader: Reader) -> Words:
    begins, held = view.facts.starts_at, view.facts.held
    day = reader.local(begins).date() if begins else held.first if held else told.occurrence
    days, values = (day - told.day).days, _values(view, told, reader)
    if told.is_past(view.facts.last_day or day):
        return reader.gettext("{title} took place: {when}.", **values)
    if days <= 0:
        return reader.gettext("Today: {title}, {when}.", **values)
    if days == 1:
        return reader.gettext("Tomorrow: {title}, {when}.", **values)
    return reader.ngettext("In {n} day: {title}, {when}.", "In {n} days: {title}, {when}.", days, **values)


def _invited(view: MeetingView, told: Told, reader: Reader) -> Words:
    values = _values(view, told, reader)
    if told.detail.get("series") and view.repeats:
        again = wording.repeats(view.repeats, reader)
        return reader.gettext("{who} invites you: {title}, {when}, and again {again}.", again=again, **values)
    if told.detail.get("poll"):
        return reader.gettext("{who} invites you, at the time that was found: {title}, {when}.", **values)
    return reader.gettext("{who} invites you: {title}, {when}.", **values)


def _changed(view: MeetingView, told: Told, reader: Reader) -> Words:
    values, changed = _values(view, told, reader), list(told.detail.get("changed", ()))
    was = _was(told.detail.get("was") or {}, _then(view, told), reader)
    what = reader.listed(dict.fromkeys(wording.part(name, reader) for name in changed))
    if told.detail.get("onwards") and view.repeats:
        values["again"] = wording.repeats(view.repeats, reader)
        if was:
            return reader.gettext("{who} moved {title} from this meeting on: {when}, and again {again}. It was {was}.", was=was, **values)
        if not changed:
            return reader.gettext("{who} changed {title} from this meeting on: {when}, and again {again}.", **values)
        return reader.gettext("{who} changed {title} from this meeting on ({what}): {when}, and again {again}.", what=what, **values)
    if _fixed(view, told):
        return reader.gettext("The days are fixed: {title}, {when}.", **values)
    if was:
        return reader.gettext("{who} moved {title}: now {when}. It was {was}.", was=was, **values)
    return reader.gettext("{who} changed {title} ({what}): {when}.", what=what, **values)


def _fixed(view: MeetingView, told: Told) -> bool:
    """Whether a meeting of which its month was known, or less, has got its days: nothing was moved."""
    before, held = (told.detail.get("was") or {}).get("held", ""), _then(view, told).held
    return before != "" and (before is None or PartialDate.parse(before).precision is not Precision.DAY) and _is_day(held)


def _is_day(held: PartialDate | None) -> bool:
    return held is not None and held.precision is Precision.DAY


def _was(before: Mapping[str, Any], facts: MeetingFacts, reader: Reader) -> Words | None:
    """When it was before, where that changed: by the old fields, and those of then where they stayed."""
    if not set(_TOLD_AS_MOVED) & set(before):
        return None
    held = before.get("held", facts.held.text if facts.held else None)
    at = before.get("at", facts.at.isoformat() if facts.at else None)
    zone = before.get("zone", facts.zone)
    if held and at and zone and len(held) == len("2027-03-02"):
        wall = datetime.combine(date.fromisoformat(held), time.fromisoformat(at))
        return reader.moment(wording.instant(wall, zone), wording.there(facts) and zone)
    return wording.known(PartialDate.parse(held) if held else None, reader)


def _left(view: MeetingView, told: Told, reader: Reader) -> Words:
    values = _values(view, told, reader)
    if told.detail.get("onwards"):
        return reader.gettext("{who} took you off the list for {title}, from {when} on: you need not come.", **values)
    return reader.gettext("{who} took you off the list for {title}, {when}: you need not come.", **values)


def _cancelled(view: MeetingView, told: Told, reader: Reader) -> Words:
    values = _values(view, told, reader)
    if told.detail.get("onwards"):
        return reader.gettext("{who} cancelled {title}, {when}, and all that were to come after it.", **values)
    return reader.gettext("{who} cancelled {title}, {when}.", **values)


def _standing_in(view: MeetingView, told: Told, reader: Reader) -> Words:
    """What came of it, once it was settled: they agreed or refused, or whoever named them took it back."""
    values = _values(view, told, reader)
    values["name"] = Words.verbatim(view.in_place_of.person.name) if view.in_place_of else _replaced(told, reader)
    if view.in_place_of is None:
        return reader.gettext("You are not to come in place of {name}: {title}, {when}.", **values)
    if view.in_place_of.stand_in_agreed:
        return reader.gettext("You come in place of {name}: {title}, {when}.", **values)
    return reader.gettext("{name} asks you to come in their place: {title}, {when}.", **values)


def _standing_down(view: MeetingView, told: Told, reader: Reader) -> Words:
    values = {"name": _replaced(told, reader), **_values(view, told, reader)}
    if told.detail.get("moved"):
        return reader.gettext("The meeting was moved; you need not come in place of {name}: {title}, {when}.", **values)
    return reader.gettext("You need not come in place of {name} any more: {title}, {when}.", **values)


def _replaced(told: Told, reader: Reader) -> Words:
    """In whose place they were to come."""
    return reader.listed(Words.verbatim(name) for name in told.detail["of"])


def _stand_in_refused(view: MeetingView, told: Told, reader: Reader) -> Words:
    return reader.gettext("{who} cannot come in your place: {title}, {when}.", **_values(view, told, reader))


def _recorded(view: MeetingView, told: Told, reader: Reader) -> Words:
    values = _values(view, told, reader)
    if view.mine is None:
        return reader.gettext("{who} recorded your answer: {title}, {when}.", **values)
    answer = wording.response(view.mine, reader)
    if came := wording.came(view.mine, reader):
        return reader.gettext("{who} recorded your answer ({answer}; {came}): {title}, {when}.", answer=answer, came=came, **values)
    return reader.gettext("{who} recorded your answer ({answer}): {title}, {when}.", answer=answer, **values)


def _shifted(view: MeetingView, told: Told, reader: Reader) -> Words:
    was = reader.moment(datetime.fromisoformat(str(told.detail["was"])), wording.there(view.facts))
    values = {"was": was, **_values(view, told, reader)}
    if later := int(told.detail.get("later", 0)):
        return reader.ngettext(
            "By new rules of the clocks, {title} is at another time where you are: {when}. It was {was}. So is the {n} after it.",
            "By new rules of the clocks, {title} is at another time where you are: {when}. It was {was}. So are the {n} after it.",
            later,
            **values,
        )
    return reader.gettext("By new rules of the clocks, {title} is at another time where you are: {when}. It was {was}.", **values)


def _soon(view: MeetingView, told: Told, reader: Reader) -> Words:
    return reader.gettext("It begins shortly: {title}, {when}.", **_values(view, told, reader))


def _ahead(view: MeetingView, told: Told, reader: Reader) -> Words:
    values, held = _values(view, told, reader), view.facts.held
    if held and held.first != held.last:
        return reader.gettext("Ahead of you: {title}, {when}. The days are not fixed yet.", **values)
    return reader.gettext("Ahead of you: {title}, {when}.", **values)


def _details(view: MeetingView, told: Told, reader: Reader) -> tuple[Words, ...]:
    return tuple(_about(view, told, reader))


def _about(view: MeetingView, told: Told, reader: Reader) -> Iterator[Words]:
    """That it changed since, why it changed, where it is, how to join, and what one answered."""
    if _is_earlier(view, told):
        yield reader.gettext("It has changed since.")
    if told.kind == "meeting_changed" and (besides := _besides(told)):
        yield reader.gettext("Changed besides: {what}", what=reader.listed(dict.fromkeys(wording.part(name, reader) for name in besides)))
    yield from _asked_again(view, told, reader)
    if (why := _why(view, told)) and told.kind in ("meeting_changed", "meeting_cancelled"):
        yield reader.gettext("Reason: {reason}", reason=why.marked(reader))
    if view.facts.state == "cancelled" or told.kind in ("meeting_left", "meeting_standing_down"):
        return
    if told.kind in invitations.ASKED and view.facts.minutes and view.facts.starts_at:
        yield reader.gettext("Length: {length}", length=wording.length(view.facts.minutes, reader))
    if where := wording.place(view, reader):
        yield reader.gettext("Place: {place}", place=where)
    if expected := wording.results(view, reader):
        yield expected
    if not _passed(view, told, reader):
        yield from views.joining(view, reader)
    if told.kind not in _SAYS_THE_ANSWER:
        yield from views.own_answers(view, reader)


def _asked_again(view: MeetingView, told: Told, reader: Reader) -> Iterator[Words]:
    """To whoever had answered for another time, until they answer again: that nothing of it holds any more."""
    if view.mine is None or view.mine.answer or view.cancelled or not told.detail.get("asked_again"):
        return
    yield reader.gettext("Your answer was for the earlier time: please answer again.")
    if other := told.detail.get("stood_in"):
        yield reader.gettext("{name} is no longer to come in your place.", name=Words.verbatim(other))


def _is_earlier(view: MeetingView, told: Told) -> bool:
    """Whether a later change was told: one of who is invited alone is told only to whom it concerns, and leaves the time as it was."""
    if view.cancelled or told.detail.get("revision", view.revision) >= view.revision:
        return False
    return told.kind == "meeting_changed" or _then(view, told) != view.facts


def _besides(told: Told) -> list[str]:
    """What was changed of a meeting that was moved too, of which its headline tells."""
    changed = list(told.detail.get("changed", ()))
    return [name for name in changed if name not in _WHEN] if set(_TOLD_AS_MOVED) & set(told.detail.get("was") or {}) else []


def _why(view: MeetingView, told: Told) -> Bilingual | None:
    """The reason of that change, not of one that came after it."""
    if "why" not in told.detail:
        return view.reason
    return Bilingual(told.detail["why"]["en"], told.detail["why"]["fr"]) if told.detail["why"] else None


def _controls(view: MeetingView, told: Told, reader: Reader) -> tuple[Block, ...]:
    """The answers of whoever is invited, while it can still be answered."""
    if view.facts.state == "cancelled" or told.kind in ("meeting_left", "meeting_standing_down"):
        return ()
    if view.facts.starts_at is not None and _passed(view, told, reader):
        return ()
    own = tuple(views.answers(view, reader)) if view.mine and told.kind not in (PROMPT, "meeting_standing_in") else ()
    place = tuple(views.in_place(view, reader)) if told.kind != PROMPT else ()
    return (*own, *place, button(reader.gettext("Open"), actions.OPEN, view.id))


def _passed(view: MeetingView, told: Told, reader: Reader) -> bool:
    begins = view.facts.starts_at
    return begins is not None and told.is_past(view.facts.last_day or reader.local(begins).date())


def _gone(view: MeetingView, told: Told) -> bool:
    """An announcement that was not sent yet, of a meeting that was cancelled since: the cancellation is told, nothing else."""
    return view.facts.state == "cancelled" and told.kind != "meeting_cancelled"


def _path(view: MeetingView, told: Told) -> str | None:
    return pages.path(view.id)


def _files(session: Session, told: Told, reader: Reader) -> tuple[File, ...]:
    id_ = told.subject.partition(":")[2]
    found = invitations.files(session, told.kind, id_, person=told.person, detail=told.detail, reader=reader)
    return tuple(File(each.name, each.method, each.content) for each in found)


def _ways(view: MeetingView, told: Told, links: Links, reader: Reader) -> tuple[Block, ...]:
    """The same calendar files as a letter brings along, by links of one's own."""
    _, held, another = reader.gettext, view.facts.held, told.detail.get("another")
    if held is None or held.first != held.last or _passed(view, told, reader):
        return ()

    def file(label: Words, path: str) -> Block:
        return link(label, f"{actions.PAGE}:{path}", links.to(told.person, path.format(id=view.id), reader.language))

    earlier = (file(_("Update the earlier series in my calendar"), calendar_pages.FORMER),) if another else ()
    if told.kind in invitations.CALLED_OFF:
        return earlier or (file(_("Remove from my calendar"), calendar_pages.OFF),)
    if told.kind not in invitations.ASKED or view.cancelled or not (view.mine or view.in_place_of):
        return ()
    return (file(_("Add to my calendar"), calendar_pages.FILE), *earlier)


def _title(view: MeetingView, told: Told, reader: Reader) -> Words:
    """The subject of a letter: short, so that the day is never cut from it."""
    facts = _then(view, told) if not view.cancelled else view.facts
    day = wording.day(facts, reader)
    name = Words.verbatim(cut((view.facts.title or view.group_name).for_(reader), letters.TITLE))
    _, values = reader.gettext, {"title": name, "day": day}
    if view.cancelled:
        return _("Cancelled: {title}, {day}", **values)
    if told.kind == "meeting_invited":
        return _("Invitation: {title}, {day}", **values)
    if told.kind == "meeting_changed":
        if _fixed(view, told):
            return _("Days fixed: {title}, {day}", **values)
        moved = {"held", "at", "zone"} & set(told.detail.get("changed", ()))
        return _("Moved: {title}, {day}", **values) if moved else _("Changed: {title}, {day}", **values)
    return _("Meeting: {title}, {day}", **values)


_SAYS_THE_ANSWER: Final = frozenset({"meeting_recorded", "meeting_standing_in", "meeting_stand_in_refused"})
"""Kinds whose headline has it already."""
_WORDED: Final[Mapping[str, _Headline]] = {
    MEETING: _headline(_reminder),
    IN_PERSON_AHEAD: _headline(_ahead),
    PROMPT: _headline(_soon),
    "meeting_invited": _headline(_invited),
    "meeting_changed": _headline(_changed),
    "meeting_left": _headline(_left),
    "meeting_cancelled": _cancelled,
    "meeting_standing_in": _headline(_standing_in),
    "meeting_standing_down": _headline(_standing_down),
    "meeting_stand_in_refused": _headline(_stand_in_refused),
    "meeting_recorded": _headline(_recorded),
    "meeting_shifted": _headline(_shifted),
}
_WITH: Final[Mapping[str, Any]] = {
    "moot": _gone,
    "details": _details,
    "files": _files,
    "ways": _ways,
    "passes": True,
    "title": _title,
    "beside": 5,
}
"""Beside: yes or no to one meeting, and to all of its series."""
FACES: Final[tuple[Face, ...]] = tuple(Face(kind, _load, worded, _controls, _path, **_WITH) for kind, worded in _WORDED.items())
