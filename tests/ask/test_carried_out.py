"""Questions about what was decided and carried out: in their words, with the decision and its day."""

from __future__ import annotations

import pytest

from cadre.core.dates import PartialDate
from cadre.decisions.confirming import DecisionDetails, confirm_of_meeting
from cadre.decisions.service import DecisionForm, record_decision
from cadre.exchange.seed import demonstration
from cadre.exchange.service import import_file
from tests.ask.agreed import NOW, SAM, TAKEN, Councils, councils_of, deciding_of
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
    """Two groups are dissolved, one is of another kind, a priority becomes a working group; one decision is not carried out."""
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
room = deciding_of("councils_room")


@pytest.mark.parametrize("question", ENDED)
def test_which_groups_were_dissolved_since_when_and_by_which_decision(agreed: Asked, question: str) -> None:
    told = agreed.told(question)
    english = not question.startswith("quels")
    assert told.startswith("2 groups were dissolved." if english else "2 groupes ont été dissous.")
    assert (
        "Channel Shift Working Group (January 8, 2027, decision 2027-02)" if english else "changement de chaînes ») (8 janvier 2027"
    ) in told


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


# -- what was decided about something


@pytest.mark.parametrize(
    "question",
    [
        "what was decided about digital identity",
        "qu'est-ce qui a été décidé pour l'identité numérique",
        "qu'a-t-on décidé sur l'identité numérique",
    ],
)
def test_what_was_carried_out_for_a_priority_was_decided_about_it(agreed: Asked, question: str) -> None:
    told = agreed.told(question)
    assert told.startswith(("Decision 2027-04 reads: ", "La décision 2027-04 se lit ainsi : "))
    assert "2027-05" not in told


@pytest.mark.parametrize("question", ["what was decided about the priorities", "qu'a-t-on décidé au sujet des priorités"])
def test_what_was_decided_about_the_priorities(agreed: Asked, question: str) -> None:
    told = agreed.told(question)
    assert told.startswith(("Decision 2027-04 reads: ", "La décision 2027-04 se lit ainsi : "))
    assert (
        "Decision 1 reads: Direction to the priority leads" in told or "La décision 1 se lit ainsi : Instructions aux responsables" in told
    )
    assert "2027-01" not in told


def test_of_a_priority_nothing_was_decided_about(put: Asked, agreed: Asked) -> None:
    for asked in (put, agreed):
        told = asked.told("what was decided about client-centric services?")
        assert told.startswith("That is not in the registry: no decision on the Client-Centric Services priority is recorded.")
        assert "Decision 1 reads" in told
        assert "2027-" not in told


@pytest.mark.parametrize(
    "question",
    [
        "who takes over from the Channel Shift Working Group?",
        "which group succeeds channel shift",
        "what follows the channel shift group",
        "qui prend la relève du Groupe de travail sur le changement de chaînes",
        "qu'est-ce qui a suivi le groupe sur le changement de chaînes",
        "quel groupe succède au groupe de travail sur le changement de chaînes",
    ],
)
def test_which_group_takes_over_from_one_that_is_dissolved(agreed: Asked, question: str) -> None:
    told = agreed.told(question)
    assert told.startswith(
        (
            "The Research Committee takes over from the Channel Shift Working Group.",
            "Le Comité de recherche prend la relève du Groupe de travail sur la migration des modes de prestation (« changement de "
            "chaînes »).",
        )
    )
    assert "2027-02" in told


def test_no_group_takes_over(agreed: Asked) -> None:
    told = agreed.told("who takes over from service mapping?")
    assert told.startswith("That is not in the registry: no group is recorded that takes over from the Service Mapping Sub-Committee.")
    assert "Dissolved: January 8, 2027" in told


def test_the_rules_that_groups_meet_are_all_rules(put: Asked) -> None:
    for question in ("which rules must every group meet?", "quelles règles chaque groupe doit-il respecter?"):
        told = put.told(question)
        assert all(number in told for number in ("G1a", "G1b", "G1c", "G2"))
    assert "G2" not in put.told("must groups hold scheduled meetings?")


@pytest.mark.parametrize(
    "question", ["recommandations non tranchées", "recommendations not decided", "which recommendations are undecided"]
)
def test_recommendations_on_which_nothing_is_decided(agreed: Asked, question: str) -> None:
    first = agreed.told(question).splitlines()[0]
    assert (
        "12 recommendations on groups are still proposed" in first or "12 recommandations visant des groupes sont encore proposées" in first
    )


