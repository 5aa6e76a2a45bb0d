"""The few Block Kit pieces that every view uses, within Slack's limits. They take Words, and nothing else, for people to read.

Limits: https://docs.slack.dev/reference/block-kit/blocks/ and https://docs.slack.dev/reference/block-kit/composition-objects/
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final, TypeAlias

from bot.markup import at_word, escaped, looks_marked, unmarked
from cadre.core.words import Words

Block: TypeAlias = dict[str, Any]
Payload: TypeAlias = dict[str, Any]

SECTION: Final = 3000
HEADER: Final = 150
LABEL: Final = 75
VALUE: Final = 2000
INPUT: Final = 3000
METADATA: Final = 3000
TITLE: Final = 24
TEXT: Final = 4000
OPTIONS: Final = 100
CHECKBOXES: Final = 10
FOLDED: Final = 5
IN_MESSAGE: Final = 50
IN_VIEW: Final = 100
_IN_ACTIONS: Final = 25
_IN_FULL: Final = 100_000
"""Characters: a text is longer nowhere, however many of its signs are escaped."""
_IN_CONTEXT: Final = 10


@dataclass(frozen=True, slots=True)
class Message:
    """A message. ``text`` is what the notification and a screen reader say: never empty."""

    text: Words
    blocks: tuple[Block, ...] = ()

    def payload(self) -> Payload:
        """As the Web API and response addresses take it."""
        return {"text": escaped(self.text, TEXT), "blocks": _within(self.blocks, IN_MESSAGE)}


@dataclass(frozen=True, slots=True)
class Modal:
    """A window that waits for an answer, or only tells something where it has no ``submit``.

    ``metadata``: comes back with all that is done in it, at most 3,000 characters.
    """

    title: Words
    blocks: tuple[Block, ...]
    close: Words
    submit: Words | None = None
    callback: str = ""
    metadata: str = ""

    def payload(self) -> Payload:
        """As ``views.open``, ``views.update`` and the answer to a submission take it."""
        view: Payload = {"type": "modal", "title": plain(self.title, TITLE), "close": plain(self.close, TITLE)}
        if self.submit is not None:
            view["submit"] = plain(self.submit, TITLE)
        if self.metadata:
            view["private_metadata"] = self.metadata
        return view | {"callback_id": self.callback, "blocks": _within(self.blocks, IN_VIEW)}


@dataclass(frozen=True, slots=True)
class Home:
    """The App Home of one person."""

    blocks: tuple[Block, ...]

    def payload(self) -> Payload:
        """As ``views.publish`` takes it."""
        return {"type": "home", "blocks": _within(self.blocks, IN_VIEW)}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose. ``value`` comes back when it is chosen."""

    label: Words
    value: str
    description: Words | None = None

    def payload(self) -> Payload:
        """As select menus, checkboxes and radio buttons take it."""
        described = {"description": plain(self.description, LABEL)} if self.description else {}
        return {"text": plain(self.label, LABEL), "value": self.value} | described


def cut(text: str, limit: int) -> str:
    """Plain text, ending with … where it is too long: at the end of a word where one is near."""
    return text if len(text) <= limit else at_word(text[: limit - 1]) + "…"


def plain(text: Words, limit: int) -> Block:
    """Text without markup, for labels and titles. Slack refuses an empty one."""
    return {"type": "plain_text", "text": cut(unmarked(text), limit) or "…", "emoji": False}


def marked(text: Words, limit: int = SECTION) -> Block:
    """Text of a section or context. ``verbatim``: what somebody typed (@channel) must not notify a channel."""
    return {"type": "mrkdwn", "text": escaped(text, limit) or "…", "verbatim": True}


def mention(user: str, sign: str = "@") -> Words:
    """A Slack user (a channel: ``sign`` #), as Slack shows them: to be given to ``said`` only, everything else escapes it."""
    return Words.verbatim(f"<{sign}{user}>")


def said(before: Words, users: Sequence[str], sign: str = "@") -> Block:
    """A context line that names Slack users or channels: each ``{user}`` place of the text (U+0001) becomes a mention."""
    text = escaped(before, SECTION)
    for user in users:
        text = text.replace(PLACE, mention(user, sign), 1)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


