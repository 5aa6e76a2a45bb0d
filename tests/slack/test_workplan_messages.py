"""Messages about many workplans and activities: what stands in full, what has a line, how it was typed, in which language."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.app import FACES
from bot.blocks import Message, actions, section
from bot.delivery.views import Shown, letter, message
from bot.notices.notices import _unsent_headline
from bot.notices.terminal import REASONS
from bot.reasons import LEFT_SLACK
from bot.sandbox.slack.blockkit import Surface, problems
from bot.workplans import notices
from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.notices.drafts import WORD, Proposal
from cadre.notices.failures import Failure
from cadre.notices.rules import Recipient
from cadre.workplans.facts import HandedIn
from tests.slack.invented_workplans import DAY, LONG, activity, huge, plan
from tests.slack.test_workplan_notices import ENGLISH, FRENCH, REQUEST, handed_in, requests, says, told


def crowd(reader: Reader = ENGLISH) -> tuple[list[Shown], list[dict[str, Any]]]:
    """Thirteen late activities, a workplan that no message told of before, and a draft: as things, and as a message has them."""
    faces = {face.kind: face for face in FACES}
    late = [
        Shown(faces["activity"], activity(n, due=date(2027, 1, n)), replace(told("activity"), id=n, occurrence=date(2027, 1, n)))
        for n in range(1, 14)
    ]
    new = Shown(faces["workplan"], plan(activity()), replace(told("workplan"), id=20), first=True)
    drafts = [
        Shown(faces["activity"], activity(n, due=date(2027, 1, n)), replace(told("activity", manner="draft"), id=n)) for n in range(21, 31)
    ]
    shown = [*late, new, *drafts]
    return shown, message(shown, reader).payload()["blocks"]


def texts(blocks: list[dict[str, Any]]) -> str:
    said = [block["text"]["text"] for block in blocks if "text" in block]
    return "\n".join([*said, *(each["text"] for block in blocks if block["type"] == "context" for each in block["elements"])])


def test_all_that_a_message_brings_can_be_read_in_it_and_what_is_new_stands_in_full() -> None:
    shown, blocks = crowd()
    for each in shown:
        assert each.headline(ENGLISH)[:60] in texts(blocks)
    assert problems(blocks, Surface.MESSAGE) == ()
    without = message([each for each in shown if not each.draft], ENGLISH).payload()["blocks"]
    buttons = {each.get("action_id") for block in without if block["type"] == "actions" for each in block["elements"]}
    assert "workplans.submit" in buttons, "a workplan that no message told of before is not among the lines"
    assert "All of it: /cadre workplan." in texts(without)


def test_drafts_that_have_only_a_line_can_be_read_from_the_message() -> None:
    _shown, blocks = crowd()
    (menu,) = [
        each
        for block in blocks
        if block["type"] == "actions"
        for each in block["elements"]
        if each["action_id"] == "notices.draft" and each["type"] == "static_select"
    ]
    assert len(menu["options"]) == 2
    assert "All of it: drafts in my Home tab and /cadre workplan." in texts(blocks)


def test_only_what_has_no_line_is_a_number_and_slack_takes_the_message() -> None:
    face = next(face for face in FACES if face.kind == "activity")
    shown = [Shown(face, activity(n, title=LONG), replace(told("activity"), id=n), again=date(2027, 3, 20)) for n in range(1, 301)]
    for reader in (ENGLISH, FRENCH):
        blocks = message(shown, reader).payload()["blocks"]
        assert problems(blocks, Surface.MESSAGE) == ()
        assert not [block for block in blocks if block.get("elements") == [{"type": "plain_text", "text": "…"}]], "nothing is left out"
    more = re.search(r"and (\d+) more", texts(message(shown, ENGLISH).payload()["blocks"]))
    assert more
    assert int(more[1]) >= 300 - 8 - 80


RECIPIENT = Recipient("jordan", "Jordan", email="jordan@example.org")


def test_the_subject_of_a_letter_counts_only_what_waits_and_a_letter_says_where_its_draft_is() -> None:
    shown, _blocks = crowd()
    over = [replace(each, facts=activity(each.told.id, state="done")) for each in shown[:3]]
    sent = letter([*over, *shown[3:5]], RECIPIENT, "k", ENGLISH, None)
    assert sent.subject == "Joint Councils: 2 things wait for you"
    assert letter(over, RECIPIENT, "k", ENGLISH, None).subject == "Joint Councils: for your information"
    drafted = letter(shown[-1:], RECIPIENT, "k", ENGLISH, None)
    assert "The draft is in my Home tab, in Slack." in drafted.text
    proposed = replace(shown[-1], proposal=Proposal(Bilingual("Hello. How is it?", "Bonjour. Où en est-ce?")))
    both = letter([proposed], RECIPIENT, "k", ENGLISH, None).text
    assert ("“Hello. How is it?”" in both, "“Bonjour. Où en est-ce?”" in both) == (True, True)
    assert "Home tab" not in sent.text


def test_a_long_word_of_the_secretariat_is_read_to_its_end() -> None:
    face = next(face for face in FACES if face.kind == WORD)
    text = "Dear Robin, " + "ice & snow " * 270 + "so it ends."
    shown = Shown(face, (None, None), told(WORD, manner="alone", by="Jordan", en=text, fr=text))
    blocks = message([shown], ENGLISH).payload()["blocks"]
    assert problems(blocks, Surface.MESSAGE) == ()
    assert "".join(block["text"]["text"] for block in blocks if block["type"] == "section") == f"The secretariat (Jordan) writes: {text}"


def test_an_announcement_tells_how_its_own_submission_ended_and_not_what_came_after() -> None:
    back = HandedIn("returned", datetime(2027, 2, 16, 20, tzinfo=UTC), "Jordan Wrenwood (U0JORDAN)")
    now = plan(state="complete", settled_at=datetime(2027, 2, 20, 20, tzinfo=UTC), settled_by="Alix (U0ALIX)")
    facts = handed_in(now, back, HandedIn("complete", datetime(2027, 2, 20, 20, tzinfo=UTC), "Alix (U0ALIX)"))
    first, buttons = says("workplan_submitted", facts, by="Robin", nth=1)
    assert (first, buttons) == ("Orchards: the workplan was submitted by Robin. Returned by Jordan Wrenwood, February 16, 2027.", [])
    assert "Accepted by Alix" in says("workplan_submitted", facts, by="Robin", nth=2, again=True)[0]
    waits = handed_in(plan(state="submitted"), back, HandedIn("submitted", datetime(2027, 2, 20, 20, tzinfo=UTC), "Robin"))
    assert says("workplan_submitted", waits, by="Robin", nth=1)[1] == [], "what was returned is not open again in its old message"
    assert says("workplan_submitted", waits, by="Robin", nth=2)[1] == ["Open"]
    twice = handed_in(plan(activity(), state="returned"), back, back)
    assert says("workplan_returned", twice, by="Jordan", nth=1)[1] == []
    assert "Submit" in says("workplan_returned", twice, by="Jordan", nth=2)[1]


@pytest.mark.parametrize("face", notices.FACES, ids=lambda face: face.kind)
@pytest.mark.parametrize("reader", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_slack_takes_every_notice(face: Any, reader: Reader) -> None:
    found = huge()
    facts: Any = found if face.kind.startswith("workplan") else found.activities[0] if face.kind.startswith("activity") else requests(LONG)
    days = {"from": "2027-02-20", "to": "2027-03-01"}
    notice = told(face.kind, manner="announcement", **REQUEST | {"reason": "R" * 3000, "approved": True} | days)
    if face.kind in ("workplan_submitted", "workplan_returned"):
        facts = handed_in(found)
    text, controls = face.headline(facts, notice, reader), face.controls(facts, notice, reader)
    blocks = (section(text), *actions(*controls))
    assert problems(Message(text, blocks).payload()["blocks"], Surface.MESSAGE) == ()
    assert text


def test_what_people_type_is_shown_as_they_typed_it_and_stands_so_in_letters() -> None:
    """Signs that Slack would take for its markup look the same in a message, and are themselves in a letter and in an address."""
    typed = "*Two* <wicks> and _one_ lamp: https://iccs-isac.org/_plan_?a=1&b=*2*"
    face = next(face for face in notices.FACES if face.kind == "workplan_returned")
    shown = Shown(face, handed_in(plan(state="returned", reason=typed)), told("workplan_returned", DAY, by="Jordan *W*", reason=typed))
    (block, *_) = message([shown], ENGLISH).payload()["blocks"]
    text = block["text"]["text"]
    assert "<https://iccs-isac.org/_plan_?a=1&amp;b=*2*>" in text
    assert "&lt;wicks&gt;" in text
    assert not re.search(r"\*Two\*|_one_|\*W\*", text)
    sent = letter([shown], Recipient("robin", "Robin", email="robin@iccs.example.org"), "delivery:1", ENGLISH, None)
    assert typed in " ".join(sent.text.split("\n"))
    assert "Jordan *W*" in " ".join(sent.text.split("\n"))


@pytest.mark.parametrize(
    ("reason", "french"),
    [
        (LEFT_SLACK, "n'est plus dans Slack"),
        ("is not in Slack any more", "n'est plus dans Slack"),
        ("user_disabled", "n'est plus dans Slack"),
        ("no e-mail address: 'sam'", "l'adresse n'est pas une adresse de courriel"),
        ("550 5.1.1: No such user here", "refus du serveur de courriel\u00a0: 550 5.1.1: No such user here"),
        ("is_archived", "la conversation est archivée"),
        ("something_new", "refus de Slack\u00a0: something_new"),
    ],
)
def test_why_a_message_could_not_be_sent_is_said_in_the_readers_language(reason: str, french: str) -> None:
    said = _unsent_headline(
        Failure(1, "Sam", None, (), reason, datetime(2027, 2, 16, tzinfo=UTC), "failed"), told("delivery_failed"), FRENCH
    )
    assert f"({french})" in said


def test_why_a_reminder_was_left_out_is_said_in_words() -> None:
    for reason in (
        "done",
        "dropped",
        "replaced",
        "submitted",
        "complete",
        "approved",
        "sunset",
        "dormant",
        "cancelled",
        "over",
        "taken_off",
    ):
        assert reason in REASONS
        assert REASONS[reason].for_(FRENCH) != REASONS[reason].for_(ENGLISH)


def test_a_submission_leads_to_the_workplan_also_once_it_is_settled() -> None:
    for state in ("submitted", "complete", "approved"):
        assert says("workplan_submitted", handed_in(plan(activity(), state=state)), by="Robin")[1] == ["Open"]


def test_what_stands_in_the_other_language_only_says_so_in_the_message_the_letter_and_its_subject() -> None:
    owed = activity(title=Bilingual("Plant row 1", None), note=Bilingual("Frost.", None), state="at_risk")
    face = next(face for face in notices.FACES if face.kind == "activity")
    shown = Shown(face, owed, told("activity"))
    mark = "(en anglais seulement)"
    assert f"Plant row 1 {mark} (Vergers)" in message([shown], FRENCH).text
    sent = letter([shown], Recipient("robin", "Robin", email="robin@iccs.example.org"), "delivery:1", FRENCH, None)
    assert sent.subject.endswith(f"Plant row 1 {mark}")
    said = " ".join(sent.text.split("\n"))
    assert f"Plant row 1 {mark}" in said
    assert f"Frost {mark}" in said
    assert mark not in message([replace(shown, facts=activity())], FRENCH).text