# -- carried out or not


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("was decision 2027-04 carried out?", "Decision 2027-04 was carried out on January 8, 2027."),
        ("was decision 2027-05 carried out?", "Decision 2027-05 has not been carried out."),
        ("was the decision on channel shift carried out?", "Decision 2027-02 was carried out on January 8, 2027."),
        ("la décision 2027-02 a-t-elle été mise en œuvre?", "La décision 2027-02 a été mise en œuvre le 8 janvier 2027."),
        ("which decisions have not been carried out?", "1 decision is still to be carried out."),
        ("which decisions are still to be carried out?", "1 decision is still to be carried out."),
        ("quelles décisions restent à mettre en œuvre?", "1 décision reste à mettre en œuvre."),
        ("quelles décisions n'ont pas été mises en œuvre?", "1 décision reste à mettre en œuvre."),
        ("which decisions were carried out?", "4 decisions were carried out."),
        ("was decision 1 carried out?", "That is not in the registry: whether such a decision was carried out is not recorded."),
    ],
)
def test_whether_a_decision_was_carried_out(agreed: Asked, question: str, said: str) -> None:
    told = agreed.told(question)
    assert told.startswith(said)
    assert ("2027-05" in told) is (said[0] == "1" or "2027-05" in said)


def test_what_a_decision_did_is_told_with_it(agreed: Asked) -> None:
    told = agreed.told("what was decided about the Information Management Sub-Committee?", None)
    assert "Carried out Friday, January 8, 2027" in told
    assert "Information Management Sub-Committee becomes a community of practice." in told
    assert "Sam" not in told
    french = agreed.told("qu'est-ce qui a été décidé au sujet du Sous-comité sur la gestion de l'information?", None, "fr")
    assert "Mise en œuvre le vendredi 8 janvier 2027" in french
    assert "Sous-comité sur la gestion de l'information devient une communauté de pratique." in french


def test_decisions_since_a_day_are_those_taken_since(agreed: Asked) -> None:
    for question in (
        "decisions since January",
        "which decisions were taken since January 2027?",
        "décisions depuis janvier",
        "decisions since 2026",
    ):
        told = agreed.told(question)
        assert told.startswith(("5 decisions are recorded.", "5 décisions sont inscrites."))
        assert "logic model" not in told
        assert "modèle logique" not in told
    assert agreed.told("decisions since last week").startswith(
        "That is not in the registry: no decision since February 1, 2027 is recorded."
    )


@pytest.mark.parametrize("question", ["qu'a-t-on décidé à la dernière réunion", "what was decided at the last meeting"])
def test_what_was_decided_at_the_last_meeting(agreed: Asked, question: str) -> None:
    assert agreed.told(question).startswith(("5 decisions are recorded.", "5 décisions sont inscrites."))


# -- how groups and rules stand, by which decision


def undone(room: Councils) -> None:
    """A transition and a dissolution, each undone by a later decision."""
    moved = room.carries(room.decides("Move them"), "transition", "ict-policy", kind="community_of_practice")
    room.carries(room.decides("Move them back", supersedes=moved.id), "undo")
    over = room.carries(room.decides("End it"), "sunset", "channel-shift", successors=("research",))
    room.carries(room.decides("Go on", supersedes=over.id), "undo")


def ruled(room: Councils) -> None:
    """What the deck asks of every group holds, and all its slides are decided on but one."""
    room.carries(room.decides("The rules hold"), "continue", "framework-wg", recommendation="group-requirements")


restored = councils_of("councils_undone", undone)
ruling = councils_of("councils_ruled", ruled)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what is the Information Management Sub-Committee?", "The Information Management Sub-Committee is a community of practice."),
        ("what kind of group is the Information Management Sub-Committee?", "The Information Management Sub-Committee is a community"),
        ("what is recommended for the Information Management Sub-Committee?", "The approved recommendation for the Information Management"),
        ("which groups should be sunset?", "It was decided on 2 groups whether to be officially sunset:"),
        (
            "quel type de groupe est le Sous-comité sur la gestion de l'information?",
            "Le Sous-comité sur la gestion de l'information est une",
        ),
    ],
)
def test_what_stands_by_a_decision_is_told_with_it_and_not_as_of_the_deck(agreed: Asked, question: str, said: str) -> None:
    told = agreed.told(question)
    assert told.startswith(said)
    assert "Decision 2027-0" in told or "Décision 2027-01 (Conseils mixtes, 8 janvier 2027)" in told


def test_what_is_still_proposed_is_so_today(agreed: Asked, put: Asked) -> None:
    told = agreed.told("which recommendations are still proposed?")
    assert told.startswith("12 recommendations on groups are still proposed.")
    assert "3 recommendations were decided on." in told
    assert put.told("which recommendations are still proposed?").startswith("As of October 2017, 15 recommendations")


def test_the_rules_hold_by_their_decision(ruling: Asked) -> None:
    told = ruling.told("which rules must every group meet?")
    assert told.startswith("These are the rules for every group.")
    assert "Decision 2027-01 (Joint Councils, January 8, 2027)" in told


@pytest.mark.parametrize(
    "question",
    ["what is the ICT Policy Working Group?", "what is recommended for the ICT Policy Working Group?", "what kind of group is ICT Policy?"],
)
def test_what_was_decided_and_is_not_carried_out_is_not_told_as_proposed(agreed: Asked, question: str) -> None:
    told = agreed.told(question)
    assert "Decision 2027-05 is about it, and has not been carried out." in told
    assert "It is proposed" not in told
    assert "not yet decided" not in told


