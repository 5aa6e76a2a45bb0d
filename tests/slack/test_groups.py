"""Groups in Slack: the card, on which the secretariat and those who lead keep a group in order."""

from __future__ import annotations

from typing import Any, Final

import pytest
import pytest_asyncio
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.reader import OPERATOR, Actor
from cadre.groups import service as groups
from cadre.groups.card import GroupCard
from cadre.groups.models import Group
from tests.conftest import one_database
from tests.slack.workplans import JORDAN
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database
ORCHARDS: Final = "demo-orchards"


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    await still.start_over()
    return still


@pytest.fixture
def jordan(workspace: Workspace) -> Member:
    """Of the secretariat, in English."""
    return workspace.user("jordan-wrenwood")


@pytest.fixture
def morgan(workspace: Workspace) -> Member:
    """Co-chairs the orchards and the beehives, in English."""
    return workspace.user("morgan-fernhill")


def stands(workspace: Workspace, id_: str = ORCHARDS) -> GroupCard:
    return workspace.database.read(groups.card, id_, JORDAN)


async def opens(member: Member, text: str = "group orchards") -> Shown:
    await member.commands(text)
    return await member.window()


async def edits(member: Member, button: str, text: str = "group orchards") -> Shown:
    await member.clicks(button, await opens(member, text))
    return await member.window()


@pytest.mark.parametrize("typed", ["group orchards", "groupe vergers", "Group the Orchards Working Group", "group demo orch"])
async def test_a_groups_card_is_opened_by_any_of_its_names(jordan: Member, typed: str) -> None:
    window = await opens(jordan, typed)
    assert "Demonstration Orchards Working Group" in window.text
    assert "Groupe de travail de démonstration sur les vergers" in window.text
    assert "Reports to: Demonstration Council" in window.text
    assert "Co-chair: Morgan Fernhill" in window.text


async def test_in_french(workspace: Workspace) -> None:
    window = await opens(workspace.user("dominique-beaumarais"), "groupe vergers")
    assert "Coprésidence\u00a0: Morgan Fernhill" in window.text
    assert "Relève de\u00a0: Conseil de démonstration" in window.text


@pytest.mark.parametrize("typed", ["group of Natasha Clarke", "groupes du CDPISP", "groups", "group leads of PSSDC"])
async def test_what_names_no_single_group_is_a_question(workspace: Workspace, typed: str) -> None:
    told = await workspace.member().commands(typed)
    assert told.get("ts"), "an answer, no window"
    assert await workspace.member().windows() == []


async def test_somebody_who_may_change_nothing_sees_no_button_that_does(workspace: Workspace) -> None:
    window = await opens(workspace.user("avery-plumridge"))
    assert window.buttons == ["Roles"]


async def test_who_leads_changes_the_description_and_contacts_of_their_own_group(workspace: Workspace, morgan: Member) -> None:
    window = await opens(morgan)
    assert window.buttons == ["Roles", "Description and contacts"]
    await morgan.clicks("Description and contacts", window)
    await morgan.submits(description_en="Plants, prunes and picks.", email="orchards@demonstration.example")
    (card,) = await morgan.windows()
    assert "Saved." in card.text
    assert "Contact: orchards@demonstration.example" in card.text
    held = stands(workspace)
    assert held.description.owed() == ("fr",)  # type: ignore[union-attr]  # it is there
    assert held.changed[0].startswith("Morgan Fernhill")  # type: ignore[index]  # it was changed


async def test_what_is_no_telephone_number_is_refused(workspace: Workspace, morgan: Member) -> None:
    await edits(morgan, "Description and contacts")
    assert (await morgan.submits(phone="abc"))["errors"] == {"phone": "This is no telephone number."}
    await morgan.submits(phone="1 800 O-Canada")
    assert stands(workspace).phone == "1 800 O-Canada"


