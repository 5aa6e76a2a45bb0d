"""Blocks, and the messages and views that they make up.

https://docs.slack.dev/reference/block-kit/blocks/ and https://docs.slack.dev/reference/views/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from bot.sandbox.slack.blockkit.composition import ALT_TEXT, BOOLEAN, ID, IMAGE_SOURCE, ONE_SOURCE, SOME, plain, text
from bot.sandbox.slack.blockkit.elements import IMAGE as IMAGE_ELEMENT
from bot.sandbox.slack.blockkit.elements import Holder, Surface, held
from bot.sandbox.slack.blockkit.rich_text import RICH_TEXT
from bot.sandbox.slack.blockkit.schema import Choice, Fault, Fields, List, Number, Object, OrNull, String, Union

_Blocks: TypeAlias = list[dict[str, Any]]
_BLOCK: Final[Fields] = {"block_id": ID}
_MARKDOWN_MOST: Final = 12_000
_TABLES_MOST: Final = 10_000

_CONTEXT: Final = Object.of("context", {"elements": List(Union.of(IMAGE_ELEMENT, *text(3000).members.values()), 10, least=1)}, _BLOCK)
"""https://docs.slack.dev/reference/block-kit/blocks/context-block"""
_DIVIDER: Final = Object.of("divider", {}, _BLOCK)
_FILE: Final = Object.of("file", {"external_id": SOME, "source": Choice.of("remote")}, _BLOCK)
"""A remote file: https://docs.slack.dev/messaging/working-with-files#remote"""
_HEADER: Final = Object.of("header", {"text": plain(150)}, {**_BLOCK, "level": Number(1, 4)})
"""https://docs.slack.dev/reference/block-kit/blocks/header-block"""
_IMAGE: Final = Object.of("image", ALT_TEXT, {**_BLOCK, **IMAGE_SOURCE, "title": plain(2000)}, rules=(ONE_SOURCE,))
"""https://docs.slack.dev/reference/block-kit/blocks/image-block"""
_MARKDOWN: Final = Object.of("markdown", {"text": String(_MARKDOWN_MOST, least=1)}, _BLOCK)
"""https://docs.slack.dev/reference/block-kit/blocks/markdown-block"""
_CELL: Final = Union.of(
    Object.of("raw_text", {"text": SOME}), Object.of("raw_number", {"value": Number(whole=False)}, {"text": SOME}), RICH_TEXT
)
_COLUMN: Final = Object.of(None, {}, {"align": Choice.of("left", "center", "right"), "is_wrapped": BOOLEAN})
_TABLE: Final = Object.of(
    "table", {"rows": List(List(_CELL, 20, least=1), 100, least=1)}, {**_BLOCK, "column_settings": List(OrNull(_COLUMN), 20)}
)
"""https://docs.slack.dev/reference/block-kit/blocks/table-block"""
_VIDEO: Final = Object.of(
    "video",
    {"alt_text": SOME, "title": plain(199), "thumbnail_url": SOME, "video_url": SOME},
    {
        **_BLOCK,
        "author_name": String(49),
        "description": plain(199),
        "provider_icon_url": SOME,
        "provider_name": SOME,
        "title_url": SOME,
    },
)
"""https://docs.slack.dev/reference/block-kit/blocks/video-block"""


def _says_something(block: dict[str, Any]) -> Iterator[Fault]:
    if "text" not in block and "fields" not in block:
        yield Fault("must define either `text` or `fields`", "/type")


def _actions_differ(block: dict[str, Any]) -> Iterator[Fault]:
    return _differ("action_id", "/elements", block["elements"])


def _differ(name: str, where: str, items: _Blocks) -> Iterator[Fault]:
    """Names that nobody else of the list has: Slack tells what was clicked by them."""
    seen: set[str] = set()
    for number, item in enumerate(items):
        given = item.get(name)
        if given in seen:
            yield Fault(f'`{name}` "{given}" already exists', f"{where}/{number}/{name}")
        elif given:
            seen.add(given)


def _file_waits(block: dict[str, Any]) -> Iterator[Fault]:
    if block.get("dispatch_action") and block["element"]["type"] == "file_input":
        yield Fault("unsupported type: file_input", "/element/type")