def test_what_was_undone_is_not_told_as_proposed(restored: Asked) -> None:
    for question in ("what is the ICT Policy Working Group?", "what is recommended for the ICT Policy Working Group?"):
        told = restored.told(question)
        assert "It was to become a community of practice: decision 2027-02 undid that." in told
        assert "was to transition to a community of practice; decision 2027-02 undid what was done." in told
        assert "proposed" not in told
    french = restored.told("que recommande-t-on pour le Groupe de travail sur la politique en matière de TIC?")
    assert "la décision 2027-02 a annulé ce qui avait été fait" in french


def test_of_a_group_that_goes_on_again_nothing_is_told_as_if_it_did_not(restored: Asked) -> None:
    told = restored.told("what is the Channel Shift Working Group?")
    assert "State: active" in told
    assert "is to become" not in told
    assert "was to be officially sunset; decision 2027-04 undid what was done." in told
    assert "comes from" not in restored.told("what is the Research Committee?")


def test_what_one_person_did_under_two_decisions_is_told_apart(restored: Asked) -> None:
    told = restored.told("what changed in the ICT Policy Working Group since January?")
    assert "Kind: community of practice (before: working group)" in told
    assert "Kind: working group (before: community of practice)" in told
    assert all(f"by decision {number}" in told for number in ("2027-01", "2027-02"))


def test_of_a_working_group_that_was_made_nothing_is_told_as_proposed(room: Councils) -> None:
    room.carries(room.decides("The priority is carried by a group"), "working_group", priorities=("digital-identity",), ticked=())
    told = room.told("who co-chairs the Digital Identity Working Group?")
    assert told.startswith("That is not in the registry: nobody is recorded as lead or co-chair of the Digital Identity Working Group.")
    assert "Bev Dicks (B.C.): leads the Digital Identity priority" in told


def test_the_current_leads_of_a_priority_co_chair_its_working_group(agreed: Asked) -> None:
    told = agreed.told("who co-chairs the Digital Identity Working Group?")
    assert all(name in told.splitlines()[0] for name in ("Bev Dicks", "Annette Vermaeten"))


# -- who was, and what is no more


def over(room: Councils) -> None:
    """A group with co-chairs is dissolved."""
    room.carries(room.decides("The framework stands: its group is over"), "sunset", "framework-wg")


ended = councils_of("councils_over", over)


@pytest.mark.parametrize(
    ("question", "said", "none"),
    [
        (
            "who was co-chair of the Framework Working Group?",
            "Natasha Clarke (N.S.) co-chaired the Framework Working Group for PSSDC (until January 8, 2027).",
            "Nobody is recorded who leads or co-chairs it now.",
        ),
        (
            "qui était coprésident du Groupe de travail sur le Cadre?",
            "Natasha Clarke (N.-É.) a assuré la coprésidence du Groupe de travail sur le Cadre pour",
            "Personne n'est inscrit à sa direction ou à sa coprésidence à présent.",
        ),
    ],
)
def test_who_was_co_chair_of_a_group_that_is_dissolved(ended: Asked, question: str, said: str, none: str) -> None:
    told = ended.told(question)
    assert told.startswith(said)
    assert none in told


def test_who_was_co_chair_in_a_year(ended: Asked) -> None:
    told = ended.told("who was co-chair of the Framework Working Group in October 2017?")
    assert "Natasha Clarke" in told.splitlines()[0]
    held = ended.told("what does Natasha Clarke do?")
    assert "co-chaired the Framework Working Group" in held
    assert "co-chairs" not in held


def lanterns(room: Councils) -> None:
    room.do(import_file, demonstration(NOW.date()))
    room.met("lit", TAKEN, "demo-council", kind="in_person", title=None, link=None, joining=None)
    form = DecisionForm("demo-council", "lit", "Lanterns are carried by a group", "Un groupe", taken=PartialDate.parse("2027-01-08"))
    decided = room.do(confirm_of_meeting, room.do(record_decision, form, by=SAM).id, DecisionDetails(), by=SAM)
    room.carries(decided, "working_group", priorities=("demo-lanterns",))


lit = councils_of("councils_lit", lanterns)


@pytest.mark.parametrize("question", ["what is the lanterns working group?", "qu'est-ce que le groupe de travail sur les lanternes?"])
def test_the_group_that_carries_a_priority_is_told_of_by_its_name(lit: Asked, question: str) -> None:
    told = lit.told(question)
    assert told.startswith(("The Demonstration Lanterns Working Group is a working group.", "Le Groupe de travail – Lanternes"))
    assert lit.told("which groups support the lanterns?").startswith("2 groups support the Demonstration Lanterns priority")


def test_how_a_kind_that_is_no_more_proposed_and_a_recommendation_are_worded_in_french(agreed: Asked) -> None:
    told = agreed.told("qu'est-ce qui a changé dans le Sous-comité sur la gestion de l'information depuis janvier?")
    assert "Type : communauté de pratique (auparavant : sous-comité); Type qu'il doit devenir : aucun autre type proposé" in told
    told = agreed.told("qu'est-il arrivé au Groupe de travail sur le changement de chaînes?")
    assert told.count("temporisation") == 1
