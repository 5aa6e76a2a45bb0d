"""Files that people put into windows, as Slack gives them to Cadre: https://docs.slack.dev/reference/block-kit/block-elements/file-input-element"""

from __future__ import annotations

import pytest

from bot.blocks import Modal, attached, field, file_input
from bot.sandbox.slack.workspace import Upload
from bot.slack import FileRefused, Slack
from bot.slack import connections as to_slack
from cadre.core.words import Words
from tests.sandbox.conftest import BOT_TOKEN as TOKEN
from tests.sandbox.conftest import SCOPES, Side, Stand
from tests.workspace import DM, Member, Workspace

said = Words.verbatim


@pytest.fixture
def alex(plain_workspace: Workspace) -> Member:
    return plain_workspace.secretariat()


async def window(member: Member) -> None:
    """Cadre opens a window with a field for a workbook."""
    sandbox = member.workspace.sandbox
    modal = Modal(said("File"), (field("file", said("File"), file_input("a", "xlsx")),), said("Close"), said("Send"), "nowhere")
    await sandbox.slack.open_view(sandbox.api.triggers.give(member.id), modal)


async def test_a_file_is_given_to_cadre_with_the_window(alex: Member) -> None:
    await window(alex)
    ids = await alex.attaches("Liste é.xlsx", b"PK1")
    await alex.workspace.post("click", user=alex.id, action_id="a", view_id=(await alex.window()).id, value=ids)
    state = (await alex.window())["state"]["values"]
    assert attached(state, "file") == ids[0]
    (held,) = state["file"]["a"]["files"]
    assert (held["name"], held["size"], held["user"], held["filetype"]) == ("Liste é.xlsx", 3, alex.id, "xlsx")
    assert "/files-pri/" in held["url_private_download"]
    found = await alex.workspace.sandbox.slack.file(ids[0])
    assert (found.name, found.content) == ("Liste é.xlsx", b"PK1")


async def test_a_field_takes_only_what_it_is_for(alex: Member) -> None:
    await window(alex)
    view = (await alex.window()).id
    two = [*await alex.attaches("a.xlsx", b"1"), *await alex.attaches("b.xlsx", b"2")]
    for ids in (await alex.attaches("list.pdf", b"%PDF"), ["F0NONE"], two):
        body = {"user": alex.id, "action_id": "a", "view_id": view, "value": ids}
        assert (await alex.workspace.client.post("/_sandbox/click", json=body)).status_code == 400
    answered = await alex.workspace.post("submit", user=alex.id, view_id=view, values={})
    assert answered["errors"].keys() == {"file"}, "it is required"


async def test_nobody_uses_a_file_of_somebody_else(alex: Member) -> None:
    ids = await alex.workspace.lead().attaches("theirs.xlsx", b"1")
    await window(alex)
    body = {"user": alex.id, "action_id": "a", "view_id": (await alex.window()).id, "value": ids}
    assert (await alex.workspace.client.post("/_sandbox/click", json=body)).status_code == 400


@pytest.mark.parametrize(("name", "content"), [("", b"1"), ("a/b.xlsx", b"1"), ("empty.xlsx", b""), ("large.xlsx", b"1" * 10_000_001)])
async def test_what_is_no_file_is_not_kept(alex: Member, name: str, content: bytes) -> None:
    response = await alex.workspace.client.post("/_sandbox/attach", params={"user": alex.id, "name": name}, content=content)
    assert response.status_code == 400


async def test_a_page_of_another_site_puts_no_file_here(alex: Member) -> None:
    params, headers = {"user": alex.id, "name": "a.xlsx"}, {"origin": "https://elsewhere.example"}
    response = await alex.workspace.client.post("/_sandbox/attach", params=params, content=b"1", headers=headers)
    assert response.status_code == 403


async def test_cadre_posts_a_file(alex: Member) -> None:
    slack = alex.workspace.sandbox.slack
    await slack.upload(await slack.conversation_with(alex.id), "Roster.xlsx", b"PK2", said("Here it is."))
    assert (await alex.last(DM)).headline == "Here it is."
    assert await alex.file("Roster.xlsx") == b"PK2"


async def downloads(side: Side, **headers: str) -> tuple[int, str, bool]:
    """What comes of a file's private address: status, type, and whether it is the file."""
    side.workspace.files["F1"] = Upload("F1", "a.xlsx", 3, data=b"PK3", owner="U0ALEX", shared=True)
    response = await side.client.get("/files-pri/T0CADRE-F1/download/a.xlsx", headers=headers)
    return response.status_code, response.headers["content-type"].partition(";")[0], response.content == b"PK3"


async def test_without_the_scope_slack_shows_a_page_and_calls_it_a_success(stand: Stand) -> None:
    bearer = f"Bearer {TOKEN}"
    assert (await downloads(stand.put_up(), authorization=bearer))[2] is True
    assert await downloads(stand.put_up()) == (200, "text/html", False)
    assert await downloads(stand.put_up(SCOPES - {"files:read"}), authorization=bearer) == (200, "text/html", False)


async def test_a_file_that_is_no_file_is_refused(slack: Side) -> None:
    slack.workspace.files["F1"] = Upload("F1", "a.xlsx", 10_000_001, data=b"PK", owner="U0ALEX", shared=True)
    slack.workspace.files["F2"] = Upload("F2", "b.xlsx", 2, data=b"PK", owner="U0ALEX")
    cadre = Slack.with_token(TOKEN, f"{slack.api.address}/api/")
    async with to_slack() as session:
        cadre.use(session)
        with pytest.raises(FileRefused):
            await cadre.file("F1")
    assert await slack.refuses("files.info", file="F2") == "file_not_found"
    assert await slack.refuses("files.info", file="F3") == "file_not_found"
