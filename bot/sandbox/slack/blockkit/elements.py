"""What people click, choose and type in, and in which blocks and on which surfaces each may stand.

https://docs.slack.dev/reference/block-kit/block-elements/
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final

from bot.sandbox.slack.blockkit.composition import (
    ALT_TEXT,
    BOOLEAN,
    CONFIRM,
    DISPATCH,
    FILTER,
    ID,
    IMAGE_SOURCE,
    LINKED_OPTION,
    MARKED_OPTION,
    ONE_SOURCE,
    OPTION,
    OPTION_GROUP,
    SHORT,
    SOME,
    STYLE,
    URL,
    WORKFLOW,
    either,
    plain,
)
from bot.sandbox.slack.blockkit.rich_text import RICH_TEXT
from bot.sandbox.slack.blockkit.schema import Fault, Fields, List, Number, Object, Pattern, Rule, String, Union


class Surface(StrEnum):
    """Where blocks are shown."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


class Holder(StrEnum):
    """A block that holds elements."""

    SECTION = "section"
    ACTIONS = "actions"
    INPUT = "input"


_ACTION: Final[Fields] = {"action_id": ID}
_ASKED: Final[Fields] = {**_ACTION, "confirm": CONFIRM}
_FOCUSED: Final[Fields] = {**_ASKED, "focus_on_load": BOOLEAN}
_HINTED: Final[Fields] = {"placeholder": plain(150)}
_MENU: Final[Fields] = {**_FOCUSED, **_HINTED}
_MULTI: Final[Fields] = {**_MENU, "max_selected_items": Number(1)}
_TYPED: Final[Fields] = {**_ACTION, "dispatch_action_config": DISPATCH, "focus_on_load": BOOLEAN, **_HINTED}
_OFFERED: Final[Fields] = {"options": List(OPTION, 100, least=1), "option_groups": List(OPTION_GROUP, 100, least=1)}
_TICKED: Final = List(MARKED_OPTION, 10, least=1)
_QUERY: Final[Fields] = {"min_query_length": Number(0)}
_CURRENT: Final[Fields] = {"default_to_current_conversation": BOOLEAN, "filter": FILTER}
_RESPONSE: Final[Fields] = {"response_url_enabled": BOOLEAN}
_DATE: Final = Pattern.of(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_TIME: Final = Pattern.of(r"([01]\d|2[0-3]):[0-5]\d")
_TIMESTAMP: Final = Number(10**9, 10**10 - 1)
_NUMERAL: Final = Pattern.of(r"-?\d+(\.\d+)?")


def _initial_is_offered(element: dict[str, Any]) -> Iterator[Fault]:
    """What is chosen at first exactly matches what is offered; an empty list of it matches nothing."""
    groups = element.get("option_groups") or [element]
    offered = [option for group in groups for option in group.get("options", ())]
    if "initial_option" in element and element["initial_option"] not in offered:
        yield Fault("must be one of the provided options", "/initial_option")
    initial = element.get("initial_options")
    if initial is not None and not (initial and all(option in offered for option in initial)):
        yield Fault("must be one of the provided options", "/initial_options")


def _ordered(low: str, high: str) -> Rule:
    """Bounds that leave something between them."""

    def rule(element: dict[str, Any]) -> Iterator[Fault]:
        if low in element and high in element and float(element[low]) > float(element[high]):
            yield Fault(f"must not be greater than {high}", f"/{low}")

    return rule


_ONE_LIST: Final = either("options", "option_groups")
_BUTTON: Final[Fields] = {"style": STYLE, "accessibility_label": String(75)}

BUTTON: Final = Object.of("button", {"text": SHORT}, {**_ASKED, **_BUTTON, "url": URL, "value": String(2000)})
"""https://docs.slack.dev/reference/block-kit/block-elements/button-element"""
WORKFLOW_BUTTON: Final = Object.of("workflow_button", {"text": SHORT, "workflow": WORKFLOW, "action_id": ID}, _BUTTON)
IMAGE: Final = Object.of("image", ALT_TEXT, IMAGE_SOURCE, rules=(ONE_SOURCE,))
"""https://docs.slack.dev/reference/block-kit/block-elements/image-element"""
OVERFLOW: Final = Object.of("overflow", {"options": List(LINKED_OPTION, 5, least=1)}, _ASKED)

CHECKBOXES: Final = Object.of(
    "checkboxes", {"options": _TICKED}, {**_FOCUSED, "initial_options": List(MARKED_OPTION)}, rules=(_initial_is_offered,)
)
RADIO_BUTTONS: Final = Object.of(
    "radio_buttons", {"options": _TICKED}, {**_FOCUSED, "initial_option": MARKED_OPTION}, rules=(_initial_is_offered,)
)

DATEPICKER: Final = Object.of("datepicker", {}, {**_MENU, "initial_date": _DATE})
TIMEPICKER: Final = Object.of("timepicker", {}, {**_MENU, "initial_time": _TIME, "timezone": SOME})
DATETIMEPICKER: Final = Object.of("datetimepicker", {}, {**_FOCUSED, "initial_date_time": _TIMESTAMP})
"""A moment of 10 digits: https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element"""

_CHANNELS: Final[Fields] = {**_MENU, "initial_channel": SOME}
_CONVERSATIONS: Final[Fields] = {**_MENU, **_CURRENT, "initial_conversation": SOME}
SELECTS: Final = (
    Object.of("static_select", {}, {**_MENU, **_OFFERED, "initial_option": OPTION}, rules=(_ONE_LIST, _initial_is_offered)),
    Object.of("external_select", {}, {**_MENU, **_QUERY, "initial_option": OPTION}),
    Object.of("users_select", {}, {**_MENU, "initial_user": SOME}),
    Object.of("conversations_select", {}, _CONVERSATIONS),
    Object.of("channels_select", {}, _CHANNELS),
)
"""https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""
ANSWERED_SELECTS: Final = (
    Object.of("conversations_select", {}, {**_CONVERSATIONS, **_RESPONSE}),
    Object.of("channels_select", {}, {**_CHANNELS, **_RESPONSE}),
)
"""Those whose choice may be answered to, which works in the input blocks of a modal alone."""
MULTI_SELECTS: Final = (
    Object.of("multi_static_select", {}, {**_MULTI, **_OFFERED, "initial_options": List(OPTION)}, rules=(_ONE_LIST, _initial_is_offered)),
    Object.of("multi_external_select", {}, {**_MULTI, **_QUERY, "initial_options": List(OPTION, least=1)}),
    Object.of("multi_users_select", {}, {**_MULTI, "initial_users": List(SOME, least=1)}),
    Object.of("multi_conversations_select", {}, {**_MULTI, **_CURRENT, "initial_conversations": List(SOME, least=1)}),
    Object.of("multi_channels_select", {}, {**_MULTI, "initial_channels": List(SOME, least=1)}),
)
"""https://docs.slack.dev/reference/block-kit/block-elements/multi-select-menu-element"""

PLAIN_TEXT_INPUT: Final = Object.of(
    "plain_text_input",
    {},
    {**_TYPED, "initial_value": String(), "multiline": BOOLEAN, "min_length": Number(0, 3000), "max_length": Number(1, 3000)},
    rules=(_ordered("min_length", "max_length"),),
)
"""https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""
EMAIL_INPUT: Final = Object.of("email_text_input", {}, {**_TYPED, "initial_value": String()})
URL_INPUT: Final = Object.of("url_text_input", {}, {**_TYPED, "initial_value": String()})
NUMBER_INPUT: Final = Object.of(
    "number_input",
    {"is_decimal_allowed": BOOLEAN},
    {**_TYPED, "initial_value": _NUMERAL, "min_value": _NUMERAL, "max_value": _NUMERAL},
    rules=(_ordered("min_value", "max_value"),),
)
"""https://docs.slack.dev/reference/block-kit/block-elements/number-input-element"""
RICH_TEXT_INPUT: Final = Object.of("rich_text_input", {"action_id": ID}, {**_TYPED, "initial_value": RICH_TEXT})
FILE_INPUT: Final = Object.of("file_input", {}, {**_ACTION, "filetypes": List(SOME, least=1), "max_files": Number(1, 10)})
"""https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""

_ALL: Final = frozenset(Surface)
_MODAL: Final = frozenset({Surface.MODAL})
_SHOWN: Final = frozenset({Holder.SECTION})
_PRESSED: Final = frozenset({Holder.SECTION, Holder.ACTIONS})
_FILLED: Final = frozenset({Holder.INPUT})
_ANY: Final = frozenset(Holder)
_PLACES: Final = (
    (BUTTON, _PRESSED, _ALL),
    (WORKFLOW_BUTTON, _PRESSED, frozenset({Surface.MESSAGE})),
    (IMAGE, _SHOWN, _ALL),
    (OVERFLOW, _PRESSED, _ALL),
    (CHECKBOXES, _ANY, _ALL),
    (RADIO_BUTTONS, _ANY, _ALL),
    (DATEPICKER, _ANY, _ALL),
    (TIMEPICKER, _ANY, _ALL),
    (DATETIMEPICKER, frozenset({Holder.ACTIONS, Holder.INPUT}), frozenset({Surface.MESSAGE, Surface.MODAL})),
    *((menu, _ANY, _ALL) for menu in (*SELECTS, *MULTI_SELECTS)),
    *((menu, _FILLED, _MODAL) for menu in ANSWERED_SELECTS),
    (PLAIN_TEXT_INPUT, _FILLED, _ALL),
    (EMAIL_INPUT, _FILLED, _MODAL),
    (URL_INPUT, _FILLED, _MODAL),
    (NUMBER_INPUT, _FILLED, _MODAL),
    (RICH_TEXT_INPUT, _FILLED, frozenset({Surface.MODAL, Surface.HOME})),
    (FILE_INPUT, _FILLED, _MODAL),
)
"""The table of https://docs.slack.dev/reference/block-kit/block-elements/. Of two rows for one element the later counts."""


def held(holder: Holder, surface: Surface) -> Union:
    """The elements that a block may hold on a surface."""
    return Union.of(*(element for element, holders, surfaces in _PLACES if holder in holders and surface in surfaces))