async def test_what_leads_write_is_told_as_theirs(workspace: Workspace, morgan: Member) -> None:
    await edits(morgan, "Description and contacts")
    await morgan.submits(description_en="Plants, prunes and picks.", description_fr="Plante, taille et cueille.")
    told = await workspace.user("avery-plumridge").asks("what is the orchards working group?")
    assert "Plants, prunes and picks." in told.text
    assert "Stated by those who lead the group" in told.text
    assert "Cadre's own reading" not in told.text


async def test_two_who_edit_at_once_lose_nothing_and_see_what_the_other_wrote(workspace: Workspace, jordan: Member, morgan: Member) -> None:
    await edits(jordan, "Description and contacts")
    await edits(morgan, "Description and contacts")
    await morgan.submits(phone="709-555-0101")
    await jordan.submits(email="orchards@demonstration.example")
    (card,) = await jordan.windows()
    assert "orchards@demonstration.example, 709-555-0101" in card.text
    assert "Meanwhile somebody else changed this, and it stays: Telephone." in card.text
    await edits(jordan, "Description and contacts")
    await edits(morgan, "Description and contacts")
    await morgan.submits(phone="709-555-0102")
    answered = await jordan.submits(phone="709-555-0103")
    assert "709-555-0102" in answered["errors"]["phone"]
    assert stands(workspace).phone == "709-555-0102"


async def test_names_and_kind(workspace: Workspace, jordan: Member) -> None:
    await edits(jordan, "Names")
    await jordan.submits(aliases_en="Orchards\nApple trees", acronyms_en="DOWG")
    assert "Apple trees" in (await jordan.window()).text
    await jordan.clicks("Kind and state", await jordan.window())
    await jordan.submits(kind="committee", state="dormant", quorum="majority")
    card = await jordan.window()
    assert "Kind: committee" in card.text
    assert "State: dormant" in card.text
    assert stands(workspace).aliases["en"] == ("Orchards", "Apple trees")
    await jordan.closes()
    assert "Demonstration Orchards" in (await opens(jordan, "group apple trees")).text


async def test_a_name_that_another_group_has_is_said_before_it_is_kept(workspace: Workspace, jordan: Member) -> None:
    await edits(jordan, "Names")
    await jordan.submits(aliases_en="Orchards\nQuilts")
    window = await jordan.window()
    assert "“Quilts” is also what this is called: Demonstration Quilts Community of Practice." in window.text
    assert "Quilts" not in stands(workspace).aliases["en"]
    await jordan.submits()
    assert "Saved." in (await jordan.window()).text
    assert stands(workspace).aliases["en"] == ("Orchards", "Quilts")
    await edits(jordan, "Names")
    await jordan.submits(acronyms_en="DOWG")
    assert "Saved." in (await jordan.window()).text, "what it is called already is not said again"


async def test_a_new_group_of_a_name_that_another_is_known_by_is_told_before_it_is_kept(workspace: Workspace, jordan: Member) -> None:
    await jordan.clicks("New group", await opens(jordan, "group"))
    await jordan.submits(name_en="Orchards")
    window = await jordan.window()
    assert "“Orchards” is also what this is called: Demonstration Orchards Working Group." in window.text
    await jordan.submits()
    assert "Created, as proposed." in (await jordan.window()).text
    await jordan.closes()
    window = await opens(jordan, "group orchards")
    assert "Several groups are called so. Which one?" in window.text
    assert {"Orchards", "Demonstration Orchards Working Group"} <= set(window.text.splitlines())
    await jordan.clicks("Open", window)
    assert (await jordan.window())["title"]["text"] == "Group"


async def test_a_rename_is_told_so_too(workspace: Workspace, jordan: Member) -> None:
    await edits(jordan, "Names", "group beehives")
    await jordan.submits(name_en="Orchards")
    assert "“Orchards” is also what this is called: Demonstration Orchards Working Group." in (await jordan.window()).text
    await jordan.submits()
    assert stands(workspace, "demo-beehives").name.en == "Orchards"


