"""How soon an answer to a call is stored, fifty people answering at a time, and how often its post is drawn anew under such a rush.

Signed submissions through HTTP to a server process on PostgreSQL; the sandbox's Web API is Slack, in the process that measures.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import time
from contextlib import closing
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

import aiohttp
from sqlalchemy.orm import Session

from bot.calls import answers
from bot.calls.actions import PEOPLE
from bot.calls.answers import About
from bot.sandbox.slack.workspace import Conversation
from cadre.calls import service as calls
from cadre.calls.models import Call, CallChair
from cadre.core import clock, schema
from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor
from cadre.exchange.seed import real_registry
from cadre.exchange.service import import_file
from cadre.people.models import Identity, Person
from tests.benchmarks.figure import Figure
from tests.benchmarks.slack import CADRE, SECRET, Slack, _server
from tests.postgres import server
from tests.slack.raw import signed

AT_ONCE: Final = 50
ROUNDS: Final = 5
REST: Final = 2.0
"""So many people answer within a second; then a rest, in seconds; and so on."""
CROWD: Final = AT_ONCE * (ROUNDS + 1)
WINDOW: Final = 10
"""Seconds within which redraws are counted."""
TEAM: Final = "T0BENCH"
_SECRETARIAT: Final = "bench@example.org"


def rows() -> list[Figure]:
    """The figures of calls."""
    programs = server.programs()
    if programs is None:
        return []
    with server.running(programs) as running:
        running.execute("CREATE DATABASE calls")
        url = running.url("calls")
        with closing(Database(url, frozenset({_SECRETARIAT}))) as database:
            schema.upgrade(database.engine)
            database.write(OPERATOR, import_file, real_registry())
            call = database.write(Actor("Bench", email=_SECRETARIAT), _opened)
            stored, updates = asyncio.run(_rush(url, call))
            kept = len(database.read(calls.grid, call, Actor("Bench", email=_SECRETARIAT)).sign_ups)
    assert kept == CROWD, f"{kept} of {CROWD} answers are in the registry"
    hundredths = statistics.quantiles(stored, n=100)
    return [
        Figure(f"a call answered, {AT_ONCE}/s, click to stored on PostgreSQL, p50", hundredths[49] * 1000, 50.0, "ms"),
        Figure("  the same, p99", hundredths[98] * 1000, None, "ms"),
        Figure(f"  its post drawn anew in {WINDOW} s of this, at most", updates, 5.0, "times"),
    ]


def _opened(session: Session) -> int:
    """A call that is open, and so many people whom Cadre knows."""
    for number in range(CROWD):
        session.add(Person(id=f"p{number}", name=f"Person {number}", jurisdiction="ON" if number % 2 else "MB"))
        session.add(
            Identity(team=TEAM, user=f"U{number}", person=f"p{number}", name=f"User {number}", locale="fr-CA", zone="America/Toronto")
        )
    now = clock.now(session)
    row = Call(state="draft", group="framework-wg", seats=20, councils="pssdc", jurisdictions="MB ON", channels="C0GENERAL")
    row.opens_at, row.closes_at, row.made_at, row.made_by = now, now + timedelta(days=20), now, "Bench"
    for name in ("description", "asked", "commitment", "criteria"):
        setattr(row, name, Bilingual(f"{name} in English", f"{name} en français"))
    session.add(row)
    session.flush()
    session.add(CallChair(call=row.id, person="p0"))
    calls.open_now(session, row.id)
    return row.id


async def _rush(url: str, call: int) -> tuple[list[float], float]:
    """Seconds from each submission to its acknowledgement, which follows the commit; and the most redraws within ten seconds."""
    slack = Slack.with_users(CROWD)
    slack.workspace.conversations.setdefault("C0GENERAL", Conversation("C0GENERAL", "general", []))
    stored: list[float] = []
    async with slack.served() as api, _server(url, api) as address, aiohttp.ClientSession(address) as session:
        for number in range(AT_ONCE):  # all modules loaded, the post made
            await _answers(session, call, number, [])
        for round_ in range(1, ROUNDS + 1):
            for number in range(AT_ONCE):  # whoever sends a window has opened it, and is known by it
                await _types(session, round_ * AT_ONCE + number)
            await asyncio.sleep(REST)
            began, tasks = time.perf_counter(), []
            for number in range(AT_ONCE):  # arrivals at fixed moments: a slow one does not slow the next
                await asyncio.sleep(max(0.0, began + number / AT_ONCE - time.perf_counter()))
                tasks.append(asyncio.create_task(_answers(session, call, round_ * AT_ONCE + number, stored)))
            await asyncio.gather(*tasks)
        await asyncio.sleep(REST)
    return stored, max((sum(at <= other < at + WINDOW for other in slack.updated) for at in slack.updated), default=0)


async def _answers(session: aiohttp.ClientSession, call: int, number: int, stored: list[float]) -> None:
    sent = urlencode({"payload": json.dumps(_submission(call, number))}).encode()
    headers = {"content-type": "application/x-www-form-urlencoded", **signed(sent, SECRET)}
    began = time.perf_counter()
    async with session.post(CADRE, data=sent, headers=headers) as response:
        await response.read()
        assert response.status == 200
    stored.append(time.perf_counter() - began)


async def _types(session: aiohttp.ClientSession, number: int) -> None:
    """Somebody types a name into a window: https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload/"""
    user = {"id": f"U{number}", "team_id": TEAM}
    typed = {"type": "block_suggestion", "team": {"id": TEAM}, "user": user, "action_id": PEOPLE, "block_id": "person", "value": "Person 1"}
    sent = urlencode({"payload": json.dumps(typed)}).encode()
    headers = {"content-type": "application/x-www-form-urlencoded", **signed(sent, SECRET)}
    async with session.post(CADRE, data=sent, headers=headers) as response:
        await response.read()
        assert response.status == 200


def _submission(call: int, number: int) -> dict[str, Any]:
    """As Slack sends a filled window: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload/"""
    blocks = [
        {
            "type": "input",
            "block_id": name,
            "label": {"type": "plain_text", "text": name},
            "element": {"type": "static_select", "action_id": "a"},
        }
        for name in ("role", "language")
    ]
    values = {
        name: {"a": {"type": "static_select", "selected_option": {"value": value}}}
        for name, value in (("role", "member"), ("language", "en"))
    }
    view = {
        "id": f"V{number}",
        "type": "modal",
        "callback_id": answers.OFFER,
        "private_metadata": About(call).packed(),
        "state": {"values": values},
        "blocks": blocks,
        "hash": "1",
    }
    return {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": f"U{number}", "team_id": TEAM},
        "view": view,
        "trigger_id": "1.1.x",
    }


if __name__ == "__main__":
    for row in rows():
        sys.stdout.write(f"{row.name:<70} {row.value:8.2f} {row.unit} {'' if row.limit is None else row.met}\n")
