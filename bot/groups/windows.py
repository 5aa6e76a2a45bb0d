"""The windows in which a group is written. Each keeps marks of what it showed: of two who write at once neither erases the other's."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.blocks import (
    INPUT,
    Block,
    Modal,
    Option,
    context,
    conversation_picker,
    field,
    listed,
    menu,
    search,
    search_many,
    section,
    text_input,
)
from bot.groups import actions as of
from bot.modals import Frame
from cadre.core.bilingual import Bilingual
from cadre.core.i18n import Language
from cadre.core.marks import marks
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.groups import editing, roles, wording
from cadre.groups.card import GroupCard, GroupRef, KindFacts
from cadre.groups.roles import RoleEntry
from cadre.people import wording as people

NEW: Final = "groups.made"
SETTINGS: Final = "groups.settings"
NAMES: Final = "groups.names"
DESCRIPTION: Final = "groups.description"
SEATS: Final = "groups.seats"
ROLE: Final = "groups.role_kept"
REMOVAL: Final = "groups.role_removed"
_FIELD: Final = "groups.field"


@dataclass(frozen=True, slots=True)
class Writing(Frame):
    """What a window with fields keeps of itself: also marks of what its fields showed when it was opened, and the role that it is of.

    ``warned``: a mark of the names of which it said that other groups are called so.
    """

    shown: Mapping[str, str] = dataclasses.field(default_factory=dict)
    role: str = ""
    warned: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What there is to choose from."""

    kinds: tuple[KindFacts, ...]
    groups: tuple[GroupRef, ...]
    councils: tuple[GroupRef, ...]


Build: TypeAlias = Callable[[GroupCard, Offered, Reader, Frame], Modal]


def new(offered: Offered, reader: Reader, frame: Frame) -> Modal:
    """A draft of a group."""
    _ = reader.gettext
    blocks = _pair("name", None, reader, label=_("Name"))
    if offered.councils:
        blocks.append(field("owner", _("Reports to"), menu(_FIELD, _refs(offered.councils, reader)), optional=True))
    blocks += context(_("It is proposed until you say that it is active. One language is enough for now."))
    return _form(_("New group"), blocks, frame, NEW, reader, submit=_("Create"))


def settings(held: GroupCard, offered: Offered, reader: Reader, frame: Frame) -> Modal:
    """Kind, state, whose it is, quorum, channel."""
    _, now = reader.gettext, editing.of_settings(held)
    others = [each for each in offered.groups if each.id != held.id]
    menus = (
        ("kind", _("Kind"), [Option(each.name.for_(reader).sentence, each.id) for each in offered.kinds]),
        ("state", _("State"), [Option(wording.state(each, reader).sentence, each) for each in editing.STATES]),
        ("owner", _("Reports to"), _refs(_with(held.owner, offered.councils, held.id), reader)),
        ("quorum", _("Quorum"), [Option(wording.quorum(each, reader).sentence, each) for each in editing.QUORUMS]),
    )
    blocks = [field(name, label, menu(_FIELD, options, now[name]), optional=True) for name, label, options in menus if options]
    chosen = next((_ref(each, reader) for each in others if each.id == now["parent"]), None)
    blocks.append(field("parent", _("Part of"), search(of.GROUPS, _("Type a name"), chosen), optional=True))
    blocks.append(field("channel", _("Channel in Slack"), conversation_picker(_FIELD, held.channel), optional=True))
    return _form(_("Kind and state"), blocks, _writing(frame, now), SETTINGS, reader)


def names(held: GroupCard, offered: Offered, reader: Reader, frame: Frame) -> Modal:
    """Name, acronyms and other names, in both languages."""
    _, now = reader.gettext, editing.of_names(held)
    blocks = _pair("name", held.name, reader, label=_("Name"))
    for name, label in (("acronyms", _("Acronyms")), ("aliases", _("Other names"))):
        text = Bilingual(now[f"{name}_en"] or None, now[f"{name}_fr"] or None)
        blocks += _pair(name, text, reader, label=label, tall=True, hint=_("One a line."))
    return _form(_("Names"), blocks, _writing(frame, now), NAMES, reader)


def description(held: GroupCard, offered: Offered, reader: Reader, frame: Frame) -> Modal:
    """What the group is for, and how it is reached."""
    _, now = reader.gettext, editing.of_description(held)
    blocks = _pair("description", held.description, reader, label=_("Description"), tall=True)
    hint = _("Of the group, not of a person: everybody may read it.")
    blocks.append(field("email", _("E-mail address"), text_input(_FIELD, now["email"]), hint, optional=True))
    blocks.append(field("phone", _("Telephone"), text_input(_FIELD, now["phone"]), hint, optional=True))
    return _form(_("Description and contacts"), blocks, _writing(frame, now), DESCRIPTION, reader)


def seats(held: GroupCard, offered: Offered, reader: Reader, frame: Frame) -> Modal:
    """Which jurisdictions are entitled to a position in a council."""
    _ = reader.gettext
    chosen = [Option(each.name.for_(reader).sentence, each.id) for each in held.seats]
    hint = _("With none, the seats follow from the confirmed members and alternates again.")
    blocks: list[Block] = [
        section(_("Each of these jurisdictions is entitled to one position in {council:the}.", council=wording.name(held, reader)))
    ]
    blocks.append(field("seats", _("Council seats"), search_many(of.JURISDICTIONS, _("Type a name"), chosen), hint, optional=True))
    blocks += context(_("Its confirmed members speak for a jurisdiction, and its alternates in their place: see Roles."))
    return _form(_("Council seats"), blocks, _writing(frame, editing.of_seats(held)), SEATS, reader)


