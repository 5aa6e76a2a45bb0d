"""The logic model in Slack: ``/cadre logic model`` as those who read it do, and as the secretariat writes it."""

from __future__ import annotations

from typing import Final

import pytest
import pytest_asyncio
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.reader import OPERATOR
from cadre.people.models import Role
from cadre.workplans import logic
from cadre.workplans.demonstration import populate
from cadre.workplans.logic_rules import Model
from tests.conftest import one_database
from tests.slack.workplans import JORDAN
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database
COUNCIL: Final = "demo-council"


@pytest_asyncio.fixture
async def workspace(still: Workspace) -> Workspace:
    await still.start_over(planned)
    return still


async def planned(workspace: Workspace) -> None:
    """The workplans of the demonstration: those of the last half are in force."""
    workspace.database.write(OPERATOR, populate, clock.real().date())


def stands(workspace: Workspace) -> Model:
    return workspace.database.read(logic.model, COUNCIL, JORDAN)


async def opens(member: Member, text: str = "logic model") -> Shown:
    await member.commands(text)
    return await member.window()


async def behind(member: Member, window: Shown, label: str, choice: str) -> Shown:
    """What is behind the ⋯ of a part, by what the part is called."""
    row = next(each for each in window.blocks if f"*{label}*" in str(each.get("text")))
    option = next(each for each in row["accessory"]["options"] if each["text"]["text"] == choice)
    spot = {"action_id": row["accessory"]["action_id"], "block_id": row["block_id"], "view_id": window.id, "value": option["value"]}
    await member.workspace.post("click", user=member.id, **spot)
    await member.workspace.quiet()
    return await member.window()


# -- reading


async def test_it_stands_stage_by_stage_with_what_feeds_what_and_what_nothing_feeds(workspace: Workspace) -> None:
    text = (await opens(workspace.lead())).text
    assert "The logic model has 16 parts. Nothing feeds 2 outcomes." in text
    stages = [
        "Inputs",
        "Activities (lines of work that go on)",
        "Outputs",
        "Short-term outcomes",
        "Medium-term outcomes",
        "Long-term outcomes",
    ]
    assert [line for line in text.splitlines() if line in stages] == stages
    _, of_short_1 = text.split("*Short-term outcome 1*", 1)
    assert "Fed by: output 1 and output 3" in of_short_1
    assert "Demonstration Beehives Working Group" in of_short_1.split("*Short-term outcome 2*")[0]
    assert "▲ Nothing feeds it." in text.split("*Long-term outcome 3*")[1]


async def test_in_french(workspace: Workspace) -> None:
    text = (await opens(workspace.user("camille-clairval"), "modèle logique")).text
    assert "Le modèle logique compte 16\u00a0éléments. Rien n'alimente 2\u00a0résultats." in text
    assert "*Résultat à court terme 1*" in text
    assert "Alimenté par\u00a0: extrant 1 et extrant 3" in text


async def test_the_activities_of_each_workplan_in_force_say_what_they_feed_priorities_first(workspace: Workspace) -> None:
    lead = workspace.lead()
    await lead.clicks("Activities by priority", await opens(lead))
    text = (await lead.window()).text
    assert text.index("Demonstration Lanterns") < text.index("Demonstration Beehives Working Group")
    assert "1 activity feeds medium-term outcome 1: Nobody trips on a path after dusk." in text
    assert "▲ Feed nothing in the logic model: Count the hives, twice" in text
    assert "6 activities of workplans in force feed nothing in the logic model." in text
    await lead.clicks("Back to the logic model", await lead.window())
    assert "16 parts" in (await lead.window()).text


async def test_a_message_tells_all_of_it_and_opens_it(workspace: Workspace) -> None:
    lead = workspace.lead()
    told = await lead.asks("logic model")
    assert told.headline == "The logic model has 16 parts. Nothing feeds 2 outcomes."
    assert "Long-term outcome 3: Other councils come to see how the demonstration does it. · ▲ Nothing feeds it." in told.text
    assert "Demonstration Canoes: of 3 activities, 2 feed the logic model" in told.text
    assert told.buttons == ["Open"], "who may change nothing sees no button that does"
    await lead.clicks("Open", told)
    assert "16 parts" in (await lead.window()).text


@pytest.mark.parametrize(
    ("typed", "council", "told"),
    [
        ("logic model of PSCIOC", "Public Sector Chief Information Officer Council", "a picture that is lost; nothing is entered yet."),
        ("logic model joint councils", "Joint Councils", "a picture that is lost; nothing is entered yet."),
        ("modèle logique du CPSSP", "Public Sector Service Delivery Council", "a picture that is lost; nothing is entered yet."),
    ],
)
async def test_the_real_councils_have_none_yet_and_it_says_why(workspace: Workspace, typed: str, council: str, told: str) -> None:
    text = (await opens(workspace.lead(), typed)).text
    assert f"*{council}*" in text
    assert told in text


