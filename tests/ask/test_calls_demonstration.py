"""Calls of the Demonstration Council: told as all of it is, and as any other in a sandbox; and asked about in Slack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.ask.service import answer
from cadre.calls import service as calls
from cadre.calls.forms import SignUpForm
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor, Reader
from cadre.exchange.seed import demonstration
from cadre.people.models import Role
from tests.calls.answered import CASEY, GROUP, JORDAN, MAXIME, REFUSAL, answered
from tests.conftest import DATABASES, FILLED, SANDBOX, copied, fill
from tests.slack.calls import DRAFT, opened
from tests.workspace import GENERAL, Workspace


def called(url: str) -> None:
    with closing(Database(url)) as database:
        answered(database)


def brought_and_called(url: str) -> None:
    fill(url, demonstration(datetime.now(UTC).date()))
    called(url)


@pytest.fixture(params=DATABASES)
def shown(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A registry of the real Councils in which the demonstration is too."""
    with copied(request, request.param, "called", brought_and_called, of=FILLED) as url, closing(Database(url)) as database:
        yield database


@pytest.fixture(params=DATABASES)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Database]:
    with copied(request, request.param, "called_in_sandbox", called, of=SANDBOX) as url, closing(Database(url)) as database:
        yield database


def headline(database: Database, question: str, by: Actor = JORDAN) -> str:
    return database.read(answer, question, Reader(person=by.person), seen_by=by).headline


def test_among_the_real_councils_it_is_told_by_its_name_only(shown: Database) -> None:
    assert headline(shown, "which calls are open?") == "No call is open."
    assert headline(shown, "who declined?") == "No call is open."
    assert headline(shown, "is the call for demonstration canoes open?").startswith(f"The call for the {GROUP} is open until")
    assert headline(shown, "who signed up for demonstration canoes?").endswith(f"have offered to take a seat on the {GROUP}.")


def test_in_a_sandbox_it_is_as_good_as_any(sandbox: Database) -> None:
    assert headline(sandbox, "which calls are open?").startswith(f"The call for the {GROUP} is open until")
    found = sandbox.read(answer, "who declined, and why?", Reader(), seen_by=JORDAN)
    assert any(REFUSAL in detail for detail in found.parts[0].details)
    for question in found.follow_ups:
        assert sandbox.read(answer, question, Reader(), seen_by=JORDAN).intent.startswith("call")


def _on_behalf_of_the_demonstration(session: Session) -> None:
    """As it was once written of everybody."""
    for role in session.scalars(select(Role).where(Role.role == "co_chair", Role.group == "framework-wg")):
        role.on_behalf_of = "demo-council"


def test_what_is_told_of_a_call_that_is_closed_says_so(sandbox: Database) -> None:
    call = sandbox.read(calls.calls, JORDAN)[0].id
    sandbox.write(JORDAN, calls.close_now, call)
    for question in ("who signed up?", "which jurisdictions have not answered?"):
        found = sandbox.read(answer, question, Reader(), seen_by=JORDAN)
        assert any(f"The call for the {GROUP} closed" in detail for detail in found.parts[0].details)
        assert not any("open?" in each for each in found.follow_ups)


def test_a_full_call_says_so_and_who_waits(sandbox: Database) -> None:
    assert headline(sandbox, "how many seats are left?") == f"No seat on the {GROUP} is left: whoever comes now waits in order."
    waiting = sandbox.read(answer, "who is on the waitlist?", Reader(), seen_by=JORDAN)
    assert "Number 1 on the waiting list" in waiting.parts[0].details[0]
    assert headline(sandbox, "did I sign up?", MAXIME).startswith(f"You have signed up for the {GROUP}: Member")
    assert headline(sandbox, "did I sign up?", CASEY) == f"You have not signed up for the {GROUP}."


def test_the_members_of_a_real_group_that_called_on_the_demonstration_are_told(shown: Database) -> None:
    form = replace(DRAFT, group="framework-wg", priority=None, chairs=("annette-vermaeten",))
    call = shown.write(JORDAN, calls.save_draft, form).id
    shown.write(JORDAN, calls.open_now, call)
    shown.write(CASEY, calls.sign_up, SignUpForm(call, "member", "en"))
    shown.write(JORDAN, calls.close_now, call)
    for each in shown.read(calls.grid, call, JORDAN).sign_ups:
        shown.write(JORDAN, calls.settle, call, [each.id], accepted=True)
    shown.write(JORDAN, calls.confirm_chairs, call, ["annette-vermaeten"])
    shown.write(JORDAN, calls.conclude, call)
    for question in ("who are the members of the framework working group?", "who co-chairs the framework working group?"):
        assert "Annette Vermaeten" in str(shown.read(answer, question, Reader(), seen_by=JORDAN))
    assert "Demonstration" not in headline(shown, "who co-chairs the framework working group?")
    shown.write(OPERATOR, _on_behalf_of_the_demonstration)
    assert "Annette Vermaeten" in headline(shown, "who co-chairs the framework working group?")


def test_the_members_are_those_of_the_group_that_is_asked_about_each_once(sandbox: Database) -> None:
    call = sandbox.read(calls.calls, JORDAN)[0].id
    sandbox.write(JORDAN, calls.close_now, call)
    for each in sandbox.read(calls.grid, call, JORDAN).sign_ups:
        sandbox.write(JORDAN, calls.settle, call, [each.id], accepted=not each.waiting)
    sandbox.write(JORDAN, calls.confirm_chairs, call, ["maxime-grandchene"])
    sandbox.write(JORDAN, calls.conclude, call)
    found = sandbox.read(answer, "qui sont les membres du groupe de travail sur les canots?", Reader("fr_CA"), seen_by=JORDAN)
    assert "Groupe de travail de démonstration sur les canots compte" in found.headline, found
    lines = [line for part in found.parts for line in part.details if "Maxime" in line]
    assert [("coprésidence" in line) for line in lines] == [True]


async def test_the_secretariat_hears_it_alone_and_a_channel_never(workspace: Workspace) -> None:
    await opened(workspace)
    question = "which jurisdictions have not answered?"
    alone = await workspace.secretariat().asks(question)
    assert "5 jurisdictions have not answered the call for the Canoes Working Group." in alone.headline
    assert "Bellorme" in alone.text
    assert "Source" not in alone.text
    assert "The registry's own record" in alone.text
    aloud = await workspace.secretariat().asks(question, GENERAL)
    assert aloud.headline == alone.headline
    assert "Bellorme" not in aloud.text
    assert "only the secretariat may know" in aloud.text


async def test_an_answer_of_few_is_not_shared_with_many(workspace: Workspace) -> None:
    await opened(workspace)
    secretariat = workspace.secretariat()
    aside = await secretariat.commands("which jurisdictions have not answered?")
    assert "Bellorme" in aside.text
    await secretariat.clicks("Share in channel", aside)
    shared = await secretariat.last(GENERAL)
    assert "5 jurisdictions have not answered" in shared.text
    assert "Bellorme" not in shared.text
