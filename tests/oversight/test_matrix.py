"""Which group works on which priority, what nobody works on, who does the same twice, and what each government carries."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cadre.core.bilingual import Bilingual
from cadre.core.reader import Reader
from cadre.oversight import wording
from cadre.oversight.facts import GroupNow, Mandate, Picture, PriorityNow
from cadre.oversight.load import load
from cadre.oversight.matrix import Covered, matrix
from cadre.oversight.rules import Finding
from tests.oversight.pictures import group, picture, plans, post, text, tie, when

EN, FR = Reader("en_CA"), Reader("fr_CA")
LEAD = post("lou", "lead", None, priority="light")


def light(*groups: GroupNow, **about: Any) -> Covered:
    """How far Light is covered."""
    return next(each for each in matrix(picture(*groups, **about)).priorities if each.priority.id == "light")


def test_a_priority_is_led_where_somebody_leads_it_and_a_group_in_order_works_on_it() -> None:
    ties = (tie("bees", "light"),)
    assert light(group(), ties=ties, posts=(LEAD,)).cover == "led"
    assert light(group(), ties=ties).cover == "contributed"
    assert light(group(), ties=ties, posts=(replace(LEAD, held=False),)).cover == "contributed"
    assert light(group(), posts=(LEAD,)).cover == "none", "no group works on it, whoever leads it"


def test_the_group_that_carries_a_priority_leads_it() -> None:
    carried = (PriorityNow("light", text("light"), group="bees"),)
    assert light(group(), priorities=carried).cover == "led"
    assert light(group(state="proposed"), priorities=carried, posts=(LEAD,)).cover == "weak"


def test_what_a_group_could_do_does_not_count() -> None:
    found = light(group(), ties=(tie("bees", "light", "could_support"),), posts=(LEAD,))
    assert found.cover == "none"
    assert [each.group.id for each in found.proposed] == ["bees"]
    assert light(group(), ties=(tie("bees", "light", "none"),)).cover == "none"


def test_only_by_groups_with_a_known_weakness() -> None:
    ties, gone = (tie("bees", "light"),), (post("ann", "lead", held=False), LEAD)
    weak: list[tuple[GroupNow, dict[str, Any], str]] = [
        (group(state="dormant"), {}, "dormant"),
        (group(), {"posts": gone}, "no_lead"),
        (group(), {"mandates": {"bees": Mandate(True, when("2027-03"))}}, "expired"),
        (group(), {"plans": plans(h2027_1="draft")}, "no_workplan"),
    ]
    for of, about, why in weak:
        found = light(of, ties=ties, **{"posts": (LEAD,)} | about)
        assert (found.cover, found.serving[0].weak) == ("weak", (why,))
    both = light(group(), group("wasps", state="dormant"), ties=(*ties, tie("wasps", "light")), posts=(LEAD,))
    assert both.cover == "led", "one of them is in order"


def test_the_worst_covered_come_first_and_idle_groups_are_named() -> None:
    found = matrix(picture(group(), group("wasps"), ties=(tie("bees", "light"),), posts=(LEAD,)))
    assert [(each.priority.id, each.cover) for each in found.priorities] == [("honey", "none"), ("light", "led")]
    assert [row.group.id for row in found.idle] == ["wasps"]
    assert found.rows[0].serves == ("light",)


def overlapping(people: int, *, shared: str = "light", role: str = "member") -> Picture:
    names = ["ann", "guy", "mel"][:people]
    posts = tuple(post(name, role, of) for name in names for of in ("bees", "wasps"))
    return picture(group(), group("wasps"), ties=(tie("bees", "light"), tie("wasps", shared)), posts=posts)


def test_two_shared_people_and_a_shared_priority_overlap() -> None:
    (found,) = matrix(overlapping(2)).overlaps
    assert [each.id for each in found.groups] == ["bees", "wasps"]
    assert [each.name for each in found.people] == ["Ann", "Guy"]
    assert wording.overlap(found, EN) == "Bees and Wasps share Ann and Guy, and this: Light."
    assert matrix(overlapping(1)).overlaps == ()
    assert matrix(overlapping(2, shared="honey")).overlaps == ()
    assert matrix(overlapping(3, role="secretariat")).overlaps == (), "whoever keeps the papers of both does not work in both"


def test_what_each_government_carries_by_name_and_not_by_number() -> None:
    posts = (
        post("ann", "lead", jurisdiction="y"),
        post("ann", "member", "wasps", jurisdiction="y"),
        post("guy", "member", jurisdiction="x"),
        post("guy", "observer", "wasps", jurisdiction="x"),
        post("lou", "lead", None, priority="light", jurisdiction="x"),
        post("mel", "member"),
        post("mel", "member", "council", jurisdiction="x"),
    )
    places = {"x": text("écarlate"), "y": text("azure"), "z": text("violet"), "w": text("white")}
    governments = {"x": (), "y": (), "z": (), "w": ("x",)}
    found = load(picture(group(), group("wasps"), posts=posts, jurisdictions=places, governments=governments))
    told = [(wording.jurisdiction(each, EN), wording.load(each, EN)) for each in wording.by_name(found, EN)]
    assert told == [
        ("Azure", "in 2 groups: Bees and Wasps; leads or co-chairs Bees"),
        ("Écarlate", "in 1 group: Bees; leads Light"),
        ("Violet", "nobody is recorded in any group"),
        ("Government not in the registry", "in 1 group: Bees"),
    ], "of White its department is told"


def test_where_no_workplan_was_asked_for_that_is_what_is_told() -> None:
    found = Finding("activities", "not_applicable", "no_cycle")
    assert wording.line(found, EN) == "– Activities of the workplan. No workplan was asked of it yet."
    assert wording.line(found, Reader("fr_CA")).endswith("Aucun plan de travail ne lui a encore été demandé.")


def test_what_is_recommended_of_a_group_names_it_as_one_speaks() -> None:
    about = Bilingual("ICT Policy Working Group", "Groupe de travail sur les politiques")
    assert wording.recommended(about, None, EN) == (
        "That it be decided which priority the ICT Policy Working Group is to serve, or whether it goes on."
    )
    assert "quelle priorité le Groupe de travail sur les politiques doit servir" in wording.recommended(about, None, Reader("fr_CA"))


def test_a_gap_is_told_with_its_reasons() -> None:
    found = light(group(state="dormant"), ties=(tie("bees", "light"),), posts=(LEAD,))
    assert wording.cover(found, EN) == "▽ Only groups that cannot carry it now"
    assert list(wording.covered(found, EN)) == [
        "Led by Lou",
        "Bees: supports it (dormant; not known: its mandate and who leads it)",
    ]
    for reader in (EN, FR):
        assert {wording.recommended(text("light"), cover, reader) for cover in (None, "none", "weak", "led")}
