"""Telling people about claims: the secretariat that is asked, and the claimant who waits."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.again import until_it_passes, write_to
from bot.caller import profile_of
from bot.door import DELIVERY
from bot.errors import logged
from bot.people import views
from bot.visit import Visit
from cadre.core import events
from cadre.core.reader import Actor
from cadre.people import service as people
from cadre.people.rules import ClaimFacts, Known


async def ask_secretariat(visit: Visit, claim: ClaimFacts) -> None:
    """Ask each member whom Cadre can write to, in their language, and remember the messages. Others find it in App Home.

    A window that is sent twice gives the same claim twice: about one claim everybody is asked once.
    """
    members = await _members(visit, claim.team)
    if not members or not await visit.registry.write(DELIVERY, events.claim_event, claim.team, f"claim:{claim.id}"):
        return
    await asyncio.gather(*(_ask(visit, claim, member) for member in members))
    now = await visit.registry.read(people.claim_facts, claim.id)
    if now.state != claim.state:  # settled while some were being asked
        await redraw(visit, now)


async def _ask(visit: Visit, claim: ClaimFacts, member: Known) -> None:
    """Ask one member. The message is kept at once: whoever answers first has all messages drawn anew that are kept by then."""
    try:
        user = await visit.registry.read(people.user_of, member.identity)
        reader = (await visit.callers.complete(claim.team, user)).reader
        channel, ts = await write_to(visit.slack, user, views.request(claim, reader), f"claim:{claim.id}:{user}")
        await visit.registry.write(DELIVERY, people.keep_claim_messages, claim.id, [(member.identity, channel, ts)])
    except Exception as problem:  # noqa: BLE001  # one member who left must not keep the others from being asked
        logged(problem, f"asking {member.name} about claim {claim.id}")


async def redraw(visit: Visit, claim: ClaimFacts) -> None:
    """Draw the claim anew wherever the secretariat was asked about it, for each in their language."""
    asked = await visit.registry.read(people.claim_messages, claim.id)
    await asyncio.gather(*(_redraw(visit, claim, *each) for each in asked))


async def _redraw(visit: Visit, claim: ClaimFacts, user: str, channel: str, ts: str) -> None:
    try:
        reader = (await visit.callers.complete(claim.team, user)).reader
        await until_it_passes(lambda: visit.slack.update(channel, ts, views.request(claim, reader)))
    except Exception as problem:  # noqa: BLE001  # one message that is gone must not keep the others from being drawn
        logged(problem, f"redrawing claim {claim.id} for {user}")


async def tell_claimant(visit: Visit, claim: ClaimFacts) -> None:
    """Tell the claimant what became of it, in their language."""
    reader = (await visit.callers.complete(claim.team, claim.user)).reader
    await write_to(visit.slack, claim.user, views.verdict(claim, reader), f"verdict:{claim.id}")


async def _members(visit: Visit, team: str) -> tuple[Known, ...]:
    """Members known already, and those of the settings who never wrote to Cadre: found in Slack by their address."""
    for email in await visit.registry.read(people.unmet_secretariat, team):
        try:
            await until_it_passes(partial(_meet, visit, team, email))
        except Exception as problem:  # noqa: BLE001  # one address that Slack does not look up must not keep the others from being asked
            logged(problem, "looking for a member of the secretariat")
    return await visit.registry.read(people.secretariat_identities, team)


async def _meet(visit: Visit, team: str, email: str) -> None:
    user = await visit.slack.user_by_email(email)
    if user:
        profile = profile_of(team, user, await visit.slack.installation())
        newcomer = Actor(f"{profile.name} ({profile.user})")
        await visit.registry.write(newcomer, people.identify, profile)
