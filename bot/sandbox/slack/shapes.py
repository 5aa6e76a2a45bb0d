"""Users, conversations and messages as the Web API and the events show them."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from bot.sandbox.slack.workspace import APP, BOT, BOT_ID, SLACKBOT, TEAM, Conversation, Message, Payload, Upload, User, Workspace
from cadre.core.reader import Reader
from cadre.core.words import Words


def user(who: User, *, locale: bool, email: bool, offset: int) -> Payload:
    """https://docs.slack.dev/reference/objects/user-object; ``offset``: seconds that their zone is ahead of UTC now."""
    profile = {"real_name": who.name, "display_name": who.name, "real_name_normalized": who.name, "team": TEAM}
    if email and who.email:
        profile["email"] = who.email
    return {
        "id": who.id,
        "team_id": TEAM,
        "name": who.handle,
        "deleted": False,
        "real_name": who.name,
        "tz": who.tz,
        "tz_label": who.tz,
        "tz_offset": offset,
        "profile": profile,
        "is_bot": who.is_bot,
        "is_email_confirmed": not who.is_bot,
        "updated": 0,
        **({"locale": who.locale} if locale else {}),
        **who.more,
    }


def conversation(place: Conversation) -> Payload:
    """https://docs.slack.dev/reference/objects/conversation-object"""
    if place.is_im:
        return {"id": place.id, "created": place.created, "is_im": True, "user": place.members[0], "is_org_shared": False}
    return {
        "id": place.id,
        "name": place.name,
        "name_normalized": place.name,
        "created": place.created,
        "is_channel": True,
        "is_im": False,
        "is_private": False,
        "is_archived": False,
        "is_general": place.name == "general",
        "is_member": BOT in place.members,
        "num_members": len(place.members),
        "topic": {"value": place.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def message(workspace: Workspace, place: Conversation, said: Message, *, metadata: bool = True) -> Payload:
    """https://docs.slack.dev/reference/events/message; ``metadata``: with it, where there is some."""
    content = said.payload
    files = [file(workspace, workspace.files[id_]) for id_ in content.pop("files", ()) if id_ in workspace.files]
    if not metadata:
        content.pop("metadata", None)
    shown: Payload = {"type": "message", "user": said.user, "ts": said.ts, "team": TEAM, **content}
    if said.user == BOT:
        shown |= {"bot_id": BOT_ID, "app_id": APP}
    if files:
        shown["files"] = files
    if said.thread_ts:
        shown |= {"thread_ts": said.thread_ts, "parent_user_id": author(place, said.thread_ts)}
    elif replies := workspace.replies(place, said.ts):
        repliers = list(dict.fromkeys(each.user for each in replies))
        shown |= {"thread_ts": said.ts, "reply_count": len(replies), "reply_users": repliers, "latest_reply": replies[-1].ts}
    if said.edited:
        shown["edited"] = {"user": said.user, "ts": said.edited}
    return shown


def author(place: Conversation, ts: str) -> str:
    """Who wrote a message; nobody, where it is gone."""
    found = place.messages.get(ts)
    return found.user if found else ""


def file(workspace: Workspace, upload: Upload) -> Payload:
    """https://docs.slack.dev/reference/objects/file-object. Its addresses want a token (``Api.private``)."""
    private = f"{workspace.address}/files-pri/{TEAM}-{upload.id}"
    return {
        "id": upload.id,
        "name": upload.name,
        "title": upload.title or upload.name,
        "mimetype": mimetype(upload.name),
        "size": upload.length,
        "alt_txt": upload.alt_text,
        "filetype": upload.name.rpartition(".")[2].lower(),
        "user": upload.owner,
        "url_private": f"{private}/{quote(upload.name)}",
        "url_private_download": f"{private}/download/{quote(upload.name)}",
    }


def mimetype(name: str) -> str:
    """Of those that a page may show or offer to keep; everything else is bytes."""
    known = {
        "png": "image/png",
        "jpg": "image/jpeg",
        "gif": "image/gif",
        "pdf": "application/pdf",
        "ics": "text/calendar",
        "csv": "text/csv",
        "txt": "text/plain",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
    return known.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def name_of(workspace: Workspace, user_id: str) -> str:
    """What a user is called."""
    if user_id == SLACKBOT:
        return "Slackbot"
    found = workspace.users.get(user_id)
    return found.name if found else user_id


def reader(who: User) -> Reader:
    """Somebody as a reader of the workspace's own texts."""
    return Reader("fr_CA" if who.locale.startswith("fr") else "en_CA", who.tz)


def clock_time(workspace: Workspace, who: User) -> Words:
    """The workspace's moment, as somebody reads it."""
    return reader(who).moment(workspace.now())


def moment_of(said: Message) -> datetime:
    """When a message was posted, by the workspace's clock."""
    return datetime.fromtimestamp(float(said.ts), UTC)
