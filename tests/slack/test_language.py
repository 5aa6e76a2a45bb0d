"""In which language Cadre writes to people, and what App Home shows them."""

from __future__ import annotations

from tests.conftest import one_database
from tests.slack.raw import event, knocks
from tests.workspace import Shown, Workspace

FRENCH = "Je ne sais pas encore qui vous êtes"
ENGLISH = "I do not know yet who you are"


@one_database
async def test_slack_s_locale_counts_by_language(workspace: Workspace) -> None:
    luc = await workspace.joins("Luc", locale="fr-FR")
    ana = await workspace.joins("Ana", locale="pt-BR")
    assert FRENCH in (await workspace.newcomer(locale="fr-CA").home()).text
    assert FRENCH in (await luc.home()).text
    assert ENGLISH in (await ana.home()).text


@one_database
async def test_a_change_in_slack_is_learned(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    assert ENGLISH in (await newcomer.home()).text
    workspace.sandbox.workspace.users[newcomer.id].locale = "fr-CA"
    assert ENGLISH in (await newcomer.home()).text, "the profile is kept until Slack says that it changed"
    await newcomer.turns_to("fr-CA")
    assert FRENCH in (await newcomer.home()).text


async def test_one_s_own_choice_comes_first(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    await newcomer.clicks("home.language", await newcomer.home(), "fr")
    assert FRENCH in await drawn(workspace), "drawn anew in it"
    home = await newcomer.home()
    assert FRENCH in home.text
    await newcomer.clicks("home.language", home, "slack")
    assert ENGLISH in await drawn(workspace)
    assert ENGLISH in (await newcomer.home()).text
    assert "en français" in (await newcomer.commands("français")).headline
    assert FRENCH in (await newcomer.home()).text


async def drawn(workspace: Workspace) -> str:
    """What the App Home that was drawn last says."""
    return Shown((await workspace.sent("views.publish"))[-1]["view"]).text


@one_database
async def test_the_answer_follows_the_question_not_the_reader(workspace: Workspace) -> None:
    answered = await workspace.member(locale="fr-CA").commands("who leads digital identity")
    assert "October 2017" in answered.text
    assert "Share in channel" in answered.buttons
    answered = await workspace.member(locale="en-US").commands("qui dirige l'identité numérique")
    assert "octobre 2017" in answered.text
    assert "Share in channel" not in answered.text


@one_database
async def test_home_shows_who_i_am_examples_and_languages(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    home = await newcomer.home()
    assert ENGLISH in home.text
    assert "Who leads digital identity?" in home.buttons
    assert home.element("home.language")["initial_option"]["value"] == "slack"
    assert "wait for the secretariat" not in home.text
    await newcomer.clicks("Who leads digital identity?", home)
    assert "Bev Dicks" in (await newcomer.last_dm()).headline
    assert "Nobody asks to be recognized" in (await workspace.secretariat().home()).text


@one_database
async def test_the_tab_of_messages_draws_nothing(workspace: Workspace) -> None:
    newcomer = workspace.newcomer()
    opened = event(workspace, type="app_home_opened", user=newcomer.id, channel=newcomer.dm, tab="messages")
    assert (await knocks(workspace, opened)).status_code == 200
    assert await workspace.sent("views.publish") == []
