"""Formatted text: sections, lists, quotations and code, and what stands in them.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from typing import Final

from bot.sandbox.slack.blockkit.composition import BOOLEAN, ID, SOME
from bot.sandbox.slack.blockkit.schema import Choice, Fields, List, Number, Object, String, Union

_STYLES: Final = ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink")
_STYLE: Final[Fields] = {"style": Object.of(None, {}, dict.fromkeys(_STYLES, BOOLEAN))}
"""The pages disagree on which style each element may have: any of them is taken."""
_BORDER: Final[Fields] = {"border": Number(0, 1)}

_TEXT: Final = Object.of("text", {"text": SOME}, _STYLE)
_LINK: Final = Object.of("link", {"url": SOME}, {"text": String(), "unsafe": BOOLEAN, **_STYLE})
_PART: Final = Union.of(
    _TEXT,
    _LINK,
    Object.of("user", {"user_id": SOME}, _STYLE),
    Object.of("usergroup", {"usergroup_id": SOME}, _STYLE),
    Object.of("channel", {"channel_id": SOME}, _STYLE),
    Object.of("team", {"team_id": SOME}, _STYLE),
    Object.of("broadcast", {"range": Choice.of("here", "channel", "everyone")}, _STYLE),
    Object.of("emoji", {"name": SOME}, {"skin_tone": Number(1, 6), "unicode": SOME, "url": SOME, **_STYLE}),
    Object.of("color", {"value": SOME}, _STYLE),
    Object.of("date", {"timestamp": Number(0), "format": SOME}, {"url": SOME, "fallback": String(), **_STYLE}),
)

_SECTION: Final = Object.of("rich_text_section", {"elements": List(_PART)})
"""May be empty: https://docs.slack.dev/reference/block-kit/block-elements/rich-text-section-element"""
_LIST: Final = Object.of(
    "rich_text_list",
    {"style": Choice.of("bullet", "ordered"), "elements": List(_SECTION, least=1)},
    {"indent": Number(0, 8), "offset": Number(0), **_BORDER},
)
"""https://docs.slack.dev/reference/block-kit/block-elements/rich-text-list-element"""
_QUOTE: Final = Object.of("rich_text_quote", {"elements": List(_PART)}, _BORDER)
_CODE: Final = Object.of("rich_text_preformatted", {"elements": List(Union.of(_TEXT, _LINK))}, {"language": SOME, **_BORDER})

RICH_TEXT: Final = Object.of("rich_text", {"elements": List(Union.of(_SECTION, _LIST, _QUOTE, _CODE))}, {"block_id": ID})