async def test_another_council_is_chosen_from_a_menu(workspace: Workspace) -> None:
    lead = workspace.lead()
    await lead.clicks("framework.logic_council", await opens(lead), "jc")
    assert "a picture that is lost" in (await lead.window()).text


async def test_whoever_has_no_role_is_told_what_a_logic_model_is(workspace: Workspace) -> None:
    answer = await workspace.newcomer("en-US").asks("logic model")
    assert "A table or picture that links inputs and activities to outputs and outcomes." in answer.text
    asked = await workspace.lead().asks("logic model of service mapping")
    assert "Service Mapping Sub-Committee" in asked.text, "what names no council is a question"


# -- writing


async def test_the_secretariat_adds_a_part_in_one_language_and_says_what_it_feeds(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Add a part", await opens(jordan))
    await jordan.submits(term="output", wording_en="A bell in every orchard", priority="demo-canoes")
    window = await jordan.window()
    assert "Added. Say what it feeds, and what feeds it." in window.text
    assert "A bell in every orchard" in window.text
    form = await behind(jordan, window, "Output 4", "What it feeds")
    await jordan.submits(form, targets=[f"{COUNCIL}.short-3", f"{COUNCIL}.long-3"])
    window = await jordan.window()
    assert "The logic model has 17 parts. Something feeds each outcome." in window.text
    model = stands(workspace)
    part = model.of_stage("output")[-1]
    assert (part.wording.owed(), part.priority) == (("fr",), "demo-canoes")
    assert [each.id for each in model.targets[part.id]] == [f"{COUNCIL}.short-3", f"{COUNCIL}.long-3"]


async def test_what_is_missing_is_told_beside_its_field_and_nothing_typed_is_lost(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await jordan.clicks("Add a part", await opens(jordan))
    refused = await jordan.submits(term="output", wording_en=" ")
    assert refused["errors"] == {"wording_en": "Write it in one language at least."}
    assert len(stands(workspace).parts) == 16


async def test_a_part_is_changed_in_both_languages(workspace: Workspace) -> None:
    alix = workspace.user("alix-beletang")
    form = await behind(alix, await opens(alix, "modèle logique"), "Extrant 1", "Modifier")
    assert "Une carte de la démonstration" in str(form["state"] or form.raw)
    await alix.submits(form, wording_fr="Une grande carte.", wording_en="A large map.")
    assert "Une grande carte." in (await alix.window()).text
    assert stands(workspace).by_id[f"{COUNCIL}.output-1"].wording.en == "A large map."


async def test_a_part_that_activities_feed_is_taken_out_once_these_feed_another(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    form = await behind(jordan, await opens(jordan), "Short-term outcome 2", "Take out")
    assert "2 activities of workplans feed it: Demonstration Orchards Working Group" in form.text
    await jordan.submits(form, to=f"{COUNCIL}.short-3")
    window = await jordan.window()
    assert "Taken out. 2 activities feed another part now." in window.text
    assert "*Short-term outcome 2*" not in window.text
    assert [each.title.en for each in stands(workspace).fed_by(f"{COUNCIL}.short-3")] == ["Find out which orchards freeze first"]


async def test_a_part_that_nothing_names_goes_and_the_last_stage_feeds_nothing(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    form = await behind(jordan, await opens(jordan), "Long-term outcome 3", "What it feeds")
    assert "The model has no part of a later stage yet that it could feed." in form.text
    await jordan.closes()
    await jordan.submits(await behind(jordan, await jordan.window(), "Long-term outcome 3", "Take out"))
    assert "The logic model has 15 parts. Nothing feeds 1 outcome." in (await jordan.window()).text


async def test_a_button_that_was_kept_from_before_gives_no_right(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    told, window = await jordan.asks("logic model"), await opens(jordan)
    assert told.buttons == ["Open", "Add a part"]

    def leaves(session: Session) -> None:
        session.get_one(Role, "demo-council.jordan-wrenwood").role = "member"

    workspace.database.write(OPERATOR, leaves)
    await jordan.clicks("Add a part", window)
    assert "Only the secretariat may do this." in (await jordan.window()).text
    await jordan.closes()
    assert (await opens(jordan)).buttons == ["Activities by priority"]


async def test_an_activity_of_a_workplan_may_feed_an_output(workspace: Workspace) -> None:
    camille = workspace.user("camille-clairval")
    await camille.commands("plan")
    await camille.clicks("Ouvrir", await camille.window())
    await camille.clicks("Ajouter une activité", await camille.window())
    form = await camille.window()
    assert "Extrant ou résultat qu'elle alimente" in form.text
    assert "Extrant, 3\u00a0: Un canot et deux pagaies sur chaque lac." in form.text
    assert "Intrant" not in form.text
    await camille.submits(form, title_fr="Vernir les pagaies", outcome=f"{COUNCIL}.output-3")
    assert [each.title.fr for each in stands(workspace).fed_by(f"{COUNCIL}.output-3", in_force=False)] == ["Vernir les pagaies"]
