"""Questions about what was decided and carried out: in their words, with the decision and its day."""

from __future__ import annotations

import pytest

from tests.ask.agreed import Councils, councils_of
from tests.ask.meeting_room import Asked

ENDED = (
    "which groups have ended",
    "which working groups have ended",
    "which groups closed?",
    "which groups were closed?",
    "which groups were wound down",
    "groups that ended",
    "which groups no longer exist",
    "which groups don't exist anymore",
    "quels groupes ont été dissous",
    "quels groupes n'existent plus",
    "quels groupes de travail ont pris fin",
)


def carried(room: Councils) -> None:
    """Two groups are dissolved, one becomes a community of practice, a priority becomes a working group; one decision is not carried out."""
    kind, french = "becomes a community of practice", "devient une communauté de pratique"
    moved = room.decides(f"The Information Management Sub-Committee {kind}", f"Le Sous-comité sur la gestion de l'information {french}")
    room.carries(moved, "transition", "information-management", kind="community_of_practice")
    over = room.decides("The Channel Shift Working Group is dissolved", "Le Groupe de travail sur le changement de chaînes est dissous")
    room.carries(over, "sunset", "channel-shift", successors=("research",))
    room.carries(room.decides("Mapping is over", "La cartographie prend fin"), "sunset", "service-mapping")
    room.carries(room.decides("The priority is carried by a group"), "working_group", priorities=("digital-identity",))
    room.decides(f"The ICT Policy Working Group {kind}", f"Le Groupe de travail sur la politique en matière de TIC {french}")


agreed = councils_of("councils_carried", carried)
put = councils_of("councils_put")


@pytest.mark.parametrize("question", ENDED)
def test_which_groups_were_dissolved_since_when_and_by_which_decision(agreed: Asked, question: str) -> None:
    told = agreed.told(question)
    english = not question.startswith("quels")
    assert told.startswith("2 groups were dissolved." if english else "2 groupes ont été dissous.")
    assert ("Channel Shift Working Group (January 8, 2027, decision 2027-02)" if english else "changement de chaînes (8 janvier 2027") in told


def test_nothing_is_dissolved_by_being_recommended(put: Asked) -> None:
    assert put.told("which groups have ended").startswith("As of October 2017, it is proposed, without a decision yet, for 2 groups")
    assert put.told("which groups no longer exist").startswith("That is not in the registry: no group is recorded as sunset.")
    assert put.told("quels groupes n'existent plus").startswith("Cela ne figure pas dans le registre : aucun groupe n'est inscrit")


@pytest.mark.parametrize(
    ("question", "since"),
    [
        ("what happened in the Information Management Sub-Committee since January 2027", "since January 2027"),
        ("what has happened in the Information Management Sub-Committee since December?", "since December 2026"),
        ("que s'est-il passé dans le sous-comité sur la gestion de l'information depuis décembre", "depuis décembre 2026"),
        ("que s'est-il passé dans le Sous-comité sur la gestion de l'information depuis le 1er janvier?", "depuis le 1er janvier 2027"),
        ("qu'est-ce qui s'est passé au Sous-comité sur la gestion de l'information depuis janvier", "depuis janvier 2027"),
        ("qu'est-ce qui est arrivé au Sous-comité sur la gestion de l'information depuis janvier", "depuis janvier 2027"),
    ],
)
def test_what_happened_is_what_changed(agreed: Asked, question: str, since: str) -> None:
    told = agreed.told(question)
    assert since in told.splitlines()[0]
    assert "2027-01" in told
    assert "community of practice" in told or "communauté de pratique" in told
