"""The small objects that blocks and elements are made of.

https://docs.slack.dev/reference/block-kit/composition-objects/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from bot.sandbox.slack.blockkit.schema import Boolean, Choice, Fault, Fields, List, Object, Rule, String, Union

BOOLEAN: Final = Boolean()
ID: Final = String(255, least=1)
"""A ``block_id`` or ``action_id``."""
URL: Final = String(3000, least=1)
SOME: Final = String(least=1)
STYLE: Final = Choice.of("primary", "danger")


def plain(most: int) -> Object:
    """A text without markup: https://docs.slack.dev/reference/block-kit/composition-objects/text-object"""
    return Object.of("plain_text", {"text": String(most, least=1)}, {"emoji": BOOLEAN})


def text(most: int) -> Union:
    """A text with or without markup. ``emoji`` belongs to the one, ``verbatim`` to the other."""
    return Union.of(plain(most), Object.of("mrkdwn", {"text": String(most, least=1)}, {"verbatim": BOOLEAN}))


def either(first: str, second: str) -> Rule:
    """One of two fields, and not both."""

    def rule(value: dict[str, Any]) -> Iterator[Fault]:
        if first in value and second in value:
            yield Fault(f"invalid additional property: {second}")
        elif first not in value and second not in value:
            yield Fault(f"missing required field: {first}")

    return rule


def _something(value: dict[str, Any]) -> Iterator[Fault]:
    if not value:
        yield Fault("must have minimum 1 properties")


CONFIRM: Final = Object.of(None, {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, {"style": STYLE})
"""https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object

Its ``text``, of which the page says that it is plain, has markup in the page's own example: both are taken.
"""

SHORT: Final = plain(75)
_MARKED: Final = text(75)
_VALUE: Final = String(150, least=1)
OPTION: Final = Object.of(None, {"text": SHORT, "value": _VALUE}, {"description": SHORT})
"""Of a menu: https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""
MARKED_OPTION: Final = Object.of(None, {"text": _MARKED, "value": _VALUE}, {"description": _MARKED})
"""Of checkboxes and radio buttons, which may have markup."""
LINKED_OPTION: Final = Object.of(None, {"text": SHORT, "value": _VALUE}, {"description": SHORT, "url": URL})
"""Of an overflow menu, which may open an address."""
OPTION_GROUP: Final = Object.of(None, {"label": SHORT, "options": List(OPTION, 100, least=1)})
"""https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object"""

DISPATCH: Final = Object.of(None, {}, {"trigger_actions_on": List(Choice.of("on_enter_pressed", "on_character_entered"), least=1)})
"""https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object"""

FILTER: Final = Object.of(
    None,
    {},
    {
        "include": List(Choice.of("im", "mpim", "private", "public"), least=1),
        "exclude_external_shared_channels": BOOLEAN,
        "exclude_bot_users": BOOLEAN,
    },
    rules=(_something,),
)
"""https://docs.slack.dev/reference/block-kit/composition-objects/conversation-filter-object"""

WORKFLOW: Final = Object.of(
    None,
    {
        "trigger": Object.of(
            None, {"url": SOME}, {"customizable_input_parameters": List(Object.of(None, {"name": SOME, "value": String()}))}
        )
    },
)
"""https://docs.slack.dev/reference/block-kit/composition-objects/workflow-object"""

ALT_TEXT: Final[Fields] = {"alt_text": String(2000, least=1)}
IMAGE_SOURCE: Final[Fields] = {"image_url": URL, "slack_file": Object.of(None, {}, {"url": SOME, "id": SOME}, (either("url", "id"),))}
"""Where an image comes from: https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object"""
ONE_SOURCE: Final = either("image_url", "slack_file")
