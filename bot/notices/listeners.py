"""What people do with notices: put them off, ask why, choose when and how they are told."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy.orm import Session

from bot.blocks import Message as Post
from bot.blocks import Modal, picked, section, unfolded, written
from bot.door import Door, Listener
from bot.face import DRAFT, DRAFTS, DROP, LATER, MORE, WHY
from bot.modals import push, redraw_below, register_clicks
from bot.notices import views
from bot.visit import Visit
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.changes import seen_by
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.i18n import Language, is_language
from cadre.notices import drafts, service, steering
from cadre.notices.rules import Kind, Recipient
from cadre.people import service as people

_DAYS: Final = {"1": 1, "3": 3}
_MONDAY: Final = 7


def register(door: Door, kinds: tuple[Kind, ...]) -> None:
    """At the door. ``kinds``: those that people may choose among, and whose drafts can be read."""
    by_name = {kind.name: kind for kind in kinds}
    clicks: dict[str, Listener] = {
        MORE: partial(unfold, door=door),
        LATER: partial(later, kinds=by_name),
        WHY: partial(why, kinds=by_name),
        DRAFT: partial(open_draft, kinds=by_name),
        DRAFTS: partial(open_drafts, kinds=by_name),
        DROP: drop,
        views.PREFERENCES: partial(open_preferences, kinds=kinds),
    }
    register_clicks(door, clicks)
    door.submissions[views.UNTIL] = partial(until, kinds=by_name)
    door.submissions[views.WORD] = partial(send_word, kinds=by_name)
    door.submissions[views.PREFERENCES] = choose


async def unfold(visit: Visit, door: Door) -> None:
    """What was chosen behind the ⋯ of a message, as if its button had been clicked."""
    action, value = unfolded(visit.action["selected_option"]["value"])
    visit.body["actions"] = [visit.action | {"action_id": action, "value": value, "selected_option": {"value": value}}]
    await door.actions[action](visit)


async def later(visit: Visit, kinds: Mapping[str, Kind]) -> None:
    """Remind me later: of this occurrence, and nobody else."""
    id_, when, before = (*visit.action["selected_option"]["value"].split(":"), "")[:3]
    if when == "date":

        async def build() -> Modal:
            return views.another_day(f"{id_}:{before}", visit.caller.reader)

        await visit.open_modal(build)
        return
    today = await visit.registry.read(clock.today, visit.caller.reader.zone)
    day = today + timedelta(days=_DAYS.get(when) or _MONDAY - today.weekday())
    told = views.again(await _kept(visit, int(id_), day, before, kinds), visit.caller.reader)
    await visit.whisper(Post(told, (section(told),)))


async def until(visit: Visit, kinds: Mapping[str, Kind]) -> Modal:
    """The day that was chosen in the window."""
    given = written(visit.state, "until")
    if not given:
        raise Invalid(until=Message("Choose a day."))
    id_, _, before = visit.body["view"]["private_metadata"].partition(":")
    kept = await _kept(visit, int(id_), date.fromisoformat(given), before, kinds)
    return views.put_off(kept, visit.caller.reader)


async def _kept(visit: Visit, notice: int, day: date, before: str, kinds: Mapping[str, Kind]) -> service.Snoozed:
    """``before``: the day on which what it is about is over; empty for what stays due."""
    over = date.fromisoformat(before) if before else None
    kept = await visit.registry.write(visit.caller.actor, service.snooze, notice, day, kinds, before=over)
    visit.later.append(visit.nudge)
    return kept


async def why(visit: Visit, kinds: Mapping[str, Kind]) -> None:
    """Why did I get this: which rule, for which role, and how to have it otherwise."""
    facts = await visit.registry.read(seen_by(visit.caller.actor, steering.notice), int(visit.action["value"]))
    steps = await visit.registry.read(seen_by(visit.caller.actor, steering.ladder), facts.id)
    name, due = await visit.registry.read(_about, facts, kinds)
    await visit.whisper(views.why(facts, name, due, steps, visit.caller.reader))


def _about(session: Session, facts: steering.NoticeFacts, kinds: Mapping[str, Kind]) -> tuple[Bilingual | None, date | None]:
    """What a notice is about, and when that is due by now."""
    kind = kinds.get(facts.about)
    dated = kind.some(session, [facts.subject]).get(facts.subject) if kind else None
    return (kind.names(session, [facts.subject]).get(facts.subject) if kind else None), (dated.due if dated else None)


async def open_draft(visit: Visit, kinds: dict[str, Kind]) -> None:
    """The draft, to be read, reworded and sent: nobody's lateness is told to another government by a machine."""
    option = visit.action.get("selected_option") or {}
    id_ = int(option.get("value") or visit.action["value"])
    found = await visit.registry.read(seen_by(visit.caller.actor, drafts.draft), id_, kinds)
    await push(visit, views.draft(found, visit.caller.reader))


