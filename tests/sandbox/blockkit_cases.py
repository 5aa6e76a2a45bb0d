"""What Slack refuses: the block, what it says of it, and where."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bot.sandbox.slack.blockkit import Surface
from tests.sandbox.blockkit_examples import (
    ACTION,
    CONFIRM,
    ELEMENTS,
    EXAMPLES,
    HOME,
    INPUT,
    MESSAGE,
    MODAL,
    OPTION,
    Block,
    acting,
    asking,
    beside,
    button,
    formatted,
    listed,
    marked,
    options,
    plain,
)

Made = Callable[[Any], Block]
LENGTHS: Final[dict[str, tuple[Made, str, int]]] = {
    "section": (lambda text: {"type": "section", "text": marked(text)}, "/text/text", 3000),
    "section field": (lambda text: {"type": "section", "fields": [marked(text)]}, "/fields/0/text", 2000),
    "header": (lambda text: {"type": "header", "text": plain(text)}, "/text/text", 150),
    "context": (lambda text: {"type": "context", "elements": [plain(text)]}, "/elements/0/text", 3000),
    "block_id": (lambda text: {"type": "divider", "block_id": text}, "/block_id", 255),
    "action_id": (lambda text: acting(button(action_id=text)), "/elements/0/action_id", 255),
    "button text": (lambda text: acting(button(text=plain(text))), "/elements/0/text/text", 75),
    "markdown": (lambda text: {"type": "markdown", "text": text}, "/text", 12_000),
    "button url": (lambda text: acting(button(url=text)), "/elements/0/url", 3000),
    "image url": (lambda text: {"type": "image", "alt_text": "x", "image_url": text}, "/image_url", 3000),
    "image description": (lambda text: {"type": "image", "image_url": "x", "alt_text": text}, "/alt_text", 2000),
    "image title": (lambda text: {"type": "image", "image_url": "x", "alt_text": "x", "title": plain(text)}, "/title/text", 2000),
    "input label": (lambda text: INPUT | {"label": plain(text)}, "/label/text", 2000),
    "input hint": (lambda text: INPUT | {"hint": plain(text)}, "/hint/text", 2000),
    "option text": (lambda text: beside(options("static_select", text=plain(text))), "/accessory/options/0/text/text", 75),
    "option value": (lambda text: beside(options("static_select", value=text)), "/accessory/options/0/value", 150),
    "marked option": (lambda text: acting(options("radio_buttons", text=marked(text))), "/elements/0/options/0/text/text", 75),
    "option url": (lambda text: beside(options("overflow", url=text)), "/accessory/options/0/url", 3000),
    "option description": (
        lambda text: beside(options("checkboxes", description=marked(text))), "/accessory/options/0/description/text", 75,
    ),
    "option group": (
        lambda text: beside(ACTION | {"type": "static_select", "option_groups": [{"label": plain(text), "options": [OPTION]}]}),
        "/accessory/option_groups/0/label/text",
        75,
    ),
    "field placeholder": (
        lambda text: asking({"type": "plain_text_input", "placeholder": plain(text)}), "/element/placeholder/text", 150,
    ),
    "placeholder": (lambda text: beside({"type": "users_select", "placeholder": plain(text)}), "/accessory/placeholder/text", 150),
    "confirm title": (lambda text: acting(button(confirm=CONFIRM | {"title": plain(text)})), "/elements/0/confirm/title/text", 100),
    "confirm text": (lambda text: acting(button(confirm=CONFIRM | {"text": marked(text)})), "/elements/0/confirm/text/text", 300),
    "confirm button": (lambda text: acting(button(confirm=CONFIRM | {"confirm": plain(text)})), "/elements/0/confirm/confirm/text", 30),
    "deny button": (lambda text: acting(button(confirm=CONFIRM | {"deny": plain(text)})), "/elements/0/confirm/deny/text", 30),
    "image beside": (lambda text: beside(ELEMENTS["image"] | {"alt_text": text}), "/accessory/alt_text", 2000),
    "video title": (lambda text: EXAMPLES["video"][1] | {"title": plain(text)}, "/title/text", 199),
    "video description": (lambda text: EXAMPLES["video"][1] | {"description": plain(text)}, "/description/text", 199),
}  # fmt: skip

COUNTS: Final[dict[str, tuple[Made, str, int]]] = {
    "section fields": (lambda n: {"type": "section", "fields": [plain()] * n}, "/fields", 10),
    "context": (lambda n: {"type": "context", "elements": [plain()] * n}, "/elements", 10),
    "actions": (lambda n: acting(*(button(action_id=f"a{i}") for i in range(n))), "/elements", 25),
    "overflow": (lambda n: beside({"type": "overflow", "options": [OPTION] * n}), "/accessory/options", 5),
    "checkboxes": (lambda n: beside({"type": "checkboxes", "options": [OPTION] * n}), "/accessory/options", 10),
    "radio buttons": (lambda n: beside({"type": "radio_buttons", "options": [OPTION] * n}), "/accessory/options", 10),
    "select": (lambda n: beside({"type": "static_select", "options": [OPTION] * n}), "/accessory/options", 100),
    "multi-select": (lambda n: beside({"type": "multi_static_select", "options": [OPTION] * n}), "/accessory/options", 100),
    "groups": (
        lambda n: beside({"type": "static_select", "option_groups": [{"label": plain(), "options": [OPTION]}] * n}),
        "/accessory/option_groups",
        100,
    ),
    "options of a group": (
        lambda n: beside({"type": "static_select", "option_groups": [{"label": plain(), "options": [OPTION] * n}]}),
        "/accessory/option_groups/0/options",
        100,
    ),
    "rows": (lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]] * n}, "/rows", 100),
    "cells": (lambda n: {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}] * n]}, "/rows/0", 20),
}  # fmt: skip

MAY_BE_EMPTY: Final[dict[str, tuple[Made, str, int]]] = {
    "button value": (lambda text: acting(button(value=text)), "/elements/0/value", 2000),
    "spoken label": (lambda text: acting(button(accessibility_label=text)), "/elements/0/accessibility_label", 75),
    "video author": (lambda text: EXAMPLES["video"][1] | {"author_name": text}, "/author_name", 49),
}

BOUNDS: Final[dict[str, tuple[Made, str, int, int | None]]] = {
    "header level": (lambda n: {"type": "header", "text": plain(), "level": n}, "/level", 1, 4),
    "shortest": (lambda n: asking({"type": "plain_text_input", "min_length": n}), "/element/min_length", 0, 3000),
    "longest": (lambda n: asking({"type": "plain_text_input", "max_length": n}), "/element/max_length", 1, 3000),
    "choices": (lambda n: beside({"type": "multi_users_select", "max_selected_items": n}), "/accessory/max_selected_items", 1, None),
    "letters typed": (lambda n: beside({"type": "external_select", "min_query_length": n}), "/accessory/min_query_length", 0, None),
    "files": (lambda n: asking({"type": "file_input", "max_files": n}), "/element/max_files", 1, 10),
    "moment": (
        lambda n: acting({"type": "datetimepicker", "initial_date_time": n}), "/elements/0/initial_date_time", 10**9, 10**10 - 1,
    ),
    "date": (lambda n: formatted({"type": "date", "timestamp": n, "format": "{ago}"}), "/elements/0/elements/0/timestamp", 0, None),
    "skin tone": (lambda n: formatted({"type": "emoji", "name": "wave", "skin_tone": n}), "/elements/0/elements/0/skin_tone", 1, 6),
    "indent": (lambda n: listed(indent=n), "/elements/0/indent", 0, 8),
    "offset": (lambda n: listed(offset=n), "/elements/0/offset", 0, None),
    "border": (lambda n: listed(border=n), "/elements/0/border", 0, 1),
}  # fmt: skip

OTHER: Final[Block] = {"text": plain("Other"), "value": "other"}
OFFERED: Final = "must be one of the provided options"
BROKEN: Final[dict[str, tuple[Block, str, str]]] = {
    "no type": ({"text": plain()}, "missing required field: type", ""),
    "type is no text": ({"type": ["section"]}, "must provide a string", "/type"),
    "unknown block": ({"type": "paragraph"}, "unsupported type: paragraph", "/type"),
    "unknown element": (acting({"type": "slider"}), "unsupported type: slider", "/elements/0/type"),
    "block id is a number": ({"type": "divider", "block_id": 1}, "must provide a string", "/block_id"),
    "section without words": ({"type": "section"}, "must define either `text` or `fields`", "/type"),
    "text is a string": ({"type": "section", "text": "x"}, "must provide an object", "/text"),
    "text of no kind": ({"type": "section", "text": {"type": "html", "text": "x"}}, "unsupported type: html", "/text/type"),
    "text without text": ({"type": "section", "text": {"type": "mrkdwn"}}, "missing required field: text", "/text"),
    "emoji in marked text": ({"type": "section", "text": marked() | {"emoji": True}}, "invalid additional property: emoji", "/text"),
    "verbatim plain text": (
        {"type": "section", "text": plain() | {"verbatim": True}}, "invalid additional property: verbatim", "/text",
    ),
    "emoji is a text": ({"type": "section", "text": plain() | {"emoji": "no"}}, "must be a boolean", "/text/emoji"),
    "header with markup": ({"type": "header", "text": marked()}, "must be a valid enum value", "/text/type"),
    "header of level true": ({"type": "header", "text": plain(), "level": True}, "must provide an integer", "/level"),
    "button with markup": (acting(button(text=marked())), "must be a valid enum value", "/elements/0/text/type"),
    "button without text": (acting({"type": "button"}), "missing required field: text", "/elements/0"),
    "button of a colour": (acting(button(style="default")), "must be a valid enum value", "/elements/0/style"),
    "elements is an object": ({"type": "actions", "elements": {}}, "must provide an array", "/elements"),
    "two actions of one name": (
        acting(button(action_id="a"), button(action_id="a")), '`action_id` "a" already exists', "/elements/1/action_id",
    ),
    "button in context": ({"type": "context", "elements": [button()]}, "unsupported type: button", "/elements/0/type"),
    "image in actions": (acting(ELEMENTS["image"]), "unsupported type: image", "/elements/0/type"),
    "text field in actions": (acting(ELEMENTS["plain_text_input"]), "unsupported type: plain_text_input", "/elements/0/type"),
    "text field beside a section": (
        beside(ELEMENTS["plain_text_input"]), "unsupported type: plain_text_input", "/accessory/type",
    ),
    "moment beside a section": (beside(ELEMENTS["datetimepicker"]), "unsupported type: datetimepicker", "/accessory/type"),
    "button in an input": (asking(button()), "unsupported type: button", "/element/type"),
    "input without label": ({"type": "input", "element": ELEMENTS["datepicker"]}, "missing required field: label", ""),
    "input with a marked label": (INPUT | {"label": marked()}, "must be a valid enum value", "/label/type"),
    "image without source": ({"type": "image", "alt_text": "x"}, "missing required field: image_url", ""),
    "image of two sources": (
        {"type": "image", "alt_text": "x", "image_url": "x", "slack_file": {"id": "F1"}}, "invalid additional property: slack_file", "",
    ),
    "file of id and address": (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F1", "url": "x"}}, "invalid additional property: id", "/slack_file",
    ),
    "menu without options": (beside({"type": "static_select"}), "missing required field: options", "/accessory"),
    "options and groups": (
        beside({"type": "static_select", "options": [OPTION], "option_groups": [{"label": plain(), "options": [OPTION]}]}),
        "invalid additional property: option_groups",
        "/accessory",
    ),
    "option with markup in a menu": (
        beside(options("static_select", text=marked())), "must be a valid enum value", "/accessory/options/0/text/type",
    ),
    "address in a menu": (
        beside(options("static_select", url="https://x.example")), "invalid additional property: url", "/accessory/options/0",
    ),
    "option without value": (
        beside({"type": "overflow", "options": [{"text": plain()}]}), "missing required field: value", "/accessory/options/0",
    ),
    "initial option not offered": (beside(options("static_select") | {"initial_option": OTHER}), OFFERED, "/accessory/initial_option"),
    "initial option of no group": (
        beside({"type": "static_select", "initial_option": OTHER, "option_groups": [{"label": plain(), "options": [OPTION]}]}),
        OFFERED,
        "/accessory/initial_option",
    ),
    "radio button not offered": (acting(options("radio_buttons") | {"initial_option": OTHER}), OFFERED, "/elements/0/initial_option"),
    "box not offered": (acting(options("checkboxes") | {"initial_options": [OTHER]}), OFFERED, "/elements/0/initial_options"),
    "no initial options": (acting(options("checkboxes") | {"initial_options": []}), OFFERED, "/elements/0/initial_options"),
    "confirm without deny": (
        acting(button(confirm={key: CONFIRM[key] for key in ("title", "text", "confirm")})),
        "missing required field: deny",
        "/elements/0/confirm",
    ),
    "filter of nothing": (
        beside({"type": "conversations_select", "filter": {}}), "must have minimum 1 properties", "/accessory/filter",
    ),
    "filter of groups": (
        beside({"type": "conversations_select", "filter": {"include": ["groups"]}}),
        "must be a valid enum value",
        "/accessory/filter/include/0",
    ),
    "dispatch on blur": (
        asking(ELEMENTS["plain_text_input"] | {"dispatch_action_config": {"trigger_actions_on": ["on_blur"]}}),
        "must be a valid enum value",
        "/element/dispatch_action_config/trigger_actions_on/0",
    ),
    "date of no month": (
        beside({"type": "datepicker", "initial_date": "2026-13-01"}),
        r"input must match regex pattern: \d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
        "/accessory/initial_date",
    ),
    "time of day 24": (
        beside({"type": "timepicker", "initial_time": "24:00"}),
        r"input must match regex pattern: ([01]\d|2[0-3]):[0-5]\d",
        "/accessory/initial_time",
    ),
    "longest below shortest": (
        asking({"type": "plain_text_input", "min_length": 5, "max_length": 4}), "must not be greater than max_length",
        "/element/min_length",
    ),
    "answer to a choice in a message": (
        asking({"type": "channels_select", "response_url_enabled": True}),
        "invalid additional property: response_url_enabled",
        "/element",
    ),
    "empty formatted text": (formatted({"type": "text", "text": ""}), "must be more than 0 characters", "/elements/0/elements/0/text"),
    "unknown formatted element": (formatted({"type": "poll"}), "unsupported type: poll", "/elements/0/elements/0/type"),
    "mention in code": (
        {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": [{"type": "user", "user_id": "U1"}]}]},
        "unsupported type: user",
        "/elements/0/elements/0/type",
    ),
    "file of ours": ({"type": "file", "external_id": "x", "source": "local"}, "must be a valid enum value", "/source"),
    "too many columns": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x"}]], "column_settings": [None] * 21},
        "no more than 20 items allowed",
        "/column_settings",
    ),
    "video without address": (
        {"type": "video", "alt_text": "x", "title": plain(), "thumbnail_url": "x"}, "missing required field: video_url", "",
    ),
    "long cells": (
        {"type": "table", "rows": [[{"type": "raw_text", "text": "x" * 6000}, formatted({"type": "text", "text": "x" * 4001})]]},
        "must be less than 10001 characters",
        "/rows",
    ),
}  # fmt: skip

MISPLACED: Final[tuple[tuple[Surface, Block, str, str], ...]] = (
    (MODAL, {"type": "markdown", "text": "x"}, "unsupported type: markdown", "/type"),
    (HOME, {"type": "file", "external_id": "x", "source": "remote"}, "unsupported type: file", "/type"),
    (MODAL, {"type": "table", "rows": []}, "unsupported type: table", "/type"),
    (HOME, acting(ELEMENTS["datetimepicker"]), "unsupported type: datetimepicker", "/elements/0/type"),
    (MODAL, acting(ELEMENTS["workflow_button"]), "unsupported type: workflow_button", "/elements/0/type"),
    (MESSAGE, asking(ELEMENTS["rich_text_input"]), "unsupported type: rich_text_input", "/element/type"),
    *((surface, asking(ELEMENTS[kind]), f"unsupported type: {kind}", "/element/type")
      for surface in (MESSAGE, HOME) for kind in ("email_text_input", "url_text_input", "number_input", "file_input")),
    (MODAL, asking(ELEMENTS["number_input"] | {"min_value": "10", "max_value": "9.5"}), "must not be greater than max_value",
     "/element/min_value"),
    (MODAL, asking(ELEMENTS["number_input"] | {"initial_value": "ten"}),
     r"input must match regex pattern: -?\d+(\.\d+)?", "/element/initial_value"),
    (MODAL, asking({"type": "number_input"}), "missing required field: is_decimal_allowed", "/element"),
    (MODAL, asking({"type": "rich_text_input"}), "missing required field: action_id", "/element"),
    (MODAL, asking(ELEMENTS["file_input"]) | {"dispatch_action": True}, "unsupported type: file_input", "/element/type"),
    (MODAL, beside({"type": "conversations_select", "response_url_enabled": True}),
     "invalid additional property: response_url_enabled", "/accessory"),
)  # fmt: skip
