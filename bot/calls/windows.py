"""The windows in which the secretariat writes a call and takes its steps. A call is written in two of them, each saved by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import (
    Block,
    Modal,
    Option,
    channel_picker,
    checkboxes,
    context,
    field,
    listed,
    menu_in_groups,
    moment_picker,
    number_input,
    search_many,
    section,
    text_input,
)
from bot.calls.actions import JURISDICTIONS, PEOPLE
from bot.calls.reading import Draft
from bot.modals import Frame
from cadre.calls import rules, wording
from cadre.calls.beginning import Sources
from cadre.calls.facts import SOUGHT, CallFacts, JurisdictionRef
from cadre.calls.meanwhile import of_settings, of_texts
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.i18n import Language
from cadre.core.marks import marks
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.people.facts import PersonRef

START: Final = "calls.started"
WHAT_FIRST: Final = "calls.what_first"
"""What a new call says; who it is for comes next."""
WHAT: Final = "calls.what"
WHO: Final = "calls.who"
SCHEDULING: Final = "calls.scheduled"
OPENING: Final = "calls.opened_now"
CLOSING: Final = "calls.closed_now"
EXTENSION: Final = "calls.extended"
CANCELLATION: Final = "calls.cancelled"
REMOVAL: Final = "calls.removed"
SOURCE: Final = "source"
PRIORITY: Final = "priority"
GROUP: Final = "group"
SETTINGS: Final = "settings"
_FIELD: Final = "calls.field"


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What a window of a draft keeps of itself: also marks of what its fields showed when it was opened."""

    shown: Mapping[str, str] = dataclasses.field(default_factory=dict)


def start(sources: Sources, reader: Reader, frame: Frame, chosen: str | None = None) -> Modal:
    """What a new call is made from: a priority, a group, or a name alone. ``chosen``: of those, "priority:…"."""
    _ = reader.gettext
    groups = (
        (_("Priorities"), _options(PRIORITY, sources.priorities, reader)),
        (_("Groups"), _options(GROUP, sources.groups, reader)),
    )
    told = _("From a priority comes its working group, with its leads proposed as co-chairs.")
    blocks: list[Block] = []
    if any(options for _heading, options in groups):
        choice = menu_in_groups(_FIELD, groups, _("Choose one"), chosen=chosen)
        blocks += [field(SOURCE, _("Priority or group"), choice, hint=told, optional=True), *context(_("Or give a new group a name:"))]
    blocks += _pair("name", None, {}, reader)
    return _form(_("New call"), blocks, reader, frame, submit=_("Continue"), callback=START)


def what(draft: Draft, reader: Reader, frame: Frame, *, first: bool = False) -> Modal:
    """What the call says, in both languages. ``first``: of a new call, whose second window follows."""
    _, call = reader.gettext, draft.call
    blocks: list[Block] = [section(wording.name(call, reader))] if draft.named else _pair("name", call.name, draft.wanting, reader)
    if draft.alike:
        names = reader.listed(each.name.for_(reader) for each in draft.alike)
        blocks += context(_("A group is called so already: {groups}. If it is the one, make the call from it.", groups=names))
    if draft.described and call.description:
        blocks += context(call.description.for_(reader))
    else:
        blocks += _pair("description", call.description, draft.wanting, reader, tall=True)
    for text, held in (("asked", call.asked), ("commitment", call.commitment), ("criteria", call.criteria)):
        blocks += _pair(text, held, draft.wanting, reader, tall=text != "commitment")
    blocks += context(_("One language is enough for now; the call opens once both are there."))
    heading, frame = _("What the call says"), Writing(frame.about, frame.start, frame.under, marks(of_texts(call)))
    if first:
        return _form(heading, blocks, reader, frame, submit=_("Save and continue"), callback=WHAT_FIRST)
    return _form(heading, blocks, reader, frame, submit=_("Save"), callback=WHAT)


