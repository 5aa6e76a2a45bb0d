"""Questions by mention, direct message, command and button."""

from __future__ import annotations

import secrets
from typing import Final

from bot.ask import views
from bot.blocks import unpacked
from bot.door import DELIVERY, Door
from bot.errors import Helpless, logged
from bot.slack import SlackError, may_be_done, refusal
from bot.visit import Visit, Where
from cadre.ask import service as ask
from cadre.ask.answer import Answer
from cadre.core import events
from cadre.core.errors import Message

_CANNOT_POST: Final = frozenset({"not_in_channel", "channel_not_found", "restricted_action", "is_archived"})

_UNSURE: Final = Message("Slack did not say whether this stands in the channel now. Look there; if it does not, ask again and share that.")

_LOST_SIGHT: Final = Message("Slack did not say whether my answer arrived. If it does not stand here, please ask again.")


def register(door: Door) -> None:
    """At the door."""
    door.actions[views.CANDIDATE] = candidate
    door.actions[views.FOLLOW_UP] = follow_up
    door.actions[views.SHARE] = share


async def question(visit: Visit) -> None:
    """A question that was typed."""
    await _answer(visit, visit.text)


async def candidate(visit: Visit) -> None:
    """One of several things that a question may have meant."""
    value = unpacked(visit.action["value"])
    await _answer(visit, value[views.QUESTION], value[views.SUBJECT])


async def follow_up(visit: Visit) -> None:
    """A question that Cadre proposed."""
    await _answer(visit, unpacked(visit.action["value"])[views.QUESTION])


async def share(visit: Visit) -> None:
    """Show an answer to the channel, once. It is asked again: as anyone may see it, and as the registry has it now."""
    value = unpacked(visit.action["value"])
    text, subject, key = value[views.QUESTION], value.get(views.SUBJECT), f"share:{value[views.ONCE]}"
    found = await visit.registry.read(ask.answer, text, visit.caller.public, chosen=subject, channel=visit.caller.channel)
    reader = visit.answered_as = visit.caller.reader.in_language(found.language)
    if not await visit.registry.write(DELIVERY, events.claim_event, visit.place.team, key):
        return await visit.replace(views.after_sharing(found, reader, reader.gettext("Already shared in the channel.")))
    try:
        await visit.slack.post(visit.caller.channel or "", views.shared(found, reader, visit.caller.user))
    except Exception as problem:
        if may_be_done(problem):
            logged(problem, f"sharing by {visit.caller.user}")
            return await visit.replace(views.after_sharing(found, reader, _UNSURE.for_(reader)))
        await visit.registry.write(DELIVERY, events.release_event, visit.place.team, key)
        raise _refused(problem) from problem
    return await visit.replace(views.after_sharing(found, reader, reader.gettext("Shared in the channel.")))


async def _answer(visit: Visit, text: str, chosen: str | None = None) -> None:
    """Answer where it was asked. What others will see is answered as anyone may see it."""
    open_ = visit.place.where is Where.THREAD
    caller = visit.caller
    asking, seen_by, channel = (caller.public, None, caller.channel) if open_ else (caller.reader, caller.actor, None)
    found = await visit.registry.read(ask.answer, text, asking, chosen=chosen, seen_by=seen_by, channel=channel)
    reader = visit.answered_as = asking.in_language(found.language)
    try:
        if visit.place.where is not Where.ASIDE:
            await visit.say(views.answer(found, reader, asked="actions" in visit.body))
        else:
            await _aside(visit, found, chosen)
    except Exception as problem:
        if not may_be_done(problem):
            raise
        logged(problem, f"answering {visit.caller.user}")
        raise Helpless(_LOST_SIGHT) from problem


async def _aside(visit: Visit, found: Answer, chosen: str | None) -> None:
    """An answer that one person sees vanishes with the window, so it stands in their conversation with Cadre too."""
    channel = visit.caller.channel or ""
    if not channel.startswith("D") or channel != await visit.slack.conversation_with(visit.caller.user):
        sharing = views.Sharing(secrets.token_hex(8), chosen)
        await visit.say(views.answer(found, visit.reply_reader, share=sharing, asked="actions" in visit.body))
    own = await visit.slack.conversation_with(visit.caller.user)
    await visit.slack.post(own, views.answer(found, visit.reply_reader, asked=True))


def _refused(problem: Exception) -> Exception:
    if not isinstance(problem, SlackError) or refusal(problem) not in _CANNOT_POST:
        return problem
    return Helpless(Message("I may not post in this channel yet. Type /invite @Cadre in it, then press “Share in channel” again."))