PLACE: Final = Words.verbatim("\u0001")
"""Where a mention is put into a text: the text is escaped first, so that nobody can write a mention into it."""


def header(text: Words) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: Words, accessory: Block | None = None) -> Block:
    """A paragraph, with a control beside it where there is one."""
    return {"type": "section", "text": marked(text)} | ({"accessory": accessory} if accessory else {})


def paragraphs(texts: Sequence[Words]) -> Block:
    """Paragraphs in one section; where they do not fit into it, each of the longer ones is cut. They are shown as they were typed."""
    room = SECTION if sum(len(text) + 2 for text in texts) <= SECTION else SECTION // len(texts) - 2
    whole = Words.joined("\n\n", (Words.verbatim(cut(text, room)) for text in texts))
    return literal(whole) if looks_marked(whole) else section(whole)


def literal(text: Words) -> Block:
    """A paragraph that is shown letter by letter, without markup and links."""
    return {"type": "section", "text": plain(text, SECTION)}


def unabridged(text: Words) -> Iterator[Block]:
    """A text of any length: where one section cannot hold it, it is shown letter by letter, in as many as it needs."""
    yield from (section(text),) if len(escaped(text, _IN_FULL)) <= SECTION else literals(text)


def literals(text: Words) -> Iterator[Block]:
    """The same, letter by letter however short it is: so it can be copied."""
    rest = unmarked(text)
    while rest:
        end = len(rest) if len(rest) <= SECTION else rest.rfind(" ", 0, SECTION) + 1 or SECTION
        yield literal(Words.verbatim(rest[:end]))
        rest = rest[end:]


def listed(items: Iterable[Words], sign: str = "• ") -> Iterator[Block]:
    """A list, over as many sections as its length needs. ``sign``: before each."""
    chunk: list[str] = []
    for line in (f"{sign}{escaped(item, SECTION - 2)}" for item in items):
        if chunk and sum(len(one) + 1 for one in chunk) + len(line) > SECTION:
            yield _lines(chunk)
            chunk = []
        chunk.append(line)
    if chunk:
        yield _lines(chunk)


def _lines(lines: list[str]) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": "\n".join(lines), "verbatim": True}}


def context(*texts: Words) -> Iterator[Block]:
    """Small lines: where it comes from, when, who asked. Nothing for no text."""
    for start in range(0, len(texts), _IN_CONTEXT):
        yield {"type": "context", "elements": [marked(text) for text in texts[start : start + _IN_CONTEXT]]}