def who(draft: Draft, reader: Reader, frame: Frame) -> Modal:
    """Whom the call seeks, whom it invites, where it is posted, and when it opens and closes."""
    blocks = [*_seats(draft.call, reader), *_invited(draft, reader), *_times(draft.call, reader)]
    _, frame = reader.gettext, Writing(frame.about, frame.start, frame.under, marks(of_settings(draft.call)))
    return _form(_("Who and when"), blocks, reader, frame, submit=_("Save"), callback=WHO)


def _seats(call: CallFacts, reader: Reader) -> Iterator[Block]:
    _, names = reader.gettext, labels(reader)
    roles = [Option(wording.role(role, reader), role) for role in SOUGHT]
    yield field("roles", names["roles"], checkboxes(_FIELD, roles, call.roles))
    yield field("seats", names["seats"], number_input(_FIELD, call.seats), optional=True)
    yield field("seats_each", names["seats_each"], number_input(_FIELD, call.seats_each), optional=True)
    held = [name for name, chosen in (("capped", call.capped), ("confirms", call.confirms), ("public", call.public)) if chosen]
    offered = [
        Option(_("First come, first served"), "capped", _("Who comes after the last seat waits in order.")),
        Option(_("A representative confirms"), "confirms", _("Whoever offers themselves is confirmed or replaced.")),
        Option(_("Public web page"), "public", _("Everybody may read the call, and how many answered.")),
    ]
    yield field(SETTINGS, _("Settings"), checkboxes(_FIELD, offered, held), optional=True)


def _invited(draft: Draft, reader: Reader) -> Iterator[Block]:
    _, names, call = reader.gettext, labels(reader), draft.call
    chairs = [Option(Words.verbatim(chair.name), chair.id) for chair in call.chairs]
    hint = _("The letter goes out in their name.")
    yield field("chairs", names["chairs"], search_many(PEOPLE, _("Type a name"), chairs), hint=hint, optional=True)
    if draft.councils:
        offered = _plain(draft.councils, reader)
        hint = _(
            "Their confirmed members and alternates answer for their jurisdictions. With none chosen below, all of theirs are invited."
        )
        boxes = checkboxes(_FIELD, offered, [id_ for id_, _name in call.councils])
        yield field("councils", names["councils"], boxes, hint=hint, optional=True)
    places = [place(each, reader) for each in wording.invited(call, reader)]
    hint = _("Only these are invited, where some are chosen; other councils bring their own. Municipal bodies can be added too.")
    yield field("jurisdictions", names["jurisdictions"], search_many(JURISDICTIONS, _("Type a name"), places), hint=hint, optional=True)
    yield field("channels", names["channels"], channel_picker(_FIELD, call.channels), optional=True)


def _times(call: CallFacts, reader: Reader) -> Iterator[Block]:
    _, names = reader.gettext, labels(reader)
    yield field("opens_at", names["opens_at"], moment_picker(_FIELD, call.opens_at), optional=True)
    yield field("closes_at", names["closes_at"], moment_picker(_FIELD, call.closes_at), optional=True)
    hint = _("A day, a month or a year: 2027-03-15, 2027-03 or 2027.")
    known = call.first_meeting.text if call.first_meeting else ""
    yield field("first_meeting", names["first_meeting"], text_input(_FIELD, known), hint=hint, optional=True)


def schedule(draft: Draft, reader: Reader, frame: Frame) -> Modal:
    """When it opens, and what happens then; or what is missing."""
    _, call = reader.gettext, draft.call
    if wanting := {**draft.wanting, **rules.wrong_times(call.opens_at, call.closes_at, draft.now)}:
        return _not_yet(_("Schedule"), wanting, reader)
    assert call.opens_at  # nothing is missing
    blocks = [section(_("The call opens by itself: {moment}.", moment=reader.moment(call.opens_at))), *_consequences(draft, reader)]
    return _form(_("Schedule"), blocks, reader, frame, submit=_("Schedule"), callback=SCHEDULING)


