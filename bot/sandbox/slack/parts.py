"""The parts of messages and views that people use: which element is which, and what stands in it.

https://docs.slack.dev/reference/block-kit/block-elements and https://docs.slack.dev/reference/views (state)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.slack.workspace import APP, BOT_ID, TEAM, Payload, View, Workspace

_ONE_OPTION: Final = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
_MANY_OPTIONS: Final = frozenset({"checkboxes", "multi_static_select", "multi_external_select"})
_IDS: Final = {
    "users_select": "selected_user",
    "conversations_select": "selected_conversation",
    "channels_select": "selected_channel",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
}
_MANY_IDS: Final = {
    "multi_users_select": "selected_users",
    "multi_conversations_select": "selected_conversations",
    "multi_channels_select": "selected_channels",
}
_INITIAL: Final = {
    "users_select": "initial_user",
    "conversations_select": "initial_conversation",
    "channels_select": "initial_channel",
    "datepicker": "initial_date",
    "timepicker": "initial_time",
    "multi_users_select": "initial_users",
    "multi_conversations_select": "initial_conversations",
    "multi_channels_select": "initial_channels",
}
_TEXTS: Final = frozenset({"plain_text_input", "email_text_input", "url_text_input", "number_input"})
FILES: Final = "file_input"
_MOST_FILES: Final = 10
EXTERNAL: Final = frozenset({"external_select", "multi_external_select"})
_STATELESS: Final = frozenset({"button", "overflow", "workflow_button", "image"})


@dataclass(frozen=True, slots=True)
class Part:
    """An element and the block that it stands in."""

    block: Payload
    element: Payload

    @property
    def block_id(self) -> str:
        """The name of the block."""
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        """The name of the element."""
        return str(self.element["action_id"])

    @property
    def dispatches(self) -> bool:
        """Whether using it is told to Cadre at once: everything but an input that does not say so."""
        return bool(self.block["type"] != "input" or self.block.get("dispatch_action"))


class NoSuchValue(ValueError):
    """Something was chosen that the element does not offer or cannot hold."""


def parts(blocks: Sequence[Payload]) -> Iterator[Part]:
    """All that a person can use, in order."""
    for block in blocks:
        held = [*block.get("elements", ()), *(block[name] for name in ("accessory", "element") if name in block)]
        for element in held:
            if isinstance(element, dict) and "action_id" in element:
                yield Part(block, element)


def find(blocks: Sequence[Payload], action_id: str, block_id: str | None = None) -> Part | None:
    """An element by its name; in a block, where one is given."""
    return next((part for part in parts(blocks) if part.action_id == action_id and block_id in (None, part.block_id)), None)


def named(workspace: Workspace, blocks: Sequence[Payload]) -> list[Payload]:
    """Blocks of which each has a name, and each element too: those without one are given one, as Slack does."""
    return [_named(workspace, block) for block in blocks]


def _named(workspace: Workspace, block: Payload) -> Payload:
    made = {**block, "block_id": block.get("block_id") or f"b{workspace.number():05x}"}
    if "elements" in made and made["type"] == "actions":
        made["elements"] = [_with_id(workspace, element) for element in made["elements"]]
    for name in ("accessory", "element"):
        if name in made and made[name].get("type") != "image":
            made[name] = _with_id(workspace, made[name])
    return made


def _with_id(workspace: Workspace, element: Payload) -> Payload:
    return element if element.get("action_id") else {**element, "action_id": f"a{workspace.number():05x}"}


def chosen(element: Payload, value: Any, offered: Sequence[Payload] = ()) -> Payload:
    """What an element holds once a person has set it to a value. ``offered``: the options of a menu that looks them up.

    Raises NoSuchValue for what it does not offer or cannot hold.
    """
    kind = str(element["type"])
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": None if value in (None, "") else _option(element, value, offered)}
    if kind in _MANY_OPTIONS:
        return {"type": kind, "selected_options": [_option(element, each, offered) for each in _listed(value)]}
    if kind in _MANY_IDS:
        return {"type": kind, _MANY_IDS[kind]: [str(each) for each in _listed(value)]}
    if kind in _IDS:
        return {"type": kind, _IDS[kind]: None if value in (None, "") else str(value)}
    if kind == "datetimepicker":
        if isinstance(value, bool) or not (value is None or isinstance(value, int)):
            raise NoSuchValue(f"{value!r} is no moment in seconds")
        return {"type": kind, "selected_date_time": value}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": value}
    if kind in _TEXTS:
        if value is not None and not isinstance(value, str):
            raise NoSuchValue(f"{value!r} is no text")
        return {"type": kind, "value": value or None}
    return {"type": kind, **({"value": element["value"]} if "value" in element else {})}


def files(element: Payload, value: Any, own: Sequence[Payload]) -> Payload:
    """What a field holds into which somebody put files of their ``own``, by their ids. Raises NoSuchValue for what it does not take."""
    ids = _listed(value)
    found = [each for id_ in ids for each in own if each["id"] == id_]
    kinds = [str(kind).lower() for kind in element.get("filetypes", ())]
    if len(found) != len(ids) or len(found) > element.get("max_files", _MOST_FILES):
        raise NoSuchValue(f"{ids!r} are no files that this field takes")
    for each in found:
        if kinds and each["filetype"] not in kinds:
            raise NoSuchValue(f"{each['name']} is not of a kind that this field takes")
    return {"type": FILES, "files": found}


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise NoSuchValue(f"{value!r} is no list")
    return value


def options(element: Payload) -> list[Payload]:
    """All options of an element, also those in groups."""
    grouped = [option for group in element.get("option_groups") or () for option in group["options"]]
    return [*(element.get("options") or ()), *grouped]


def _option(element: Payload, value: Any, offered: Sequence[Payload]) -> Payload:
    for option in (*options(element), *offered):
        if option.get("value") == value:
            return option
    raise NoSuchValue(f"{value!r} is not offered")


def initial(element: Payload) -> Payload:
    """What an element holds before anybody touches it."""
    kind = str(element["type"])
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _MANY_OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    if kind in _INITIAL:
        value = element.get(_INITIAL[kind], [] if kind in _MANY_IDS else None)
        return {"type": kind, (_MANY_IDS.get(kind) or _IDS[kind]): value}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": element.get("initial_date_time")}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": element.get("initial_value")}
    if kind == FILES:
        return {"type": kind, "files": []}
    return {"type": kind, "value": element.get("initial_value")}


def state(blocks: Sequence[Payload], set_: Mapping[str, Mapping[str, Payload]]) -> Payload:
    """What stands in all controls: block -> action -> value; those that nobody touched hold what they began with."""
    values: dict[str, Payload] = {}
    for part in parts(blocks):
        if part.element["type"] not in _STATELESS:
            now = set_.get(part.block_id, {}).get(part.action_id)
            values.setdefault(part.block_id, {})[part.action_id] = now or initial(part.element)
    return {"values": values}


def view_of(workspace: Workspace, user: str, view: Payload, over: View | None = None) -> View:
    """A view as the workspace keeps it. ``over``: the window that it is laid over."""
    id_ = f"V{workspace.number():08X}"
    payload = view | {"blocks": named(workspace, view["blocks"])}
    return View(id_, user, payload, workspace.view_hash(), over.root if over else id_, over.id if over else None)


def shown(view: View) -> Payload:
    """A view as methods answer and as payloads carry it: https://docs.slack.dev/reference/views"""
    defaults = {"callback_id": "", "private_metadata": "", "external_id": "", "clear_on_close": False, "notify_on_close": False}
    absent = dict.fromkeys(("title", "submit", "close"))
    return {
        **absent,
        **defaults,
        **view.payload,
        "id": view.id,
        "team_id": TEAM,
        "app_id": APP,
        "app_installed_team_id": TEAM,
        "bot_id": BOT_ID,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "state": state(view.payload["blocks"], view.chosen),
    }
