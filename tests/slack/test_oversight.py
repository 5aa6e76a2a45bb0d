"""``/cadre gaps`` and ``/cadre health``: as those who read them do, and as the secretariat acts on them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.dates import PartialDate
from cadre.core.reader import OPERATOR
from cadre.decisions.models import Recommendation
from cadre.meetings.models import Meeting
from cadre.oversight.models import GapEdition, GapEntry, HealthKept
from cadre.people.models import Role
from tests.conftest import one_database
from tests.workspace import Member, Shown, Workspace


async def opens(member: Member, *clicks: str, command: str = "gaps") -> Shown:
    """The window that a command opens, and those that clicks in it lead to."""
    await member.commands(command)
    for named in clicks:
        await member.clicks(named, await member.window())
    return await member.window()


def details(window: Shown, name: str) -> str:
    """The value of what opens the details of something."""
    found = next(each for each in window.blocks if name in str(each.get("text")) and "accessory" in each)
    value: str = found["accessory"]["value"]
    return value


async def into(member: Member, window: Shown, name: str) -> Shown:
    """Open the details of something."""
    button = next(each for each in window.elements if each.get("value") == details(window, name))
    await member.workspace.post("click", user=member.id, action_id=button["action_id"], block_id=button["block_id"], view_id=window.id)
    await member.workspace.quiet()
    return await member.window()


@one_database
async def test_the_worst_covered_priorities_come_first(workspace: Workspace) -> None:
    window = await opens(workspace.lead())
    assert "2 of 6 priorities have no group" in window.text
    assert window.text.index("Demonstration Canoes") < window.text.index("Demonstration Lanterns")
    assert "✕ No group works on it" in window.text
    french = await opens(workspace.lead("fr-CA"), command="écarts")
    assert "2\u00a0priorités sur 6 n'ont aucun groupe" in french.text


@one_database
async def test_a_priority_says_who_works_on_it_and_what_is_not_known(workspace: Workspace) -> None:
    lead = workspace.lead()
    window = await into(lead, await opens(lead), "Demonstration Lanterns")
    assert "Led by Robin Ashgrove" in window.text
    assert "Demonstration Orchards Working Group: supports it" in window.text
    assert "Whoever picks apples" in window.text
    assert "Draft a call" not in window.buttons, "that is for the secretariat"
    await lead.clicks("All priorities", window)
    assert "Demonstration Canoes" in (await lead.window()).text


@one_database
async def test_whoever_holds_no_role_is_told_who_may_look(workspace: Workspace) -> None:
    for command in ("gaps", "health"):
        answer = await workspace.newcomer("en-US").commands(command)
        assert "Only those whose roles in these groups the secretariat has confirmed may see this." in answer.text


@one_database
async def test_a_button_that_was_kept_from_before_gives_no_right(workspace: Workspace) -> None:
    """Whoever was of the secretariat still sees the window; what they click is asked of the registry."""
    lead, jordan = workspace.lead(), workspace.secretariat()
    await into(jordan, await opens(jordan), "Demonstration Canoes")

    def leaves(session: Session) -> None:
        role = session.get(Role, "demo-council.jordan-wrenwood")
        assert role
        role.role = "member"

    workspace.database.write(OPERATOR, leaves)
    await jordan.clicks("Draft a recommendation", await jordan.window())
    assert "Only the secretariat may do this." in (await jordan.window()).text
    assert "Draft a recommendation" not in (await into(lead, await opens(lead), "Demonstration Canoes")).buttons


async def test_from_a_gap_the_secretariat_drafts_a_recommendation(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await into(jordan, await opens(jordan), "Demonstration Canoes")
    await jordan.clicks("Draft a recommendation", await jordan.window())
    window = await jordan.window()
    held = {block: next(iter(fields.values())).get("value") for block, fields in window["state"]["values"].items()}
    assert held["wording_en"] == "That a working group be formed to carry “Demonstration Canoes”."
    assert held["wording_fr"] == "Qu'un groupe de travail soit formé pour porter la priorité «\u00a0Canots de démonstration\u00a0»."
    answered = await jordan.submits(consequence_en="A call is issued.")
    assert answered["errors"] == {"consequence_fr": "Write it in French too."}
    await jordan.submits(consequence_fr="Un appel est lancé.")
    below = await jordan.window()
    assert "The recommendation is in the registry, as proposed." in below.text
    assert "Recommended, not decided yet: That a working group be formed" in below.text
    (made,) = workspace.database.read(lambda s: s.scalars(select(Recommendation).where(Recommendation.topic == "gaps")).all())
    assert (made.status, made.priority) == ("proposed", "demo-canoes")


@one_database
async def test_from_a_gap_the_secretariat_drafts_a_call(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await into(jordan, await opens(jordan), "Demonstration Canoes")
    await jordan.clicks("Draft a call", await jordan.window())
    window = await jordan.window()
    chosen = window["state"]["values"]["source"]["calls.field"]["selected_option"]
    assert chosen["value"] == "priority:demo-canoes"
    await jordan.submits()
    assert "Demonstration Canoes Working Group" in str((await jordan.window())["state"]["values"]["name_en"])


@one_database
async def test_groups_without_a_priority_and_the_load_lie_behind_buttons(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    window = await opens(jordan, "21 groups without a priority")
    assert "Demonstration Toboggans Committee" in window.text
    assert "Dormant" in window.text
    window = await opens(jordan, "Load")
    assert "Borealia, demonstration: in 1 group: Demonstration Beehives Working Group; leads Demonstration Lanterns" in window.text
    assert "Nunavut: nobody is recorded in any group" in window.text
    assert "Government of Canada" not in window.text, "its departments are told of"
    names = [line.split(":")[0].lstrip("• ") for line in window.text.splitlines() if line.startswith("• ")]
    assert names == sorted(names), "by name, whoever carries most"


async def test_an_edition_is_begun_edited_and_made_final(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    window = await opens(jordan, "Editions", "New edition")
    assert "(draft)" in window.text
    window = await into(jordan, window, "Demonstration Beehives Working Group")
    assert "Not stated" in window.text
    button = next(each for each in window.elements if str(each.get("value")).endswith(":demo-beehives:demo-canoes"))
    await workspace.post("click", user=jordan.id, action_id=button["action_id"], block_id=button["block_id"], view_id=window.id)
    await workspace.quiet()
    answered = await jordan.submits(strength="could_support", rationale_fr="Les abeilles aiment l'eau.")
    assert answered["errors"] == {"stated_by": "Say who stated it, or choose the source that does."}
    await jordan.submits(stated_by="Morgan Fernhill, by telephone")
    below = await jordan.window()
    assert "Saved." in below.text
    assert "Could support it (proposed)" in below.text
    assert "Les abeilles aiment l'eau. (in French only)" in below.text
    await jordan.clicks("All groups", below)
    await jordan.clicks("Make it final", await jordan.window())
    await jordan.submits()
    below = await jordan.window()
    assert "The edition is final." in below.text
    assert "Made final by Jordan Wrenwood" in below.text
    window = await into(jordan, below, "Demonstration Beehives Working Group")
    assert "Edit" not in window.buttons

    def kept(session: Session) -> tuple[bool | None, str]:
        entry = session.scalars(select(GapEntry).where(GapEntry.group == "demo-beehives", GapEntry.priority == "demo-canoes")).one()
        return session.scalars(select(GapEdition)).one().draft, entry.strength

    assert workspace.database.read(kept) == (None, "could_support")
    reader = await opens(workspace.lead(), "Editions")
    assert "New edition" not in reader.buttons
    assert "(final)" in reader.text


@one_database
async def test_an_edition_keeps_who_carries_a_priority(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    window = await into(jordan, await opens(jordan, "Editions", "New edition"), "Digital Identity Working Group")
    assert "Digital Identity*\nCarries it" in window.text
    button = next(each for each in window.elements if str(each.get("value")).endswith(":digital-identity-wg:digital-identity"))
    await workspace.post("click", user=jordan.id, action_id=button["action_id"], block_id=button["block_id"], view_id=window.id)
    await workspace.quiet()
    await jordan.submits(rationale_en="It grew out of it.", rationale_fr="Il en est issu.")
    assert "Carries it\nIt grew out of it." in (await jordan.window()).text, "what was copied can be written further"


@one_database
async def test_of_two_who_edit_one_entry_the_second_reads_who_wrote_what(workspace: Workspace) -> None:
    jordan, alix = workspace.secretariat(), workspace.user("alix-beletang")
    for member, clicks, command in ((jordan, ("Editions", "New edition"), "gaps"), (alix, ("Éditions",), "écarts")):
        window = await opens(member, *clicks, command=command)
        if member is alix:
            window = await into(alix, window, "Édition du")
        found = next(each for each in window.elements if ":demo-beehives" in str(each.get("value")))
        await workspace.post("click", user=member.id, action_id=found["action_id"], block_id=found["block_id"], view_id=window.id)
        await workspace.quiet()
        window = await member.window()
        entry = next(each for each in window.elements if str(each.get("value")).endswith(":demo-beehives:demo-canoes"))
        await workspace.post("click", user=member.id, action_id=entry["action_id"], block_id=entry["block_id"], view_id=window.id)
        await workspace.quiet()
    await jordan.submits(strength="could_support", stated_by="Morgan Fernhill")
    answered = await alix.submits(strength="example", stated_by="Casey Larkfield")
    assert answered["errors"]["strength"].startswith("Entre-temps, Jordan Wrenwood a écrit ici\u00a0: «\u00a0Pourrait l'appuyer")
    assert "Morgan Fernhill" in answered["errors"]["stated_by"]


@one_database
async def test_a_draft_can_be_discarded(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    await opens(jordan, "Editions", "New edition", "Discard the draft")
    await jordan.submits()
    assert "The draft is gone." in (await jordan.window()).text
    assert workspace.database.read(lambda session: session.scalars(select(GapEdition)).all()) == []


@one_database
async def test_each_sees_their_own_group_first_with_ways_to_mend_it(workspace: Workspace) -> None:
    window = await opens(workspace.user("morgan-fernhill"), command="health")
    own = window.text.partition("Other groups")[0]
    assert "Demonstration Beehives Working Group" in own
    assert "▲ To complete: co-chair from a Council" in own
    assert "The Councils have not approved these rules yet: they are proposed." in own
    assert "Demonstration Quilts Community of Practice" not in own
    french = await opens(workspace.co_chair("fr-CA"), command="état")
    assert "à compléter" in french.text.casefold()


@one_database
async def test_the_secretariat_opens_one_group_and_plans_a_meeting(workspace: Workspace) -> None:
    jordan = workspace.secretariat()
    window = await opens(jordan, command="health")
    assert "groups have something to complete." in window.text.splitlines()[2], "what the secretariat sees is all of them"
    window = await into(jordan, window, "Demonstration Quilts Community of Practice")
    assert "? Meetings (not known). Nothing of it is in the registry." in window.text
    await jordan.clicks("Plan a meeting", window)
    assert (await jordan.window())["title"]["text"] == "New meeting"


@one_database
async def test_from_the_state_of_a_group_the_secretariat_mends_all_that_it_keeps(workspace: Workspace) -> None:
    jordan = workspace.secretariat()

    async def group() -> Shown:
        return await into(jordan, await opens(jordan, command="health"), "Demonstration Quilts Community of Practice")

    assert {"Open the mandate", "Open the roles", "Confirm facts"} <= set((await group()).buttons)
    for named, title in (("Open the mandate", "Next version"), ("Open the roles", "Roles"), ("Confirm facts", "To be confirmed")):
        await jordan.clicks(named, await group())
        assert (await jordan.window())["title"]["text"] == title
        for _ in await jordan.windows():
            await jordan.closes()
    own = await opens(workspace.user("morgan-fernhill"), command="health")
    assert not {"Open the mandate", "Open the roles", "Confirm facts"} & set(own.buttons)


@one_database
async def test_app_home_leads_there(workspace: Workspace) -> None:
    lead = workspace.lead()
    await lead.clicks("State of groups", await lead.home())
    assert (await lead.window())["title"]["text"] == "State of groups"
    await lead.clicks("Gap analysis", await lead.home())
    assert "Demonstration Canoes" in (await lead.window()).text
    assert "Gap analysis" not in (await workspace.newcomer().home()).buttons


@one_database
async def test_in_a_conversation_a_button_opens_the_window(workspace: Workspace) -> None:
    lead = workspace.lead()
    answer = await lead.asks("gaps")
    assert "2 of 6 priorities have no group" in answer.text
    await lead.clicks("Gap analysis", answer)
    assert "Demonstration Canoes" in (await lead.window()).text
    answer = await workspace.secretariat().asks("health")
    await workspace.secretariat().clicks("State of groups", answer)
    assert "something to complete" in (await workspace.secretariat().window()).text


async def test_what_moved_since_the_last_meeting_in_person_is_told(busy: Workspace) -> None:
    await busy.start_over()
    jordan, held = busy.secretariat(), busy.sandbox.workspace.now().date()

    def meets(session: Session) -> None:
        for row in session.scalars(select(Meeting).where(Meeting.kind == "in_person", Meeting.group == "demo-council")):
            row.state = "cancelled"
        session.add(Meeting(id="here", kind="in_person", group="demo-council", held=PartialDate.day(held)))

    busy.database.write(OPERATOR, meets)
    assert "there is none to compare with yet" in (await opens(jordan, command="health")).text
    await busy.until(timedelta(days=2))
    rows = busy.database.read(lambda session: session.scalars(select(HealthKept)).all())
    assert {row.meeting for row in rows} == {"here"}
    assert "Since the meeting in person of January 10, 2027: no change." in (await opens(jordan, command="health")).text
