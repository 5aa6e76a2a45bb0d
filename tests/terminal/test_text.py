"""An answer as plain text."""

from __future__ import annotations

from bot.ask.text import BOLD, DIM, Paper, choices, render
from cadre.ask.answer import Answer, Candidate, Part
from cadre.core.reader import Reader
from cadre.core.words import Words

word = Words.verbatim


def words(*texts: str) -> tuple[Words, ...]:
    return tuple(map(Words.verbatim, texts))


def answer(*parts: Part, follow_ups: tuple[str, ...] = ()) -> Answer:
    return Answer("who?", "en", parts, words(*follow_ups))


def candidate(id_: str, name: str) -> Candidate:
    return Candidate(f"group:{id_}", word(name), word(name))


PLAIN = answer(
    Part("who?", "who_leads", word("Bev leads it."), words("One", "Two"), words("Deck, October 2017")), follow_ups=("And then?",)
)


def test_answer_then_details_then_source_then_what_follows() -> None:
    assert render(PLAIN, Reader("fr_CA")) == (
        "Bev leads it.\n  - One\n  - Two\nSource: Deck, October 2017\nYou may also ask:\n  - And then?"
    ), "the language is that of the answer"


def test_what_may_be_chosen_is_numbered_throughout() -> None:
    meant = Part("SCGI", "ambiguous", word("Did you mean"), candidates=(candidate("a", "A"), candidate("b", "B")))
    asked = answer(meant, follow_ups=("And then?",))
    assert [line.strip() for line in render(asked, Reader(), numbered=True).splitlines()] == [
        "Did you mean", "1. A", "2. B", "You may also ask:", "3. And then?",
    ]  # fmt: skip
    assert [(choice.question, choice.subject) for choice in choices(asked)] == [
        ("SCGI", "group:a"), ("SCGI", "group:b"), ("And then?", None),
    ]  # fmt: skip


def test_two_questions_are_told_apart() -> None:
    two = answer(Part("a", "x", word("First.")), Part("b", "y", word("Second.")))
    assert render(two, Reader()) == "First.\n\nSecond."


def test_lines_end_where_the_paper_does() -> None:
    long = answer(Part("a", "x", word("one two three"), words("four five\u00a0six")))
    assert render(long, Reader(), Paper(width=12)) == "one two\nthree\n  - four\n    five\u00a0six"


def test_weight_where_it_shows() -> None:
    shown = render(PLAIN, Reader(), Paper(shades=True))
    assert shown.startswith(f"{BOLD}Bev leads it.\x1b[0m")
    assert f"{DIM}Source: Deck, October 2017\x1b[0m" in shown