def open_now(draft: Draft, reader: Reader, frame: Frame) -> Modal:
    """What happens when it opens; or what is missing."""
    _, call = reader.gettext, draft.call
    if wanting := {**draft.wanting, **rules.wrong_times(draft.now, call.closes_at, draft.now)}:
        return _not_yet(_("Open now"), wanting, reader)
    blocks = [section(_("The call opens at once.")), *_consequences(draft, reader)]
    return _form(_("Open now"), blocks, reader, frame, submit=_("Open now"), callback=OPENING)


def close(draft: Draft, reader: Reader, frame: Frame) -> Modal:
    """What the closing means."""
    _ = reader.gettext
    told = _("Reminders stop. What is answered after that is kept as late, and you decide on it. To open the call again, extend it.")
    early = reader.moment(draft.call.closes_at) if draft.call.closes_at else None
    before = _("That is before the announced time: {moment}. Whoever has not answered is told.", moment=early) if early else None
    blocks = [section(wording.name(draft.call, reader)), *((section(before),) if before else ()), section(told)]
    return _form(_("Close the call"), blocks, reader, frame, submit=_("Close the call"), callback=CLOSING)


def extend(draft: Draft, reader: Reader, frame: Frame) -> Modal:
    """Where more time is given, with a reason in both languages."""
    _, call = reader.gettext, draft.call
    hint = _("Until now: {moment}", moment=reader.moment(call.closes_at)) if call.closes_at else None
    blocks = [
        section(wording.name(call, reader)),
        section(_("Your reason stands in the posts; all who were asked, who offered or who co-chair are told of it.")),
        field("closes_at", _("Closes"), moment_picker(_FIELD, call.closes_at), hint=hint),
        *_reasons(reader),
    ]
    return _form(_("Extend"), blocks, reader, frame, submit=_("Extend"), callback=EXTENSION)


def cancel(draft: Draft, reader: Reader, frame: Frame) -> Modal:
    """What a cancellation means, and where its reason is written."""
    _, call = reader.gettext, draft.call
    told = (
        _("This cannot be taken back. Everybody who was invited or has answered is told, with your reason; the posts say it too.")
        if call.opened_at
        else _("This cannot be taken back. Nobody was told of this call yet, and nobody is told now.")
    )
    blocks = [section(wording.name(call, reader)), section(told), *_reasons(reader)]
    return _form(_("Cancel the call"), blocks, reader, frame, submit=_("Cancel the call"), callback=CANCELLATION)


def remove(draft: Draft, reader: Reader, frame: Frame) -> Modal:
    """What throwing a draft away means."""
    _ = reader.gettext
    blocks = [section(wording.name(draft.call, reader)), section(_("The draft is deleted, with all that is written in it."))]
    return _form(_("Throw away"), blocks, reader, frame, submit=_("Throw away"), callback=REMOVAL)


def labels(reader: Reader) -> dict[str, Words]:
    """What each field is called: in its window, and where something about it is said elsewhere."""
    _ = reader.gettext
    return {
        "name_en": _("Name of the group, in English"),
        "name_fr": _("Name of the group, in French"),
        "description_en": _("What the group is for, in English"),
        "description_fr": _("What the group is for, in French"),
        "asked_en": _("What is asked of participants, in English"),
        "asked_fr": _("What is asked of participants, in French"),
        "commitment_en": _("Time that it takes, in English"),
        "commitment_fr": _("Time that it takes, in French"),
        "criteria_en": _("How participants are chosen, in English"),
        "criteria_fr": _("How participants are chosen, in French"),
        "roles": _("Roles sought"),
        "seats": _("Seats in all"),
        "seats_each": _("Seats for each jurisdiction"),
        "chairs": _("Proposed co-chairs"),
        "councils": _("Councils that are invited"),
        "jurisdictions": _("Jurisdictions that are invited"),
        "channels": _("Channels in which it is posted"),
        "opens_at": _("Opens"),
        "closes_at": _("Closes"),
        "first_meeting": _("First meeting"),
    }


def missing(wanting: Mapping[str, Message], reader: Reader) -> Iterator[Words]:
    """What is still to be written, each with the name of its field."""
    names = labels(reader)
    for name, told in wanting.items():
        what_ = told.for_(reader)
        yield reader.gettext("{field}: {what}", field=names[name], what=what_) if name in names else what_


