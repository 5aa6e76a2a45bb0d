"""What another wrote meanwhile in a window about a group: by whom, and what stands there now, as the reader reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from bot.groups import reading
from bot.groups.windows import Writing
from bot.visit import Visit
from cadre.core.errors import Invalid, Message
from cadre.core.marks import by_whom, changed, shortened
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.groups import roles, wording
from cadre.groups import service as groups
from cadre.groups.card import GroupCard
from cadre.groups.roles import RoleEntry
from cadre.people import wording as people

T = TypeVar("T")


async def stored(visit: Visit, save: Callable[..., T], mine: Any, frame: Writing, shows: Callable[[GroupCard], dict[str, str]]) -> T:
    """What a window of a group says is stored. Raises Invalid, of a field in which another wrote meanwhile with who did, and what."""
    try:
        return await visit.write(save, frame.about, mine, frame.shown)
    except Invalid as problem:
        held = await visit.registry.read(reading.card, frame.about, visit.caller)
        now = {name: _of_group(held, name, value, visit.caller.reader) for name, value in _theirs(frame, shows(held), problem).items()}
        raise Invalid(**await _told(visit, problem, now, "group", held.id)) from problem


async def stored_role(visit: Visit, mine: Mapping[str, str], frame: Writing) -> RoleEntry:
    """The same of a role that is there."""
    try:
        return await visit.write(groups.save_role, frame.role, mine, frame.shown)
    except Invalid as problem:
        entry = (await visit.registry.read(reading.role, frame.role, visit.caller)).role
        assert entry
        found = _theirs(frame, roles.of_role(entry), problem)
        now = {name: _of_role(entry, name, value, visit.caller.reader) for name, value in found.items()}
        raise Invalid(**await _told(visit, problem, now, "role", entry.id)) from problem


def _theirs(frame: Writing, now: Mapping[str, str], problem: Invalid) -> dict[str, str]:
    """Of the fields that are refused those that say something else by now than the window showed."""
    return {name: now[name] for name in changed(frame.shown, now) if name in problem.fields}


async def _told(visit: Visit, problem: Invalid, now: Mapping[str, Words], subject: str, id_: str) -> dict[str, Message]:
    told = dict(problem.fields)
    for name, text in now.items():
        who = await visit.registry.read(groups.written_by, subject, id_, name)
        if who:
            told[name] = by_whom(wording.by(who, visit.caller.reader), text)
    return told


def _of_group(held: GroupCard, name: str, value: str, reader: Reader) -> Words:
    """What a field of a group says, as its window shows it."""
    _ = reader.gettext
    if not value:
        return _("nothing")
    if name == "seats":
        return reader.listed(each.name.for_(reader) for each in held.seats)
    if name == "state":
        return wording.state(value, reader)
    if name == "quorum":
        return wording.quorum(value, reader)
    if name == "channel":
        return _("another channel")
    chosen = {"kind": held.kind, "owner": held.owner, "parent": held.parent}.get(name)
    return chosen.name.for_(reader) if chosen else shortened("; ".join(value.splitlines()))


def _of_role(entry: RoleEntry, name: str, value: str, reader: Reader) -> Words:
    """What a field of a role says."""
    if not value:
        return reader.gettext("nothing")
    if name == "role":
        return people.role(value, reader)
    place = {"jurisdiction": entry.jurisdiction_name, "on_behalf_of": entry.on_behalf_of_name}.get(name)
    return place.for_(reader) if place else Words.verbatim(value)