async def test_that_a_group_is_sunset_is_not_offered(jordan: Member) -> None:
    window = await edits(jordan, "Kind and state")
    menu = next(each for each in window.elements if "dormant" in str(each.get("options")))
    assert "sunset" not in str(menu["options"])


async def test_the_card_says_who_changed_names_and_roles_last(workspace: Workspace, jordan: Member) -> None:
    assert "by operator" not in (await opens(jordan)).text
    entry = next(each for each in stands(workspace).roles if each.person == "morgan-fernhill")
    workspace.database.write(Actor("Alix Belétang (U0ALIX)", "alix-beletang"), groups.save_role, entry.id, {"since": "2026-10"}, {})
    assert "Last changed by Alix Belétang" in (await opens(jordan)).text
    await edits(jordan, "Names")
    await jordan.submits(aliases_en="Apple trees")
    assert "Last changed by Jordan Wrenwood" in (await jordan.window()).text
    workspace.database.write(Actor("Alix Belétang (U0ALIX)", "alix-beletang"), groups.remove_role, entry.id)
    assert "Last changed by Alix Belétang" in (await opens(jordan)).text


async def test_a_mandate_is_written_as_a_version_that_a_decision_is_to_approve(workspace: Workspace, jordan: Member) -> None:
    before = stands(workspace).mandate
    await edits(jordan, "Mandate")
    await jordan.submits(text_en="One map of all orchards.", text_fr="Une carte de tous les vergers.")
    window = await jordan.window()
    assert "Saved: it is proposed until it is approved." in window.text
    assert "Mandate of the Demonstration Orchards Working Group" in window.text
    assert "Approved by a decision" in window.buttons
    assert stands(workspace).mandate == before, "nobody decided it"
    await edits(jordan, "Mandate")
    window = await jordan.window()
    assert "Version 1, proposed" in window.text
    assert "Write the next version" not in window.buttons
    await jordan.clicks("Change the draft", window)
    assert (await jordan.window())["title"]["text"] == "Change the draft"
    await workspace.user("morgan-fernhill").commands("group orchards")
    assert "Mandate" not in (await workspace.user("morgan-fernhill").window()).buttons


async def test_a_council_that_is_none_of_those_offered_is_not_lost_by_a_save(workspace: Workspace, jordan: Member) -> None:
    def strange(session: Session) -> None:
        session.get_one(Group, ORCHARDS).owner = "demo-beehives"
        session.get_one(Group, ORCHARDS).description = Bilingual("Count them. " * 300, None)

    workspace.database.write(OPERATOR, strange)
    await edits(jordan, "Kind and state")
    await jordan.submits(state="dormant")
    held = stands(workspace)
    assert (held.state, held.owner and held.owner.id) == ("dormant", "demo-beehives")
    await jordan.clicks("Description and contacts", await jordan.window())
    assert "too long for a window" in (await jordan.window()).text
    await jordan.submits(description_fr="Les compter.")
    assert stands(workspace).description == Bilingual("Count them. " * 300, "Les compter.")


async def test_somebody_new_gets_a_role_which_is_changed_and_ends(workspace: Workspace, jordan: Member) -> None:
    await edits(jordan, "Roles")
    await jordan.clicks("Add a role", await jordan.window())
    await jordan.submits(
        name="Quinn Applewood", email="quinn@demonstration.example", role="observer", since="2026-10", on_behalf_of="demo-council"
    )
    (window,) = await jordan.windows()
    assert "Observer: Quinn Applewood, on behalf of the Demonstration Council, since October 2026" in window.text
    await behind(jordan, window, "quinn-applewood", "Change")
    answered = await jordan.submits(until="2026-09")
    assert answered["errors"] == {"until": "That is before it begins."}
    await jordan.submits(until="2026-10")
    window = await jordan.window()
    entry = next(each for each in stands(workspace).roles if each.name == "Quinn Applewood")
    assert entry.until
    assert "from October 2026 to October 2026" in window.text
    await behind(jordan, window, "quinn-applewood", "Take out of the registry")
    await jordan.submits()
    assert "Quinn" not in (await jordan.window()).text


