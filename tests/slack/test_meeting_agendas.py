"""Agendas, through the front door: written in windows, asked for, posted in the channel, in both languages."""

from __future__ import annotations

from bot.meetings import prep_actions as actions
from cadre.groups.models import Group
from cadre.meetings import agenda, service
from tests.conftest import both_databases
from tests.notices.scenarios import does, is_now, printed
from tests.slack import minuted as world
from tests.slack.minuted import MORGAN, arranged, chooses, item, maxime, morgan, offered, opens
from tests.workspace import GENERAL, Workspace

workspace = world.workspace


@both_databases
async def test_the_chair_writes_an_agenda_and_everybody_who_is_invited_reads_it(workspace: Workspace) -> None:
    meeting, chair = arranged(workspace), morgan(workspace)
    shown = await opens(chair, actions.AGENDA, meeting)
    assert "There is nothing on the agenda yet." in shown.text
    await chair.clicks("Add an item", shown)
    form = await chair.window()
    await chair.looks_up(actions.PEOPLE, "maxime", form)
    refused = await chair.submits(form, kind="decision", minutes="ten")
    assert "minutes" in refused["errors"] or "title_en" in refused["errors"]
    await chair.submits(
        form, title_en="Warn of frost", kind="decision", minutes="50", tab="A", owner="maxime-grandchene", needs_paper=["needs_paper"]
    )
    shown = await chair.window()
    assert "1. Warn of frost (for decision) · tab A · Maxime Grandchêne · 50 minutes" in shown.text
    assert "Missing: the title in French, the paper in English and the paper in French." in shown.text
    assert "All items together: 50 of 60 minutes." in shown.text
    item(workspace, meeting, title_en="Map", minutes=20)
    first, _second = workspace.database.read(agenda.agenda, meeting, MORGAN).items
    await chooses(chair, shown, actions.DOWN, str(first.id))
    shown = await chair.window()
    assert shown.text.index("1. Map") < shown.text.index("2. Warn of frost")
    assert "That is 10 minutes more than the meeting has." in shown.text
    french = await opens(maxime(workspace), actions.AGENDA, meeting)
    assert "Warn of frost (en anglais seulement)" in french.text
    assert printed("Il manque le titre en français, le document en anglais et le document en français.") in french.text
    assert "Ajouter un point" not in french.buttons
    assert "Fournir ce qui manque" in french.buttons


@both_databases
async def test_the_owner_is_asked_and_gives_what_is_missing(workspace: Workspace) -> None:
    meeting, chair, owner = arranged(workspace), morgan(workspace), maxime(workspace)
    one = item(workspace, meeting, title_fr="", owner="maxime-grandchene", paper_en="https://papers.example.org/frost")
    await chooses(chair, await opens(chair, actions.AGENDA, meeting), actions.ASK, str(one.id))
    shown = await chair.window()
    assert "Maxime Grandchêne is asked for what is missing." in shown.text
    assert "Asked on January 11, 2027: Maxime Grandchêne." in shown.text
    asked = await owner.last_dm()
    assert printed("Morgan Fernhill vous demande ce qui manque à votre point à l'ordre du jour.") in asked.headline
    await owner.clicks("Fournir ce qui manque", asked)
    refused = await owner.submits(title_fr="Prévenir du gel", paper_fr="là-bas")
    assert "https://" in refused["errors"]["paper_fr"]
    await owner.submits(title_fr="Prévenir du gel", paper_fr="https://papers.example.org/gel")
    assert "Merci" in (await owner.window()).text
    assert "Missing" not in (await opens(chair, actions.AGENDA, meeting)).text
    await world.soon(workspace)
    assert "il ne manque plus rien" in (await owner.again(asked)).text


async def test_the_agenda_stands_in_the_channel_once_in_both_languages_and_is_kept_true(workspace: Workspace) -> None:
    meeting, chair = arranged(workspace), morgan(workspace)
    item(workspace, meeting, owner="maxime-grandchene", paper_en="https://papers.example.org/frost")
    shown = await opens(chair, actions.AGENDA, meeting)
    await chair.clicks("Post in the channel", shown)
    assert "Post in the channel" not in (await chair.window()).buttons
    posted = [each for each in await chair.sees(GENERAL) if each["is_bot"]]
    assert len(posted) == 1
    for text in ("Warn of frost (for decision)", "Prévenir du gel (pour décision)", "Ordre du jour", "Frost, Wednesday, January 20, 2027"):
        assert text in posted[0].text
    assert "Moncton: Wednesday, January 20, 2027, 3:00\u00a0p.m., UTC−4" in posted[0].text, "the channel reads it from coast to coast"
    assert "papers.example.org" not in posted[0].text
    item(workspace, meeting, title_en="Draw the map", title_fr="Dresser la carte")
    await world.soon(workspace)
    assert "2. Dresser la carte" in (await chair.again(posted[0])).text
    does(workspace, MORGAN, service.cancel, meeting, None, shown=0)
    await world.soon(workspace)
    assert "Cette réunion est annulée." in (await chair.again(posted[0])).text


