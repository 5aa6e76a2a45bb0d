"""``/cadre me``, claims of a record, and the one click of the secretariat."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from bot import persons
from bot.blocks import Message as Post
from bot.blocks import Modal
from bot.door import Door
from bot.people import views
from bot.people.secretariat import ask_secretariat, redraw, tell_claimant
from bot.visit import Visit
from cadre.core.errors import Conflict, Invalid, Message
from cadre.people import service as people
from cadre.people.rules import ClaimFacts


def register(door: Door) -> None:
    """At the door."""
    door.actions[views.CLAIM] = open_claim
    door.actions[views.WITHDRAW] = withdraw
    door.actions[views.ROLES] = tick
    door.actions[views.CONFIRM] = confirm
    door.actions[views.DECLINE] = decline
    door.lookups[views.SEARCH] = persons.search
    door.submissions[views.SUBMIT] = submit


async def me(visit: Visit) -> None:
    """What Cadre knows of me. Nobody else sees it."""
    known = await visit.registry.read(people.me, visit.caller.identity)
    await visit.whisper(views.me(known, visit.reply_reader))


async def open_claim(visit: Visit) -> None:
    """The window in which somebody says who they are."""

    async def build() -> Modal:
        return views.claim_window(visit.caller.reader)

    await visit.open_modal(build)


async def submit(visit: Visit) -> Modal:
    """A claim: stored, then told to the secretariat."""
    chosen = visit.state.get(views.PERSON, {}).get(views.SEARCH, {}).get("selected_option")
    if not chosen:
        raise Invalid(person=Message("Choose a record."))
    view_id = visit.body["view"]["id"]
    claim = await visit.registry.write(visit.caller.actor, people.claim, visit.caller.identity, chosen["value"], view_id)
    visit.later.append(lambda: ask_secretariat(visit, claim))
    return views.claim_sent(claim, visit.caller.reader)


async def tick(visit: Visit) -> None:
    """A box ticked or not: Slack keeps it, and sends all of them with the click that decides."""


async def confirm(visit: Visit) -> None:
    """One click of the secretariat: the record, and the roles that are ticked."""
    claim_id = int(visit.action["value"])
    ticked = [
        option["value"]
        for block, elements in visit.state.items()
        if block.startswith(f"{views.ROLES}:{claim_id}:")
        for element in elements.values()
        for option in element.get("selected_options") or ()
    ]
    await _decide(visit, claim_id, lambda session: people.confirm_claim(session, claim_id, ticked))


async def decline(visit: Visit) -> None:
    """The record is not theirs."""
    claim_id = int(visit.action["value"])
    await _decide(visit, claim_id, lambda session: people.decline_claim(session, claim_id))


async def withdraw(visit: Visit) -> None:
    """Somebody takes their own claim back."""
    claim_id = int(visit.action["value"])
    claim = await visit.registry.write(visit.caller.actor, people.withdraw_claim, visit.caller.identity, claim_id)
    visit.later.append(lambda: redraw(visit, claim))
    told = visit.caller.reader.gettext("Your request is withdrawn.")
    await visit.whisper(Post(told))


async def _decide(visit: Visit, claim_id: int, decide: Callable[[Session], ClaimFacts]) -> None:
    """What is shown is drawn from the registry in any case: a click that came second shows who was first."""
    try:
        claim = await visit.registry.write(visit.caller.actor, decide)
    except Conflict:
        await redraw(visit, await visit.registry.read(people.claim_facts, claim_id))
        raise
    visit.later += [lambda: redraw(visit, claim), lambda: tell_claimant(visit, claim)]
