"""Windows and messages about notices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.blocks import (
    CHECKBOXES,
    INPUT,
    Block,
    Modal,
    Option,
    button,
    checkboxes,
    context,
    cut,
    day_picker,
    field,
    menu,
    menu_many,
    radio,
    section,
    text_input,
)
from bot.blocks import Message as Post
from bot.face import DRAFT
from bot.languages import languages
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import LANGUAGES, Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.notices.drafts import Draft, Letter, Waiting
from cadre.notices.planner import is_of
from cadre.notices.rules import AT_ONCE, HALFWAY, Kind, Recipient
from cadre.notices.service import Snoozed
from cadre.notices.steering import NoticeFacts, RungFacts

UNTIL: Final = "notices.until"
WORD: Final = "notices.word"
PREFERENCES: Final = "notices.preferences"
_HALF_HOUR: Final = 30
_DAY: Final = 24 * 60
_DRAFTS: Final = 90
"""Drafts in one window, which takes 100 blocks."""
_LETTER: Final = 1000
"""Characters that are shown of a letter that was sent before."""


def another_day(about: str, reader: Reader) -> Modal:
    """On which day one is told again. ``about``: the notice, and after a colon the day before which it has to be, if any."""
    _ = reader.gettext
    pick = field("until", _("Day"), day_picker("until"), _("I tell you on this day, or on the next one on which you work."))
    return Modal(_("Remind me later"), (pick,), _("Cancel"), _("Save"), UNTIL, metadata=about)


def put_off(kept: Snoozed, reader: Reader) -> Modal:
    """That it is put off."""
    return Modal(reader.gettext("Remind me later"), (section(again(kept, reader)),), reader.gettext("Close"))


def again(kept: Snoozed, reader: Reader) -> Words:
    """What is put off: on which day they are told of it again, and on the due day where that comes before."""
    _, day = reader.gettext, reader.date(kept.day, weekday=True)
    if kept.due is None:
        when = _("I will tell you again: {day}.", day=day)
    else:
        when = _("I will tell you again on the due day, {due}, and then: {day}.", due=reader.date(kept.due, weekday=True), day=day)
    return _("“{name}” is put off. {when}", name=kept.name.marked(reader), when=when) if kept.name else when


def why(facts: NoticeFacts, name: Bilingual | None, due: date | None, steps: Sequence[RungFacts], reader: Reader) -> Post:
    """Why somebody got a notice. ``name``: what it is about; ``due``: its due day by now."""
    _ = reader.gettext
    values = {"rung": rung(facts.rung, reader), "day": reader.date(facts.occurrence)}
    if name and facts.manner in AT_ONCE:
        lines = [_("“{name}”: its due date was moved. Those whom this concerns are told at once.", name=name.marked(reader))]
    elif name:
        lines = [_("“{name}”: {rung}; due {day}.", name=name.marked(reader), **values)]
    else:
        lines = [_("{rung}, for what is due on {day}.", **values | {"rung": values["rung"].sentence})]
    own_day, sent = facts.occurrence + timedelta(days_after(facts.rung)), facts.settled_at if facts.state == "sent" else None
    if sent and days_after(facts.rung) and reader.local(sent).date() < own_day:
        came = reader.date(reader.local(sent).date())
        lines.append(
            _("Its day is {day}; it came on {came} already, in advance, and counts from there.", day=reader.date(own_day), came=came)
        )
    if due and (due != facts.occurrence or facts.manner in AT_ONCE):
        lines.append(_("By now it is due {date}.", date=reader.date(due)))
    own = next((step for step in steps if step.kind == facts.kind and is_of(step, facts.rung)), None)
    whom = roles(own.recipients, reader) if own else None
    if whom and facts.manner == "orphan":
        lines.append(_("It goes to: {roles}. Nobody is confirmed in such a role, so the secretariat is told.", roles=whom))
    elif whom:
        lines.append(_("It goes to: {roles}. That is you, by what the secretariat confirmed.", roles=whom))
    lines.append(_("You may have it otherwise: “When and how I write to you”, in my Home tab."))
    told = Words.joined(" ", lines)
    return Post(told, (section(told),))


def days_after(rung: str) -> int:
    """How many days after the due day a rung falls, negative before it; 0 for those that go by something else."""
    head, _, days = rung.partition("-")
    n = int(days) if days.isdigit() else 0
    return -n if head == "before" else n


def rung(name: str, reader: Reader) -> Words:
    """What a rung is called: "7 days before", "on the day", "14 days late", "halfway"."""
    if name == HALFWAY:
        return reader.gettext("halfway")
    head, _, days = name.partition("-")
    if head == "due":
        return reader.gettext("on the day itself")
    if head == "snoozed":
        return reader.gettext("put off by yourself")
    n = int(days) if days.isdigit() else 0
    if head == "before":
        return reader.ngettext("{n} day before", "{n} days before", n)
    if head == "late":
        return reader.ngettext("{n} day late", "{n} days late", n)
    if head == "draft":
        return reader.ngettext("a draft, {n} day late", "a draft, {n} days late", n)
    return reader.gettext("at once")


def roles(words: Sequence[str], reader: Reader) -> Words:
    """Role words for people."""
    _ = reader.gettext
    known = {
        "owner": _("those who carry it out"),
        "lead": _("leads"),
        "co_chair": _("co-chairs"),
        "alternate": _("alternates"),
        "representative": _("the representatives of each jurisdiction"),
        "coming": _("those who are invited and have not declined"),
        "asked": _("those who were asked"),
        "arranger": _("those who arrange it"),
        "chair": _("those who chair"),
        "secretariat": _("the secretariat"),
    }
    return reader.listed([known.get(word, Words.verbatim(word)) for word in words])


def draft(found: Draft, reader: Reader, *, again: bool = False) -> Modal:
    """The draft, in both languages: each is written to in their own. ``again``: whether to write once more is asked, after the letter that
    it shows; what was typed stays in its fields.
    """
    _ = reader.gettext
    options = [Option(Words.verbatim(name), person, roles((role,), reader).sentence) for role, person, name in found.people]
    texts = {language: cut(_text(found, reader.in_language(language)), INPUT) for language in LANGUAGES}
    n = found.days_late
    late = reader.ngettext("{n} day late. Nothing is sent unless you send it.", "{n} days late. Nothing is sent unless you send it.", n)
    blocks = (
        section(Words.joined("\n", (found.name.marked(reader), late))),
        *([section(_("A letter about this was sent already. Send again to write once more."))] if again else ()),
        *([section(_letter(found.last, reader))] if found.last else ()),
    )
    if not options:
        return Modal(_("Draft"), (*blocks, section(_("Nobody is confirmed in a role here: there is nobody to write to."))), _("Close"))
    to = checkboxes("persons", options, ticked=True)
    if len(options) > CHECKBOXES:
        to = menu_many("persons", options, [option.value for option in options], _("Choose"))
    blocks += (
        field("persons", _("To"), to),
        field("text_en", _("In English"), text_input("text_en", texts["en"], tall=True)),
        field("text_fr", _("In French"), text_input("text_fr", texts["fr"], tall=True)),
    )
    metadata = f"{found.notice}:{found.last.notice}" if again and found.last else str(found.notice)
    return Modal(_("Draft"), blocks, _("Cancel"), _("Send"), WORD, metadata=metadata)


def drafts(found: Sequence[Waiting], reader: Reader) -> Modal:
    """The drafts that wait for the secretariat, what is latest first."""
    _ = reader.gettext
    rows = [
        section(_waiting(each, reader), button(_("Read the draft"), f"{DRAFT}:{each.notice}", str(each.notice))) for each in found[:_DRAFTS]
    ]
    more = len(found) - _DRAFTS
    rest = context(reader.ngettext("and {n} more", "and {n} more", more)) if more > 0 else ()
    return Modal(
        _("Drafts"),
        (*rows, *rest)
        if rows
        else (
            section(
                _("No draft waits."),
            ),
        ),
        _("Close"),
    )


def _waiting(each: Waiting, reader: Reader) -> Words:
    return reader.ngettext(
        "{name}: due {date}, {n} day late",
        "{name}: due {date}, {n} days late",
        each.days_late,
        name=each.name.marked(reader),
        date=reader.date(each.due),
    )


def _letter(last: Letter, reader: Reader) -> Words:
    """What was written about it before."""
    return reader.gettext(
        "The last letter about it: {date}, {who}. “{text}”",
        date=reader.date(last.day),
        who=Words.verbatim(last.by),
        text=Words.verbatim(cut(last.text.for_(reader), _LETTER)),
    )


def _text(found: Draft, reader: Reader) -> Words:
    if found.text:
        return found.text.for_(reader)
    return reader.gettext(
        "Hello. “{name}” was due on {day}, and we do not have it yet. Could you tell us by when we may expect it, or what stands in the "
        "way? If we can help, write to us. Thank you.",
        name=found.name.marked(reader),
        day=reader.date(found.due),
    )


def word_sent(reader: Reader) -> Modal:
    """That it is on its way."""
    _ = reader.gettext
    return Modal(_("Draft"), (section(_("Sent: each person gets it in their language, in their working hours.")),), _("Close"))


def summary(known: Recipient, kinds: Iterable[Kind], reader: Reader) -> Iterator[Block]:
    """How somebody is told, as a part of App Home. ``kinds``: those that people may choose among."""
    yield section(told_how(known, kinds, reader), button(reader.gettext("Change"), PREFERENCES))


def told_how(known: Recipient, kinds: Iterable[Kind], reader: Reader) -> Words:
    """The same in a sentence."""
    _, values = reader.gettext, _values(known, reader)
    if all(kind.name in known.off for kind in kinds):
        return _(
            "You switched all reminders off: none is sent. I write to you only to confirm or announce something: from {opens} to {closes}; "
            "{way}.",
            **values,
        )
    return _("When and how I write to you: {rhythm}; from {opens} to {closes}; {way}.", **values)


def _values(known: Recipient, reader: Reader) -> dict[str, Words]:
    return {
        "rhythm": RHYTHMS[known.rhythm].for_(reader),
        "opens": _clock(known.opens, reader),
        "closes": _clock(known.closes, reader),
        "way": WAYS[known.way].for_(reader),
    }


RHYTHMS: Final = {
    "weekly": Message("a digest on Monday, and a word on the due day"),
    "daily": Message("once a day at most, on the day of each reminder"),
    "at_once": Message("each reminder as it falls due, in a message of its own"),
}
WAYS: Final = {"slack": Message("in Slack"), "email": Message("by e-mail"), "both": Message("in Slack and by e-mail")}


def preferences(known: Recipient, language: Language | None, kinds: Sequence[tuple[str, Message]], reader: Reader) -> Modal:
    """What one may choose. ``language``: the one that was chosen; None: as Slack says."""
    _ = reader.gettext
    hours = [Option(_clock(minutes, reader), str(minutes)) for minutes in range(0, _DAY + 1, _HALF_HOUR)]
    rhythms = [Option(message.for_(reader), name) for name, message in RHYTHMS.items()]
    ways = [Option(message.for_(reader), name) for name, message in WAYS.items()]
    offered = [Option(label.for_(reader).sentence, name) for name, label in kinds]
    wanted = [option.value for option in offered if option.value not in known.off]
    ticked = menu_many("kinds", offered, wanted, _("Nothing"))
    blocks = (
        field("language", _("In which language"), languages("language", language, reader)),
        field("rhythm", _("How often"), radio("rhythm", rhythms, known.rhythm), _("Each in a message of its own may be several a day.")),
        field("opens", _("Not before"), menu("opens", hours, str(known.opens))),
        field("closes", _("Not after"), menu("closes", hours, str(known.closes)), _("On days on which people work where you live.")),
        field("way", _("By which way"), radio("way", ways, known.way)),
        field("kinds", _("About what"), ticked, optional=True),
        *context(_("Confirmations and calls are told at once, in these hours.")),
    )
    metadata = json.dumps([name for name, _label in kinds])
    return Modal(_("When and how"), blocks, _("Cancel"), _("Save"), PREFERENCES, metadata=metadata)


def _clock(minutes: int, reader: Reader) -> Words:
    if minutes == _DAY:
        return reader.gettext("midnight")
    return reader.time(datetime(2000, 1, 1, *divmod(minutes, 60)))  # noqa: DTZ001  # a time of day, of no day