async def test_an_agenda_whose_group_has_no_channel_says_so_and_takes_one(workspace: Workspace) -> None:
    meeting, chair = arranged(workspace), morgan(workspace)
    does(workspace, MORGAN, lambda session: setattr(session.get_one(Group, "demo-orchards"), "channel", None))
    item(workspace, meeting)
    shown = await opens(chair, actions.AGENDA, meeting)
    assert "This agenda cannot be posted yet: I know of no channel of this group." in shown.text
    await chair.clicks("Choose its channel", shown)
    await chair.submits(channel=GENERAL)
    assert "The agenda stands in the group's channel" in (await chair.window()).text
    assert [each for each in await chair.sees(GENERAL) if "Warn of frost" in each.text]


async def test_a_click_of_somebody_without_the_right_changes_nothing_and_says_so(workspace: Workspace) -> None:
    meeting, stranger = arranged(workspace), workspace.user("casey-larkfield")
    one = item(workspace, meeting, owner="maxime-grandchene", needs_paper=True)
    for action in (actions.UP, actions.ASK, actions.REMOVE):
        await stranger.clicks(action, await offered(stranger, action, str(one.id)))
        assert "Only" in (await stranger.last_dm()).text
    await stranger.clicks(actions.PUBLISH, await offered(stranger, actions.PUBLISH, meeting))
    assert "Only" in (await stranger.last_dm()).text
    assert "Asked" not in (await opens(morgan(workspace), actions.AGENDA, meeting)).text


async def test_a_window_that_is_stale_says_that_the_meeting_was_cancelled(workspace: Workspace) -> None:
    meeting, chair = arranged(workspace), morgan(workspace)
    await chair.clicks("Add an item", await opens(chair, actions.AGENDA, meeting))
    form = await chair.window()
    does(workspace, MORGAN, service.cancel, meeting, None, shown=0)
    await chair.submits(form, title_en="Late", kind="update")
    assert "This meeting is cancelled. Decided by Morgan Fernhill" in (await chair.window()).text
    shown = await opens(chair, actions.AGENDA, meeting)
    assert "This meeting is cancelled." in shown.text
    assert shown.buttons == []


async def test_the_chair_is_reminded_of_an_agenda_five_days_before(workspace: Workspace) -> None:
    meeting, chair = arranged(workspace), morgan(workspace)
    await workspace.until("2027-01-15T21:00")
    told = await chair.last_dm()
    assert "Frost, Wednesday, January 20, 2027" in told.headline
    assert "nothing stands on the agenda yet" in told.headline
    await chair.clicks("Write the agenda", told)
    assert "There is nothing on the agenda yet." in (await chair.window()).text
    item(workspace, meeting)
    await world.soon(workspace)
    after = await chair.again(told)
    assert "1 item stands on the agenda." in after.text
    assert "Write the agenda" not in after.buttons


async def test_a_meeting_in_person_is_announced_eight_weeks_before_and_its_papers_are_asked_for_two_weeks_before(
    workspace: Workspace,
) -> None:
    is_now(workspace, "2026-11-23T18:00")
    meeting = arranged(workspace, kind="in_person", place_en="Hall", place_fr="Salle", results_en="A map", results_fr="Une carte")
    await workspace.until("2026-11-25T21:00")
    (ahead,) = [each for each in await maxime(workspace).sees() if each.headline.startswith(printed("À venir :"))]
    assert printed("Résultats attendus :\n• Une carte") in ahead.text
    is_now(workspace, "2027-01-05T18:00")
    item(workspace, meeting, owner="maxime-grandchene", needs_paper=True)
    await workspace.until("2027-01-06T21:00")
    told = await maxime(workspace).last_dm()
    assert printed("il manque encore le document en anglais et le document en français.") in told.headline
    assert "Fournir ce qui manque" in told.buttons
