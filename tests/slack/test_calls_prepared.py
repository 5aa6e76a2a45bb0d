"""What the secretariat is told while it writes a call, and what becomes of what it typed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.reader import OPERATOR
from cadre.groups.models import Group
from tests.slack import test_calls_drafting as drafting
from tests.slack.drafts import TEXTS, begins, moment, officer, only, writes
from tests.workspace import GENERAL, Workspace

workspace = drafting.workspace


async def test_what_a_priority_is_for_is_proposed_also_where_its_group_is_there(workspace: Workspace) -> None:
    jordan = officer(workspace)
    what = await begins(jordan, source="priority:digital-identity")
    typed = what["state"]["values"]
    assert "make digital identity a reality" in typed["description_en"]["calls.field"]["value"]
    assert "concrétiser l'identité numérique" in typed["description_fr"]["calls.field"]["value"]


async def test_a_text_of_a_draft_is_emptied_by_emptying_its_field(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("Edit what it says", await writes(jordan))
    form = await jordan.window()
    field = next(block for block in form.blocks if block["block_id"] == "commitment_en")
    assert "hint" not in field, "nothing is missing of it"
    await jordan.submits(form, commitment_en="", criteria_en="", criteria_fr="")
    made = only(workspace)
    assert made.commitment is not None
    assert (made.commitment.en, made.commitment.fr, made.criteria) == (None, "Une heure par mois.", None)
    (window,) = await jordan.windows()
    assert "Time that it takes, in English" in window.text
    await jordan.clicks("Edit what it says", window)
    field = next(block for block in (await jordan.window()).blocks if block["block_id"] == "commitment_en")
    assert "The call does not open without it." in field["hint"]["text"]


async def test_more_seats_for_each_than_in_all_are_told_beside_the_field(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan)
    await jordan.submits(**TEXTS)
    answered = await jordan.submits(seats="3", seats_each="5")
    assert answered["errors"] == {"seats_each": "These are more than the seats in all: 3."}


async def test_all_moments_that_are_missing_are_named_at_once(workspace: Workspace) -> None:
    jordan = officer(workspace)
    window = await writes(jordan, opens_at=None, closes_at=None)
    for said in ("Say when the call opens.", "Say when the call closes."):
        assert said in window.text, "in its window"
    await jordan.clicks("Schedule", window)
    for said in ("Say when the call opens.", "Say when the call closes."):
        assert said in (await jordan.window()).text


async def test_a_call_without_a_channel_says_so_and_can_open(workspace: Workspace) -> None:
    jordan = officer(workspace)
    window = await writes(jordan, channels=[])
    assert "No channel is chosen: the call is posted nowhere." in window.text
    await jordan.clicks("Open now", window)
    await jordan.submits()
    assert only(workspace).state == "open"


async def test_a_call_that_is_not_open_is_not_posted_yet(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("Schedule", await writes(jordan))
    await jordan.submits()
    (window,) = await jordan.windows()
    assert "Will be posted in" in window.text
    await jordan.clicks("Open now", window)
    await jordan.submits()
    (window,) = await jordan.windows()
    assert "Will be posted in" not in window.text
    assert "Posted in" in window.text


async def test_before_the_opening_it_is_said_for_whom_nobody_answers_and_whom_nothing_reaches(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan, name_en="Working Group on Ferries", name_fr="Groupe de travail sur les traversiers")
    await jordan.submits(**TEXTS, description_en="Keeps ferries afloat.", description_fr="Garde les traversiers à flot.")
    held = [each.id for each in only(workspace).jurisdictions]
    councils = ["pssdc", "pscioc", "demo-council"]
    await jordan.submits(
        opens_at=moment(1), closes_at=moment(30), chairs=["annette-vermaeten"], councils=councils, jurisdictions=[*held, "demo-bellorme"]
    )
    await jordan.clicks("Open now", await jordan.window())
    sure = await jordan.window()
    assert "The representatives of 1 jurisdiction are written to." in sure.text
    assert "For 14 jurisdictions nobody answers yet" in sure.text
    assert "Nothing reaches Annette Vermaeten" in sure.text


async def test_stars_that_are_typed_are_shown_as_stars(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await jordan.clicks("Open now", await writes(jordan, TEXTS | {"asked_en": "Bring *identity* and your _own_ lamp."}))
    await jordan.submits()
    (post,) = [said for said in await jordan.sees(GENERAL) if "*identity*" in said.text]
    (block,) = [block for block in post.blocks if "*identity*" in str(block)]
    assert block["text"]["type"] == "plain_text", "Slack reads markup in any other"


async def test_a_group_with_half_a_name_gets_the_rest_of_it_in_the_draft(workspace: Workspace) -> None:
    jordan = officer(workspace)

    def lose(session: Session) -> None:
        group = session.get_one(Group, "demo-orchards")
        group.name = Bilingual(group.name.en, None)

    workspace.database.write(OPERATOR, lose)
    what = await begins(jordan, source="group:demo-orchards")
    assert what["state"]["values"]["name_en"]["calls.field"]["value"] == "Demonstration Orchards Working Group"
    await jordan.submits(what, **TEXTS, name_fr="Groupe de travail sur les vergers")
    assert only(workspace).name == Bilingual("Demonstration Orchards Working Group", "Groupe de travail sur les vergers")


async def test_other_councils_bring_their_own_governments_in_place_of_those_before(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan, name_en="Oars", name_fr="Rames")
    await jordan.submits(**{**TEXTS, "description_en": "Oars.", "description_fr": "Des rames."})
    await jordan.submits()
    assert {"ON", "BC"} <= {each.id for each in only(workspace).jurisdictions}
    await jordan.clicks("calls.edit:who", await jordan.window())
    await jordan.submits(councils=["demo-council"])
    assert {each.id.partition("-")[0] for each in only(workspace).jurisdictions} == {"demo"}


async def test_a_government_is_found_by_its_short_name_and_by_its_acronym(workspace: Workspace) -> None:
    jordan = officer(workspace)
    await begins(jordan)
    await jordan.submits(**TEXTS)
    form = await jordan.window()
    for typed, found in (("MISA", "MISA"), ("BC", "BC"), ("B.C.", "BC"), ("ESDC", "CA-ESDC"), ("edsc", "CA-ESDC")):
        assert found in [each["value"] for each in await jordan.looks_up("calls.jurisdictions", typed, form)], typed
