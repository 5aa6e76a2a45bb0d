"""One of each block and element, with all that Slack documents for it, and what they are made of."""

from __future__ import annotations

from typing import Any, Final

from bot.sandbox.slack.blockkit import Surface

Block = dict[str, Any]
MESSAGE, MODAL, HOME = Surface.MESSAGE, Surface.MODAL, Surface.HOME
ACTION: Final[Block] = {"action_id": "choose"}


def plain(text: str = "Text") -> Block:
    return {"type": "plain_text", "text": text}


def marked(text: str = "*Text*") -> Block:
    return {"type": "mrkdwn", "text": text}


OPTION: Final[Block] = {"text": plain("One"), "value": "one"}
CONFIRM: Final[Block] = {"title": plain(), "text": marked(), "confirm": plain("Yes"), "deny": plain("No"), "style": "danger"}
MODAL_VIEW: Final[Block] = {"type": "modal", "title": plain(), "submit": plain("Send"), "blocks": []}


def button(**more: Any) -> Block:
    return {"type": "button", "text": plain("Go"), **more}


def options(kind: str, **more: Any) -> Block:
    """An element with one option, which has more or others than usual."""
    return {"type": kind, "options": [OPTION | more]}


def beside(element: Block) -> Block:
    return {"type": "section", "text": marked(), "accessory": element}


def acting(*elements: Block) -> Block:
    return {"type": "actions", "elements": list(elements)}


def asking(element: Block) -> Block:
    return {"type": "input", "label": plain("Name"), "element": element}


def formatted(*parts: Block) -> Block:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


def listed(**more: Any) -> Block:
    points = {"type": "rich_text_list", "style": "bullet", "elements": formatted({"type": "text", "text": "x"})["elements"]}
    return {"type": "rich_text", "elements": [points | more]}


_MENU: Final[Block] = ACTION | {"placeholder": plain(), "confirm": CONFIRM, "focus_on_load": True}
_MULTI: Final[Block] = _MENU | {"max_selected_items": 2}
_TYPED: Final[Block] = ACTION | {
    "placeholder": plain(),
    "focus_on_load": False,
    "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]},
}
_FOUND: Final[Block] = {
    "default_to_current_conversation": True,
    "filter": {"include": ["im", "public"], "exclude_bot_users": True, "exclude_external_shared_channels": False},
}
_GROUPS: Final[Block] = {"option_groups": [{"label": plain("Group"), "options": [OPTION]}]}
_TICKED: Final[Block] = {"text": marked(), "value": "one", "description": marked("_small_")}

ELEMENTS: Final[dict[str, Block]] = {
    each["type"]: each
    for each in (
        button(action_id="a", value="v", url="https://x.example", style="primary", confirm=CONFIRM, accessibility_label="Go there"),
        ACTION
        | {
            "type": "workflow_button",
            "text": plain("Run"),
            "workflow": {"trigger": {"url": "https://x.example", "customizable_input_parameters": [{"name": "a", "value": "b"}]}},
            "style": "danger",
        },
        {"type": "image", "image_url": "https://x.example/x.png", "alt_text": "A map"},
        ACTION | options("overflow", url="https://x.example", description=plain()) | {"confirm": CONFIRM},
        ACTION | {"type": "checkboxes", "options": [_TICKED, OPTION], "initial_options": [_TICKED], "confirm": CONFIRM},
        ACTION | {"type": "radio_buttons", "options": [_TICKED, OPTION], "initial_option": OPTION, "focus_on_load": True},
        _MENU | {"type": "datepicker", "initial_date": "2026-12-31"},
        _MENU | {"type": "timepicker", "initial_time": "23:59", "timezone": "America/Toronto"},
        ACTION | {"type": "datetimepicker", "initial_date_time": 1_790_000_000, "confirm": CONFIRM, "focus_on_load": True},
        _MENU | {"type": "static_select", "options": [OPTION | {"description": plain()}, OPTION], "initial_option": OPTION},
        _MENU | {"type": "external_select", "min_query_length": 0, "initial_option": OPTION},
        _MENU | {"type": "users_select", "initial_user": "U1"},
        _MENU | _FOUND | {"type": "conversations_select", "initial_conversation": "C1"},
        _MENU | {"type": "channels_select", "initial_channel": "C1"},
        _MULTI | _GROUPS | {"type": "multi_static_select", "initial_options": [OPTION]},
        _MULTI | {"type": "multi_external_select", "min_query_length": 3, "initial_options": [OPTION]},
        _MULTI | {"type": "multi_users_select", "initial_users": ["U1"]},
        _MULTI | _FOUND | {"type": "multi_conversations_select", "initial_conversations": ["C1"]},
        _MULTI | {"type": "multi_channels_select", "initial_channels": ["C1"]},
        _TYPED | {"type": "plain_text_input", "multiline": True, "min_length": 0, "max_length": 3000, "initial_value": ""},
        _TYPED | {"type": "email_text_input", "initial_value": "a@x.example"},
        _TYPED | {"type": "url_text_input", "initial_value": "https://x.example"},
        _TYPED | {"type": "number_input", "is_decimal_allowed": True, "min_value": "-1.5", "max_value": "10", "initial_value": "2"},
        _TYPED | {"type": "rich_text_input", "initial_value": formatted({"type": "text", "text": "x"})},
        ACTION | {"type": "file_input", "filetypes": ["pdf"], "max_files": 10},
    )
}
_ONLY_BESIDE: Final = {"image"}
_ONLY_PRESSED: Final = {"button", "workflow_button", "overflow"}
_ONLY_TYPED: Final = {kind for kind in ELEMENTS if kind.endswith("_input")}
_ONLY_IN_MESSAGES: Final = {"workflow_button"}

