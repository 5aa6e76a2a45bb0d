"""How the secretariat steers notices: looking ahead, the rungs of the ladders, pauses."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.blocks import Modal, Option, picked, written
from bot.door import Door, Listener
from bot.modals import push, redraw_below, register_clicks
from bot.notices import listeners, unsent, windows
from bot.notices.pages import PATH
from bot.visit import Visit
from cadre.core.changes import seen_by
from cadre.core.errors import Invalid, Message
from cadre.notices import preview, service, steering
from cadre.notices.planner import manner_of
from cadre.notices.rules import Kind, Step
from cadre.notices.steering import RungFacts
from cadre.people import jurisdictions

EVERYBODY: Final = "*"
_WHOLE: Final = Message("Write 0 or a positive whole number.")


class Steering:
    """The windows in which the secretariat steers the notices of some kinds."""

    def __init__(self, kinds: tuple[Kind, ...]) -> None:
        self._kinds = kinds

    def register(self, door: Door) -> None:
        """At the door."""
        clicks: dict[str, Listener] = {
            windows.OVERVIEW: self.overview,
            windows.AHEAD: self.ahead,
            windows.PAGE: page,
            windows.RUNGS: self.rungs,
            windows.RUNG: self.rung,
            windows.OFF: self.take_off,
            windows.PAUSES: self.pauses,
            windows.PAUSE: self.pause,
            windows.END: self.end,
        }
        register_clicks(door, clicks)
        unsent.register(door, self._kinds)
        door.lookups[windows.JURISDICTION] = jurisdiction
        door.submissions[windows.RUNG_SET] = self.set_rung
        door.submissions[windows.PAUSE_SET] = self.set_pause

    async def notices(self, visit: Visit) -> None:
        """``/cadre notices``: for the secretariat what it steers them by, for others how they are told."""
        if not visit.caller.secretariat:
            await listeners.offer_preferences(visit, self._kinds)
        elif "trigger_id" in visit.body:
            await self.overview(visit)
        else:
            await visit.whisper(windows.button_to(visit.reply_reader))

    async def overview(self, visit: Visit) -> None:
        """The coming weeks in figures, and the ways to steer them."""

        async def build() -> Modal:
            found = await visit.registry.read(seen_by(visit.caller.actor, preview.preview), self._kinds)
            person, links = visit.caller.actor.person, visit.links
            page = links.to(person, PATH, visit.caller.reader.language) if links and person else None
            return windows.overview(found, visit.caller.reader, email=visit.email, page=page)

        await visit.open_modal(build)

    async def ahead(self, visit: Visit) -> None:
        """Who would get what, and when."""
        found = await visit.registry.read(seen_by(visit.caller.actor, preview.preview), self._kinds)
        names = await visit.registry.read(preview.names, found, self._kinds)
        await visit.slack.push_view(visit.body["trigger_id"], windows.ahead(found, names, visit.caller.reader))

    async def rungs(self, visit: Visit) -> None:
        """The ladders."""
        await visit.slack.push_view(visit.body["trigger_id"], await self._rungs(visit))

    async def _rungs(self, visit: Visit) -> Modal:
        return windows.rungs(await visit.registry.read(seen_by(visit.caller.actor, steering.rungs)), self._labels(), visit.caller.reader)

    def _labels(self) -> dict[str, Message]:
        return {kind.name: kind.label for kind in self._kinds}

    async def rung(self, visit: Visit) -> None:
        """One rung, or a new one, over the list."""
        one = await self._known(visit, visit.action.get("value") or "")
        await push(visit, windows.rung(one, self._labels(), visit.caller.reader))

    async def take_off(self, visit: Visit) -> None:
        """A rung less; at first only what that would change."""
        id_, shown, sure = (*visit.action["value"].split(":"), "", "")[:3]
        if not sure:
            known = await self._known(visit, id_)
            differs = await visit.registry.read(seen_by(visit.caller.actor, preview.with_rung), self._kinds, int(id_), None)
            asked = windows.Asked(known, differs, off=True) if known else None
            await visit.slack.update_view(visit.body["view"]["id"], windows.rung(known, self._labels(), visit.caller.reader, asked))
            return
        await visit.registry.write(visit.caller.actor, steering.remove_rung, int(id_), shown)
        view, left = visit.body["view"], await self._rungs(visit)
        for window in filter(None, (view.get("previous_view_id"), view["id"])):
            await visit.slack.update_view(window, left)

    async def _known(self, visit: Visit, id_: str) -> RungFacts | None:
        known = await visit.registry.read(seen_by(visit.caller.actor, steering.rungs))
        return next((each for each in known if str(each.id) == id_), None)

    async def set_rung(self, visit: Visit) -> Modal | None:
        """A rung as it was written: at first what it would change; saved as it is once more, back to the list, which has it."""
        state, metadata = visit.state, visit.body["view"].get("private_metadata") or ""
        held, shown, asked = (*metadata.split(":"), "", "")[:3]
        halfway = "days" not in state
        days, every = _number(state, "days", optional=halfway) or 0, _number(state, "every", optional=True)
        if days < 0:
            raise Invalid(days=_WHOLE)
        before, id_ = written(state, "side") == "before", int(held) if held else None
        kind, recipients, manner = written(state, "kind"), picked(state, "recipients"), written(state, "manner")
        form = steering.RungForm(id_, kind, -days if before else days, every, recipients, manner, shown)
        made = await visit.registry.read(seen_by(visit.caller.actor, steering.check_rung), form)
        if asked != made.mark:
            step = Step(made.kind, made.days, made.every, made.recipients, manner_of(made.manner), made.halfway)
            differs = await visit.registry.read(seen_by(visit.caller.actor, preview.with_rung), self._kinds, id_, step)
            known = await self._known(visit, held)
            return windows.rung(known, self._labels(), visit.caller.reader, windows.Asked(made, differs))
        await visit.registry.write(visit.caller.actor, steering.set_rung, form)
        redraw_below(visit, lambda: self._rungs(visit))
        return None

    async def pauses(self, visit: Visit) -> None:
        """Who is sent nothing, and when."""
        await visit.slack.push_view(visit.body["trigger_id"], await self._pauses(visit))

    async def _pauses(self, visit: Visit) -> Modal:
        found = await visit.registry.read(seen_by(visit.caller.actor, steering.pauses))
        names = await visit.registry.read(jurisdictions.names)
        return windows.pauses(found, names, visit.caller.reader)

    async def pause(self, visit: Visit) -> None:
        """A new pause, over the list."""
        await push(visit, windows.pause(visit.caller.reader))

    async def set_pause(self, visit: Visit) -> Modal | None:
        """A pause as it was written: back to the list, which has it. One of everybody first says whom it touches, and asks again."""
        state = visit.state
        place = written(state, "jurisdiction")
        first, last = written(state, "first"), written(state, "last")
        missing = {name: Message("Choose a day.") for name, day in (("first", first), ("last", last)) if not day}
        if not place:
            missing["jurisdiction"] = Message("Choose a jurisdiction, or everybody.")
        if missing:
            raise Invalid(**missing)
        days, reason = (date.fromisoformat(first), date.fromisoformat(last)), (written(state, "reason_en"), written(state, "reason_fr"))
        if place == EVERYBODY and visit.body["view"].get("private_metadata") != f"{first} {last}":
            await visit.registry.read(service.require_pause, *days, reason)
            held = await visit.registry.read(seen_by(visit.caller.actor, preview.held_back), self._kinds, *days)
            return windows.pause(visit.caller.reader, windows.Everybody(*days, reason, *held))
        await visit.registry.write(
            visit.caller.actor,
            service.pause,
            None if place == EVERYBODY else place,
            *days,
            reason,
            view_id=visit.body["view"]["id"] + (visit.body["view"].get("hash") or ""),
        )
        redraw_below(visit, lambda: self._pauses(visit))
        return None

    async def end(self, visit: Visit) -> None:
        """A pause less."""
        await visit.registry.write(visit.caller.actor, service.unpause, int(visit.action["value"]))
        await visit.slack.update_view(visit.body["view"]["id"], await self._pauses(visit))


async def page(visit: Visit) -> None:
    """The browser opens the page by itself."""


async def jurisdiction(visit: Visit, typed: str) -> list[Option]:
    """Jurisdictions by the letters typed; all of them together where nothing is typed, or something like that."""
    reader = visit.caller.reader
    found = await visit.registry.read(jurisdictions.search, typed)
    everybody = [windows.everybody(reader)] if windows.meant(typed, reader) else []
    return [*everybody, *(Option(name.for_(reader), id_) for id_, name in found)]


def _number(state: dict[str, object], block: str, *, optional: bool = False) -> int | None:
    given = written(state, block)
    if not given and optional:
        return None
    try:
        return int(given)
    except ValueError:
        raise Invalid(**{block: _WHOLE}) from None
