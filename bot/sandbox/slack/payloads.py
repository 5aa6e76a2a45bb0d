"""What people do, as Slack tells Cadre of it. Pure: the workspace as it is, in; a payload, out.

https://docs.slack.dev/reference/interaction-payloads and https://docs.slack.dev/apis/events-api/
"""

from __future__ import annotations

from bot.sandbox.slack import parts, shapes
from bot.sandbox.slack.parts import Part
from bot.sandbox.slack.workspace import APP, BOT, TEAM, Conversation, Message, Payload, User, View, Workspace

DOMAIN = "cadre-sandbox"


def event(workspace: Workspace, said: Payload) -> Payload:
    """The envelope of an event: https://docs.slack.dev/apis/events-api/#callback-field"""
    return {
        "type": "event_callback",
        "team_id": TEAM,
        "api_app_id": APP,
        "event": {"event_ts": workspace.stamp(), **said},
        "event_id": f"Ev{workspace.number():08X}",
        "event_time": int(workspace.now().timestamp()),
        "authorizations": [{"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
        "event_context": "sandbox",
    }


def message_event(workspace: Workspace, place: Conversation, said: Message) -> Payload:
    """https://docs.slack.dev/reference/events/message.im and its kin"""
    kind = "im" if place.is_im else "channel"
    return {**shapes.message(workspace, place, said, metadata=False), "channel": place.id, "channel_type": kind, "event_ts": said.ts}


def mention_event(workspace: Workspace, place: Conversation, said: Message) -> Payload:
    """https://docs.slack.dev/reference/events/app_mention"""
    told = shapes.message(workspace, place, said, metadata=False) | {"type": "app_mention", "channel": place.id, "event_ts": said.ts}
    return {name: value for name, value in told.items() if name not in ("parent_user_id", "channel_type")}


def command(who: User, place: Conversation, name: str, text: str, *, trigger: str, answer_at: str) -> Payload:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    return {
        "token": "sandbox",
        "team_id": TEAM,
        "team_domain": DOMAIN,
        "channel_id": place.id,
        "channel_name": "directmessage" if place.is_im else place.name,
        "user_id": who.id,
        "user_name": who.handle,
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": answer_at,
        "trigger_id": trigger,
    }


def _interaction(kind: str, who: User) -> Payload:
    return {
        "type": kind,
        "team": {"id": TEAM, "domain": DOMAIN},
        "user": {"id": who.id, "username": who.handle, "name": who.handle, "team_id": TEAM},
        "api_app_id": APP,
        "token": "sandbox",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def action(part: Part, set_: Payload, action_ts: str) -> Payload:
    """One use of an element: what it is, and what it holds now."""
    used: Payload = {"action_id": part.action_id, "block_id": part.block_id, **set_, "action_ts": action_ts}
    if part.element["type"] == "button":
        used |= {name: part.element[name] for name in ("text", "style", "value") if name in part.element}
    return used


def in_message(
    workspace: Workspace, who: User, place: Conversation, said: Message, used: Payload, *, trigger: str, answer_at: str
) -> Payload:
    """A click in a message: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload"""
    content = said.payload
    alone = said.seen_by is not None
    shown = shapes.message(workspace, place, said) if not alone else {"type": "message", "ts": said.ts, "user": said.user}
    thread = {"thread_ts": said.thread_ts} if said.thread_ts else {}
    chosen = (said.chosen or {}).get(who.id, {})
    return {
        **_interaction("block_actions", who),
        "container": {"type": "message", "message_ts": said.ts, "channel_id": place.id, "is_ephemeral": alone, **thread},
        "trigger_id": trigger,
        "channel": {"id": place.id, "name": "directmessage" if place.is_im else place.name},
        **({} if alone else {"message": shown}),
        "state": parts.state(content.get("blocks", ()), chosen),
        "response_url": answer_at,
        "actions": [used],
    }


def in_view(who: User, view: View, used: Payload, trigger: str) -> Payload:
    """A click in a window or in App Home."""
    return {
        **_interaction("block_actions", who),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": trigger,
        "view": parts.shown(view),
        "actions": [used],
    }


def submission(who: User, view: View, trigger: str) -> Payload:
    """https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload"""
    return {**_interaction("view_submission", who), "trigger_id": trigger, "view": parts.shown(view), "response_urls": []}


def closing(who: User, view: View, *, cleared: bool) -> Payload:
    """The same page, ``view_closed``: told only where the view asks for it."""
    return {**_interaction("view_closed", who), "view": parts.shown(view), "is_cleared": cleared}


def look_up(who: User, part: Part, typed: str, where: Payload) -> Payload:
    """https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload; ``where``: its container, and what stands in it."""
    asked = {"action_id": part.action_id, "block_id": part.block_id, "value": typed}
    return {**_interaction("block_suggestion", who), **asked, **where}


def shortcut(who: User, callback_id: str, trigger: str, action_ts: str) -> Payload:
    """A global one: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload"""
    return {**_interaction("shortcut", who), "callback_id": callback_id, "trigger_id": trigger, "action_ts": action_ts}


def message_shortcut(
    workspace: Workspace, who: User, place: Conversation, said: Message, callback_id: str, *, trigger: str, answer_at: str
) -> Payload:
    """One on a message, on the same page."""
    return {
        **_interaction("message_action", who),
        "callback_id": callback_id,
        "trigger_id": trigger,
        "message_ts": said.ts,
        "channel": {"id": place.id, "name": place.name or "directmessage"},
        "message": shapes.message(workspace, place, said),
        "response_url": answer_at,
    }
