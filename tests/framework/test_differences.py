"""What a Council cares about between two Worlds, and how it is told in either language: pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.framework.differences import Differences, differences
from cadre.framework.entry_wording import line
from cadre.framework.facts import (
    ActivityIn,
    AlignmentIn,
    CategoryIn,
    DecisionIn,
    GroupIn,
    KindIn,
    LinkIn,
    PostIn,
    PriorityIn,
    RecommendationIn,
    ReferralIn,
    WorkplanIn,
    World,
)
from tests.framework import made as invented

DAY = date(2027, 3, 2)
ENGLISH, FRENCH = Reader("en_CA"), Reader("fr_CA")


def text(en: str, fr: str | None = None) -> Bilingual:
    return Bilingual(en, fr or f"{en} (fr)")


def post(person: str, role: str, *, group: str | None = None, priority: str | None = None, doubtful: bool = False) -> PostIn:
    return PostIn(f"{group or priority}.{person}.{role}", person, person.title(), role, group, priority, doubtful=doubtful)


def group(id_: str, **more: Any) -> GroupIn:
    held = {"kind": "working_group", "state": "active", "owner": "jc"} | more
    return GroupIn(id_, more.pop("name", None) or text(id_.title()), **{name: value for name, value in held.items() if name != "name"})


KINDS = {
    "working_group": KindIn("working_group", text("working group", "groupe de travail"), text("working groups", "groupes de travail")),
    "community_of_practice": KindIn("community_of_practice", text("community of practice", "communauté de pratique"), text("communities")),
    "joint_council": KindIn("joint_council", text("joint council", "conseil mixte"), text("joint councils")),
    "deputy_ministers_table": KindIn("deputy_ministers_table", text("table", "table"), text("tables")),
}
GROUPS = {
    each.id: each
    for each in (
        group("jc", name=text("Joint Councils", "Conseils mixtes"), kind="joint_council", owner=None),
        group("pscioc", name=text("CIO Council", "Conseil des DPI"), kind="joint_council", owner=None, parent="jc"),
        group("table", kind="deputy_ministers_table", owner=None),
        group("bees", name=text("Bees Working Group", "Groupe de travail sur les abeilles")),
        group("sleepy", state="dormant"),
    )
}
BEFORE = World(
    DAY,
    DAY,
    whole=True,
    kinds=KINDS,
    groups=GROUPS,
    priorities={"lights": PriorityIn("lights", text("Lights", "Lumières"), 1, "jc", "bees")},
    categories={"go": CategoryIn("go", 1, text("Continue", "Continuer"), text("Go on?"))},
    alignments=(AlignmentIn("a", "bees", "lights", "could_support"),),
    posts=(post("ann", "co_chair", group="bees"), post("mel", "member", group="bees"), post("lou", "lead", priority="lights")),
    recommendations={"r": RecommendationIn("r", "groups", "proposed", "go", "bees")},
    workplans={"w": WorkplanIn("w", "2027-1", "complete", "bees", None, "jc")},
    activities={"1": ActivityIn("1", "w", 1, text("Count them", "Les compter"), date(2027, 3, 1))},
    jurisdictions={"MB": text("Manitoba")},
    doubts=frozenset({"group:bees:owner", "group:bees:name", "role:lights.lou.lead:record", "jurisdiction:MB:name", "role:gone:record"}),
    health={"bees": {"mandate": "to_complete", "leads": "unknown"}, "sleepy": {"facts": "to_complete"}},
)


def changed(**fields: Any) -> Differences:
    return differences(BEFORE, replace(BEFORE, **fields))


def told(found: Differences, reader: Reader = ENGLISH) -> dict[str, list[str]]:
    return {name: [line(each, reader).replace("\u00a0", " ") for each in entries] for name, entries in found.sections.items()}


def with_group(id_: str, **fields: Any) -> dict[str, GroupIn]:
    return {**GROUPS, id_: replace(GROUPS[id_], **fields)}


def test_between_two_that_are_the_same_there_is_nothing() -> None:
    assert changed(day=date(2028, 1, 1), recorded=date(2028, 1, 1)).entries == ()


def test_new_groups_and_priorities_with_who_leads_them() -> None:
    found = changed(
        groups={**GROUPS, "new": group("new", state="proposed")},
        priorities={**BEFORE.priorities, "shadows": PriorityIn("shadows", text("Shadows", "Ombres"), 2, "jc")},
        posts=(*BEFORE.posts, post("guy", "lead", group="new"), post("fay", "member", group="new")),
        doubts=BEFORE.doubts | {"group:new:record"},
    )
    assert told(found) == {
        "new": [
            "Group: New (working group; proposed; reports to the Joint Councils; lead: Guy (lead)); to be confirmed",
            "Priority: Shadows (reports to the Joint Councils)",
        ]
    }
    assert told(found, FRENCH)["new"][0] == (
        "Groupe : New (fr) (groupe de travail; proposé; relève des Conseils mixtes; responsable : Guy (responsable)); à confirmer"
    )


def test_what_was_dissolved_or_taken_out_says_so_and_not_also_who_left_it() -> None:
    gone = {id_: each for id_, each in with_group("bees", state="sunset").items() if id_ != "sleepy"}
    found = changed(groups=gone, posts=BEFORE.posts[2:], alignments=())
    assert told(found) == {"ended": ["Bees Working Group: dissolved", "Sleepy: no longer in the registry"]}
    assert told(found, FRENCH)["ended"][0] == "Groupe de travail sur les abeilles : dissolution"


def test_who_leads_now_until_now_who_did() -> None:
    ann, mel, lou = BEFORE.posts
    found = changed(posts=(post("guy", "co_chair", group="bees"), ann, mel, post("fay", "lead", priority="lights", doubtful=True)))
    assert told(found)["led"] == ["Bees Working Group: Guy and Ann, until now Ann", "Lights: Fay (to be confirmed), until now Lou"]
    assert told(found, FRENCH)["led"][1] == "Lumières : Fay (à confirmer); jusqu'ici Lou"
    roles = changed(posts=(post("ann", "lead", group="bees"), mel, lou))
    assert told(roles)["led"] == ["Bees Working Group: Ann (lead), until now Ann (co-chair)"]
    nobody = changed(posts=(mel,))
    assert told(nobody)["led"] == ["Bees Working Group: nobody any more, until now Ann", "Lights: nobody any more, until now Lou"]
    assert told(differences(replace(BEFORE, posts=()), BEFORE), FRENCH)["led"][1] == "Lumières : Lou; jusqu'ici personne au registre"


def test_who_came_into_another_role_and_who_left_one() -> None:
    ann, mel, lou = BEFORE.posts
    found = changed(posts=(ann, lou, post("ola", "alternate", group="bees"), post("fay", "member", priority="lights")))
    assert told(found) == {
        "new": ["New roles in the Bees Working Group: Ola (alternate)", "New roles on the priority “Lights”: Fay (member)"],
        "ended": ["Roles that ended in the Bees Working Group: Mel (member)"],
    }
    assert told(found, FRENCH)["ended"] == ["Rôles terminés au sein du Groupe de travail sur les abeilles : Mel (membre)"]
    assert mel not in [each for entry in found.entries for each in entry.people]


def test_kind_state_and_place_until_now_another() -> None:
    found = changed(groups=with_group("bees", kind="community_of_practice", owner="pscioc", state="dormant"))
    assert told(found) == {
        "kind": ["Bees Working Group: community of practice, until now working group"],
        "state": ["Bees Working Group: dormant, until now active"],
        "structure": ["Bees Working Group: reports to the CIO Council, until now to the Joint Councils"],
    }
    assert told(found, FRENCH) == {
        "kind": ["Groupe de travail sur les abeilles : communauté de pratique; jusqu'ici groupe de travail"],
        "state": ["Groupe de travail sur les abeilles : en veilleuse; jusqu'ici actif"],
        "structure": ["Groupe de travail sur les abeilles : relève maintenant du Conseil des DPI; jusqu'ici des Conseils mixtes"],
    }
    assert told(changed(groups=with_group("sleepy", state="active")))["state"] == ["Sleepy: active again, until now dormant"]
    assert told(changed(groups=with_group("bees", target_kind="community_of_practice")), FRENCH)["kind"] == [
        "Groupe de travail sur les abeilles : on propose d'en faire une communauté de pratique"
    ]
    nowhere = changed(
        groups=with_group("bees", owner=None), priorities={"lights": replace(BEFORE.priorities["lights"], group=None, number=4)}
    )
    assert told(nowhere)["structure"] == [
        "Bees Working Group: reports to nobody any more, until now to the Joint Councils",
        "Lights: carried by nobody any more, until now by the Bees Working Group",
        "Lights: place 4 in the sequence, until now 1",
    ]


def test_another_name_is_told_in_the_language_in_which_it_changed_and_a_translation_is_none() -> None:
    english = changed(groups=with_group("bees", name=Bilingual("Hives", GROUPS["bees"].name.fr)))
    assert told(english) == {"renamed": ["“Bees Working Group” is now called “Hives”"]}
    assert told(english, FRENCH)["renamed"] == ["« Bees Working Group » s'appelle maintenant « Hives » en anglais"]
    untranslated = replace(BEFORE, groups=with_group("bees", name=Bilingual("Bees Working Group", None)))
    assert differences(untranslated, BEFORE).entries == ()


def test_what_groups_do_for_priorities() -> None:
    more = changed(alignments=(AlignmentIn("a", "bees", "lights", "supports"), AlignmentIn("b", "sleepy", "lights", "example")))
    assert told(more)["aligned"] == [
        "Bees Working Group and “Lights”: supports it, until now could support it (proposed)",
        "Sleepy and “Lights”: is an example of it, until now not stated",
    ]
    assert told(changed(alignments=()))["aligned"] == ["Bees Working Group and “Lights”: not stated, until now could support it (proposed)"]


def test_links_and_what_is_for_the_deputy_ministers() -> None:
    links = (LinkIn("l", "bees", "oversees", "sleepy", text("as a friend")), LinkIn("m", "sleepy", "depends_on", "bees"))
    found = changed(links=links, referrals=(ReferralIn("x", "table", "for", "priority:lights"),), doubts=BEFORE.doubts | {"link:l:record"})
    assert told(found)["new"] == [
        "Bees Working Group oversees Sleepy (as a friend); to be confirmed",
        "Sleepy depends on Bees Working Group",
        "For the Table: Lights",
    ]
    assert told(differences(replace(BEFORE, links=links), BEFORE))["ended"] == [
        "Bees Working Group oversees Sleepy (as a friend)",
        "Sleepy depends on Bees Working Group",
    ]


def test_what_the_councils_answered_decided_and_approved() -> None:
    answered = {"r": replace(BEFORE.recommendations["r"], status="approved")}
    new = {**answered, "s": RecommendationIn("s", "gaps", "proposed", wording=text("That it be so"))}
    decisions = {
        "d": DecisionIn("d", text("So be it"), 3, 2027, "jc", confirmed=True),
        "e": DecisionIn("e", text("Not so"), 4, 2027, "jc", confirmed=True, outcome="not_agreed"),
        "f": DecisionIn("f", text("Proposed only")),
    }
    found = changed(recommendations=new, decisions=decisions, workplans={"w": replace(BEFORE.workplans["w"], state="approved")})
    assert told(found) == {
        "decided": ["Decision 2027-03: So be it", "Decision 2027-04 (not agreed): Not so"],
        "approved": ["Recommendation approved: Bees Working Group: Continue", "Workplan approved: Bees Working Group, cycle of March 2027"],
        "new": ["Recommendation (proposed): That it be so"],
    }
    declined = changed(recommendations={"r": replace(BEFORE.recommendations["r"], status="declined")})
    assert told(declined, FRENCH) == {"decided": ["Recommandation refusée : Groupe de travail sur les abeilles : Continuer"]}


def test_the_decision_under_which_it_was_done_stands_with_it() -> None:
    entry = changed(groups=with_group("bees", state="dormant")).entries[0]
    decision = DecisionIn("d", text("So be it"), 3, 2027)
    assert line(replace(entry, decision=decision), FRENCH).endswith("en veilleuse; jusqu'ici actif (décision 2027-03)")


def test_mandates() -> None:
    defined = differences(BEFORE, replace(BEFORE, groups=with_group("bees", mandate=text("To count"))))
    assert told(defined)["mandates"] == ["Bees Working Group: its mandate is defined"]
    had = replace(BEFORE, groups=with_group("bees", mandate=text("To count")))
    other = replace(BEFORE, groups=with_group("bees", mandate=text("To fly")))
    assert told(differences(had, other))["mandates"] == ["Bees Working Group: its mandate is worded otherwise"]
    assert told(differences(had, BEFORE))["mandates"] == ["Bees Working Group: its mandate is taken out"]


def test_what_became_late_only() -> None:
    late = {"1": replace(BEFORE.activities["1"], late=True)}
    assert told(changed(activities=late))["late"] == ["Bees Working Group: Count them (due March 1, 2027)"]
    was = replace(BEFORE, activities=late)
    assert differences(was, was).entries == ()


def test_what_was_confirmed_is_counted_by_what_it_belongs_to() -> None:
    assert told(changed(doubts=frozenset({"group:bees:name"}))) == {
        "confirmed": ["Bees Working Group: 1 fact confirmed", "Other records: 1 fact confirmed", "Lights: 1 fact confirmed"]
    }


def test_how_groups_stand_where_both_know_it() -> None:
    found = changed(health={"bees": {"leads": "to_complete", "facts": "unknown"}})
    moved = "mandate: to complete → nothing open; leads and co-chairs: not known → to complete; facts: nothing open → not known"
    assert told(found) == {"health": [f"Bees Working Group – {moved}"]}


@pytest.mark.parametrize("reader", [ENGLISH, FRENCH])
def test_names_that_nobody_would_give_break_nothing(reader: Reader) -> None:
    odd = text("<script>{x} *bold* \u202e" + "x" * 300)
    after = replace(
        BEFORE,
        groups={**with_group("bees", name=odd, kind=None, state=None), "odd": group("odd", name=odd)},
        posts=(PostIn("p", "p", "{who}", "chief", "bees"),),
        links=(LinkIn("l", "bees", "likes", "jc"),),
    )
    for entry in (*differences(BEFORE, after).entries, *differences(after, BEFORE).entries):
        assert line(entry, reader)


def test_all_is_new_after_nothing() -> None:
    empty = World(DAY, DAY)
    assert differences(empty, empty).entries == ()
    assert {entry.section for entry in differences(empty, BEFORE).entries} == {"new"}
    assert {entry.section for entry in differences(BEFORE, empty).entries} == {"ended"}


def test_what_came_into_a_logic_model_and_what_left_it_is_told() -> None:
    world = invented.at_work()
    less = replace(world, parts={id_: each for id_, each in world.parts.items() if id_ != "l1"})
    (new,) = differences(less, world).sections["new"]
    assert line(new, Reader()) == "Long-term outcome 1: Honey flows (logic model of the Council of Honey)"
    (gone,) = differences(world, less).sections["ended"]
    assert line(gone, Reader(locale="fr_CA")).endswith("(modèle logique du Conseil du miel)")
