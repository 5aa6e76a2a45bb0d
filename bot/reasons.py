"""Why a message could not be sent: kept as a word, and worded in the language of whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words

LEFT_SLACK: Final = "left_slack"
NO_MAIL: Final = "no_mail"
NO_ADDRESS: Final = "no_address"
NO_ANSWER: Final = "no_answer"

_SAID: Final[Mapping[str, Message]] = {
    LEFT_SLACK: Message("no longer in Slack"),
    NO_MAIL: Message("there is no mail server, or no address any more"),
    NO_ADDRESS: Message("the address is no e-mail address"),
    NO_ANSWER: Message("Slack gave no answer that could be read"),
    "TimeoutError": Message("no answer in time"),
    "is_archived": Message("the conversation is archived"),
    "channel_not_found": Message("the conversation is not there, or I am not in it"),
    "not_in_channel": Message("I am not in this channel"),
    "cannot_dm_bot": Message("an app cannot be written to"),
    "restricted_action": Message("a setting of the workspace does not allow it"),
    "msg_too_long": Message("the message is too long"),
    "invalid_blocks": Message("Slack did not take the message as it is"),
    "ratelimited": Message("too much was sent to Slack at once"),
    "invalid_auth": Message("Slack does not let me in any more"),
    "account_inactive": Message("Slack does not let me in any more"),
    "token_revoked": Message("Slack does not let me in any more"),
    "missing_scope": Message("I lack a permission in Slack"),
    "internal_error": Message("Slack had a fault of its own"),
    "fatal_error": Message("Slack had a fault of its own"),
    "service_unavailable": Message("Slack had a fault of its own"),
}
"""Slack's words: https://docs.slack.dev/reference/methods/chat.postMessage (errors)"""
_CODE: Final = re.compile(r"[a-z]+(?:_[a-z]+)*")
_MAIL: Final = re.compile(r"[45]\d\d .*", re.DOTALL)
_BEFORE: Final[Mapping[str, str]] = {
    "is not in Slack any more": LEFT_SLACK,
    "user_not_found": LEFT_SLACK,
    "user_disabled": LEFT_SLACK,
    "user_not_visible": LEFT_SLACK,
    "there is no mail server, or no address any more": NO_MAIL,
    "no e-mail address": NO_ADDRESS,
    "no answer that could be read": NO_ANSWER,
}
"""What was kept until reasons became words; the address followed after a colon."""


def worded(reason: str, reader: Reader) -> Words:
    """A reason in the reader's language. What Slack or a mail server said and nobody has words for stands as they said it."""
    known = _SAID.get(_BEFORE.get(reason.partition(": ")[0], reason))
    said = Words.verbatim(reason)
    if known:
        return known.for_(reader)
    if _CODE.fullmatch(reason):
        return reader.gettext("Slack refused it: {code}", code=said)
    return reader.gettext("the mail server refused it: {said}", said=said) if _MAIL.fullmatch(reason) else said
