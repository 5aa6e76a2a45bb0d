"""The table of verbs: what it takes, and what is a question."""

from __future__ import annotations

import time

import pytest

from bot.app import commands
from bot.commands import LONGEST, find, mentioned, said


@pytest.mark.parametrize(
    ("typed", "verb", "language"),
    [
        ("help", "help", "en"),
        ("AIDE !", "help", "fr"),
        ("/help", "help", "en"),
        (" moi ", "me", "fr"),
        ("Qui suis-je?", "me", "fr"),
        ("who  am I", "me", "en"),
        ("Francais", "french", "fr"),
        ("english", "english", "en"),
    ],
)
def test_verbs_whole_accents_aside(typed: str, verb: str, language: str) -> None:
    found = find(commands().verbs, typed)
    assert found
    assert (found[0].en[0], found[1]) == (verb, language)


@pytest.mark.parametrize("typed", ["help me find who leads it", "aide-mémoire", "moi qui dirige", "helpful", "", "who leads"])
def test_what_is_not_taken_whole_is_a_question(typed: str) -> None:
    assert find(commands().verbs, typed) is None


def test_no_name_stands_for_two_verbs() -> None:
    names = [name for verb in commands().verbs for name in {*verb.en, *verb.fr}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("<@U0CADRE> who leads it", "who leads it"),
        ("hey <@U0CADRE|cadre> who?", "hey   who?"),
        ("what of <#C1|general> and <@U2|sam>", "what of general and sam"),
        ("see <https://a.ca|this> or <https://b.ca>", "see this or https://b.ca"),
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("a\u0001b\u200bc", "a b c"),
        ("<!subteam^S1|@team> or <@U2>", "@team or <@U2>"),
        ("<mailto:a@b.ca|a@b.ca>, <https://b.ca?x=1&amp;y=2>", "a@b.ca, https://b.ca?x=1&y=2"),
    ],
)
def test_slack_s_markup_is_taken_off(text: str, clean: str) -> None:
    assert said({"event": {"text": text}, "authorizations": [{"user_id": "U0CADRE"}]}) == clean


def test_without_authorizations_the_first_mention_is_cadre() -> None:
    assert said({"event": {"text": "<@U0CADRE> who leads <@U0CADRE>"}}) == "who leads <@U0CADRE>"


def test_who_is_spoken_of_is_named() -> None:
    body = {"event": {"text": "<@U0CADRE> who is <@U2>, or <@U3|tim>, or <@U4>"}, "authorizations": [{"user_id": "U0CADRE"}]}
    assert mentioned(body) == ("U2", "U3", "U4")
    assert said(body, {"U2": "Bev Dicks", "U3": "Tim <b>"}) == "who is Bev Dicks, or Tim <b>, or <@U4>"


LONG = [
    *(
        "<@" + "a" * 40_000,
        "<" * 40_000,
        "<@a|" * 10_000,
        "<a|" + "b" * 40_000,
        "<@U1>" * 8_000,
        "<https://" * 4_500,
        "<a>" * 13_000,
        "<a|>" * 10_000,
    ),
    *("&" * 40_000, "&#" + "1" * 39_998, " " * 40_000, "\u0301" * 40_000),
]


@pytest.mark.parametrize("text", LONG, ids=[text[:3] for text in LONG])
@pytest.mark.parametrize("authorizations", [[], [{"user_id": "U0CADRE"}]])
def test_whatever_is_typed_is_read_at_once(text: str, authorizations: list[dict[str, str]]) -> None:
    body = {"event": {"text": text}, "authorizations": authorizations}
    seconds = []
    for _ in range(3):
        began = time.process_time()
        mentioned(body)
        said(body)
        seconds.append(time.process_time() - began)
    assert min(seconds) < 0.02


def test_a_long_text_is_cut() -> None:
    assert len(said({"command": "/cadre", "text": "x" * 20_000})) == LONGEST
