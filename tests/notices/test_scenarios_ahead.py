"""What the secretariat looks ahead at, and what whoever runs Cadre does with a notice."""

from __future__ import annotations

import re

import pytest

from cadre.workplans import service as workplans
from tests.conftest import both_databases
from tests.notices.scenarios import AUTHORS, CANOES, LANTERNS, answered, days, does, found, got, is_now, on, planned
from tests.notices.test_scenarios_secretariat import steers
from tests.terminal.conftest import LANGUAGE, Terminal
from tests.workspace import Workspace


@pytest.fixture
def terminal(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """A terminal on the registry of the workspace."""
    for name in LANGUAGE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("CADRE_DATABASE_URL", workspace.database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("CADRE_SANDBOX", "1")
    return Terminal(monkeypatch, capsys)


async def test_the_look_ahead_says_the_same_in_slack_and_in_the_terminal_and_it_comes_so(workspace: Workspace, terminal: Terminal) -> None:
    planned(workspace, "2027-01-28")
    await workspace.until("2027-01-10T13:00")
    jordan = workspace.secretariat()
    figures = (await jordan.commands("notices")).text
    ahead = (await steers(jordan, "Look ahead")).text
    said = terminal.run("notices", "preview")
    told = re.search(r"Robin Ashgrove: (\d+) messages", said.out)
    assert told
    assert told.group(0) in figures
    assert "Monday, January 25, 2027" in ahead
    assert "Robin Ashgrove: Light the pier (1 day before) and Workplan of Demonstration Lanterns (30 days before)" in ahead
    assert "Thursday, January 28, 2027  Robin Ashgrove  Light the pier (on the day itself)" in said.out
    assert "Light the pier (a draft, 21 days late)" in said.out
    assert "E-mail is off: whoever is not in Slack gets nothing." in said.out
    await workspace.until("2027-04-10")
    assert len(await days(workspace.user("robin-ashgrove"))) == int(told.group(1))


async def test_the_look_ahead_has_a_web_page_for_whoever_is_of_the_secretariat(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    alix = workspace.secretariat("fr-CA")
    link = (await alix.commands("avis")).element("notices.page")["url"]
    page = await workspace.client.get(link, headers={"accept-language": "fr-CA"})
    assert page.status_code == 200
    assert "Robin Ashgrove" in page.text
    assert "Éclairer le quai" in page.text
    spoiled = await workspace.client.get(link.partition("&lang=")[0][:-2])
    assert "Robin Ashgrove" not in spoiled.text
    assert spoiled.status_code == 403


async def test_what_nobody_leads_comes_to_the_secretariat_and_is_not_said_to_be_its_own(workspace: Workspace) -> None:
    await workspace.until("2027-01-26")
    jordan = workspace.secretariat()
    orphan = await on(jordan, "2027-01-25")
    assert "Nobody else can be told: no role in it is confirmed." in orphan.text
    await jordan.clicks("Why did I get this?", orphan)
    assert "That is you" not in await answered(jordan)


@both_databases
async def test_a_workplan_that_was_never_told_of_stands_in_full_before_much_that_is_late_and_the_rest_has_lines(
    workspace: Workspace,
) -> None:
    for n in range(10):
        planned(workspace, "2027-01-14", english=f"Pier {n}", french=f"Quai {n}")
    await workspace.until("2027-01-26")
    digest = await on(workspace.user("robin-ashgrove"), "2027-01-25")
    assert "Submit" in digest.buttons
    assert all(f"Pier {n} (Demonstration Lanterns): due January 14, 2027" in digest.text for n in range(10))
    assert digest.buttons.count("Done") == 7
    assert "All of it: /cadre workplan." in digest.text


async def test_a_pause_for_everybody_is_quiet_for_everybody(workspace: Workspace) -> None:
    planned(workspace, "2027-01-28")
    planned(workspace, "2027-01-28", plan=CANOES)
    jordan = workspace.secretariat()
    await jordan.clicks("Add a pause", await steers(jordan, "Pauses"))
    for typed, offered in (("", True), ("every", True), ("ont", False)):
        found_ = await jordan.looks_up("notices.jurisdiction", typed, await jordan.window())
        assert ("Everybody" in str(found_)) is offered, typed
    await jordan.looks_up("notices.jurisdiction", "", await jordan.window())
    await jordan.submits(jurisdiction="*", first="2027-01-11", last="2027-01-22", reason_en="Year end", reason_fr="Fin d'année")
    assert re.search(r"This holds back the reminders of \d+ people: \d+ reminders\. Save again", (await jordan.window()).text)
    await jordan.submits()
    assert "Everybody, from January 11, 2027 to January 22, 2027: Year end" in (await jordan.window()).text
    await workspace.until("2027-01-26")
    for name in ("robin-ashgrove", "camille-clairval"):
        assert await days(workspace.user(name)) == ["2027-01-25"], name


async def test_an_operator_lists_shows_and_skips_a_notice_and_it_never_comes(
    workspace: Workspace, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(workspace, "2027-01-21")
    await workspace.until("2027-01-11T22:00")
    planned_ = terminal.run("notices", "list", "--state", "planned", "--person", "robin-ashgrove").out
    line = next(line for line in planned_.splitlines() if "on the day itself" in line)
    id_ = line.split()[0]
    shown = terminal.run("notices", "show", id_).out
    assert re.search(r"Key: activity:\d+:2027-01-21:due:robin-ashgrove", shown)
    assert terminal.run("notices", "skip", id_).out == "It will not be sent.\n"
    again = terminal.run("notices", "skip", id_)
    assert (again.code, again.err) == (1, "Only a notice that is planned can be skipped.\n")
    await workspace.until("2027-01-22")
    assert "2027-01-21" not in await days(workspace.user("robin-ashgrove"))
    assert "skipped (by hand)" in terminal.run("notices", "show", id_).out
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    assert "omis (à la main)" in terminal.run("notices", "list", "--state", "skipped").out


async def test_a_delivery_that_failed_is_shown_with_its_reason_and_tried_again(workspace: Workspace, terminal: Terminal) -> None:
    planned(workspace, "2027-01-28")
    await workspace.until("2027-01-16")
    await workspace.fault("chat.postMessage", "error", error="cannot_dm_bot", times=100)
    await workspace.until("2027-01-18T18:00")
    await workspace.fault("chat.postMessage", "error", times=0)
    robin = workspace.user("robin-ashgrove")
    assert await days(robin) == ["2027-01-11"]
    line = next(line for line in terminal.run("notices", "list", "--state", "skipped").out.splitlines() if "Robin Ashgrove" in line)
    assert "could not be sent" in line
    shown = terminal.run("notices", "show", line.split()[0]).out
    delivery = re.search(r"Delivery (\d+) by slack: failed.*\(an app cannot be written to\)", shown)
    assert delivery
    assert terminal.run("notices", "retry", delivery.group(1)).code == 0
    await workspace.until("2027-01-18T18:10")
    assert await days(robin) == ["2027-01-11", "2027-01-18"]
    assert terminal.run("notices", "retry", "999999").code == 1


@both_databases
async def test_after_three_weeks_without_a_worker_each_is_told_once_what_is_still_true(workspace: Workspace, terminal: Terminal) -> None:
    for number in range(3):
        planned(workspace, f"2027-01-{20 + number}", english=f"Pier {number}", french=f"Quai {number}")
    await workspace.until("2027-01-10T13:00")
    is_now(workspace, "2027-02-02T12:00")
    does(workspace, AUTHORS[LANTERNS], workplans.say_state, found(workspace, "Pier 0").id, "done", None, "en")
    await workspace.until("2027-02-03")
    robin = workspace.user("robin-ashgrove")
    assert await days(robin) == ["2027-02-02"]
    only = await on(robin, "2027-02-02")
    assert "Pier 0" not in only.text
    assert ("Pier 1 (Demonstration" in only.text, "Pier 2 (Demonstration" in only.text) == (True, True)
    for member in workspace.members.values():
        assert len([each for each in await got(member) if each.reminder]) <= 1, member.name
    skipped = terminal.run("notices", "list", "--state", "skipped", "--person", "robin-ashgrove").out
    assert "skipped (done)" in skipped
    assert "a later reminder came first" in skipped