def place(each: JurisdictionRef, reader: Reader) -> Option:
    """A government or municipal body in a menu."""
    return Option(each.name.for_(reader).sentence, each.id, wording.kind(each.kind, reader))


def _consequences(draft: Draft, reader: Reader) -> Iterator[Block]:
    """Who hears of a call when it opens, and who does not, so that nobody opens one by accident."""
    _, call, audience = reader.gettext, draft.call, draft.audience
    lines = [
        reader.ngettext(
            "The representatives of {n} jurisdiction are written to.",
            "The representatives of {n} jurisdictions are written to.",
            audience.written,
        ),
        reader.ngettext(
            "For {n} jurisdiction nobody answers yet: name somebody, once it is open, under “Who answered”.",
            "For {n} jurisdictions nobody answers yet: name somebody, once it is open, under “Who answered”.",
            audience.unspoken,
        )
        if audience.unspoken
        else None,
        unreached(audience.unreached, reader),
        reader.ngettext(
            "It is posted in {n} channel, in both languages.", "It is posted in {n} channels, in both languages.", len(call.channels)
        )
        if call.channels
        else _("It is posted in no channel."),
        _(
            "The official letter gets its number, in the name of {chairs}.",
            chairs=reader.listed(Words.verbatim(c.name) for c in call.chairs),
        ),
    ]
    yield from listed(line for line in lines if line)


def unreached(people: Sequence[PersonRef], reader: Reader) -> Words | None:
    """Whom nothing reaches: the secretariat is to tell them."""
    names = reader.listed(Words.verbatim(person.name) for person in people)
    return (
        reader.gettext("Nothing reaches {names}: neither Slack nor an e-mail address of theirs is known.", names=names) if people else None
    )


def _not_yet(heading: Words, wanting: Mapping[str, Message], reader: Reader) -> Modal:
    """Instead of a step that cannot be taken yet."""
    _ = reader.gettext
    told = _("This is still missing, and a call opens only once nothing is:")
    return Modal(heading, (section(told), *listed(missing(wanting, reader))), close=_("Back"))


def _pair(text: str, held: Bilingual | None, wanting: Mapping[str, Message], reader: Reader, *, tall: bool = False) -> list[Block]:
    """One text in both languages, the reader's own first, each with what is still to be written of it."""
    names = labels(reader)
    return [
        field(
            f"{text}_{language}",
            names[f"{text}_{language}"],
            text_input(_FIELD, (held.in_(language) if held else None) or "", tall=tall),
            hint=_wanted(wanting[f"{text}_{language}"], reader) if f"{text}_{language}" in wanting else None,
            optional=True,
        )
        for language in reader.languages
    ]


def _wanted(why: Message, reader: Reader) -> Words:
    """Beside a field that may stay empty in a draft, and that the call cannot open without: Slack calls it optional."""
    return Words.joined(" ", (why.for_(reader), reader.gettext("The call does not open without it.")))


def _reasons(reader: Reader) -> Iterator[Block]:
    """Why, in both languages: it is told to people of either."""
    _ = reader.gettext
    names: dict[Language, Words] = {"en": _("Reason, in English"), "fr": _("Reason, in French")}
    for language in reader.languages:
        yield field(f"reason_{language}", names[language], text_input(_FIELD, tall=True))


def _form(heading: Words, blocks: Sequence[Block], reader: Reader, frame: Frame, *, submit: Words, callback: str) -> Modal:
    return Modal(heading, tuple(blocks), reader.gettext("Back"), submit, callback, frame.packed())


def _options(kind: str, found: Sequence[tuple[str, Bilingual]], reader: Reader) -> list[Option]:
    return [Option(name.for_(reader), f"{kind}:{id_}") for id_, name in found]


def _plain(found: Sequence[tuple[str, Bilingual]], reader: Reader) -> list[Option]:
    return [Option(name.for_(reader), id_) for id_, name in found]
