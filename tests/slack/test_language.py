"""In which language Cadre writes to people, and what App Home shows them."""

from __future__ import annotations

from typing import Any

from tests.slack.standin import StandIn
from tests.slack.workspace import Workspace, text_of

FRENCH = "Je ne sais pas encore qui vous êtes"
ENGLISH = "I do not know yet who you are"


async def test_slack_s_locale_counts_by_language(workspace: Workspace, slack: StandIn) -> None:
    workspace.join("U0LUC", "Luc", locale="fr-FR")
    workspace.join("U0ANA", "Ana", locale="pt-BR")
    assert FRENCH in await me(workspace, slack, "U0MARIE")
    assert FRENCH in await me(workspace, slack, "U0LUC")
    assert ENGLISH in await me(workspace, slack, "U0ANA")


async def test_a_change_in_slack_is_learned(workspace: Workspace, slack: StandIn) -> None:
    assert ENGLISH in await me(workspace, slack, "U0ANNE")
    workspace.join("U0ANNE", "Anne Lee", locale="fr-CA")
    assert ENGLISH in await me(workspace, slack, "U0ANNE"), "the profile is kept"
    await workspace.event({"type": "user_change", "user": slack.users["U0ANNE"]})
    assert FRENCH in await me(workspace, slack, "U0ANNE")


async def test_one_s_own_choice_comes_first(workspace: Workspace, slack: StandIn) -> None:
    home = await workspace.open_home("U0ANNE")
    await choose(workspace, "U0ANNE", home, "fr")
    assert FRENCH in text_of(slack.made("views.publish")[-1]), "drawn anew in it"
    assert FRENCH in await me(workspace, slack, "U0ANNE")
    await choose(workspace, "U0ANNE", slack.made("views.publish")[-1], "slack")
    assert ENGLISH in await me(workspace, slack, "U0ANNE")
    await workspace.command("U0ANNE", "français")
    assert "en français" in slack.made("respond")[-1]["text"]
    assert FRENCH in await me(workspace, slack, "U0ANNE")


async def test_the_answer_follows_the_question_not_the_reader(workspace: Workspace, slack: StandIn) -> None:
    await workspace.command("U0MARIE", "who leads digital identity")
    answered = slack.made("respond")[-1]
    assert "October 2017" in text_of(answered)
    assert "Share in channel" in text_of(answered)
    await workspace.command("U0ANNE", "qui dirige l'identité numérique")
    answered = slack.made("respond")[-1]
    assert "octobre 2017" in text_of(answered)
    assert "Share in channel" not in text_of(answered)


async def test_home_shows_who_i_am_examples_and_languages(workspace: Workspace, slack: StandIn) -> None:
    home = await workspace.open_home("U0ANNE")
    assert home["user_id"] == "U0ANNE"
    assert "Who leads digital identity?" in text_of(home)
    assert "wait for the secretariat" not in text_of(home)
    await workspace.click("U0ANNE", home, "Who leads digital identity?")
    answered = slack.made("chat.postMessage")[-1]
    assert answered["channel"] == "D0ANNE"
    assert "Bev Dicks" in answered["text"]
    assert "No request waits for the secretariat" in text_of(await workspace.open_home("U0SAM"))


async def test_the_tab_of_messages_draws_nothing(workspace: Workspace, slack: StandIn) -> None:
    await workspace.event({"type": "app_home_opened", "user": "U0ANNE", "channel": "D0ANNE", "tab": "messages"})
    assert slack.made("views.publish") == []


async def me(workspace: Workspace, slack: StandIn, user: str) -> str:
    """What App Home says of somebody."""
    return text_of(await workspace.open_home(user))


async def choose(workspace: Workspace, user: str, home: dict[str, Any], language: str) -> None:
    """Choose a language in App Home."""
    block = next(b for b in home["view"]["blocks"] if b.get("block_id") == "home.language")
    (element,) = block["elements"]
    option = next(o for o in element["options"] if o["value"] == language)
    await workspace.act(user, home, block["block_id"], element | {"selected_option": option})