def _holders(surface: Surface) -> tuple[Object, ...]:
    """The blocks whose elements depend on the surface.

    https://docs.slack.dev/reference/block-kit/blocks/section-block, …/actions-block and …/input-block
    """
    fields = List(text(2000), 10, least=1)
    accessory = held(Holder.SECTION, surface)
    elements = List(held(Holder.ACTIONS, surface), 25, least=1)
    return (
        Object.of(
            "section",
            {},
            {**_BLOCK, "text": text(3000), "fields": fields, "accessory": accessory, "expand": BOOLEAN},
            rules=(_says_something,),
        ),
        Object.of("actions", {"elements": elements}, _BLOCK, rules=(_actions_differ,)),
        Object.of(
            "input",
            {"label": plain(2000), "element": held(Holder.INPUT, surface)},
            {**_BLOCK, "hint": plain(2000), "optional": BOOLEAN, "dispatch_action": BOOLEAN},
            rules=(_file_waits,),
        ),
    )


def _blocks_differ(blocks: _Blocks) -> Iterator[Fault]:
    return _differ("block_id", "", blocks)


def _one_has_the_focus(blocks: _Blocks) -> Iterator[Fault]:
    """``focus_on_load`` is for one element of a view."""
    taken = False
    for number, block in enumerate(blocks):
        if block["type"] not in _WITH_ELEMENTS:
            continue
        for where, element in _elements(block):
            if element.get("focus_on_load"):
                if taken:
                    yield Fault("only one element can have `focus_on_load` set to true", f"/{number}{where}/focus_on_load")
                taken = True


_WITH_ELEMENTS: Final = frozenset(Holder)


def _elements(block: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in ("element", "accessory"):
        if name in block:
            yield f"/{name}", block[name]
    for number, element in enumerate(block.get("elements", ())):
        yield f"/elements/{number}", element


def _within_sums(blocks: _Blocks) -> Iterator[Fault]:
    """Lengths that count over all blocks of a kind: of markdown, and of the cells of tables."""
    for kind, part, most in (("markdown", "text", _MARKDOWN_MOST), ("table", "rows", _TABLES_MOST)):
        length = 0
        for number, block in enumerate(blocks):
            if block["type"] == kind:
                length += _length(block[part])
                if length > most:
                    yield Fault(f"must be less than {most + 1} characters", f"/{number}/{part}")
                    break


def _length(value: Any) -> int:
    """Characters to be read in a text, or in the ``text`` of anything below."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(_length(item) for item in value)
    return _length(value.get("text", value.get("elements", "")))


_EVERYWHERE: Final = (_CONTEXT, _DIVIDER, _HEADER, _IMAGE, RICH_TEXT, _VIDEO)
_OTHERS: Final = {Surface.MESSAGE: (_FILE, _MARKDOWN, _TABLE), Surface.MODAL: (), Surface.HOME: (_TABLE,)}
_MOST: Final = {Surface.MESSAGE: 50, Surface.MODAL: 100, Surface.HOME: 100}
BLOCKS: Final = {
    surface: List(
        Union.of(*_EVERYWHERE, *_OTHERS[surface], *_holders(surface)),
        _MOST[surface],
        rules=(_blocks_differ, _one_has_the_focus, _within_sums),
    )
    for surface in Surface
}
"""What may be shown on each surface: https://docs.slack.dev/reference/block-kit/blocks/"""


def _inputs_are_submitted(view: dict[str, Any]) -> Iterator[Fault]:
    if "submit" not in view:
        for number, block in enumerate(view["blocks"]):
            if block["type"] == "input":
                yield Fault("must define `submit` to use an `input` block in modals", f"/blocks/{number}/input")


_VIEW: Final[Fields] = {"private_metadata": String(3000), "callback_id": String(255), "external_id": String(255)}
VIEWS: Final = Union.of(
    Object.of(
        "modal",
        {"title": plain(24), "blocks": BLOCKS[Surface.MODAL]},
        {**_VIEW, "submit": plain(24), "close": plain(24), "clear_on_close": BOOLEAN, "notify_on_close": BOOLEAN},
        rules=(_inputs_are_submitted,),
    ),
    Object.of("home", {"blocks": BLOCKS[Surface.HOME]}, _VIEW),
)
"""https://docs.slack.dev/reference/views/modal-views and https://docs.slack.dev/reference/views/home-tab-views"""
