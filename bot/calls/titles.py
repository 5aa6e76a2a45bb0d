"""What the e-mails about calls are called: what is asked or told first, then the group."""

from __future__ import annotations

from typing import Any

from bot.face import Told
from cadre.calls import wording
from cadre.calls.facts import CallFacts
from cadre.calls.rules import UNANSWERED
from cadre.core.reader import Reader
from cadre.core.words import Words


def invited(facts: Any, told: Told, reader: Reader) -> Words:
    """To those who answer for a jurisdiction: until when, while nobody answered."""
    call: CallFacts = facts.call
    asks = call.state == "open" and call.closes_at and facts.invitation.state in UNANSWERED
    if not (asks and call.closes_at):
        return reader.gettext("Call for participation: {group}", group=wording.name(call, reader))
    return reader.gettext("Please answer by {date}: {group}", date=_day(call, reader), group=wording.name(call, reader))


def extended(call: CallFacts, told: Told, reader: Reader) -> Words:
    """There is more time."""
    return reader.gettext("More time to answer, until {date}: {group}", date=_day(call, reader), group=wording.name(call, reader))


def cancelled(call: CallFacts, told: Told, reader: Reader) -> Words:
    """It ended without members."""
    return reader.gettext("Call cancelled: {group}", group=wording.name(call, reader))


def recorded(facts: Any, told: Told, reader: Reader) -> Words:
    """To whoever was put forward, or whose answer was taken down."""
    if told.detail.get("recorded"):
        return reader.gettext("Your answer is recorded: {group}", group=wording.name(facts.call, reader))
    return reader.gettext("You are put forward: {group}", group=wording.name(facts.call, reader))


def settled(facts: Any, told: Told, reader: Reader) -> Words:
    """To whoever offered: whether they were taken up; and to whoever put them forward."""
    if told.person != facts.offer.person.id:
        name = Words.verbatim(facts.offer.person.name)
        if told.detail.get("accepted"):
            return reader.gettext("Accepted: {name}", name=name)
        return reader.gettext("Not taken up: {name}", name=name)
    if told.detail.get("accepted"):
        return reader.gettext("You are accepted: {group}", group=wording.name(facts.call, reader))
    if facts.offer.nominated_by:
        return reader.gettext("You were not taken up: {group}", group=wording.name(facts.call, reader))
    return reader.gettext("Your offer was not taken up: {group}", group=wording.name(facts.call, reader))


def welcome(facts: Any, told: Told, reader: Reader) -> Words:
    """To those of the group."""
    return reader.gettext("Welcome to {group}", group=wording.name(facts.call, reader))


def result(facts: Any, told: Told, reader: Reader) -> Words:
    """To those who answer for a jurisdiction, at the end."""
    return reader.gettext("Call concluded: {group}", group=wording.name(facts.call, reader))


def _day(call: CallFacts, reader: Reader) -> Words:
    return reader.date(reader.local(call.closes_at).date()) if call.closes_at else Words.verbatim("")
