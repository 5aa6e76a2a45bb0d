"""Questions about what meetings decided, and what is still to be done: to each, what they may know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.decisions import service as decisions
from cadre.decisions.models import Decision
from tests.ask import meeting_room as world
from tests.ask.meeting_room import BEGAN, FRAMEWORK, GUY, NAT, OTHERS, SOPHIA, Room

room, planned = world.room, world.planned


def decide(room: Room, id_: str, text: str, meeting: str, *, number: int | None = None) -> None:
    def add(session: Session) -> None:
        row = Decision(id=id_, number=number, meeting=meeting, state=None if number else "provisional")
        row.wording = Bilingual(text, f"Texte : {text}")
        session.add(row)

    room.do(add)


@pytest.mark.parametrize(
    "question",
    [
        "what was decided at the last meeting of the Framework WG?",
        "what did the framework working group decide at its last meeting",
        "Qu'est-ce qui a été décidé à la dernière réunion du GT sur le Cadre?",
        "décisions de la dernière réunion du groupe de travail sur le Cadre",
    ],
)
def test_what_the_last_meeting_decided_and_that_it_is_provisional(planned: Room, question: str) -> None:
    planned.met("ice", datetime(2027, 1, 12, 18, 0, tzinfo=UTC), invited=("guy-gordon",))
    planned.met("older", datetime(2026, 12, 8, 18, 0, tzinfo=UTC))
    decide(planned, "d-ice", "Buy sleds.", "ice")
    decide(planned, "d-older", "Sell skates.", "older")
    told = planned.told(question)
    assert "Buy sleds." in told
    assert "Provisional decision" in told or "provisoire" in told
    assert "Sell skates" not in told
    assert "January 12, 2027" in told or "12 janvier 2027" in told


def agreed(room: Room) -> None:
    """An action of Manitoba's that is late, one of British Columbia's, and one that is done."""
    for owner, text, due in (("guy-gordon", "Fetch paddles", 2), ("bev-dicks", "Wax the sled", 20), ("guy-gordon", "Buy rope", 30)):
        form = decisions.ActionForm(FRAMEWORK, text, f"Texte : {text}", owner, (BEGAN + timedelta(days=due)).date())
        made = room.do(decisions.record_action, form)
        if text == "Buy rope":
            room.do(decisions.settle_action, made.id, "done")
    room.at(BEGAN + timedelta(days=5))


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
def test_the_open_actions_of_a_jurisdiction_and_ones_own(planned: Room, question: str) -> None:
    agreed(planned)
    told = planned.told(question, GUY)
    assert "Fetch paddles" in told
    assert "late" in told or "en retard" in told
    assert "Wax the sled" not in told
    assert "Buy rope" not in told


@pytest.mark.parametrize(
    "question", ["actions of the Framework WG", "open actions", "suivis du groupe de travail sur le Cadre", "suivis ouverts"]
)
def test_the_open_actions_of_a_group(planned: Room, question: str) -> None:
    agreed(planned)
    told = planned.told(question, SOPHIA)
    assert told.index("Fetch paddles") < told.index("Wax the sled")
    assert "Buy rope" not in told
    assert not {"late", "en retard"} & {part.strip() for line in told.splitlines() for part in line.split("·")}, "that is not for everybody"


def test_nobody_unknown_is_told_of_actions_of_their_own(planned: Room) -> None:
    agreed(planned)
    assert planned.ask("my actions", None).headline.startswith("I cannot tell who is asking")
    assert planned.ask("my actions", SOPHIA).headline == "You have no open action."
    assert planned.ask("open actions of Yukon").headline == "No open action of Yukon is recorded."


def test_what_is_done_is_no_next_step(planned: Room) -> None:
    agreed(planned)
    told = planned.told("what are the next steps of the framework working group?")
    assert "Buy rope" not in told
    assert "Fetch paddles" in told


def test_what_is_offered_next_is_answered(planned: Room) -> None:
    agreed(planned)
    offered = planned.ask("when is the next meeting").follow_ups
    assert len(offered) == 2
    assert [planned.ask(question).intent for question in offered] == ["meeting_coming", "open_actions"]
    french = planned.ask("quand est la prochaine réunion", lang="fr").follow_ups
    assert [planned.ask(question, lang="fr").intent for question in french] == ["meeting_coming", "open_actions"]


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


def test_what_was_decided_is_found_by_the_group_the_day_and_the_words(planned: Room) -> None:
    """To those who were invited; others hear that there is something that is provisional, and nothing of it."""
    planned.met("ice", datetime(2027, 1, 12, 18, 0, tzinfo=UTC), invited=("guy-gordon",))
    planned.met("other", datetime(2027, 1, 5, 18, 0, tzinfo=UTC), group="privacy", invited=("guy-gordon",))
    decide(planned, "d-ice", "Buy Lobo sleds.", "ice")
    form = decisions.ActionForm(FRAMEWORK, "Fetch rope", "Chercher la corde", "bev-dicks", BEGAN.date(), meeting="ice")
    planned.do(decisions.record_action, form)
    assert "Without a meeting: Decision 1" in planned.told("decisions", GUY)
    assert "Decision 1 reads" in planned.ask("decisions", SOPHIA).headline
    for question in RECORDED:
        for invited in (GUY, NAT):
            told = planned.told(question, invited)
            assert "Buy Lobo sleds." in told
            assert "Provisional decision" in told or "Décision provisoire" in told
            assert "January 12, 2027" in told or "12 janvier 2027" in told
            assert "Fetch rope" in told or "Chercher la corde" in told
        for by, channel in OTHERS:
            told = planned.told(question, by, channel=channel)
            assert "sleds" not in told.lower().removeprefix(question.lower())
            assert "only those who were invited" in told or "seules les personnes" in told
