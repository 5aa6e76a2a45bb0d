"""Windows about groups that were filled in: stored, and the window below drawn anew from the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, TypeAlias

from bot import modals
from bot.blocks import Modal, picked, section, written
from bot.door import Door, Submission
from bot.errors import within
from bot.groups import reading, views, windows
from bot.groups.meanwhile import stored, stored_role
from bot.groups.windows import Writing
from bot.modals import Frame
from bot.visit import Visit
from cadre.core.i18n import LANGUAGES
from cadre.core.marks import changed, mark
from cadre.core.models import NAMES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.groups import editing, wording
from cadre.groups import service as groups
from cadre.groups.card import GroupCard, GroupRef

_Save: TypeAlias = Callable[..., GroupCard]
_Draw: TypeAlias = Callable[..., Modal]
_Shows: TypeAlias = Callable[[GroupCard], dict[str, str]]
_SAVED: Final[Mapping[str, tuple[_Save, _Shows]]] = {
    windows.SETTINGS: (groups.save_settings, editing.of_settings),
    windows.DESCRIPTION: (groups.save_description, editing.of_description),
}
"""By the window: what stores it, and what its fields show."""


def register(door: Door) -> None:
    """At the door."""
    forms: dict[str, Submission] = {callback: _saved(save, shows) for callback, (save, shows) in _SAVED.items()}
    forms |= {windows.NAMES: names, windows.SEATS: seats, windows.NEW: new, windows.ROLE: role, windows.REMOVAL: removal}
    modals.register_forms(door, forms)


async def draw(visit: Visit, frame: Frame, note: Words | None = None, view: _Draw = views.card) -> Modal:
    """A group as the registry has it now: its card, its roles, or what is in doubt."""
    found = await visit.registry.read(reading.shown, frame.about, visit.caller)
    return view(found, visit.caller.reader, frame, note)


def _saved(save: _Save, shows: _Shows) -> Submission:
    """One window of a group, saved; what another changed meanwhile is said in the card below, where it stands."""

    async def store(visit: Visit) -> Modal | None:
        frame, mine = writing(visit), typed(visit)
        held = await stored(visit, save, mine, frame, shows)
        theirs = [name for name in changed(frame.shown, shows(held)) if mark(mine.get(name, "")) == frame.shown.get(name)]
        return await back(visit, frame, _told(theirs, visit.caller.reader))

    return store


def _told(theirs: Iterable[str], reader: Reader) -> Words:
    """That it is saved, and which fields somebody else changed meanwhile."""
    _ = reader.gettext
    names = [_field(name, reader) for name in theirs]
    if not names:
        return _("Saved.")
    return _("Saved. Meanwhile somebody else changed this, and it stays: {fields}.", fields=reader.listed(names))


def _field(name: str, reader: Reader) -> Words:
    base = name.removesuffix("_en").removesuffix("_fr")
    return wording.in_language(wording.field(base, reader), name.removeprefix(base).strip("_"), reader)


async def names(visit: Visit) -> Modal | None:
    """Names, once it was said which of them another group is called by: sent once more, they are saved."""
    return await _warned(visit, ("name", *NAMES)) or await _saved(groups.save_names, editing.of_names)(visit)


async def _warned(visit: Visit, fields: Iterable[str]) -> Modal | None:
    """The window as it stands, which says what other groups are called by the names in some fields; None where none is, or it was said."""
    frame, mine, reader = writing(visit), typed(visit), visit.caller.reader
    asked = [
        line for field in fields for language in LANGUAGES for line in mine.get(f"{field}_{language}", "").splitlines() if line.strip()
    ]
    shared = await visit.registry.read(groups.shared, frame.about, asked)
    warned = mark(repr([text for text, _others in shared]))
    if not shared or frame.warned == warned:
        return None
    told = section(Words.joined("\n", (*_shared(shared, reader), reader.gettext("Save once more to keep it so."))))
    return replace(within(visit.body["view"], [told]), metadata=replace(frame, warned=warned).packed())


def _shared(shared: Iterable[tuple[str, tuple[GroupRef, ...]]], reader: Reader) -> Iterable[Words]:
    for text, others in shared:
        called = reader.listed(each.name.for_(reader) for each in others)
        yield reader.gettext("“{name}” is also what this is called: {groups}.", name=Words.verbatim(text), groups=called)


async def seats(visit: Visit) -> Modal | None:
    """The seats of a council."""
    frame = writing(visit)
    await stored(visit, groups.save_seats, picked(visit.state, "seats"), frame, editing.of_seats)
    return await back(visit, frame, visit.caller.reader.gettext("Saved."))


async def new(visit: Visit) -> Modal:
    """A draft of a group, once it was said that another is called so too; its card comes next."""
    if told := await _warned(visit, ("name",)):
        return told
    given = typed(visit)
    made = await visit.write(groups.add_group, given.get("name_en", ""), given.get("name_fr", ""), given.get("owner") or None)
    return await draw(visit, Frame(made), visit.caller.reader.gettext("Created, as proposed. Say what is known of it."))


async def role(visit: Visit) -> Modal | None:
    """A role, new or changed."""
    frame = writing(visit)
    if frame.role:
        await stored_role(visit, typed(visit), frame)
    else:
        await visit.write(groups.add_role, frame.about, typed(visit))
    return await back(visit, frame, visit.caller.reader.gettext("Saved, and confirmed."), views.roles)


async def removal(visit: Visit) -> Modal | None:
    """A role is taken out of the registry."""
    frame = writing(visit)
    await visit.write(groups.remove_role, frame.role)
    return await back(visit, frame, visit.caller.reader.gettext("Taken out of the registry."), views.roles)


async def back(visit: Visit, frame: Frame, note: Words, view: _Draw = views.card) -> Modal | None:
    """The window below shows what was done; where there is none, this one does."""
    if not frame.under:
        return await draw(visit, Frame(frame.about), note, view)
    modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under), note, view))
    return None


def writing(visit: Visit) -> Writing:
    """What the window keeps of itself."""
    return Writing.unpacked(visit.body["view"]["private_metadata"])


def typed(visit: Visit) -> dict[str, Any]:
    """What stands in each field."""
    return {block: written(visit.state, block) for block in visit.state}
