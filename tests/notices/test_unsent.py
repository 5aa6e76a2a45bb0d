"""What could not be sent: the secretariat sees it, whatever became of the word about it, and has it tried again or leaves it."""

from __future__ import annotations

import re

import pytest

from bot.kinds import KINDS
from cadre.core.changes import seen_by
from cadre.core.errors import Forbidden
from cadre.notices import failures
from cadre.notices.models import Delivery
from tests.conftest import both_databases
from tests.notices.scenarios import AUTHORS, LANTERNS, days, got, on, planned, printed
from tests.terminal.conftest import LANGUAGE, Terminal
from tests.workspace import Member, Workspace


@pytest.fixture
def terminal(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal on the registry of the workspace."""
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CADRE_DATABASE_URL", workspace.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CADRE_SANDBOX", "1")
    return Terminal(monkeypatch, capsys)


async def nothing_can_be_sent(workspace: Workspace) -> None:
    """Neither what Robin is owed, nor the word of it to the secretariat."""
    planned(workspace, "2027-01-28")
    await workspace.until("2027-01-16")
    await workspace.fault("chat.postMessage", "error", error="is_archived", times=100)
    await workspace.until("2027-01-19T22:00")
    await workspace.fault("chat.postMessage", "error", times=0)


def number_of(workspace: Workspace, person: str = "robin-ashgrove") -> int:
    """The delivery to somebody that failed."""
    (found,) = workspace.database.read(failures.failures, KINDS, person)
    return found.delivery


async def opens_the_list(member: Member) -> None:
    await member.clicks("notices.unsent", await member.home())


@both_databases
async def test_what_could_not_be_sent_is_seen_in_app_home_also_where_the_word_about_it_failed(
    workspace: Workspace,
) -> None:
    await nothing_can_be_sent(workspace)
    jordan, robin = workspace.secretariat(), workspace.user("robin-ashgrove")
    assert not [each for each in await got(jordan) if "could not be sent" in each.text], "the word about it failed too"
    assert "Could not be sent: 3" in (await jordan.home()).buttons, "what both officers were owed that day, too"
    await opens_the_list(jordan)
    listed = await jordan.window()
    assert "A message to Robin Ashgrove: Light the pier" in listed.text
    assert "Not sent: the conversation is archived" in listed.text
    await jordan.clicks(f"notices.again:{number_of(workspace)}", listed)
    assert "It is tried again" in (await jordan.window()).text
    await workspace.until("2027-01-20T18:00")
    assert (await days(robin))[-1] == "2027-01-19", "within the hours of the same day"
    assert "Light the pier" in (await on(robin, "2027-01-19")).text
    assert "Could not be sent: 2" in (await jordan.home()).buttons


async def test_what_need_not_be_sent_any_more_is_left_and_in_french(workspace: Workspace) -> None:
    await nothing_can_be_sent(workspace)
    alix = workspace.secretariat("fr-CA")
    assert printed("Envois impossibles : 3") in (await alix.home()).buttons
    await opens_the_list(alix)
    shown = (await alix.window()).text
    assert printed("Un message à Robin Ashgrove : Éclairer le quai") in shown
    assert "la conversation est archivée" in shown
    for _ in range(3):
        await alix.clicks("Ne rien faire", await alix.window())
    assert "Tout a été envoyé ou laissé." in (await alix.window()).text
    assert workspace.database.read(failures.count) == 0


async def test_whoever_comes_second_to_a_failure_hears_who_left_it(workspace: Workspace) -> None:
    await nothing_can_be_sent(workspace)
    jordan, alix = workspace.secretariat(), workspace.secretariat("fr-CA")
    await opens_the_list(jordan)
    await opens_the_list(alix)
    leave = f"notices.leave:{number_of(workspace)}"
    await alix.clicks(leave, await alix.window())
    await jordan.clicks(leave, await jordan.window())
    shown = (await jordan.window()).text
    assert "Alix" in shown
    assert "Nothing was changed." in shown
    assert "Only a delivery that failed" not in shown


async def test_whoever_is_not_of_the_secretariat_neither_sees_nor_tries_again_what_failed(workspace: Workspace) -> None:
    await nothing_can_be_sent(workspace)
    robin = AUTHORS[LANTERNS]
    with pytest.raises(Forbidden):
        workspace.database.read(seen_by(robin, failures.failures), ())
    for act in (failures.retry, failures.leave):
        with pytest.raises(Forbidden):
            workspace.database.write(robin, act, 1)


async def test_the_word_about_a_failure_says_what_it_was_about_and_why_and_what_became_of_it(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    await workspace.until("2027-01-18T15:59")  # Robin, in the west, is the last whose day begins
    await workspace.fault("chat.postMessage", "error", error="is_archived")
    await workspace.until("2027-01-20")
    jordan, alix = workspace.secretariat(), workspace.secretariat("fr-CA")
    (told,) = [each.said for each in await got(jordan) if "could not be sent" in each.text]
    assert re.search(r"A message to Robin Ashgrove: Light the pier.* could not be sent \(the conversation is archived\)\.", told.text)
    assert "In my Home tab it can be tried again, or left." in told.text
    (french,) = [each.text for each in await got(alix) if "n'a pas pu se faire" in each.text]
    assert "(la conversation est archivée)" in french
    await opens_the_list(jordan)
    await jordan.clicks("Leave it", await jordan.window())
    await workspace.until("2027-01-20T00:05")
    assert "could not be sent (the conversation is archived). It was left." in (await jordan.again(told)).text


async def test_operators_list_what_failed_with_the_number_that_retry_takes_and_hear_when_it_is_tried(
    workspace: Workspace, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await nothing_can_be_sent(workspace)
    await workspace.until("2027-01-23T02:00")  # Friday evening where Robin is
    listed = terminal.run("notices", "list", "--state", "failed", "--person", "robin-ashgrove").out
    failed = re.search(r"^ +(\d+)  .*  a message to Robin Ashgrove: Light the pier.*failed \(the conversation is archived\)", listed)
    assert failed
    assert workspace.database.read(lambda session: session.get_one(Delivery, int(failed.group(1))).state) == "failed"
    said = terminal.run("notices", "retry", failed.group(1)).out
    assert "It is tried again when the working hours of whoever it is for begin:" in said
    assert "January 25, 2027" in said
    assert terminal.run("notices", "list", "--state", "failed", "--person", "robin-ashgrove").out == "No messages that could not be sent.\n"