@pytest.mark.parametrize(
    ("member", "said"), [("avery", "Quinn Applewood (for the Demonstration Council)"), ("dominique", "Quinn Applewood (pour le Conseil")]
)
async def test_of_somebody_without_a_jurisdiction_it_is_said_for_which_council(workspace: Workspace, member: str, said: str) -> None:
    typed = {"name": "Quinn Applewood", "role": "co_chair", "on_behalf_of": "demo-council"}
    workspace.database.write(JORDAN, groups.add_role, ORCHARDS, typed)
    whole = {"avery": "avery-plumridge", "dominique": "dominique-beaumarais"}[member]
    asked = {"avery": "who co-chairs the orchards working group?", "dominique": "qui copréside le groupe des vergers?"}[member]
    assert said in (await workspace.user(whole).asks(asked)).text


async def behind(member: Member, window: Shown, person: str, choice: str) -> None:
    """Choose something behind the ⋯ of somebody's role."""
    found = next(each for each in window.elements if any(person in option["value"] for option in each.get("options", ())))
    value = next(option["value"] for option in found["options"] if option["text"]["text"] == choice)
    spot = {"action_id": found["action_id"], "block_id": found["block_id"], "view_id": window.id}
    await member.workspace.post("click", user=member.id, **spot, value=value)
    await member.workspace.quiet()


async def test_in_french_a_kind_is_a_type_and_seats_are_sieges(workspace: Workspace) -> None:
    alix = workspace.user("alix-beletang")
    window = await opens(alix, "groupe conseil de démonstration")
    assert "Sièges" in window.buttons
    await alix.clicks("Type et état", window)
    assert "Type" in (await alix.window()).text.splitlines()
    assert "Genre" not in (await alix.window()).text


async def test_seats_of_a_council(workspace: Workspace, jordan: Member) -> None:
    window = await edits(jordan, "Council seats", "group demonstration council")
    held = next(each for each in window.elements if each["type"] == "multi_external_select")
    assert {option["value"] for option in held["initial_options"]} == {
        "demo-bellorme",
        "demo-pommeraie",
        "demo-windmills",
        "demo-tamarane",
        "demo-borealia",
    } & {each.id for each in stands(workspace, "demo-council").seats}
    await jordan.submits(seats=["demo-bellorme", "demo-borealia"])
    card = await jordan.window()
    assert "2 seats" in card.text
    assert "Bellorme, demonstration: Maxime Grandchêne, Casey Larkfield" in card.text
    assert "keeps no list" not in card.text


async def test_facts_are_confirmed_one_by_one(workspace: Workspace, jordan: Member) -> None:
    before = stands(workspace, "ict-policy").doubts
    window = await edits(jordan, "Look at them", "group ict-policy")
    assert window.buttons.count("Confirm") == len(before)
    await jordan.clicks("groups.confirm:0", window)
    window = await jordan.window()
    assert "Confirmed." in window.text
    assert [each.key for each in stands(workspace, "ict-policy").doubts] == [each.key for each in before[1:]]
    await jordan.clicks("Back to the group", window)
    assert "Group" in (await jordan.window())["title"]["text"]


async def test_a_draft_of_a_group_is_made_from_the_list(workspace: Workspace, jordan: Member) -> None:
    window = await opens(jordan, "group")
    await jordan.clicks("New group", window)
    await jordan.submits(name_en="Demonstration Kites Working Group", owner="demo-council")
    card = await jordan.window()
    assert "State: proposed" in card.text
    assert stands(workspace, "demonstration-kites-working-group").owner.id == "demo-council"  # type: ignore[union-attr]  # it has one