def image(file: str, told: str, title: Words) -> Block:
    """A picture that Slack holds (``Slack.picture``). ``told``: what it shows, for whoever does not see it."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": unmarked(told), "title": plain(title, VALUE)}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def button(label: Words, action: str, value: str = "", style: str | None = None, spoken: Words | None = None) -> Block:
    """A button. ``value`` comes back with the click, and is at most 2,000 characters.

    ``spoken``: what a screen reader says instead, where several of the same label stand on one screen.
    """
    if len(value) > VALUE:
        raise ValueError(f"the value of {action} has {len(value)} characters")
    made: Block = {"type": "button", "text": plain(label, LABEL), "action_id": action}
    told = {"accessibility_label": cut(spoken, LABEL)} if spoken else {}
    return made | ({"value": value} if value else {}) | ({"style": style} if style else {}) | told


def link(label: Words, action: str, address: str) -> Block:
    """A button that opens a web page. Slack tells Cadre of the click all the same."""
    return button(label, action) | {"url": address}


def actions(*elements: Block, block: str | None = None) -> Iterator[Block]:
    """A row of buttons or other controls. Nothing for none."""
    if elements:
        yield {"type": "actions", "elements": list(elements[:_IN_ACTIONS])} | ({"block_id": block} if block else {})


def folded(action: str, buttons: Sequence[Block]) -> Block:
    """Up to five buttons behind one ⋯. Which of them was chosen, ``unfolded`` tells.

    https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element/
    """
    options = [{"text": each["text"], "value": f"{each['action_id']} {each.get('value', '')}"} for each in buttons]
    return {"type": "overflow", "action_id": action, "options": options[:FOLDED]}


def unfolded(value: str) -> tuple[str, str]:
    """The action and the value of a button that was folded."""
    action, _, rest = value.partition(" ")
    return action, rest


def checkboxes(action: str, options: Sequence[Option], ticked: bool | Collection[str]) -> Block:
    """Up to ten boxes: all ticked, none, or those of some values."""
    offered = [option.payload() for option in options[:CHECKBOXES]]
    held = [option for option in offered if ticked is True or (ticked and option["value"] in ticked)]
    return {"type": "checkboxes", "action_id": action, "options": offered} | ({"initial_options": held} if held else {})


def radio(action: str, options: Sequence[Option], chosen: str | None = None) -> Block:
    """Radio buttons, one of them chosen; none, where somebody is to choose for themselves."""
    offered = [option.payload() for option in options]
    initial = next((option for option in offered if option["value"] == chosen), None)
    return {"type": "radio_buttons", "action_id": action, "options": offered} | ({"initial_option": initial} if initial else {})


def menu(action: str, options: Sequence[Option], chosen: str | None = None, placeholder: Words | None = None) -> Block:
    """A menu with all of its options, at most a hundred. ``chosen``: the value of the one that is chosen, if any."""
    offered = [option.payload() for option in options[:OPTIONS]]
    initial = next((option for option in offered if option["value"] == chosen), None)
    made: Block = {"type": "static_select", "action_id": action, "options": offered}
    return made | ({"initial_option": initial} if initial else {}) | _held_out(placeholder)


def menu_many(action: str, options: Sequence[Option], chosen: Collection[str], placeholder: Words) -> Block:
    """A menu of which several may be chosen: boxes hold ten at most."""
    offered = [option.payload() for option in options[:OPTIONS]]
    held = [option for option in offered if option["value"] in chosen]
    made: Block = {"type": "multi_static_select", "action_id": action, "options": offered}
    return made | ({"initial_options": held} if held else {}) | _held_out(placeholder)


def menu_in_groups(
    action: str, groups: Iterable[tuple[Words, Sequence[Option]]], placeholder: Words, *, several: bool = False, chosen: str | None = None
) -> Block:
    """A menu whose options stand under headings, at most a hundred under each; a heading without any is left out. ``several``: more than
    one may be chosen; ``chosen``: the value of the one that is, if any.
    """
    offered: list[Block] = [
        {"label": plain(heading, LABEL), "options": [option.payload() for option in options[:OPTIONS]]}
        for heading, options in groups
        if options
    ]
    kind = "multi_static_select" if several else "static_select"
    held = next((option for group in offered for option in group["options"] if option["value"] == chosen), None)
    made: Block = {"type": kind, "action_id": action, "option_groups": offered}
    return made | ({"initial_option": held} if held else {}) | _held_out(placeholder)


def search(action: str, placeholder: Words, chosen: Option | None = None) -> Block:
    """A menu whose options are looked up as one types; the first ones are there before."""
    made: Block = {"type": "external_select", "action_id": action, "min_query_length": 0}
    return made | ({"initial_option": chosen.payload()} if chosen else {}) | _held_out(placeholder)


def search_many(action: str, placeholder: Words, chosen: Sequence[Option] = ()) -> Block:
    """The same, where several may be chosen."""
    made: Block = {"type": "multi_external_select", "action_id": action, "min_query_length": 0}
    return made | ({"initial_options": [option.payload() for option in chosen]} if chosen else {}) | _held_out(placeholder)


def day_picker(action: str, chosen: date | None = None) -> Block:
    """A day of the calendar."""
    return {"type": "datepicker", "action_id": action} | ({"initial_date": chosen.isoformat()} if chosen else {})


def time_picker(action: str, chosen: time | None = None) -> Block:
    """A time of day, as the clock on the wall shows it, in a zone that another field names."""
    return {"type": "timepicker", "action_id": action} | ({"initial_time": f"{chosen:%H:%M}"} if chosen else {})


def moment_picker(action: str, chosen: datetime | None = None) -> Block:
    """A moment, shown and chosen where the reader is: https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element/"""
    return {"type": "datetimepicker", "action_id": action} | ({"initial_date_time": int(chosen.timestamp())} if chosen else {})


def channel_picker(action: str, chosen: Sequence[str] = ()) -> Block:
    """Public channels, several at once."""
    return {"type": "multi_channels_select", "action_id": action} | ({"initial_channels": list(chosen)} if chosen else {})


def conversation_picker(action: str, chosen: str | None = None) -> Block:
    """One channel, public or private, of those that the reader is in or may join."""
    held = {"initial_conversation": chosen} if chosen else {}
    return {"type": "conversations_select", "action_id": action, "filter": {"include": ["public", "private"]}} | held


def text_input(action: str, text: str = "", *, tall: bool = False) -> Block:
    """Something to write, at most 3,000 characters. ``tall``: over several lines."""
    held = {"initial_value": text} if text else {}
    return {"type": "plain_text_input", "action_id": action, "multiline": tall or "\n" in text, "max_length": INPUT} | held


def number_input(action: str, number: int | None = None) -> Block:
    """A whole number."""
    made: Block = {"type": "number_input", "action_id": action, "is_decimal_allowed": False}
    return made if number is None else made | {"initial_value": str(number)}


def _held_out(placeholder: Words | None) -> Block:
    return {"placeholder": plain(placeholder, HEADER)} if placeholder else {}


def file_input(action: str, *kinds: str) -> Block:
    """A file of some kinds, by how their names end: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""
    return {"type": "file_input", "action_id": action, "filetypes": list(kinds), "max_files": 1}


