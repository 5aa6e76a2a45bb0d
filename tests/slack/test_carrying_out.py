"""The secretariat carries out a decision: previewed in a window, done with one click, told where it stands, undone by a later one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.errors import Invalid
from cadre.core.reader import Actor
from cadre.decisions.confirming import DecisionDetails, confirm_of_meeting
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.models import Action, Closing, Recommendation
from cadre.decisions.service import DecisionForm, record_decision
from cadre.groups.models import Group, Link
from cadre.meetings.models import Meeting
from cadre.oversight.carrying import carry_out
from cadre.oversight.drafts import CarryForm
from cadre.people import holders
from cadre.people.models import Role
from cadre.people.standing import state_record
from tests.notices.scenarios import JORDAN, does, printed
from tests.slack import put
from tests.slack.calls import casey, maxime, soon, told, use
from tests.workspace import GENERAL, Member, Shown, Workspace

workspace = put.workspace
HELD = PartialDate.parse("2027-01-08")
ALIX = Actor("Alix Bélétang", "alix-beletang")


def decided(workspace: Workspace, english: str = "So be it", french: str = "Ainsi soit-il", **details: Any) -> DecisionFacts:
    """What the Demonstration Council decided at its meeting, confirmed."""
    held = Meeting(id="m1", kind="in_person", group="demo-council", held=HELD)
    does(workspace, JORDAN, lambda session: session.get(Meeting, "m1") or session.add(held))
    recorded = does(workspace, JORDAN, record_decision, DecisionForm("demo-council", "m1", english, french, taken=HELD))
    return does(workspace, JORDAN, confirm_of_meeting, recorded.id, DecisionDetails(**details))


async def window_of(member: Member, decision: DecisionFacts, verb: str = "decisions") -> Shown:
    """The window of a decision, by way of the register."""
    await member.commands(verb)
    register = await member.window()
    await use(member, register, next(each for each in register.elements if each.get("value") == decision.id))
    return await member.window()


def officer(workspace: Workspace) -> Member:
    return workspace.user("jordan-wrenwood")


def group(workspace: Workspace, id_: str) -> tuple[str | None, str | None]:
    def look(session: Any) -> tuple[str | None, str | None]:
        row = session.get_one(Group, id_)
        return row.state, row.kind

    return workspace.database.read(look)


async def test_what_was_agreed_is_chosen_previewed_and_done_and_the_decision_says_so(workspace: Workspace) -> None:
    decision, jordan = decided(workspace), officer(workspace)
    await jordan.clicks("Carry out…", await window_of(jordan, decision))
    found = await jordan.looks_up("oversight.carry_groups", "tobog", await jordan.window())
    assert [each["value"] for each in found] == ["demo-toboggans"]
    assert "Nothing is done yet: all that would change is shown next." in (await jordan.window()).text
    await jordan.submits(choice="continue", groups=["demo-toboggans"])
    shown = await jordan.window()
    assert "Demonstration Toboggans Committee – state: dormant → active" in shown.text
    assert "All of it is done at once, as of January 8, 2027." in shown.text
    assert group(workspace, "demo-toboggans")[0] == "dormant"
    await jordan.submits()
    below = await jordan.window()
    assert "The decision is carried out." in below.text
    assert "by Jordan Wrenwood: Demonstration Toboggans Committee continues." in below.text
    assert group(workspace, "demo-toboggans")[0] == "active"
    french = await window_of(maxime(workspace), decision, "décisions")
    assert printed("Mise en œuvre le ") in french.text
    assert "Jordan Wrenwood" not in french.text
    assert "Comité de démonstration sur les toboggans poursuit ses travaux" in french.text
    assert "Mettre en œuvre autre chose…" not in french.buttons, "it is the secretariat's"


async def test_what_is_missing_is_told_beside_its_field_and_what_cannot_be_by_its_name(workspace: Workspace) -> None:
    jordan, earlier = officer(workspace), decided(workspace, "Sink them", "Les couler")
    does(workspace, JORDAN, carry_out, earlier.id, CarryForm("sunset", groups=("demo-toboggans",)))
    await jordan.clicks("Carry out…", await window_of(jordan, decided(workspace)))
    refused = await jordan.submits(choice="continue")
    assert refused["errors"] == {"groups": "Choose which groups."}
    await jordan.submits(choice="continue", groups=["demo-quilts"])
    assert "Nothing: the registry says so already." in (await jordan.window()).text
    await jordan.closes()
    second = decided(workspace, "Go on", "Continuer")
    for each in ("demo-toboggans",):
        does(workspace, JORDAN, lambda session, id_=each: setattr(session.get_one(Group, id_), "state", "active"))
    await jordan.clicks("Carry out…", await window_of(jordan, second))
    await jordan.submits(choice="transition", groups=["demo-toboggans"], kind="community_of_practice")
    does(workspace, JORDAN, lambda session: setattr(session.get_one(Group, "demo-toboggans"), "state", "sunset"))
    await jordan.submits()
    assert "was dissolved" in (await jordan.window()).text
    assert group(workspace, "demo-toboggans")[1] == "committee"


async def test_a_group_of_another_kind_has_its_duties_shown_and_its_co_chairs_an_action(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.commands("français")
    await jordan.clicks("Mettre en œuvre…", await window_of(jordan, decided(workspace), "décisions"))
    await jordan.submits(choice="transition", groups=["demo-beehives"], kind="community_of_practice")
    shown = (await jordan.window()).text
    assert printed("Groupe de travail de démonstration sur les ruches – type : groupe de travail → communauté de pratique") in shown
    assert printed("Ce qu'il lui faut dès lors : ") in shown
    await jordan.submits()
    assert "La décision est mise en œuvre." in (await jordan.window()).text
    assert printed("Groupe de travail de démonstration sur les ruches devient une communauté de pratique.") in (await jordan.window()).text
    todo = workspace.database.read(lambda session: session.scalars(select(Action.group).where(Action.group == "demo-beehives")).all())
    assert todo == ["demo-beehives"]
    await soon(workspace)
    heard = await told(workspace.user("morgan-fernhill"))
    assert any("Renew the mandate of Demonstration Beehives Working Group" in each for each in heard)


async def test_a_group_is_dissolved_with_a_note_its_channel_is_told_and_a_later_decision_reopens_it(workspace: Workspace) -> None:
    jordan, decision = officer(workspace), decided(workspace, "Let the bees go", "Laisser partir les abeilles")
    does(workspace, JORDAN, lambda session: setattr(session.get_one(Group, "demo-beehives"), "channel", GENERAL))
    await jordan.clicks("Carry out…", await window_of(jordan, decision))
    await jordan.submits(choice="sunset", groups=["demo-beehives"])
    shown = await jordan.window()
    assert "Morgan Fernhill – role in Demonstration Beehives Working Group: ends January 8, 2027" in shown.text
    await jordan.submits(note_en="Thank you all.", note_fr="Merci à tous.", unfinished_en="The honey", successors=["demo-quilts"])
    assert "Demonstration Beehives Working Group is dissolved." in (await jordan.window()).text
    assert group(workspace, "demo-beehives")[0] == "sunset"
    assert workspace.database.read(lambda session: session.scalars(select(Link.target_group).where(Link.kind == "becomes")).all())
    await soon(workspace)
    post = await jordan.last(GENERAL)
    assert f"is dissolved as of January 8, 2027 (decision {decision.label})." in post.text
    assert "Merci à tous." in post.text
    assert "What follows it: Demonstration Quilts Community of Practice" in post.text
    (word,) = [each for each in await told(workspace.user("morgan-fernhill")) if "Your role in it ends with that." in each]
    assert "Thank you all." in word
    await jordan.commands("group demonstration beehives")
    card = await jordan.window()
    assert f"is dissolved as of January 8, 2027 (decision {decision.label})." in card.text
    assert "Thank you all." in card.text
    assert "What follows it: Demonstration Quilts Community of Practice" in card.text
    assert {"Kind and state", "Names", "Mandate", "Description and contacts"}.isdisjoint(card.buttons)
    await jordan.clicks("Roles", card)
    assert {"Add a role", "Change"}.isdisjoint((await jordan.window()).buttons)
    answer = await casey(workspace).asks("is the demonstration beehives working group active?")
    assert "sunset" in answer.text
    assert "Demonstration Quilts Community of Practice" in answer.text

    later = decided(workspace, "Bees again", "Les abeilles de nouveau", supersedes=decision.id)
    await jordan.clicks("Carry out…", await window_of(jordan, later))
    await jordan.submits(choice="undo")
    shown = await jordan.window()
    assert "state: sunset → active" in shown.text
    boxes = next(each for each in shown.elements if each["type"] == "checkboxes")
    morgan = next(each["value"] for each in boxes["options"] if "Morgan" in each["text"]["text"])
    await jordan.submits(None, **{str(boxes["block_id"]): [morgan]})
    assert "Demonstration Beehives Working Group is reopened." in (await jordan.window()).text
    held = workspace.database.read(holders.of_groups, ["demo-beehives"])
    assert [each.person.name for each in held] == ["Morgan Fernhill"]
    assert workspace.database.read(lambda session: session.scalars(select(Closing.reopened)).one()) == later.id
    await soon(workspace)
    assert f"goes on (decision {later.label})." in (await jordan.last(GENERAL)).text


async def test_where_the_registry_changed_it_is_shown_again_with_all_that_was_typed(workspace: Workspace) -> None:
    jordan, decision = officer(workspace), decided(workspace, "Let the bees go", "Laisser partir les abeilles")
    await jordan.clicks("Carry out…", await window_of(jordan, decision))
    await jordan.submits(choice="sunset", groups=["demo-beehives"])
    ended = PartialDate.parse("2026")
    does(workspace, JORDAN, lambda session: setattr(session.get_one(Role, "demo-beehives.morgan-fernhill"), "until", ended))
    await jordan.submits(note_en="Thank you all.", note_fr="Merci à tous.", successors=["demo-quilts"])
    shown = await jordan.window()
    assert "This is what the decision would do now." in shown.text
    assert "Morgan Fernhill" not in shown.text
    assert group(workspace, "demo-beehives")[0] != "sunset"
    await jordan.submits()
    assert group(workspace, "demo-beehives")[0] == "sunset"
    kept = workspace.database.read(lambda session: session.scalars(select(Closing)).one())
    assert (kept.note and kept.note.en, kept.note and kept.note.fr) == ("Thank you all.", "Merci à tous.")
    links = select(Link.target_group).where(Link.kind == "becomes", Link.source_group == "demo-beehives")
    assert workspace.database.read(lambda session: session.scalars(links).all()) == ["demo-quilts"]


async def test_more_groups_than_a_window_keeps_are_refused_beside_the_field(workspace: Workspace) -> None:
    jordan, decision = officer(workspace), decided(workspace)
    names = [f"demo-{n}-{'a-group-with-a-very-long-name-' * 2}" for n in range(40)]

    def many(session: Any) -> None:
        session.add_all(Group(id=name, name=Bilingual(name, name), kind="committee", state="dormant") for name in names)
        session.flush()
        for name in names:
            state_record(session, "group", name, "demonstration")

    does(workspace, JORDAN, many)
    await jordan.clicks("Carry out…", await window_of(jordan, decision))
    refused = await jordan.submits(None, choice="continue", groups=names)
    assert list(refused["errors"]) == ["groups"]
    assert "too much for one window" in refused["errors"]["groups"]


async def test_a_recommendation_of_the_registry_says_what_is_done(workspace: Workspace) -> None:
    jordan = officer(workspace)
    row = Recommendation(id="r-toboggans", topic="groups", status="proposed", category="continue", group="demo-toboggans", number=90)
    does(workspace, JORDAN, lambda session: session.add(row))
    await jordan.clicks("Carry out…", await window_of(jordan, decided(workspace)))
    await jordan.submits(choice="asked", recommendation="r-toboggans")
    assert "state: dormant → active" in (await jordan.window()).text
    await jordan.submits()
    status = workspace.database.read(lambda session: session.get_one(Recommendation, "r-toboggans").status)
    assert status == "approved"


async def test_done_twice_the_second_is_told_by_whom(workspace: Workspace) -> None:
    jordan, decision = officer(workspace), decided(workspace)
    await jordan.clicks("Carry out…", await window_of(jordan, decision))
    await jordan.submits(choice="continue", groups=["demo-toboggans"])
    does(workspace, JORDAN, carry_out, decision.id, CarryForm("continue", groups=("demo-toboggans",)))
    await jordan.submits()
    told_ = (await jordan.window()).text
    assert told_.startswith("Already carried out")
    assert "Jordan Wrenwood carried it out on " in told_


async def test_nobody_else_carries_a_decision_out(workspace: Workspace) -> None:
    decision = decided(workspace)
    assert "Carry out…" not in (await window_of(casey(workspace), decision)).buttons


async def test_nothing_is_chosen_beforehand_and_undoing_comes_first(workspace: Workspace) -> None:
    jordan, earlier = officer(workspace), decided(workspace, "Let them go on", "Qu'ils continuent")
    does(workspace, JORDAN, carry_out, earlier.id, CarryForm("continue", groups=("demo-toboggans",)))
    await jordan.clicks("Carry out…", await window_of(jordan, decided(workspace, "As before", "Comme avant", supersedes=earlier.id)))
    radio = next(each for each in (await jordan.window()).elements if each["type"] == "radio_buttons")
    assert "initial_option" not in radio
    assert [each["value"] for each in radio["options"]][:2] == ["undo", "asked"]
    assert (await jordan.submits())["errors"].keys() == {"choice"}


async def test_what_was_invented_decides_on_nothing_that_is_real(workspace: Workspace) -> None:
    jordan, decision = officer(workspace), decided(workspace)
    await jordan.clicks("Carry out…", await window_of(jordan, decision))
    shown = await jordan.window()
    assert await jordan.looks_up("oversight.carry_groups", "research", shown) == []
    assert await jordan.looks_up("oversight.carry_groups", "tobog", shown)
    assert "Digital Identity" not in str(shown.raw["blocks"]), "nor are its priorities offered"
    for form, name in (
        (CarryForm("continue", groups=("research",)), "Research Committee"),
        (CarryForm("working_group", priorities=("digital-identity",)), "Digital Identity"),
    ):
        with pytest.raises(Invalid) as told_:
            does(workspace, JORDAN, carry_out, decision.id, form)
        (said,) = told_.value.fields.values()
        assert "was invented to show Cadre" in said.msgid
        assert said.values["name"].en == name  # type: ignore[union-attr]  # a name in both languages


async def test_in_a_sandbox_a_decision_is_found_by_its_number_alone(workspace: Workspace) -> None:
    decision = decided(workspace, "Light the toboggans", "Éclairer les toboggans")
    does(workspace, JORDAN, carry_out, decision.id, CarryForm("continue", groups=("demo-toboggans",)))
    assert "Light the toboggans" in (await casey(workspace).asks(f"decision {decision.label}")).text
    answer = await casey(workspace).asks(f"was decision {decision.label} carried out?")
    assert answer.headline == f"Decision {decision.label} was carried out on January 11, 2027."