WINDOWS: Final[Mapping[str, Build]] = {
    "settings": settings,
    "names": names,
    "description": description,
    "seats": seats,
}
"""By the name that the button of each has after its colon."""


def role(held: GroupCard, entry: RoleEntry | None, offered: Offered, reader: Reader, frame: Frame) -> Modal:
    """Who holds which role, and how long. A role that is there keeps who holds it."""
    _ = reader.gettext
    now = roles.of_role(entry) if entry else dict.fromkeys(roles.FIELDS, "")
    blocks = [section(Words.verbatim(entry.name))] if entry else _somebody(reader)
    offered_roles = [Option(people.role(each, reader), each) for each in people.ROLES]
    blocks.append(field("role", _("Role"), menu(_FIELD, offered_roles, now["role"])))
    place = entry.jurisdiction_name if entry and entry.jurisdiction else None
    chosen = Option(place.for_(reader).sentence, now["jurisdiction"]) if place else None
    hint = _("Where it is another than their own.")
    blocks.append(field("jurisdiction", _("Jurisdiction"), search(of.JURISDICTIONS, _("Type a name"), chosen), hint, optional=True))
    if offered.councils:
        name = entry.on_behalf_of_name if entry else None
        behalf = GroupRef(now["on_behalf_of"], name) if name else None
        councils = menu(_FIELD, _refs(_with(behalf, offered.councils), reader), now["on_behalf_of"])
        blocks.append(field("on_behalf_of", _("On behalf of"), councils, optional=True))
    hint = _("A day, a month or a year: 2027-03-15, 2027-03 or 2027.")
    blocks += [
        field(name, label, text_input(_FIELD, now[name]), hint, optional=True)
        for name, label in (("since", _("From")), ("until", _("Until")))
    ]
    title = _("Change a role") if entry else _("Add a role")
    writing = Writing(held.id, frame.start, frame.under, marks(now), entry.id if entry else "")
    return _form(title, blocks, writing, ROLE, reader)


def _somebody(reader: Reader) -> list[Block]:
    _ = reader.gettext
    return [
        field("person", _("Person"), search(of.PEOPLE, _("Type a name")), optional=True),
        *context(_("Or somebody whom the registry does not have yet:")),
        field("name", _("Name"), text_input(_FIELD), optional=True),
        field("email", _("E-mail address"), text_input(_FIELD), optional=True),
    ]


def removal(held: GroupCard, entry: RoleEntry, reader: Reader, frame: Frame) -> Modal:
    """What it means to take a role out of the registry."""
    _ = reader.gettext
    told = _("Only a role that never was is taken out of the registry. One that is over keeps its last day: change it instead.")
    blocks = [*listed([wording.role(entry, reader)]), section(told)]
    writing = Writing(held.id, frame.start, frame.under, {}, entry.id)
    return _form(_("Take out of the registry"), blocks, writing, REMOVAL, reader, submit=_("Take out"))


def _with(chosen: GroupRef | None, councils: Iterable[GroupRef], but: str = "") -> list[GroupRef]:
    """The councils, and what is chosen now, which may be something else: a menu that left it out would take it away."""
    offered = [each for each in councils if each.id != but]
    return [*offered, *([chosen] if chosen and chosen.id not in {each.id for each in offered} else [])]


def _refs(groups: Iterable[GroupRef], reader: Reader) -> list[Option]:
    return [_ref(each, reader) for each in groups]


def _ref(group: GroupRef, reader: Reader) -> Option:
    return Option(group.name.for_(reader), group.id)


def _writing(frame: Frame, now: Mapping[str, str]) -> Writing:
    return Writing(frame.about, frame.start, frame.under, marks(now))


def _pair(name: str, text: Bilingual | None, reader: Reader, *, label: Words, tall: bool = False, hint: Words | None = None) -> list[Block]:
    """Two fields, the reader's language first."""
    return list(_fields(name, text, reader, label, tall=tall, hint=hint))


def _fields(name: str, text: Bilingual | None, reader: Reader, label: Words, *, tall: bool, hint: Words | None) -> Iterator[Block]:
    _ = reader.gettext
    for language in reader.languages:
        told = wording.in_language(label, language, reader)
        stale = _("The other language was changed since.") if text and text.stale == language else hint
        if len(_text(text, language)) > INPUT:
            yield from context(_("{field}: too long for a window. It is changed in the registry file.", field=told))
            continue
        yield field(f"{name}_{language}", told, text_input(_FIELD, _text(text, language), tall=tall), stale, optional=True)


def _text(text: Bilingual | None, language: Language) -> str:
    return (text and text.in_(language)) or ""


def _form(title: Words, blocks: Sequence[Block], frame: Frame, callback: str, reader: Reader, *, submit: Words | None = None) -> Modal:
    _ = reader.gettext
    return Modal(title, tuple(blocks), _("Cancel"), submit or _("Save"), callback, frame.packed())
