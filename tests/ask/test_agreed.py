"""Questions about what meetings decided, and what is still to be done: to each, what they may know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.decisions import service as decisions
from cadre.decisions.models import Decision
from tests.ask import meeting_room as world
from tests.ask.meeting_room import BEGAN, FRAMEWORK, GUY, NAT, OTHERS, SOPHIA, Asked, Room, canoes, room_of

going_on = world.going_on


def decide(room: Room, id_: str, text: str, meeting: str, *, number: int | None = None) -> None:
    def add(session: Session) -> None:
        row = Decision(id=id_, number=number, meeting=meeting, state=None if number else "provisional")
        row.wording = Bilingual(text, f"Texte : {text}")
        session.add(row)

    room.do(add)


def on_the_sledges(room: Room) -> None:
    """Two meetings that are over, each of which decided something."""
    room.met("ice", datetime(2027, 1, 12, 18, 0, tzinfo=UTC), invited=("guy-gordon",))
    room.met("older", datetime(2026, 12, 8, 18, 0, tzinfo=UTC))
    decide(room, "d-ice", "Buy sleds.", "ice")
    decide(room, "d-older", "Sell skates.", "older")


def agreed(room: Room) -> None:
    """An action of Manitoba's that is late, one of British Columbia's, and one that is done."""
    for owner, text, due in (("guy-gordon", "Fetch paddles", 2), ("bev-dicks", "Wax the sled", 20), ("guy-gordon", "Buy rope", 30)):
        form = decisions.ActionForm(FRAMEWORK, text, f"Texte : {text}", owner, (BEGAN + timedelta(days=due)).date())
        made = room.do(decisions.record_action, form)
        if text == "Buy rope":
            room.do(decisions.settle_action, made.id, "done")
    room.at(BEGAN + timedelta(days=5))


sledding = room_of("room_sledding", canoes, on_the_sledges)
acting = room_of("room_acting", canoes, agreed)


@pytest.mark.parametrize(
    "question",
    [
        "what was decided at the last meeting of the Framework WG?",
        "what did the framework working group decide at its last meeting",
        "Qu'est-ce qui a été décidé à la dernière réunion du GT sur le Cadre?",
        "décisions de la dernière réunion du groupe de travail sur le Cadre",
    ],
)
def test_what_the_last_meeting_decided_and_that_it_is_provisional(sledding: Asked, question: str) -> None:
    told = sledding.told(question)
    assert "Buy sleds." in told
    assert "Proposed decision" in told or "proposée" in told
    assert "Sell skates" not in told
    assert "January 12, 2027" in told or "12 janvier 2027" in told


@pytest.mark.parametrize(
    "question",
    [
        "open actions of Manitoba",
        "what are Manitoba's open actions?",
        "suivis ouverts du Manitoba",
        "quelles sont les mesures de suivi du Manitoba?",
        "overdue actions of Manitoba",
        "what are my open actions",
        "my actions",
        "mes suivis",
        "what do I have to do?",
        "open actions of Guy Gordon",
    ],
)
def test_the_open_actions_of_a_jurisdiction_and_ones_own(acting: Asked, question: str) -> None:
    told = acting.told(question, GUY)
    assert "Fetch paddles" in told
    assert "late" in told or "en retard" in told
    assert "Wax the sled" not in told
    assert "Buy rope" not in told


@pytest.mark.parametrize(
    "question", ["actions of the Framework WG", "open actions", "suivis du groupe de travail sur le Cadre", "suivis ouverts"]
)
def test_the_open_actions_of_a_group(acting: Asked, question: str) -> None:
    told = acting.told(question, SOPHIA)
    assert told.index("Fetch paddles") < told.index("Wax the sled")
    assert "Buy rope" not in told
    assert not {"late", "en retard"} & {part.strip() for line in told.splitlines() for part in line.split("·")}, "that is not for everybody"


def test_nobody_unknown_is_told_of_actions_of_their_own(acting: Asked) -> None:
    assert acting.ask("my actions", None).headline.startswith("I cannot tell who is asking")
    assert acting.ask("my actions", SOPHIA).headline == "You have no open action."
    assert acting.ask("open actions of Yukon").headline == "No open action of Yukon is recorded."


@pytest.mark.parametrize("question", ["open actions", "open actions of Manitoba", "next steps of the framework working group"])
def test_what_is_to_be_done_is_told_to_those_whom_the_registry_knows(acting: Asked, question: str) -> None:
    assert "Fetch paddles" not in acting.told(question, None)
    assert acting.ask("open actions", None).headline.startswith("I tell only people whose record I know which actions are open")


@pytest.mark.parametrize(
    "question", ["next teleconference of the Research Committee", "prochaine téléconférence du Comité de recherche", "next teleconference"]
)
def test_an_action_is_no_answer_to_when_a_teleconference_is(acting: Asked, question: str) -> None:
    told = acting.told(question)
    assert "Fetch paddles" not in told
    assert "Wax the sled" not in told


def test_what_is_done_is_no_next_step(acting: Asked) -> None:
    told = acting.told("what are the next steps of the framework working group?")
    assert "Buy rope" not in told
    assert "Fetch paddles" in told


def test_what_is_offered_next_is_answered(acting: Asked) -> None:
    offered = acting.ask("when is the next meeting").follow_ups
    assert len(offered) == 2
    assert [acting.ask(question).intent for question in offered] == ["meeting_coming", "open_actions"]
    french = acting.ask("quand est la prochaine réunion", lang="fr").follow_ups
    assert [acting.ask(question, lang="fr").intent for question in french] == ["meeting_coming", "open_actions"]


RECORDED = (
    "what did the Framework Working Group decide?",
    "decisions of the Framework Working Group",
    "décisions du groupe de travail sur le Cadre",
    "decisions about the Lobo sled",
    "décisions sur les traîneaux Lobo",
    "what was decided about sleds last month?",
    "provisional decisions",
    "décisions provisoires",
    "what was decided on January 12?",
    "qu'est-ce qui a été décidé le 12 janvier ?",
    "what was decided about the Lobo sleds?",
    "what was decided on January 12, 2027?",
)


def test_what_was_decided_is_found_by_the_group_the_day_and_the_words(going_on: Room) -> None:
    """To those who were invited; others hear that there is something that is provisional, and nothing of it."""
    going_on.met("ice", datetime(2027, 1, 12, 18, 0, tzinfo=UTC), invited=("guy-gordon",))
    going_on.met("other", datetime(2027, 1, 5, 18, 0, tzinfo=UTC), group="privacy", invited=("guy-gordon",))
    decide(going_on, "d-ice", "Buy Lobo sleds.", "ice")
    form = decisions.ActionForm(FRAMEWORK, "Fetch rope", "Chercher la corde", "bev-dicks", BEGAN.date(), meeting="ice")
    going_on.do(decisions.record_action, form)
    assert "Without a meeting: Decision 1" in going_on.told("decisions", GUY)
    assert "Decision 1 reads" in going_on.ask("decisions", SOPHIA).headline
    for question in RECORDED:
        for invited in (GUY, NAT):
            told = going_on.told(question, invited)
            assert "Buy Lobo sleds." in told
            assert "Proposed decision" in told or "Décision proposée" in told
            assert "January 12, 2027" in told or "12 janvier 2027" in told
            assert "Fetch rope" in told or "Chercher la corde" in told
        for by, channel in OTHERS:
            told = going_on.told(question, by, channel=channel)
            assert "sleds" not in told.lower().removeprefix(question.lower())
            assert "only those who were invited" in told or "seules les personnes" in told
