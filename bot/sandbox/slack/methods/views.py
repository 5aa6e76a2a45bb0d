"""Windows and App Home: https://docs.slack.dev/reference/methods (views) and https://docs.slack.dev/surfaces/modals"""

from __future__ import annotations

import json
from typing import Any, Final

from bot.sandbox.slack.blockkit import view_problems
from bot.sandbox.slack.methods.call import Call, Method, Refused, invalid
from bot.sandbox.slack.parts import shown, view_of
from bot.sandbox.slack.triggers import Trigger
from bot.sandbox.slack.workspace import Payload, View

LARGEST: Final = 250_000
STACK: Final = 3


def open_(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/views.open: in place of whatever windows were open."""
    view = checked(call.data("view"), "modal")
    _refuse_taken(call, view)
    trigger = _exchanged(call)
    made = view_of(call.workspace, trigger.user, view)
    call.workspace.modals[trigger.user] = [made]
    call.workspace.stream.tell("views", user=trigger.user)
    trigger.outcome.tell(shown(made))
    return {"view": shown(made)}


def push(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/views.push: over the window that the trigger was given in, three at most."""
    view = checked(call.data("view"), "modal")
    _refuse_taken(call, view)
    user = _exchanged(call).user
    stack = call.workspace.modals[user]
    if not stack:
        raise Refused("not_found")
    if len(stack) >= STACK:
        raise Refused("push_limit_reached")
    made = view_of(call.workspace, user, view, over=stack[-1])
    stack.append(made)
    call.workspace.stream.tell("views", user=user)
    return {"view": shown(made)}


def update(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/views.update: ``hash`` guards what somebody else drew meanwhile."""
    given, external = call.text("view_id"), call.text("external_id")
    if not given and not external:
        raise invalid("missing required field: view_id")
    found = call.workspace.view(given) if given else call.workspace.by_external_id(external or "")
    if found is None:
        raise Refused("not_found")
    view = checked(call.data("view"), found.payload["type"])
    if call.text("hash") not in (None, found.hash):
        raise Refused("hash_conflict")
    redraw(call, found, view)
    return {"view": shown(found)}


def publish(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/views.publish"""
    who = call.user("user_id")
    view = checked(call.data("view"), "home")
    found = call.workspace.homes.get(who.id)
    if found is None:
        found = call.workspace.homes[who.id] = view_of(call.workspace, who.id, view)
    elif call.text("hash") not in (None, found.hash):
        raise Refused("hash_conflict")
    redraw(call, found, view)
    return {"view": shown(found)}


def redraw(call: Call, found: View, view: Payload) -> None:
    """Draw an open view anew: what stands in fields that are still there stays."""
    drawn = view_of(call.workspace, found.user, view)
    found.payload, found.hash, found.errors = drawn.payload, drawn.hash, {}
    if found.payload["type"] == "home":
        call.workspace.stream.tell("home", user=found.user)
        if found.user in call.workspace.drawn:
            call.workspace.drawn[found.user].set()
    else:
        call.workspace.stream.tell("views", user=found.user)


def checked(view: Any, kind: str) -> Payload:
    """A view that Slack would take. Raises Refused, with all that is wrong."""
    if view is None:
        raise invalid("missing required field: view")
    wrong = view_problems(view)
    if wrong:
        raise Refused("invalid_arguments", *(f"[ERROR] {each}" for each in wrong))
    if view["type"] != kind:
        raise Refused("invalid_arguments", f"[ERROR] must be a valid {kind} view [json-pointer:/view/type]")
    if len(json.dumps(view)) > LARGEST:
        raise Refused("view_too_large")
    found: Payload = view
    return found


def _exchanged(call: Call) -> Trigger:
    """The trigger, which is used up by this."""
    trigger = call.triggers.exchange(call.required("trigger_id"))
    if isinstance(trigger, str):
        raise Refused(trigger)
    return trigger


def _refuse_taken(call: Call, view: Payload) -> None:
    external = view.get("external_id")
    if external and call.workspace.by_external_id(external):
        raise Refused("duplicate_external_id")


METHODS: Final = {
    "views.open": Method(open_),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
