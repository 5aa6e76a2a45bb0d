"""``/cadre map``: as members and others ask for it, in either language; the picture, the same in words under it, and the ways on."""

from __future__ import annotations

import pytest

from bot.framework import map_views as views
from cadre.framework import asking, drawing
from cadre.framework.asking import Asked
from cadre.framework.drawing import DrawingFailed
from tests.conftest import one_database
from tests.workspace import Member, Shown, Workspace

pytestmark = one_database


def pictures(shown: Shown) -> list[dict[str, object]]:
    return [block for block in shown.raw.get("blocks", ()) if block["type"] == "image"]


async def last_map(member: Member) -> Shown:
    """The newest map in their conversation with Cadre."""
    return [each for each in await member.sees() if pictures(each) or "could not be drawn" in each.text][-1]


async def test_all_that_stands_on_the_pictures_is_told_in_words(workspace: Workspace) -> None:
    robin = workspace.member()
    await robin.commands("map")
    said = "\n".join(each.text for each in await robin.sees())
    graphs = workspace.database.read(asking.found, Asked(), None).graphs("en")
    for node in (node for graph in graphs for node in graph.nodes):
        assert node.name[0] in said
    assert "…" not in said
    assert "on the page" not in said


async def test_what_is_longer_than_a_few_messages_comes_as_a_text(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MESSAGES", 1)
    robin = workspace.member()
    await robin.commands("map")
    (sent,) = [each for each in await robin.sees() if "framework-" in str(each.raw.get("files", ""))]
    assert sent.raw["thread_ts"] == (await last_map(robin)).ts


async def test_the_whole_map_comes_in_pictures_that_can_be_read_with_the_same_in_words_under_them(workspace: Workspace) -> None:
    robin = workspace.member()
    told = await robin.commands("map")
    assert "The map is in your conversation with me." in told.text
    shown = await last_map(robin)
    found = pictures(shown)
    assert len(found) > 2
    assert all(each["alt_text"] for each in found)
    assert "Digital Identity" in shown.text
    assert "being drawn" not in shown.text
    blocks = shown.raw["blocks"]
    assert all(block["type"] == "image" for block in blocks[: len(found)])


async def test_the_map_of_one_thing_in_french_leads_to_what_is_next_to_it(workspace: Workspace) -> None:
    remi = workspace.lead("fr-CA")
    await remi.commands("carte de l'identité numérique")
    shown = await last_map(remi)
    assert len(pictures(shown)) == 1
    assert "Identité numérique" in shown.text
    assert "Bev Dicks" in shown.text
    await remi.clicks(views.NEIGHBOUR, shown, "group:identity-management")
    beside = await last_map(remi)
    assert "Sous-comité sur la gestion de l'identité" in beside.text
    await remi.clicks("Toute la carte", beside)
    assert len(pictures(await last_map(remi))) > 2


async def test_as_of_a_meeting_and_over_time(workspace: Workspace) -> None:
    robin = workspace.member()
    await robin.commands("map of digital strategy as of Charlottetown")
    assert "October 31, 2017" in (await last_map(robin)).text
    await robin.commands("map sequence")
    shown = await last_map(robin)
    assert "Priorities over time" in shown.text
    assert len(pictures(shown)) == 1


async def test_a_name_of_several_is_asked_back_and_one_of_nothing_is_said(workspace: Workspace) -> None:
    robin = workspace.member()
    asked = await robin.commands("map of SCGI")
    await robin.clicks("Identity Management", asked)
    assert "Identity Management Sub-Committee" in (await last_map(robin)).text
    assert "wombats" in (await robin.commands("map of the wombats")).text
    assert "no meeting, date or snapshot" in (await robin.commands("map as of the wombats")).text


async def test_in_a_channel_everybody_sees_what_everybody_may_know(workspace: Workspace) -> None:
    sam = workspace.secretariat()
    await sam.says("@Cadre map of research", "C0GENERAL")
    shown = next(each for each in await sam.sees("C0GENERAL") if pictures(each))
    assert "Research Committee" in shown.text
    assert "to complete" not in shown.text.lower()
    assert "k=" not in str(shown.raw["blocks"])  # no page that is signed for whoever asked
    await sam.commands("map of research")
    assert "to complete" in (await last_map(sam)).text.lower()


async def test_where_it_cannot_be_drawn_the_words_stay_with_an_apology(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    robin = workspace.member()

    def fails(*_given: object) -> bytes:
        raise DrawingFailed("crashed")

    monkeypatch.setattr(drawing, "draw", fails)
    await robin.commands("map of digital identity")
    shown = await last_map(robin)
    assert not pictures(shown)
    assert "could not be drawn" in shown.text
    assert "Bev Dicks" in shown.text


async def test_an_answer_leads_to_the_map(workspace: Workspace) -> None:
    robin = workspace.member()
    answer = await robin.commands("who leads digital identity?")
    await robin.clicks("Show on the map", answer)
    shown = await last_map(robin)
    assert pictures(shown)
    assert "Bev Dicks" in shown.text
