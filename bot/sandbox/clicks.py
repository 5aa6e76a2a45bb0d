"""Using what stands in messages and views: clicks, fields, windows sent and closed, menus that look things up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.people import BadInput, People
from bot.sandbox.requests import ElementBody
from bot.sandbox.slack import parts, payloads, shapes
from bot.sandbox.slack.blockkit import Surface, problems
from bot.sandbox.slack.deliveries import Kind
from bot.sandbox.slack.methods.call import Refused
from bot.sandbox.slack.methods.views import STACK, checked
from bot.sandbox.slack.parts import EXTERNAL, FILES, NoSuchValue, Part
from bot.sandbox.slack.shapes import reader
from bot.sandbox.slack.triggers import ResponseAddress
from bot.sandbox.slack.workspace import Conversation, Message, Payload, Upload, User, View
from cadre.core import clock
from cadre.core.words import Words

HOME: Final = "home"
LARGEST_INPUT: Final = 10_000_000
"""Bytes of a file in a field: Slack takes 10 MB."""
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL: Final = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Target:
    """Where an element stands: in a view, or in a message of a conversation."""

    part: Part
    view: View | None = None
    place: Conversation | None = None
    said: Message | None = None


@dataclass(frozen=True, slots=True)
class Controls:
    """What people do with elements."""

    people: People

    async def click(self, who: User, spot: ElementBody, value: Any) -> Payload:
        """Use an element. What it holds is kept; Cadre is told, unless it stands in a field that waits for the window to be sent."""
        target = self.target(who, spot)
        set_ = await self._set(who, target, value)
        if not target.part.dispatches:
            return {"ok": True}
        used = payloads.action(target.part, set_, self.people.workspace.stamp())
        workspace = self.people.workspace
        if target.view:
            sent = payloads.in_view(who, target.view, used, self.people.api.triggers.give(who.id))
        else:
            assert target.place
            assert target.said
            at = ResponseAddress(who.id, target.place.id, workspace.now(), target.said.ts)
            trigger, address = self.people.api.triggers.give(who.id), self.people.address(at)
            sent = payloads.in_message(workspace, who, target.place, target.said, used, trigger=trigger, answer_at=address)
        receipt = await self.people.deliveries.now(Kind.INTERACTION, sent)
        return {"ok": True} if receipt.taken else {"ok": False, "failed": _trouble(who)}

    async def _set(self, who: User, target: Target, value: Any) -> Payload:
        part = target.part
        if part.element["type"] == "button" and value not in (None, "", part.element.get("value")):
            raise BadInput("value", f"the value of {part.action_id} is another")
        set_ = await self._chosen(who, target, value, "value")
        if target.view:
            target.view.chosen.setdefault(part.block_id, {})[part.action_id] = set_
        elif target.said:
            target.said.chosen = target.said.chosen or {}
            target.said.chosen.setdefault(who.id, {}).setdefault(part.block_id, {})[part.action_id] = set_
        return set_

    async def _chosen(self, who: User, target: Target, value: Any, field: str) -> Payload:
        """What the element holds then. A menu that looks things up must have offered it."""
        element, action_id = target.part.element, target.part.action_id
        offered = self.people.workspace.offered.get((who.id, action_id), [])
        if element["type"] in EXTERNAL and value not in (None, "", []) and not _offers(offered, value):
            await self.options(who, target, "")
            offered = self.people.workspace.offered.get((who.id, action_id), [])
        try:
            if element["type"] == FILES:
                own = (each for each in self.people.workspace.files.values() if each.owner == who.id)
                return parts.files(element, value, [shapes.file(self.people.workspace, each) for each in own])
            return parts.chosen(element, value, offered)
        except NoSuchValue as problem:
            raise BadInput(field, str(problem)) from problem

    def attach(self, who: User, name: str, data: bytes) -> str:
        """Keep a file that somebody chose for a field; gives its id. https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""
        if not name or "/" in name:
            raise BadInput("name", "is no name of a file")
        if not 0 < len(data) <= LARGEST_INPUT:
            raise BadInput("body", "is empty, or larger than 10 MB")
        made = Upload(f"F{self.people.workspace.number():08X}", name, len(data), data=data, shared=True, owner=who.id)
        self.people.workspace.files[made.id] = made
        return made.id

    def target(self, who: User, spot: ElementBody) -> Target:
        """Where an element stands that somebody sees. Raises BadInput."""
        if spot.view_id:
            view = self._view(who, spot.view_id)
            part = parts.find(view.payload["blocks"], spot.action_id, spot.block_id)
            if part is None:
                raise BadInput("action_id", f"there is no {spot.action_id} in the view")
            return Target(part, view=view)
        place = self.people.place(who, spot.channel or "dm")
        for said in [self.people.seen(who, place, spot.message_ts)] if spot.message_ts else _seen(who, place):
            part = parts.find(said.payload.get("blocks", ()), spot.action_id, spot.block_id)
            if part:
                return Target(part, place=place, said=said)
        raise BadInput("action_id", f"there is no {spot.action_id} in {spot.message_ts or 'the conversation'}")

    def _view(self, who: User, view_id: str) -> View:
        found = self.people.workspace.homes.get(who.id) if view_id == HOME else self.people.workspace.view(view_id)
        if found is None or found.user != who.id:
            raise BadInput("view_id", f"there is no view {view_id}")
        return found

    async def submit(self, who: User, view_id: str, values: Mapping[str, Any]) -> Payload:
        """Send a window. What Slack checks by itself is not even sent; what Cadre answers is carried out."""
        view = self._top(who, view_id)
        if not view.payload.get("submit"):
            raise BadInput("view_id", "the window has nothing to send")
        await self._fill(who, view, values)
        errors: dict[str, str] = dict(_incomplete(view, who))
        if not errors:
            sent = payloads.submission(who, view, self.people.api.triggers.give(who.id))
            receipt = await self.people.deliveries.now(Kind.INTERACTION, sent)
            if not receipt.taken:
                return {"failed": _trouble(who)}
            try:
                return self._answered(who, view, receipt.body)
            except Refused as refused:
                self.people.api.log.add(
                    "response", "view_submission", receipt.body, refused.payload, status=None, began=clock.real(), error=refused.error
                )
                return {"failed": _trouble(who)}
        view.errors = errors
        self.people.workspace.stream.tell("views", user=who.id)
        return {"response_action": "errors", "errors": errors}

    async def _fill(self, who: User, view: View, values: Mapping[str, Any]) -> None:
        for block_id, value in values.items():
            held = [part for part in parts.parts(view.payload["blocks"]) if part.block_id == block_id]
            if not held:
                raise BadInput(f"values.{block_id}", "there is no such block")
            single = len(held) == 1 and not (isinstance(value, dict) and held[0].action_id in value)
            given = {held[0].action_id: value} if single else value
            for part in held:
                if isinstance(given, dict) and part.action_id in given:
                    set_ = await self._chosen(who, Target(part, view=view), given[part.action_id], f"values.{block_id}")
                    view.chosen.setdefault(block_id, {})[part.action_id] = set_

    def _answered(self, who: User, view: View, body: Any) -> Payload:
        """https://docs.slack.dev/surfaces/modals#response_actions"""
        workspace = self.people.workspace
        answer = body if isinstance(body, dict) else {}
        action = answer.get("response_action")
        stack = workspace.modals[who.id]
        match action:
            case None if not body or body == {}:
                if view in stack:  # not where it was sent twice at once, and the other answer closed it
                    stack.remove(view)
            case "clear":
                stack.clear()
            case "errors":
                view.errors = _known_errors(view, answer.get("errors"))
                workspace.stream.tell("views", user=who.id)
                return {"response_action": action, "errors": view.errors}
            case "update":
                drawn = parts.view_of(workspace, who.id, checked(answer.get("view"), "modal"))
                view.payload, view.hash, view.errors = drawn.payload, drawn.hash, {}
            case "push":
                if len(stack) >= STACK:
                    raise Refused("push_limit_reached")
                stack.append(parts.view_of(workspace, who.id, checked(answer.get("view"), "modal"), over=view))
            case _:
                raise Refused("invalid_response_action")
        workspace.stream.tell("views", user=who.id)
        return {"response_action": action} if action else {}

    async def close(self, who: User, view_id: str, *, all_: bool) -> None:
        """Close a window, or all; Cadre is told where the window asks for it."""
        view = self._top(who, view_id)
        stack = self.people.workspace.modals[who.id]
        closed = stack[::-1] if all_ or view.payload.get("clear_on_close") else [view]
        for each in closed:
            stack.remove(each)
            if each.payload.get("notify_on_close"):
                await self.people.deliveries.now(Kind.INTERACTION, payloads.closing(who, each, cleared=len(closed) > 1))
        self.people.workspace.stream.tell("views", user=who.id)

    def _top(self, who: User, view_id: str) -> View:
        view = self._view(who, view_id)
        stack = self.people.workspace.modals[who.id]
        if not stack or stack[-1] is not view:
            raise BadInput("view_id", f"{view_id} is not the window in front")
        return view

    async def options(self, who: User, target: Target, typed: str) -> Payload:
        """What a menu offers for the letters typed."""
        part = target.part
        if part.element["type"] not in EXTERNAL:
            raise BadInput("action_id", f"{part.action_id} looks nothing up")
        where: Payload = {}
        if target.view:
            where = {"container": {"type": "view", "view_id": target.view.id}, "view": parts.shown(target.view)}
        elif target.place and target.said:
            where = {"container": {"type": "message", "message_ts": target.said.ts, "channel_id": target.place.id}}
            where["channel"] = {"id": target.place.id, "name": target.place.name}
        receipt = await self.people.deliveries.now(Kind.INTERACTION, payloads.look_up(who, part, typed, where))
        body = receipt.body if isinstance(receipt.body, dict) else {}
        if not receipt.taken:
            return {"options": [], "failed": _trouble(who)}
        offered = {name: body[name] for name in ("options", "option_groups") if body.get(name)} or {"options": []}
        if any(offered.values()) and (wrong := _unfit(part, offered)):
            return {"options": [], "failed": "; ".join(wrong)}
        self.people.workspace.offered[who.id, part.action_id] = parts.options(offered)
        return offered


