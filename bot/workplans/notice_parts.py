"""Sentences and buttons that several notices about workplans and activities share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.blocks import Block, button
from bot.face import Told
from bot.modals import Frame
from bot.workplans import views, wording
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.notices.rules import AT_ONCE
from cadre.workplans.facts import ActivityFacts, ExtensionFacts, HandedIn, WorkplanFacts
from cadre.workplans.rules import STATES


@dataclass(frozen=True, slots=True)
class HandedInFacts:
    """A workplan, and each time that it was handed in."""

    plan: WorkplanFacts
    times: tuple[HandedIn, ...]

    def then(self, told: Told) -> WorkplanFacts:
        """The workplan, as it came out of the time that an announcement tells of: what came after that is told by others. Earlier
        announcements do not say which time it was.
        """
        nth = int(told.detail.get("nth", 0))
        if not 0 < nth < len(self.times):
            return self.plan
        was = self.times[nth - 1]
        return replace(self.plan, state=was.state, settled_at=was.at, settled_by=was.by, reason=None, changed_since=False)

    def last(self, told: Told) -> bool:
        """Whether it was not handed in again since."""
        return self.then(told) is self.plan


def request_of(asked: Mapping[int, ExtensionFacts], told: Told) -> ExtensionFacts:
    """The request that an announcement tells of. Earlier ones do not say which: then it is the last."""
    return asked.get(int(told.detail.get("extension", 0))) or asked[max(asked)]


def sentences(*told: Words | None) -> Words:
    """One after the other; those that are not there are left out."""
    return Words.joined(" ", (sentence for sentence in told if sentence))


def by(told: Told, reader: Reader) -> Words:
    """Who did it; the secretariat as such, where an announcement names nobody."""
    by = told.detail.get("by")
    return Words.verbatim(named(by)) if by else reader.gettext("the secretariat")


def reason(told: Told, reader: Reader) -> Words | None:
    """Why, as it was written, where somebody said so."""
    reason = told.detail.get("reason")
    said = wording.in_language(reason, told.detail.get("language"), reader) if reason else None
    return reader.gettext("Reason: {reason}", reason=said) if said else None


def until(told: Told, reader: Reader) -> Words:
    """Until when more time was asked for or given, as an announcement tells of it."""
    return reader.date(date.fromisoformat(told.detail["until"]))


def open_(plan: str, reader: Reader) -> Block:
    """The way to a workplan."""
    return button(reader.gettext("Open"), views.OPEN, Frame(plan).packed())


def put_off(of: WorkplanFacts | ActivityFacts, told: Told, reader: Reader) -> Words | None:
    """In a message that was written for another day: from which day the due date moved, and who gave more time."""
    if told.occurrence == of.due:
        return None
    given = wording.put_off(of.put_off, reader)
    if told.manner in AT_ONCE or of.due is None or (of.put_off and of.put_off.before == told.occurrence):
        return given
    values = {"before": reader.date(told.occurrence), "day": reader.date(of.due)}
    return sentences(reader.gettext("The due date moved from {before} to {day}.", **values), given)


def changed(plan: WorkplanFacts, reader: Reader) -> Words | None:
    """That it plans something else by now, as a sentence."""
    changed = wording.changed_since(plan, reader)
    return reader.gettext("{what}.", what=changed.sentence) if changed else None


def whose(activity: ActivityFacts, reader: Reader) -> Words:
    """Who carries it out, for somebody else."""
    if not activity.remaining:
        who = wording.gone(activity, reader)
        return reader.gettext("Nobody carries it out now: {who}.", who=who) if who else reader.gettext("Nobody carries it out yet.")
    return reader.gettext("Carried out by: {names}.", names=wording.people(activity.remaining, reader))


def obstacle(activity: ActivityFacts, reader: Reader) -> Words | None:
    """What stands in the way, where something does."""
    if activity.note is None or activity.state not in ("at_risk", "off_track"):
        return None
    note = Bilingual(*(text and text.rstrip(".") for text in (activity.note.en, activity.note.fr)))
    return reader.gettext("Note: “{note}”.", note=wording.brief(note, reader, wording.TEXT))


def said(activity: ActivityFacts, reader: Reader) -> Words:
    """ "Done: said by Robin Ashgrove, March 2, 2027."."""
    _, state = reader.gettext, wording.activity_state(activity.state, reader)
    if activity.told_at is None or activity.told_by is None:
        return _("{state}.", state=state)
    who, day = Words.verbatim(named(activity.told_by)), reader.date(reader.local(activity.told_at).date())
    return _("{state}: said by {who}, {date}.", state=state, who=who, date=day)


def once_said(activity: ActivityFacts, reader: Reader) -> Words:
    """The same of what is late by now: "on track" was said before it was."""
    if activity.told_at is None or activity.told_by is None:
        return said(activity, reader)
    values = {"who": Words.verbatim(named(activity.told_by)), "date": reader.date(reader.local(activity.told_at).date())}
    return reader.gettext("{who} said on {date}: {state}.", state=STATES[activity.state].for_(reader), **values)