def field(block: str, label: Words, element: Block, hint: Words | None = None, *, optional: bool = False) -> Block:
    """A field of a modal. Errors of a submission name it by ``block``."""
    made: Block = {"type": "input", "block_id": block, "label": plain(label, VALUE), "element": element}
    return made | ({"hint": plain(hint, VALUE)} if hint else {}) | ({"optional": True} if optional else {})


def written(state: Block, block: str) -> str:
    """What stands in the field of a block: a text, a day, a time ("14:30"), a moment (seconds since 1970), the value of what is chosen, a
    channel. Empty for nothing.
    """
    held = _held(state, block)
    moment = held.get("selected_date_time")
    chosen = (held.get("selected_option") or {}).get("value") or held.get("selected_conversation")
    return held.get("value") or held.get("selected_date") or held.get("selected_time") or chosen or (str(moment) if moment else "")


def picked(state: Block, block: str) -> tuple[str, ...]:
    """The values of all that is chosen in a block: options, or channels."""
    held = _held(state, block)
    return tuple(held.get("selected_channels") or (option["value"] for option in held.get("selected_options") or ()))


def attached(state: Block, block: str) -> str:
    """The id of the file in a block; empty for none."""
    return next((str(each["id"]) for each in _held(state, block).get("files") or ()), "")


def _held(state: Block, block: str) -> Block:
    """https://docs.slack.dev/reference/views (state): block -> action -> what it holds. Each field has one action."""
    held: Block = next(iter((state.get(block) or {}).values()), {})
    return held


def packed(text_key: str, text: str, **others: str | None) -> str:
    """A button's value as JSON; one text of it is cut until the whole fits."""
    kept, rest = text, {key: value for key, value in others.items() if value is not None}

    def whole(kept: str) -> str:
        return json.dumps({**rest, text_key: kept}, ensure_ascii=False, separators=(",", ":"))

    while len(whole(kept)) > VALUE:
        kept = kept[: len(kept) - max(1, len(whole(kept)) - VALUE)]
    return whole(kept)


def unpacked(value: str) -> dict[str, str]:
    """What ``packed`` put into a button."""
    found: dict[str, str] = json.loads(value)
    return found


def _within(blocks: Sequence[Block], limit: int) -> list[Block]:
    """Slack refuses a message with one block too many: what stands last (the source, the buttons) stays, the middle goes."""
    if len(blocks) <= limit:
        return list(blocks)
    more: Block = {"type": "context", "elements": [{"type": "plain_text", "text": "…"}]}
    return [*blocks[: limit - 3], more, *blocks[-2:]]
