"""The pieces that views are made of: never more than Slack takes, never markup that somebody typed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import blocks, markup
from bot.blocks import Message, Modal, Option
from cadre.core.words import Words

W = Words.verbatim
TEXTS = st.text(max_size=4000)


@given(TEXTS, st.integers(1, 200))
def test_marked_text_fits_and_holds_no_markup(text: str, limit: int) -> None:
    made = markup.escaped(text, limit)
    assert len(made) <= limit
    assert "<" not in made.replace("<http", "")
    assert "&" not in made.replace("&amp;", "").replace("&lt;", "").replace("&gt;", ""), "no entity is cut in two"


@given(TEXTS, st.integers(1, 200))
def test_plain_text_fits(text: str, limit: int) -> None:
    made = blocks.cut(text, limit)
    assert len(made) <= limit
    assert made == text or made.endswith("…")


@given(TEXTS, TEXTS)
def test_what_is_packed_into_a_button_fits_and_comes_back(text: str, other: str) -> None:
    value = blocks.packed("question", text, subject=other[:80])
    assert len(value) <= blocks.VALUE
    back = blocks.unpacked(value)
    assert text.startswith(back["question"])
    assert back["subject"] == other[:80]


def test_addresses_become_links() -> None:
    assert markup.escaped("See https://iccs-isac.org/councils?a=1&b=2.", 100) == "See <https://iccs-isac.org/councils?a=1&amp;b=2>."


def test_what_is_typed_is_no_markup_and_an_address_stays_as_it_is() -> None:
    typed = "*Two* rivers: https://maps.example/_two_/a_b?x=1&_y_=2 (snake_case)\n> quoted\n2 * 3 * 4"
    made = markup.escaped(typed, 200)
    assert "<https://maps.example/_two_/a_b?x=1&amp;_y_=2>" in made
    assert "snake_case" in made
    assert "2 * 3 * 4" in made
    assert not markup.looks_marked(made.replace("&gt;", ">")), "Slack takes nothing of it for bold, or a quotation"
    assert not markup.looks_marked("https://maps.example/_two_/")
    assert markup.escaped(markup.bold(W("A *b* c")), 100) == "*A \u2217b\u2217 c*"
    assert markup.escaped(markup.bold(W("word " * 9)), 20) == "*word word word*…"
    assert blocks.plain(markup.bold(W("Name")), 9)["text"] == "Name"


def test_a_mention_stands_only_where_a_view_put_it() -> None:
    block = blocks.said(W("Shared by \u0001 <@U2>"), ("U1",))
    assert block["elements"][0]["text"] == "Shared by <@U1> &lt;@U2&gt;"


def test_a_long_list_stands_in_several_sections() -> None:
    made = list(blocks.listed(W("word " * 100) for _ in range(20)))
    assert len(made) > 1
    assert all(len(block["text"]["text"]) <= blocks.SECTION for block in made)
    assert sum(block["text"]["text"].count("•") for block in made) == 20


@pytest.mark.parametrize("count", [50, 51, 500])
def test_a_message_keeps_its_end(count: int) -> None:
    made = Message(W("a"), tuple(blocks.section(W(str(number))) for number in range(count))).payload()
    assert len(made["blocks"]) == 50
    assert made["blocks"][-1]["text"]["text"] == str(count - 1)


def test_titles_and_labels_are_cut() -> None:
    modal = Modal(W("A title that is far too long for Slack"), (), close=W("Close")).payload()
    assert len(modal["title"]["text"]) <= 24
    assert len(Option(W("x" * 100), "v").payload()["text"]["text"]) == 75
    assert len(blocks.button(W("x" * 100), "a")["text"]["text"]) == 75
    assert len(blocks.header(W("x" * 200))["text"]["text"]) == 150
    assert blocks.section(W(""))["text"]["text"], "Slack refuses an empty text"
    json.dumps(modal)
