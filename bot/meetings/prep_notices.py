"""How notices about agendas, papers, minutes and actions read, and what can be done about them where they stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import letters
from bot.blocks import Block, button, cut
from bot.face import Face, Told
from bot.meetings import prep_actions
from bot.meetings.agenda_windows import action_controls, lacking, named, stands
from cadre.core.facts import of_row
from cadre.core.reader import Actor, Reader
from cadre.core.reader import named as named_person
from cadre.core.rows import chunks
from cadre.core.words import Words
from cadre.decisions.models import Action
from cadre.decisions.service import ACTION, ActionView
from cadre.decisions.service import load as load_actions
from cadre.meetings.agenda import items_by_id, missing
from cadre.meetings.models import AgendaItem, Meeting, Minutes
from cadre.meetings.reading import load
from cadre.meetings.records import is_over
from cadre.meetings.views import AGENDA, ITEM, MINUTES, ItemFacts, MeetingView, MinutesFacts

_SHORT: Final = 300
"""Characters of what somebody typed that stand in one sentence."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A meeting and how far its agenda and minutes are. ``over``: it has begun, or was cancelled."""

    meeting: MeetingView
    items: int
    minutes: MinutesFacts | None
    over: bool


@dataclass(frozen=True, slots=True)
class Owned:
    """An item of an agenda, and its meeting."""

    item: ItemFacts
    meeting: MeetingView
    over: bool


def _meetings(session: Session, subjects: Collection[str], person: str) -> Mapping[str, Prepared]:
    rows = _rows(session, [subject.partition(":")[2] for subject in subjects])
    views = {view.id: view for view in load(session, rows, Actor("", person))}
    counted = dict.fromkeys(views, 0)
    for some in chunks(sorted(views)):
        for meeting in session.scalars(select(AgendaItem.meeting).where(AgendaItem.meeting.in_(some))):
            counted[meeting] += 1
    found: dict[str, Prepared] = {}
    for row in rows:
        held = session.get(Minutes, row.id)
        over = row.state == "cancelled" or is_over(session, row)
        known = Prepared(views[row.id], counted[row.id], of_row(held, MinutesFacts) if held else None, over)
        found |= {f"{AGENDA}:{row.id}": known, f"{MINUTES}:{row.id}": known}
    return {subject: found[subject] for subject in subjects if subject in found}


def _items(session: Session, subjects: Collection[str], person: str) -> Mapping[str, Owned]:
    items = items_by_id(session, {int(subject.partition(":")[2]) for subject in subjects})
    rows = {row.id: row for row in _rows(session, [item.meeting for item in items.values()])}
    views = {view.id: view for view in load(session, list(rows.values()), Actor("", person))}
    return {
        f"{ITEM}:{id_}": Owned(item, views[item.meeting], rows[item.meeting].state == "cancelled" or is_over(session, rows[item.meeting]))
        for id_, item in items.items()
    }


def _actions(session: Session, subjects: Collection[str], person: str) -> Mapping[str, ActionView]:
    rows = session.scalars(select(Action).where(Action.id.in_([subject.partition(":")[2] for subject in subjects]))).all()
    return {each.subject: each for each in load_actions(session, rows, Actor("", person))}


def _rows(session: Session, ids: Collection[str]) -> list[Meeting]:
    return [row for some in chunks(sorted(set(ids))) for row in session.scalars(select(Meeting).where(Meeting.id.in_(some)))]


# Agendas and papers