async def open_drafts(visit: Visit, kinds: dict[str, Kind]) -> None:
    """All drafts that wait, to read one of them."""
    found = await visit.registry.read(seen_by(visit.caller.actor, drafts.waiting), kinds)
    await push(visit, views.drafts(found, visit.caller.reader))


async def send_word(visit: Visit, kinds: dict[str, Kind]) -> Modal:
    """What the secretariat made of the draft: where a letter was sent before, its window says so and asks again. The list of those that
    wait, where it was opened from there, is one shorter.
    """

    async def left() -> Modal:
        return views.drafts(await visit.registry.read(seen_by(visit.caller.actor, drafts.waiting), kinds), visit.caller.reader)

    id_, _, after = visit.body["view"]["private_metadata"].partition(":")
    state, seen = visit.state, int(after) if after else None
    texts = written(state, "text_en"), written(state, "text_fr")
    persons = picked(state, "persons")
    try:
        await visit.registry.write(visit.caller.actor, drafts.send_word, int(id_), persons, texts, kinds, after=seen)
    except drafts.WrittenBefore:
        found = await visit.registry.read(seen_by(visit.caller.actor, drafts.draft), int(id_), kinds)
        return views.draft(found, visit.caller.reader, again=True)
    redraw_below(visit, left)
    visit.later.append(visit.nudge)
    return views.word_sent(visit.caller.reader)


async def drop(visit: Visit) -> None:
    """The secretariat does not write, this time or about this due day at all."""
    id_, _, for_good = visit.action["value"].partition(":")
    await visit.registry.write(visit.caller.actor, drafts.drop_draft, int(id_), for_good=bool(for_good))
    visit.later.append(visit.nudge)


async def offer_preferences(visit: Visit, kinds: tuple[Kind, ...]) -> None:
    """The same by a word: where no window can be opened, a button that opens it."""
    if "trigger_id" in visit.body:
        await open_preferences(visit, kinds)
        return
    person = visit.caller.reader.person
    if person is None:
        raise Forbidden("known")
    known = await visit.registry.read(service.preference, person)
    told = views.told_how(known, kinds, visit.reply_reader)
    await visit.whisper(Post(told, tuple(views.summary(known, kinds, visit.reply_reader))))


async def open_preferences(visit: Visit, kinds: tuple[Kind, ...]) -> None:
    """When and how I am told."""
    person = visit.caller.reader.person
    if person is None:
        raise Forbidden("known")
    known: Recipient = await visit.registry.read(service.preference, person)
    language = await visit.registry.read(people.language, visit.caller.identity)

    async def build() -> Modal:
        return views.preferences(known, language, [(kind.name, kind.label) for kind in kinds], visit.caller.reader)

    await visit.open_modal(build)


async def choose(visit: Visit) -> None:
    """What was chosen."""
    state = visit.state
    offered = json.loads(visit.body["view"]["private_metadata"])
    try:
        opens, closes = int(written(state, "opens")), int(written(state, "closes"))
    except ValueError as problem:
        raise NotFound(written(state, "opens")) from problem
    language = written(state, "language")
    await visit.registry.write(
        visit.caller.actor,
        _choose,
        visit.caller.identity,
        language if is_language(language) else None,
        rhythm=written(state, "rhythm"),
        opens=opens,
        closes=closes,
        off=set(offered) - set(picked(state, "kinds")),
        way=written(state, "way"),
    )
    visit.later.append(visit.nudge)


def _choose(session: Session, /, identity: int, language: Language | None, **chosen: Any) -> None:
    """All of it or nothing: the language is kept where App Home keeps it, too."""
    service.choose(session, **chosen)
    people.choose_language(session, identity, language)
