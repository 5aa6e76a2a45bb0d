"""Files, in three calls: https://docs.slack.dev/messaging/working-with-files/#upload"""

from __future__ import annotations

from typing import Final

from bot.sandbox.slack import shapes
from bot.sandbox.slack.methods.call import Call, Method, Refused, invalid
from bot.sandbox.slack.methods.chat import content
from bot.sandbox.slack.workspace import BOT, Payload, Upload

LARGEST: Final = 20_000_000
"""Bytes of a file. Slack takes more; a sandbox has no use for that."""


def announce(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/files.getUploadURLExternal"""
    length = call.number("length", 0, LARGEST)
    if not length:
        raise invalid("missing required field: length")
    made = Upload(f"F{call.workspace.number():08X}", call.required("filename"), length, call.text("alt_txt") or "")
    call.workspace.files[made.id] = made
    return {"file_id": made.id, "upload_url": f"{call.address}/_sandbox/upload/{made.id}"}


def complete(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/files.completeUploadExternal: shared where ``channel_id`` says, else kept private."""
    given = call.data("files")
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in given):
        raise invalid("must provide an array of files with an id [json-pointer:/files]")
    uploads = []
    for each in given:
        upload = call.workspace.files.get(each["id"])
        if upload is None or upload.data is None or upload.shared:
            raise Refused("file_not_found")
        upload.title = str(each.get("title") or upload.name)
        uploads.append(upload)
    place = None
    if call.text("channel_id"):
        call.args["channel"] = call.args["channel_id"]
        place = call.own_conversation()
        thread = call.text("thread_ts")
        if thread and thread not in place.messages:
            raise Refused("thread_not_found")
        comment = call.text("initial_comment")
        made = content(call.workspace, call.args | {"text": comment}, call) if call.data("blocks") else {"text": comment or ""}
        call.workspace.post(place, BOT, made | {"files": [upload.id for upload in uploads]}, thread=thread)
    for upload in uploads:
        upload.shared = True
    return {"files": [shapes.file(call.workspace, upload) for upload in uploads]}


def info(call: Call) -> Payload:
    """https://docs.slack.dev/reference/methods/files.info: of a file that was shared with Cadre, or is its own."""
    found = call.workspace.files.get(call.required("file"))
    if found is None or found.data is None or not (found.shared or found.owner == BOT):
        raise Refused("file_not_found")
    return {"file": shapes.file(call.workspace, found)}


METHODS: Final = {
    "files.info": Method(info, "files:read"),
    "files.getUploadURLExternal": Method(announce, "files:write"),
    "files.completeUploadExternal": Method(complete, "files:write"),
}