def _agenda_headline(facts: Prepared, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, {"meeting": named(facts.meeting, reader)}
    if facts.meeting.facts.state == "cancelled":
        return _("{meeting}: this meeting is cancelled.", **values)
    if facts.items:
        return reader.ngettext(
            "{meeting}: {n} item stands on the agenda.", "{meeting}: {n} items stand on the agenda.", facts.items, **values
        )
    return _("{meeting}: nothing stands on the agenda yet.", **values)


def _agenda_controls(facts: Prepared, told: Told, reader: Reader) -> tuple[Block, ...]:
    if facts.over or facts.items:
        return ()
    return (button(reader.gettext("Write the agenda"), prep_actions.AGENDA, facts.meeting.id, style="primary"),)


def _paper_headline(owned: Owned, told: Told, reader: Reader) -> Words:
    """What is missing of somebody's item."""
    _ = reader.gettext
    values = {"title": owned.item.title.for_(reader), "meeting": named(owned.meeting, reader)}
    if owned.meeting.facts.state == "cancelled":
        return _("{title} ({meeting}): this meeting is cancelled.", **values)
    found = missing(owned.item)
    if not found:
        return _("{title} ({meeting}): nothing is missing any more.", **values)
    return _("{title} ({meeting}): still missing: {what}.", what=reader.listed(lacking(each, reader) for each in found), **values)


def _asked_headline(owned: Owned, told: Told, reader: Reader) -> Words:
    asked = reader.gettext("{who} asks you for what is missing of your agenda item.", who=_by(told, reader))
    return Words.joined(" ", (asked, _paper_headline(owned, told, reader)))


def _paper_controls(owned: Owned, told: Told, reader: Reader) -> tuple[Block, ...]:
    if owned.over or not missing(owned.item):
        return ()
    return (button(reader.gettext("Give what is missing"), prep_actions.GIVE, str(owned.item.id), style="primary"),)


def _given(owned: Owned, told: Told) -> bool:
    return owned.over or not missing(owned.item)


# Minutes


def _minutes_headline(facts: Prepared, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, {"meeting": named(facts.meeting, reader)}
    if facts.minutes and facts.minutes.state != "draft":
        return _("{meeting}: the minutes were circulated.", **values)
    return _("{meeting}: the minutes were not circulated yet.", **values)


def _minutes_controls(facts: Prepared, told: Told, reader: Reader) -> tuple[Block, ...]:
    if facts.minutes and facts.minutes.state != "draft":
        return ()
    return (button(reader.gettext("Minutes"), prep_actions.MINUTES, facts.meeting.id, style="primary"),)


def _circulated_headline(facts: Prepared, told: Told, reader: Reader) -> Words:
    values = {"meeting": named(facts.meeting, reader), "who": _by(told, reader)}
    what = reader.gettext("Draft minutes of {meeting}, from {who}.", **values)
    return Words.joined(" ", (what, approved)) if (approved := _approved(facts, reader)) else what


def _again_headline(facts: Prepared, told: Told, reader: Reader) -> Words:
    values = {"meeting": named(facts.meeting, reader), "who": _by(told, reader)}
    what = reader.gettext("The draft minutes of {meeting} were corrected by {who}.", **values)
    return Words.joined(" ", (what, approved)) if (approved := _approved(facts, reader)) else what


def _approved(facts: Prepared, reader: Reader) -> Words | None:
    return reader.gettext("They were approved since.") if facts.minutes and facts.minutes.state == "approved" else None


def _circulated_details(facts: Prepared, told: Told, reader: Reader) -> tuple[Words, ...]:
    """The minutes themselves: whoever gets them as a letter has nothing else."""
    text = facts.minutes.sent if facts.minutes else None
    return (text.for_(reader),) if text else ()


def _again_details(facts: Prepared, told: Told, reader: Reader) -> tuple[Words, ...]:
    """What changed, in the reader's language, before the minutes themselves."""
    lines = told.detail.get("changed", {}).get(reader.language, [])
    changed = Words.joined("\n", (reader.gettext("What changed:"), *(Words.verbatim(each) for each in lines)))
    return (*((changed,) if lines else ()), *_circulated_details(facts, told, reader))


def _read_controls(facts: Prepared, told: Told, reader: Reader) -> tuple[Block, ...]:
    """To read them in a window; while they are a draft, to say what is wrong."""
    read = button(reader.gettext("Minutes"), prep_actions.MINUTES, facts.meeting.id)
    if facts.minutes and facts.minutes.state == "approved":
        return (read,)
    return (read, button(reader.gettext("Send a correction"), prep_actions.CORRECT, facts.meeting.id))


def _correction_headline(facts: Prepared, told: Told, reader: Reader) -> Words:
    values = {"meeting": named(facts.meeting, reader), "who": _by(told, reader)}
    return reader.gettext("{who} asks for a correction of the minutes of {meeting}.", **values)


def _correction_details(facts: Prepared, told: Told, reader: Reader) -> tuple[Words, ...]:
    return (Words.verbatim(told.detail.get("text", "")),)


def _as_they_are_headline(facts: Prepared, told: Told, reader: Reader) -> Words:
    values = {"meeting": named(facts.meeting, reader), "who": _by(told, reader)}
    return reader.gettext("{who} read your correction, and leaves the minutes of {meeting} as they are.", **values)


def _correction_controls(facts: Prepared, told: Told, reader: Reader) -> tuple[Block, ...]:
    if facts.minutes is None or facts.minutes.state == "approved":
        return ()
    return (button(reader.gettext("Minutes"), prep_actions.MINUTES, facts.meeting.id, style="primary"),)


# Actions


def _action_headline(each: ActionView, told: Told, reader: Reader) -> Words:
    """What, due when, how late; once it is settled, by whom."""
    _ = reader.gettext
    group = each.group_name.for_(reader) if each.group_name else None
    if not each.open or each.due is None:
        what = stands(each, reader)
        return _("{group}: {what}.", group=group, what=what) if group else what
    what, days = cut_(each.facts.wording.for_(reader)), (told.day - each.due).days
    values = {"what": what, "group": group or _("No group"), "date": reader.date(each.due)}
    others = None if each.mine or not each.owner else _("To be done by {name}.", name=Words.verbatim(each.owner.name))
    if days == 0:
        due = _("{group}: “{what}” is due today, {date}.", **values)
    elif days < 0:
        due = reader.ngettext(
            "{group}: “{what}” is due {date}, in {n} day.", "{group}: “{what}” is due {date}, in {n} days.", -days, **values
        )
    else:
        due = reader.ngettext(
            "{group}: “{what}” was due {date}, {n} day ago.", "{group}: “{what}” was due {date}, {n} days ago.", days, **values
        )
    return Words.joined(" ", (part for part in (due, others) if part))


def cut_(text: Words) -> Words:
    """What somebody typed, short enough for a sentence."""
    return Words.verbatim(cut(text, _SHORT))


def _given_headline(each: ActionView, told: Told, reader: Reader) -> Words:
    what = reader.gettext("{who} recorded an action for you.", who=_by(told, reader))
    return Words.joined(" ", (what, _action_headline(each, told, reader)))


def _settled_headline(each: ActionView, told: Told, reader: Reader) -> Words:
    what = reader.gettext("{who} settled an action of yours.", who=_by(told, reader))
    return Words.joined(" ", (what, _action_headline(each, told, reader)))


def _put_off_headline(each: ActionView, told: Told, reader: Reader) -> Words:
    _, was, who = reader.gettext, told.detail.get("was"), _by(told, reader)
    what = (
        _("{who} gave an action more time: it was due {date}.", who=who, date=reader.date(date.fromisoformat(was)))
        if was
        else _("{who} gave an action more time.", who=who)
    )
    return Words.joined(" ", (what, _action_headline(each, told, reader)))


def _action_title(each: ActionView, told: Told, reader: Reader) -> Words:
    """The subject of a letter: short, so that the day is never cut from it."""
    what = Words.verbatim(cut(each.facts.wording.for_(reader), letters.TITLE))
    if each.open and each.due:
        return reader.gettext("Action: {what}, due {date}", what=what, date=reader.date(each.due))
    return reader.gettext("Action: {what}", what=what)


def _action_controls(each: ActionView, told: Told, reader: Reader) -> tuple[Block, ...]:
    return action_controls(each, reader)


def _settled(each: ActionView, told: Told) -> bool:
    return not each.open


def _by(told: Told, reader: Reader) -> Words:
    by = told.detail.get("by")
    return Words.verbatim(named_person(by)) if by else reader.gettext("the secretariat")


def _none(facts: Any, told: Told, reader: Reader) -> tuple[Block, ...]:
    return ()


def _page(facts: Any, told: Told) -> str | None:
    return None


FACES: Final = (
    Face(AGENDA, _meetings, _agenda_headline, _agenda_controls, _page),
    Face(ITEM, _items, _paper_headline, _paper_controls, _page),
    Face("item_asked", _items, _asked_headline, _paper_controls, _page, _given),
    Face(MINUTES, _meetings, _minutes_headline, _minutes_controls, _page),
    Face("minutes_circulated", _meetings, _circulated_headline, _read_controls, _page, details=_circulated_details),
    Face("minutes_again", _meetings, _again_headline, _read_controls, _page, details=_again_details),
    Face("minutes_correction", _meetings, _correction_headline, _correction_controls, _page, details=_correction_details),
    Face("minutes_as_they_are", _meetings, _as_they_are_headline, _none, _page, details=_correction_details),
    Face(ACTION, _actions, _action_headline, _action_controls, _page, title=_action_title),
    Face("action_given", _actions, _given_headline, _action_controls, _page, _settled, title=_action_title),
    Face("action_settled", _actions, _settled_headline, _none, _page, title=_action_title),
    Face("action_put_off", _actions, _put_off_headline, _action_controls, _page, title=_action_title),
)
