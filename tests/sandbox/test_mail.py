"""The mailboxes: what Cadre sends by e-mail stays in the sandbox, can be read by whom it is for, and fails when it is told to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.email import Letter, MailDelayed, MailRefused, Part
from bot.face import File
from bot.sandbox import mail
from cadre.core.words import Words
from tests.workspace import Member, Workspace


@pytest.fixture
def workspace(plain_workspace: Workspace) -> Workspace:
    """What is tested here does not depend on the database."""
    return plain_workspace


def address(workspace: Workspace, who: Member) -> str:
    found = workspace.sandbox.workspace.users[who.id].email
    assert found
    return found


def letter(workspace: Workspace, who: Member, subject: str = "Votre plan de travail") -> Letter:
    """A letter to somebody."""
    return Letter.of(
        to=address(workspace, who),
        name=who.name,
        subject=Words.verbatim(subject),
        parts=(Part(Words.verbatim("À faire"), (Words.verbatim("Il est dû demain."),)),),
        key=f"workplan:{subject}",
        language="fr",
    )


async def letters(workspace: Workspace, who: Member) -> list[str]:
    """The subjects that somebody finds in their mailbox."""
    return [each["subject"] for each in (await workspace.get("mail", user=who.id))["letters"]]


async def test_a_letter_comes_to_whom_it_is_for_and_to_nobody_else(workspace: Workspace) -> None:
    lead, member = workspace.lead("fr-CA"), workspace.member()
    sent = letter(workspace, lead)
    await workspace.sandbox.mailbox.send(replace(sent, to=sent.to.upper()))
    assert await letters(workspace, member) == []
    box = await workspace.get("mail", user=lead.id)
    [came] = box["letters"]
    assert box["address"] == sent.to
    assert (came["subject"], came["text"], came["html"], came["key"], came["language"]) == (
        *(sent.subject, sent.text, sent.html),
        *(sent.key, "fr"),
    )
    assert (came["from"], came["reply_to"]) == ("Cadre <cadre@demonstration.example>", "secretariat@demonstration.example")
    assert came["at"][:10] == workspace.sandbox.workspace.now().date().isoformat()
    assert came["time"].startswith("le ")


async def test_letters_are_dated_by_the_workspaces_clock_and_stand_in_order(workspace: Workspace) -> None:
    lead = workspace.lead()
    await workspace.sandbox.mailbox.send(letter(workspace, lead, "first"))
    await workspace.until(timedelta(days=7))
    await workspace.sandbox.mailbox.send(letter(workspace, lead, "second"))
    first, second = (await workspace.get("mail", user=lead.id))["letters"]
    assert (first["subject"], second["subject"]) == ("first", "second")
    assert second["at"] > first["at"]
    assert len((await workspace.get("mail"))["letters"]) == 2, "without a user, all of them"


async def test_the_page_is_told_that_there_is_mail(workspace: Workspace) -> None:
    told: list[tuple[str, object]] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(workspace.sandbox.stream, "tell", lambda kind, **what: told.append((kind, what.get("to"))))
        await workspace.sandbox.mailbox.send(letter(workspace, workspace.lead()))
    assert ("mail", address(workspace, workspace.lead())) in told


async def test_a_reset_empties_the_mailboxes(workspace: Workspace) -> None:
    lead = workspace.lead()
    await workspace.sandbox.mailbox.send(letter(workspace, lead))
    await workspace.post("reset")
    assert await letters(workspace, lead) == []


async def test_only_the_latest_letters_are_kept(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = mail.Mailbox(workspace.sandbox.workspace.now, workspace.sandbox.stream, workspace.sandbox.faults, workspace.sandbox.log)
    assert made.of() == []
    for n in range(mail.MOST + 2):
        await made.send(letter(workspace, workspace.lead(), f"letter {n}"))
    kept = made.of()
    assert (len(kept), kept[0].letter.subject, kept[-1].n) == (mail.MOST, "letter 2", mail.MOST + 2)


async def test_what_is_no_address_is_refused_as_a_real_server_would(workspace: Workspace) -> None:
    with pytest.raises(MailRefused):
        await workspace.sandbox.mailbox.send(replace(letter(workspace, workspace.lead()), to="nobody"))


async def test_a_letter_is_shown_so_that_it_can_do_nothing(workspace: Workspace) -> None:
    sent = letter(workspace, workspace.lead())
    await workspace.sandbox.mailbox.send(sent)
    n = (await workspace.get("mail"))["letters"][0]["n"]
    response = await workspace.client.get(f"/_sandbox/letter/{n}")
    policy = response.headers["content-security-policy"]
    assert response.text == sent.html
    assert "default-src 'none'" in policy
    assert "sandbox " in policy
    assert "script" not in policy
    assert (await workspace.client.get(f"/_sandbox/letter/{n + 1}")).status_code == 404


@pytest.mark.parametrize(
    ("kind", "done", "failure", "maybe", "arrives"),
    [
        ("error", False, MailRefused, None, 0),
        ("ratelimited", False, MailDelayed, False, 0),
        ("down", False, MailDelayed, False, 0),
        ("timeout", False, MailDelayed, True, 0),
        ("timeout", True, MailDelayed, True, 1),
        ("error", True, MailDelayed, True, 1),
    ],
)
async def test_the_mail_server_fails_when_it_is_told_to(
    workspace: Workspace, kind: str, done: bool, failure: type[Exception], maybe: bool | None, arrives: int
) -> None:
    lead = workspace.lead()
    await workspace.fault("email", kind, done=done)
    with pytest.raises(failure) as caught:
        await workspace.sandbox.mailbox.send(letter(workspace, lead))
    assert getattr(caught.value, "maybe_sent", None) is maybe
    assert len(await letters(workspace, lead)) == arrives
    await workspace.sandbox.mailbox.send(letter(workspace, lead))
    assert len(await letters(workspace, lead)) == arrives + 1, "then it works again"
    logged = [(each["name"], each["sent"]["key"], bool(each.get("error"))) for each in await workspace.log(kind="mail")]
    assert logged == [("email", "workplan:Votre plan de travail", True), ("email", "workplan:Votre plan de travail", False)]


async def test_slack_s_faults_are_not_the_mail_servers(workspace: Workspace) -> None:
    await workspace.fault("*", "down", times=2)
    await workspace.sandbox.mailbox.send(letter(workspace, workspace.lead()))
    assert await letters(workspace, workspace.lead()) == ["Votre plan de travail"]
    await workspace.fault("*", "down", times=0)


async def test_nobody_unknown_has_a_mailbox(workspace: Workspace) -> None:
    response = await workspace.client.get("/_sandbox/mail", params={"user": "U0NOBODY"})
    assert (response.status_code, response.json()["field"]) == (400, "user")


async def test_nothing_leaves_this_computer(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CADRE_SMTP_URL", "smtps://cadre:secret@mail.example.org")
    assert workspace.sandbox.settings.mail is None


async def test_what_came_with_a_letter_can_be_opened(workspace: Workspace) -> None:
    lead = workspace.lead()
    files = (File("series-1.ics", "REQUEST", b"BEGIN:VCALENDAR"), File("series-2.ics", "CANCEL", b"END:VCALENDAR"))
    await workspace.sandbox.mailbox.send(replace(letter(workspace, lead), files=files))
    [came] = (await workspace.get("mail", user=lead.id))["letters"]
    assert [(each["name"], each["method"]) for each in came["files"]] == [("series-1.ics", "REQUEST"), ("series-2.ics", "CANCEL")]
    second = await workspace.client.get(came["files"][1]["url"])
    assert (second.content, second.headers["content-type"]) == (b"END:VCALENDAR", "text/calendar; method=CANCEL; charset=utf-8")
    assert "series-2.ics" in second.headers["content-disposition"]
    assert (await workspace.client.get(f"/_sandbox/letter/{came['n']}/2")).status_code == 404
