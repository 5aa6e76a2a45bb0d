"""What the secretariat does about the answers to a call: it looks, records, names, replies, settles. Services check who may."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from typing import Any, Final

from aiohttp import ClientError

from bot import modals
from bot.blocks import Modal, picked, written
from bot.calls import actions as of
from bot.calls import ending, grid, pages, reading, submissions, windows
from bot.calls.answering import who
from bot.calls.grid import Page
from bot.door import Door
from bot.modals import Frame, clicked, frame_of, push
from bot.slack import SlackError
from bot.visit import Visit
from cadre.calls import service as calls
from cadre.calls import summary, wording
from cadre.calls.came import Said
from cadre.calls.facts import WAYS, InvitationFacts, Report, SignUpFacts
from cadre.calls.forms import SignUpForm
from cadre.calls.reach import unreached
from cadre.calls.rules import REFUSED
from cadre.core.errors import Forbidden, Invalid, Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.people.facts import PersonRef

log: Final = logging.getLogger("cadre.calls")
_GRID: Final = "grid"
_ROW: Final = "row"
_REPORT: Final = "report"
"""What a frame of these windows is about: ``grid:12:silent``, ``row:7``, ``report:12``."""


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        of.GRID: grid_,
        of.INVITATION: invitation,
        of.RECORD: record,
        of.ADD_REPRESENTATIVE: representative,
        of.REMOVE_REPRESENTATIVE: removed,
        of.CONTACTED: contacted,
        of.LATE: late,
        of.CONFIRM: confirm,
        of.REPLY: reply,
        of.REPORT: report,
        of.SETTLE: settle,
        of.CHAIRS: chairs,
        of.CONCLUDE: conclude,
    }
    modals.register_clicks(door, clicks)
    forms = {
        grid.RECORDED: recorded,
        grid.NAMED: named,
        grid.REPLIED: replied,
        grid.DECIDED: decided,
        ending.SETTLED: settled,
        ending.CHAIRED: chaired,
        ending.CONCLUDED: concluded,
    }
    modals.register_forms(door, forms, windows.missing)


async def draw(visit: Visit, frame: Frame, note: Words | None = None) -> Modal:
    """A window as the registry has it now."""
    kind, _, about = frame.about.partition(":")
    reader = visit.caller.reader
    if kind == _ROW:
        found, page = await _row_of(visit, int(about))
        return grid.row(found, page, reader, frame, note)
    if kind == _REPORT:
        told, page = await visit.registry.read(reading.reported, int(about), visit.caller)
        return ending.report(told, _on_the_web(visit, page), reader, frame, note)
    if kind == _GRID:
        id_, _, only = about.partition(":")
        page = await visit.registry.read(reading.grid_page, int(id_), visit.caller, only or "all", email=visit.email)
        return grid.window(_on_the_web(visit, page), reader, frame, note)
    return await submissions.draw(visit, frame, note)


async def _row_of(visit: Visit, id_: int) -> tuple[InvitationFacts, Page]:
    """One jurisdiction. Raises NotFound; Forbidden for anyone but the secretariat, those who answer for it too."""
    return await visit.registry.read(reading.invitation_in_grid, id_, visit.caller, email=visit.email)


async def _invited(visit: Visit, id_: int) -> InvitationFacts:
    """The same without the rest of the grid, where nothing else is shown. Raises NotFound; Forbidden for anyone but the secretariat."""
    if not visit.caller.secretariat:
        raise Forbidden
    return await visit.registry.read(calls.invitation, id_, visit.caller.actor)


def _on_the_web(visit: Visit, page: Page) -> Page:
    person, links = visit.caller.actor.person, visit.links
    if not (person and links):
        return page
    return replace(page, web=links.to(person, pages.grid_path(page.grid.call.id), visit.caller.reader.language))


async def grid_(visit: Visit) -> None:
    """The grid, whole or filtered, from its beginning or from a later row on."""
    value = (visit.action.get("selected_option") or visit.action)["value"]
    call, _, rest = value.partition(":")
    only, _, start = rest.partition(":")
    frame = Frame(f"{_GRID}:{call}:{only or 'all'}", int(start or 0))
    await modals.show(visit, lambda: draw(visit, frame))


async def report(visit: Visit) -> None:
    """What came of it."""
    await modals.show(visit, lambda: draw(visit, Frame(f"{_REPORT}:{visit.action['value']}")))


async def invitation(visit: Visit) -> None:
    """One jurisdiction, in place of the grid: over it there is room for a form, and over that for what is wrong with it."""
    await modals.show(visit, lambda: draw(visit, _over(visit, _ROW)))


async def contacted(visit: Visit) -> None:
    """The secretariat spoke to a jurisdiction today."""
    found = await _invited(visit, int(visit.action["value"]))
    await visit.write(calls.contacted, found.call, found.jurisdiction.id)
    await modals.redraw(visit, lambda: draw(visit, frame_of(visit), visit.caller.reader.gettext("Saved.")))


async def removed(visit: Visit) -> None:
    """Whom the secretariat added by mistake answers no more."""
    _, (id_, _colon, person) = visit.caller.reader.gettext, visit.action["value"].partition(":")
    found, page = await _row_of(visit, int(id_))
    told = await visit.write(calls.remove_representative, page.grid.call.id, found.jurisdiction.id, person)
    note = _("Removed: they are told that they need not answer.") if told else _("Removed: they answer for it by another way still.")
    await modals.redraw(visit, lambda: draw(visit, frame_of(visit), note))


async def confirm(visit: Visit) -> None:
    """The secretariat confirms somebody for whose government nobody answers."""
    done = await visit.write(calls.endorse, int(visit.action["value"]), stands=True)
    note = visit.caller.reader.gettext("Confirmed: {name}, who is told.", name=Words.verbatim(done.person.name))
    await modals.redraw(visit, lambda: draw(visit, frame_of(visit), note))


async def late(visit: Visit) -> None:
    """The window in which what came after the closing is taken up, or left."""
    id_, _colon, said = visit.action["value"].partition(":")
    found = await _invited(visit, int(id_))
    await push(visit, grid.late(found, visit.caller.reader, _over(visit, _ROW), taken_up=said == "yes"))


async def decided(visit: Visit) -> Modal:
    """What came late is the answer from then on; or what was answered in time stands, or the silence."""
    _, frame = visit.caller.reader.gettext, frame_of(visit)
    found = await _invited(visit, _number(frame))
    taken_up = frame.about.endswith(":yes")
    word = {name: written(visit.state, name) for name in ("message", "message_fr")}
    await visit.write(calls.decide_late, found.call, found.jurisdiction.id, taken_up=taken_up, **word)
    left = _("The late answer is left: what was answered in time stands, or the silence.")
    return await _kept(visit, frame, [_("The late answer is taken up.") if taken_up else left])


async def record(visit: Visit) -> None:
    """The window in which an answer is recorded that came otherwise."""
    found, page = await _row_of(visit, int(visit.action["value"]))
    await push(visit, grid.record(found, page, visit.caller.reader, _over(visit, _ROW)))


async def representative(visit: Visit) -> None:
    """The window in which somebody is named who answers for a jurisdiction."""
    found = await _invited(visit, int(visit.action["value"]))
    await push(visit, grid.representative(found, visit.caller.reader, _over(visit, _ROW)))


async def reply(visit: Visit) -> None:
    """The window in which a question is answered."""
    asked = await visit.registry.read(reading.question, int(visit.action["value"]), visit.caller)
    await push(visit, grid.reply(asked, visit.caller.reader, _over(visit, "question")))


async def settle(visit: Visit) -> None:
    """The window in which people are accepted or declined."""
    await _about_the_report(visit, ending.settle)


async def chairs(visit: Visit) -> None:
    """The window in which the co-chairs are confirmed."""
    await _about_the_report(visit, ending.chairs)


async def conclude(visit: Visit) -> None:
    """The window that ends a call."""
    channel = await visit.registry.read(reading.channel, int(visit.action["value"]))
    await _about_the_report(visit, partial(ending.conclude, channel=channel))


async def _about_the_report(visit: Visit, build: Callable[[Report, Any, Frame], Modal]) -> None:
    told, _ = await visit.registry.read(reading.reported, int(visit.action["value"]), visit.caller)
    state = told.grid.call.state
    if state != "closed":
        raise Invalid(state=REFUSED[state])
    await push(visit, build(told, visit.caller.reader, _over(visit, _REPORT)))


def _over(visit: Visit, kind: str) -> Frame:
    """What the window is about that a click asks for, and which one it lies over."""
    frame = clicked(visit)
    return replace(frame, about=f"{kind}:{frame.about}")


async def recorded(visit: Visit) -> Modal:
    """An answer that came by phone, by e-mail, at a meeting or by letter."""
    _, frame, state = visit.caller.reader.gettext, frame_of(visit), visit.state
    found = await _invited(visit, _number(frame))
    on, answer, way = written(state, "said_on"), written(state, "answer"), written(state, "way")
    if way not in WAYS:
        raise Invalid(way=Message("Choose one of those offered."))
    said = Said(written(state, "said_by") or None, way, date.fromisoformat(on) if on else None, written(state, "teller") or None)
    came, place = asdict(said), found.jurisdiction.name.for_(visit.caller.reader).sentence
    by = await visit.registry.read(reading.teller_of, found, said)
    done: SignUpFacts | None = None
    if answer == grid.DECLINES:
        await visit.write(calls.decline, found.call, found.jurisdiction.id, written(state, "reason"), **came)
    elif answer.startswith(grid.WITHDRAWS):
        done = await visit.write(calls.withdraw, int(answer.partition(":")[2]), **came)
    else:
        done = await visit.write(calls.sign_up, _offer(visit, found.call, found.jurisdiction.id, came))
    lost = await _lost(visit, done.person if done else None, by)
    if by and by not in lost:
        confirmed = _("Who gave the answer gets a confirmation: {name}.", name=Words.verbatim(by.name))
    elif by:
        confirmed = _("Who gave the answer gets no confirmation: {name}.", name=Words.verbatim(by.name))
    elif others := [each for each in found.representatives if each.id != visit.caller.actor.person]:
        names = visit.caller.reader.listed(Words.verbatim(each.name) for each in others)
        confirmed = _("Those who answer for it get a confirmation: {names}.", names=names)
        lost = (*lost, *await _lost(visit, *others))
    else:
        name = Words.verbatim(said.said_by or "")
        confirmed = _("Who gave the answer gets no confirmation: I do not know who in the registry that is ({name}).", name=name)
    return await _kept(visit, frame, [_recorded(place, done, lost, visit.caller.reader), confirmed, *_nothing_reaches(visit, lost)])


def _recorded(place: Words, done: SignUpFacts | None, lost: Collection[PersonRef], reader: Reader) -> Words:
    """What was recorded: a refusal, where ``done`` is None; and whether whoever it is about hears of it."""
    _ = reader.gettext
    if done is None:
        return _("{jurisdiction} declines: recorded.", jurisdiction=place)
    name = Words.verbatim(done.person.name)
    if done.state == "withdrawn":
        return _("Withdrawn: {name}.", name=name) if done.person in lost else _("Withdrawn: {name}, who is told.", name=name)
    if done.person in lost:
        return _("{jurisdiction}: {name} takes part.", jurisdiction=place, name=name)
    return _("{jurisdiction}: {name} takes part, and gets a confirmation.", jurisdiction=place, name=name)


async def _lost(visit: Visit, *people: PersonRef | None) -> tuple[PersonRef, ...]:
    """Those of some people whom nothing reaches: no receipt says that they are told."""
    return await visit.registry.read(unreached, [each for each in people if each], email=visit.email)


def _nothing_reaches(visit: Visit, lost: Sequence[PersonRef]) -> Iterator[Words]:
    if told := windows.unreached(lost, visit.caller.reader):
        yield told


def _offer(visit: Visit, call: int, jurisdiction: str, came: dict[str, Any]) -> SignUpForm:
    """Who takes part by an answer that is recorded. Raises Invalid where nobody is named, or two."""
    person, newcomer = who(visit)
    role, language, experience = (written(visit.state, block) for block in ("answer", "language", "experience"))
    elsewhere = bool(picked(visit.state, "elsewhere"))
    return SignUpForm(
        call, role, language, experience, person=person, newcomer=newcomer, jurisdiction=jurisdiction, elsewhere=elsewhere, **came
    )


async def named(visit: Visit) -> Modal:
    """Somebody else answers for a jurisdiction."""
    _, frame = visit.caller.reader.gettext, frame_of(visit)
    found = await _invited(visit, _number(frame))
    person, newcomer = who(visit)
    chosen = person or newcomer
    assert chosen  # nobody at all is refused
    language = written(visit.state, "language")
    told = await visit.write(calls.add_representative, found.call, found.jurisdiction.id, chosen, language)
    now = await _invited(visit, _number(frame))
    added = [each for each in now.representatives if each.id == person or each not in found.representatives]
    lost = await _lost(visit, *added) if told else ()
    if lost:
        said = _("They answer for it from now on.")
    elif told:
        said = _("They answer for it from now on, and are told of the call.")
    elif person in {each.id for each in found.representatives}:
        said = _("They answer for it already: nothing is sent to them.")
    else:
        said = _("They answer for it from now on. The call takes answers only late: nothing is sent to them.")
    return await _kept(visit, frame, [said, *_nothing_reaches(visit, lost)])


async def replied(visit: Visit) -> Modal:
    """A question is answered."""
    frame = frame_of(visit)
    done = await visit.write(calls.answer, _number(frame), written(visit.state, "text"))
    told = visit.caller.reader.gettext("{name} gets your answer.", name=Words.verbatim(done.person.name))
    return await _kept(visit, frame, [told])


async def settled(visit: Visit) -> Modal:
    """Some are accepted, or declined."""
    frame, state, reader = frame_of(visit), visit.state, visit.caller.reader
    page = await visit.registry.read(reading.grid_page, _number(frame), visit.caller)
    chosen, accepted = [int(id_) for id_ in picked(state, "people")], written(state, "accepted") == "yes"
    kind = written(state, "whom") or ending.CHOSEN
    ids = chosen if kind == ending.CHOSEN else ending.of_kind(page.grid, kind)
    word, unconfirmed = {name: written(state, name) for name in ("message", "message_fr")}, bool(picked(state, "unconfirmed"))
    done = await visit.write(calls.settle, _number(frame), ids, accepted=accepted, **word, unconfirmed=unconfirmed)
    told = reader.ngettext("{n} person is accepted, and told.", "{n} people are accepted, and told.", len(done))
    if not accepted:
        told = reader.ngettext("{n} person is declined, and told.", "{n} people are declined, and told.", len(done))
    lost = await _lost(visit, *(each.person for each in done))
    found = await visit.registry.read(calls.grid, page.grid.call.id, visit.caller.actor)
    many = ending.too_many(found, reader) if accepted else ()
    return await _kept(visit, frame, [told, *many, *_nothing_reaches(visit, lost)])


async def chaired(visit: Visit) -> Modal:
    """The co-chairs; where none of them is a council member, that is said at once."""
    frame = frame_of(visit)
    await visit.write(calls.confirm_chairs, _number(frame), picked(visit.state, "chairs"))
    told, _ = await visit.registry.read(reading.reported, _number(frame), visit.caller)
    *_others, co_chairs = summary.lines(told, visit.caller.reader)
    return await _kept(visit, frame, [visit.caller.reader.gettext("The co-chairs are confirmed."), co_chairs.text])


async def concluded(visit: Visit) -> Modal:
    """The group is made."""
    _, frame = visit.caller.reader.gettext, frame_of(visit)
    done = await visit.write(calls.conclude, _number(frame), written(visit.state, "channel") or None)
    channel = await visit.registry.read(reading.channel, done.id)
    told = [_("{name} is active, and its members are welcomed.", name=wording.name(done, visit.caller.reader))]
    lost = await visit.registry.read(reading.to_tell, done.id, email=visit.email)
    if lost:
        told += [
            *_nothing_reaches(visit, lost),
            _("Let them know yourself that the group is formed, and what their part in it is, or that they have none."),
        ]
    if channel and not await _joined(visit, channel):
        told.append(_("Its channel is linked, but I could not join it: it is private, or closed to me. Invite me there: /invite @Cadre."))
    return await _kept(visit, frame, told)


async def _joined(visit: Visit, channel: str) -> bool:
    """Whether Cadre is in the channel of the group now. Whatever Slack says, the group is made."""
    try:
        await visit.slack.join(channel)
    except (SlackError, ClientError, TimeoutError) as problem:
        log.warning("joining %s: %s", channel, problem)
        return False
    return True


async def _kept(visit: Visit, frame: Frame, told: list[Words]) -> Modal:
    """What was stored; the window below is drawn anew."""
    if frame.under:
        modals.redraw_below(visit, lambda: draw(visit, Frame.unpacked(frame.under)))
    return ending.receipt(visit.caller.reader.gettext("Saved"), told, visit.caller.reader)


def _number(frame: Frame) -> int:
    return int(frame.about.partition(":")[2].partition(":")[0])