_STYLED: Final[Block] = {"style": {"bold": True, "italic": False, "strike": True, "code": False, "underline": True}}
_PARTS: Final[tuple[Block, ...]] = (
    {"type": "text", "text": "x"} | _STYLED,
    {"type": "link", "url": "https://x.example", "text": "", "unsafe": False} | _STYLED,
    {"type": "user", "user_id": "U1", "style": {"highlight": True, "client_highlight": True, "unlink": True}},
    {"type": "usergroup", "usergroup_id": "S1"},
    {"type": "channel", "channel_id": "C1"},
    {"type": "team", "team_id": "T1"},
    {"type": "broadcast", "range": "here"},
    {"type": "emoji", "name": "wave", "skin_tone": 2, "unicode": "1f44b", "url": "https://x.example"},
    {"type": "color", "value": "#F405B3"},
    {"type": "date", "timestamp": 1_790_000_000, "format": "{date_num}", "url": "https://x.example", "fallback": "2026"},
)
_RICH: Final[Block] = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        {"type": "rich_text_section", "elements": list(_PARTS)},
        {"type": "rich_text_list", "style": "ordered", "elements": formatted(*_PARTS)["elements"], "indent": 8, "offset": 2, "border": 1},
        {"type": "rich_text_quote", "elements": list(_PARTS), "border": 0},
        {"type": "rich_text_preformatted", "elements": list(_PARTS[:2]), "language": "python", "border": 0},
        {"type": "rich_text_section", "elements": []},
    ],
}
_TABLE: Final[Block] = {
    "type": "table",
    "rows": [[{"type": "raw_text", "text": "Name"}, {"type": "raw_number", "value": 1.5, "text": "1½"}, formatted(_PARTS[0])]],
}

INPUT: Final = asking(ELEMENTS["plain_text_input"]) | {"hint": plain(), "optional": True, "dispatch_action": True}
EXAMPLES: Final[dict[str, tuple[Surface, Block]]] = {
    **{f"{kind} beside": (MESSAGE, beside(each)) for kind, each in ELEMENTS.items() if kind not in {*_ONLY_TYPED, "datetimepicker"}},
    **{f"{kind} acting": (MESSAGE, acting(each)) for kind, each in ELEMENTS.items() if kind not in _ONLY_TYPED | _ONLY_BESIDE},
    **{f"{kind} asking": (MODAL, asking(each)) for kind, each in ELEMENTS.items() if kind not in _ONLY_PRESSED | _ONLY_BESIDE},
    "choice answered to": (MODAL, asking(ELEMENTS["channels_select"] | {"response_url_enabled": True})),
    "section": (HOME, {"type": "section", "block_id": "s", "text": plain() | {"emoji": True}, "fields": [marked()], "expand": True}),
    "section of fields": (MESSAGE, {"type": "section", "fields": [plain(), marked() | {"verbatim": True}]}),
    "header": (MODAL, {"type": "header", "text": plain(), "level": 4, "block_id": "h"}),
    "divider": (HOME, {"type": "divider", "block_id": "d"}),
    "context": (MESSAGE, {"type": "context", "block_id": "c", "elements": [plain(), marked(), ELEMENTS["image"]]}),
    "image": (MODAL, {"type": "image", "image_url": "https://x.example", "alt_text": "x", "title": plain(), "block_id": "i"}),
    "image of a file": (MESSAGE, {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "x"}),
    "image of an address": (MESSAGE, {"type": "image", "slack_file": {"url": "https://x.example"}, "alt_text": "x"}),
    "input in a message": (MESSAGE, INPUT | {"block_id": "i"}),
    "rich text": (HOME, _RICH),
    "markdown": (MESSAGE, {"type": "markdown", "text": "**x**", "block_id": "m"}),
    "file": (MESSAGE, {"type": "file", "external_id": "x", "source": "remote", "block_id": "f"}),
    "table": (MESSAGE, _TABLE | {"block_id": "t", "column_settings": [{"align": "right", "is_wrapped": True}, *[None] * 19]}),
    "table at home": (HOME, _TABLE),
    "video": (
        MESSAGE,
        {
            "type": "video",
            "title": plain(),
            "alt_text": "x",
            "thumbnail_url": "https://x.example/x.png",
            "video_url": "https://x.example/x",
            "title_url": "https://x.example",
            "author_name": "A",
            "provider_name": "P",
            "provider_icon_url": "https://x.example/p.png",
            "description": plain(),
            "block_id": "v",
        },
    ),
}