def _seen(who: User, place: Conversation) -> Iterator[Message]:
    """What somebody sees in a conversation, newest first."""
    return (said for said in reversed(place.messages.values()) if said.seen_by in (None, who.id))


def _offers(offered: list[Payload], value: Any) -> bool:
    values = [option.get("value") for option in offered]
    return all(each in values for each in (value if isinstance(value, list) else [value]))


def _unfit(part: Part, offered: Payload) -> tuple[str, ...]:
    """What Slack would not show of the options that Cadre gave."""
    menu = {"type": "static_select", "action_id": part.action_id, **offered}
    return problems([{"type": "actions", "elements": [menu]}], Surface.MODAL)


def _trouble(who: User) -> Words:
    return reader(who).gettext("We had some trouble connecting. Try again?")


def _known_errors(view: View, errors: Any) -> dict[str, str]:
    """Slack shows errors beside fields, and refuses those about anything else."""
    fields = {block["block_id"] for block in view.payload["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not fields.issuperset(errors):
        raise Refused("invalid_errors")
    return {str(name): str(told) for name, told in errors.items()}


def _incomplete(view: View, who: User) -> Iterator[tuple[str, Words]]:
    """What Slack itself says before it sends a window."""
    now = parts.state(view.payload["blocks"], view.chosen)["values"]
    for part in parts.parts(view.payload["blocks"]):
        if part.block["type"] == "input":
            held = next((value for name, value in now[part.block_id][part.action_id].items() if name != "type"), None)
            told = _fault(part, held, who)
            if told:
                yield part.block_id, told


def _fault(part: Part, held: Any, who: User) -> Words | None:
    _ = reader(who).gettext
    element = part.element
    if held in (None, "", []):
        return None if part.block.get("optional") else _("Please complete this required field.")
    match element["type"]:
        case "plain_text_input" if len(held) < element.get("min_length", 0):
            return _("Write at least {n} characters.", n=element["min_length"])
        case "plain_text_input" if len(held) > element.get("max_length", 3000):
            return _("Write at most {n} characters.", n=element.get("max_length", 3000))
        case "email_text_input" if not _EMAIL.fullmatch(held):
            return _("Please enter a valid e-mail address.")
        case "url_text_input" if not _URL.fullmatch(held):
            return _("Please enter a valid web address.")
        case "number_input" if not _is_number(held, element):
            return _("Please enter a valid number.")
        case _:
            return None


def _is_number(held: str, element: Payload) -> bool:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, held):
        return False
    value = float(held)
    return float(element.get("min_value", value)) <= value <= float(element.get("max_value", value))
