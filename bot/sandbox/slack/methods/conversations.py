"""Conversations: https://docs.slack.dev/reference/methods (conversations). Which scope is needed depends on the conversation."""

from __future__ import annotations

from typing import Final

from bot.sandbox.slack import shapes
from bot.sandbox.slack.methods.call import Call, Method, Refused
from bot.sandbox.slack.workspace import BOT, Conversation, Message, Payload


def open_(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/conversations.open: direct messages with one user. Cadre holds none with several."""
    given = call.data("users") if str(call.args.get("users", "")).startswith("[") else call.args.get("users")
    ids = [each for each in (given if isinstance(given, list) else str(given or "").split(",")) if each]
    if call.text("channel") and not ids:
        return {"channel": {"id": call.conversation().id}, "no_op": True, "already_open": True}
    if not ids:
        raise Refused("users_list_not_supplied")
    if len(ids) > 1:
        call.need("mpim:write")
        raise Refused("method_not_supported_for_channel_type")
    who = call.workspace.users.get(str(ids[0]))
    if who is None:
        raise Refused("user_not_found")
    if who.is_bot:
        raise Refused("cannot_dm_bot")
    known = who.dm in call.workspace.conversations
    place = call.workspace.conversation(who.dm)
    assert place
    shown = shapes.conversation(place) if call.flag("return_im") else {"id": place.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if known else {})}


def list_(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/conversations.list"""
    kinds = set((call.text("types") or "public_channel").split(","))
    if not kinds <= {"public_channel", "private_channel", "mpim", "im"}:
        raise Refused("invalid_types")
    if "im" in kinds:
        call.need("im:read")
    if "public_channel" in kinds:
        call.need("channels:read")
    wanted = [each for each in call.workspace.conversations.values() if ("im" if each.is_im else "public_channel") in kinds]
    page, more = call.page(wanted)
    return {"channels": [shapes.conversation(each) for each in page], **more}


def info(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    place = _allowed(call, "read")
    counted = {"num_members": len(place.members)} if call.flag("include_num_members") else {}
    return {"channel": shapes.conversation(place) | ({"locale": "en-US"} if call.flag("include_locale") else {}) | counted}


def members(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/conversations.members"""
    page, more = call.page(_allowed(call, "read").members)
    return {"members": page, **more}


def history(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/conversations.history: newest first; what one person alone sees is not in it."""
    place = _own(call, "history")
    said = [each for each in place.messages.values() if each.seen_by is None and not each.thread_ts and _between(call, each)]
    page, more = call.page(said[::-1], most=999)
    metadata = call.flag("include_all_metadata")
    return {
        "messages": [shapes.message(call.workspace, place, each, metadata=metadata) for each in page],
        "has_more": bool(more["response_metadata"]["next_cursor"]),
        **more,
    }


def replies(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/conversations.replies: the message, then what was answered, oldest first."""
    place = _own(call, "history")
    parent = place.messages.get(call.required("ts"))
    if parent is None or parent.seen_by:
        raise Refused("thread_not_found")
    answered = [each for each in call.workspace.replies(place, parent.thread_ts or parent.ts) if _between(call, each)]
    page, more = call.page([parent, *answered])
    metadata = call.flag("include_all_metadata")
    return {
        "messages": [shapes.message(call.workspace, place, each, metadata=metadata) for each in page],
        "has_more": bool(more["response_metadata"]["next_cursor"]),
        **more,
    }


def join(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/conversations.join"""
    place = call.conversation()
    if place.is_im:
        raise Refused("method_not_supported_for_channel_type")
    if BOT not in place.members:
        place.members.append(BOT)
        call.workspace.stream.tell("state")
    return {"channel": shapes.conversation(place)}


def _allowed(call: Call, what: str) -> Conversation:
    place = call.conversation()
    call.need(f"{'im' if place.is_im else 'channels'}:{what}")
    return place


def _own(call: Call, what: str) -> Conversation:
    place = _allowed(call, what)
    if BOT not in place.members:
        raise Refused("not_in_channel")
    return place


def _between(call: Call, said: Message) -> bool:
    oldest, latest, inclusive = _moment(call, "oldest"), _moment(call, "latest"), call.flag("inclusive")
    at = _order(said.ts)
    after = oldest is None or at > oldest or (inclusive and at == oldest)
    return after and (latest is None or at < latest or (inclusive and at == latest))


def _moment(call: Call, name: str) -> tuple[int, int] | None:
    given = call.args.get(name)
    if given is None or given == "":
        return None
    try:
        return _order(str(given))
    except ValueError as problem:
        raise Refused(f"invalid_ts_{name}") from problem


def _order(ts: str) -> tuple[int, int]:
    seconds, _, rest = ts.partition(".")
    return int(seconds), int((rest or "0").ljust(6, "0")[:6])


METHODS: Final = {
    "conversations.open": Method(open_, "im:write"),
    "conversations.list": Method(list_),
    "conversations.info": Method(info),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
    "conversations.join": Method(join, "channels:join"),
}