async def test_who_leads_finds_their_own_groups_in_the_list_and_any_other(morgan: Member) -> None:
    window = await opens(morgan, "group")
    assert "Demonstration Beehives Working Group" in window.text
    assert "New group" not in window.buttons
    offered = await morgan.looks_up("groups.find", "quilt", window)
    assert [option["value"] for option in offered] == ["demo-quilts"]
    await morgan.clicks("groups.find", window, "demo-quilts")
    assert "Quilts" in (await morgan.window()).text


async def test_in_a_direct_message_a_button_opens_the_card(morgan: Member) -> None:
    told = await morgan.asks("group beehives")
    assert "Demonstration Beehives Working Group: working group, active, of the Demonstration Council" in told.headline
    await morgan.clicks("Open", told)
    assert "Morgan Fernhill" in (await morgan.window()).text
    assert "Which group?" in (await morgan.asks("group")).headline


@pytest.mark.parametrize(
    "asked", ["Groupe de travail sur le Cadre", "group orchards?", "Groupe de travail de démonstration sur les vergers"]
)
async def test_a_message_that_begins_with_the_name_of_a_group_is_a_question(morgan: Member, asked: str) -> None:
    assert "Open" not in (await morgan.asks(asked)).buttons


async def test_whoever_lost_the_right_meanwhile_stores_nothing(workspace: Workspace, morgan: Member) -> None:
    await edits(morgan, "Description and contacts")
    entry = next(each for each in stands(workspace).roles if each.person == "morgan-fernhill")
    workspace.database.write(JORDAN, groups.remove_role, entry.id)
    await morgan.submits(email="mine@demonstration.example")
    assert "Only leads, co-chairs and the secretariat" in (await morgan.window()).text
    assert stands(workspace).email is None


async def test_the_guide_recommends_a_kind_with_reasons_and_keeps_it_with_a_new_draft(workspace: Workspace, jordan: Member) -> None:
    await jordan.commands("which kind of group do we need?")
    await jordan.submits(**ANSWERS)
    window = await jordan.window()
    assert "I recommend a community of practice" in window.text
    assert "Whoever is interested may take part" in window.text
    assert "a defined mandate" in window.text
    await jordan.submits(name_en="Demonstration Kites")
    assert "The guide recommends a community of practice." in (await jordan.window()).text
    held = stands(workspace, "demonstration-kites")
    assert (held.state, held.kind.id) == ("proposed", "community_of_practice")  # type: ignore[union-attr]  # it has one
    avery = workspace.user("avery-plumridge")
    await avery.clicks("Why?", await opens(avery, "group demonstration kites"))
    kept = (await avery.window()).text
    assert "I recommend a community of practice" in kept
    assert "Whoever is interested may take part" in kept
    assert "a defined mandate" in kept
    assert "What is to come of it? People learn from one another" in kept
    await jordan.clicks("Which kind do we need?", await jordan.window())
    chosen = {each["block_id"]: each["initial_option"]["value"] for each in (await jordan.window()).elements}
    assert chosen == ANSWERS, "what was answered stands there, to be changed"


ANSWERS: Final[dict[str, Any]] = {
    "outcome": "learning", "time": "interest", "council": "nothing", "members": "anyone", "work": "nothing", "existing": "none",
}  # fmt: skip


async def test_anybody_may_ask_the_guide_in_french_and_only_the_secretariat_keeps_it(workspace: Workspace) -> None:
    dominique = workspace.user("dominique-beaumarais")
    await dominique.commands("de quel type de groupe avons-nous besoin?")
    await dominique.submits(**ANSWERS | {"existing": "some"})
    window = await dominique.window()
    assert "Je recommande une communauté de pratique" in window.text
    assert "Demandez d'abord au groupe" in window.text
    assert window.get("submit") is None


async def test_where_a_message_was_written_a_button_begins_the_guide(workspace: Workspace) -> None:
    told = await workspace.user("dominique-beaumarais").asks("de quel type de groupe avons-nous besoin?")
    assert told.buttons == ["Commencer"]
    assert (await workspace.user("jordan-wrenwood").asks("which kind of group do we need?")).buttons == ["Begin"]
