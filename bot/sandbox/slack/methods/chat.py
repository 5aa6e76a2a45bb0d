"""Messages: https://docs.slack.dev/reference/methods (chat)."""

from __future__ import annotations

import json
from typing import Any, Final

from bot.sandbox.slack import shapes
from bot.sandbox.slack.blockkit import Surface, problems
from bot.sandbox.slack.methods.call import Call, Method, Refused, invalid
from bot.sandbox.slack.parts import named
from bot.sandbox.slack.workspace import BOT, Conversation, Payload, Workspace

_LONGEST: Final = 40_000
_METADATA: Final = 16_000


def post(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/chat.postMessage: with chat:write.public also where Cadre is no member."""
    place = call.conversation() if "chat:write.public" in call.scopes else call.own_conversation()
    thread = _thread(call, place)
    made = call.workspace.post(place, BOT, content(call.workspace, call.args, call), thread=thread)
    return {"channel": place.id, "ts": made.ts, "message": shapes.message(call.workspace, place, made)}


def update(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/chat.update: only Cadre's own messages, and none that one person alone sees."""
    place = call.conversation()
    found = call.message(place)
    if found.user != BOT:
        raise Refused("cant_update_message")
    before = found.payload
    made = content(call.workspace, call.args, call)
    kept = {name: before[name] for name in ("metadata", "files") if name in before and name not in made}
    call.workspace.redraw(place, found, made | kept)
    return {"channel": place.id, "ts": found.ts, "text": made["text"], "message": shapes.message(call.workspace, place, found)}


def delete(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/chat.delete"""
    place = call.conversation()
    found = call.message(place)
    if found.user != BOT:
        raise Refused("cant_delete_message")
    call.workspace.remove(place, found)
    return {"channel": place.id, "ts": found.ts}


def post_ephemeral(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/chat.postEphemeral: seen by one member, kept nowhere."""
    place = call.own_conversation()
    who = call.workspace.users.get(call.required("user"))
    if who is None or who.id not in place.members:
        raise Refused("user_not_in_channel")
    made = call.workspace.post(place, BOT, content(call.workspace, call.args, call), thread=_thread(call, place), seen_by=who.id)
    return {"message_ts": made.ts}


def permalink(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/chat.getPermalink"""
    place = call.conversation()
    found = call.message(place, "message_ts")
    thread = f"?thread_ts={found.thread_ts}&cid={place.id}" if found.thread_ts else ""
    return {"channel": place.id, "permalink": f"{call.address}/archives/{place.id}/p{found.ts.replace('.', '')}{thread}"}


def content(workspace: Workspace, args: Payload, call: Call) -> Payload:
    """What a message is to hold, checked as strictly as Slack does; and more so: a message without ``text`` is read out to nobody.

    https://docs.slack.dev/reference/methods/chat.postMessage (errors)
    """
    blocks = call.data("blocks")
    text = call.text("text")
    if text is None:
        raise Refused("no_text")
    if len(text) > _LONGEST:
        raise Refused("msg_too_long")
    made: Payload = {"text": text}
    if blocks is not None:
        wrong = problems(blocks, Surface.MESSAGE)
        if wrong:
            raise Refused("invalid_blocks", *(f"[ERROR] {each}" for each in wrong), errors=list(wrong))
        made["blocks"] = named(workspace, blocks)
    metadata = call.data("metadata")
    if metadata is not None:
        made["metadata"] = _metadata(metadata)
    return made


def _metadata(given: Any) -> Payload:
    """https://docs.slack.dev/messaging/message-metadata/"""
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise Refused("invalid_metadata_format")
    try:
        length = len(json.dumps(given, allow_nan=False))
    except (ValueError, RecursionError) as problem:
        raise Refused("invalid_metadata_format") from problem
    if length > _METADATA:
        raise Refused("metadata_too_large")
    return given


def _thread(call: Call, place: Conversation) -> str | None:
    """The message that is answered: a reply in a thread stands for the thread."""
    ts = call.text("thread_ts")
    if ts is None:
        return None
    parent = place.messages.get(ts)
    if parent is None:
        raise Refused("thread_not_found")
    if parent.seen_by:
        raise invalid("cannot reply to an ephemeral message [json-pointer:/thread_ts]")
    return parent.thread_ts or parent.ts


METHODS: Final = {
    "chat.postMessage": Method(post, "chat:write"),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write"),
    "chat.getPermalink": Method(permalink),
}
