"""Why a message could not be sent: kept as a word, and worded in the language of whoever reads it."""

from __future__ import annotations

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
}
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
    """A reason in the reader's language. What Slack or a mail server said stands as they said it."""
    known = _SAID.get(_BEFORE.get(reason.partition(": ")[0], reason))
    return known.for_(reader) if known else Words.verbatim(reason)
