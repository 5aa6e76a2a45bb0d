"""Clicks and filled windows of those who answer a call: for themselves, for others, for a jurisdiction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import modals, persons
from bot.blocks import Modal, Option, written
from bot.caller import Caller
from bot.calls import actions, answers, offers
from bot.calls.answers import About, Ready
from bot.door import Door
from bot.modals import in_window
from bot.visit import Visit
from cadre.calls import service as calls
from cadre.calls import wording
from cadre.calls.facts import CallInBrief, SignUpFacts
from cadre.calls.forms import Newcomer, SignUpForm
from cadre.calls.models import SignUp
from cadre.calls.reading import jurisdictions
from cadre.calls.rights import REPRESENTATIVE
from cadre.calls.rules import ANSWERABLE
from cadre.core.errors import Forbidden, Invalid, Message, NotFound
from cadre.core.reader import Actor, Reader
from cadre.core.words import Words
from cadre.people import service as people
from cadre.people.models import Jurisdiction

_ELSEWHERE: Final = Message("By the registry they are of another government than the one for which you answer here.")
_NO_MORE: Final = Message("You do not answer for this government any more.")


def register(door: Door) -> None:
    """At the door."""
    clicks = {
        actions.ANSWER: answer,
        actions.TAKE_PART: take_part,
        actions.OBSERVE: observe,
        actions.NOMINATE: nominate,
        actions.DECLINE: decline,
        actions.DELEGATE: delegate,
        actions.TAKE_BACK: take_back,
        actions.ASK: ask,
        actions.WITHDRAW: withdraw,
        actions.ENDORSE: endorse,
        actions.REPLACE: put_instead,
    }
    modals.register_clicks(door, clicks)
    forms = {
        answers.OFFER: offered,
        answers.NOMINATION: nominated,
        answers.REFUSAL: declined,
        answers.DELEGATION: delegated,
        answers.QUESTION: asked,
    }
    modals.register_forms(door, forms, _not_stored)
    door.lookups[actions.COLLEAGUES] = colleagues
    door.lookups[actions.PEOPLE] = door.lookups[actions.TELLER] = persons.search


async def answer(visit: Visit) -> None:
    """The window in which one chooses: in place of the one in which the click was, else a new one."""
    call, _ = answers.parts(visit.action["value"])
    await modals.show(visit, lambda: draw(visit, call))


async def draw(visit: Visit, call: int, note: Words | None = None) -> Modal:
    """The window as the registry has it now. Somebody whom Cadre does not know is told what to do."""
    if visit.caller.actor.person is None:
        return await _stranger(visit)
    standing = await visit.registry.read(calls.standing, call, visit.caller.actor)
    return answers.window(standing, visit.caller.reader, note)


async def _stranger(visit: Visit) -> Modal:
    known = await visit.registry.read(people.me, visit.caller.identity)
    return answers.stranger(visit.caller.reader, asked=known.claim is not None)


async def take_part(visit: Visit) -> None:
    """The form in which somebody offers to take part."""
    await _form(visit, answers.take_part, _of_call(visit))


async def observe(visit: Visit) -> None:
    """The form in which somebody asks to observe."""
    await _form(visit, answers.take_part, replace(_of_call(visit), role=answers.OBSERVER))


async def nominate(visit: Visit) -> None:
    """The form in which a representative puts somebody forward."""
    await _form(visit, answers.nominate, _of_call(visit), speaks=True)


async def put_instead(visit: Visit) -> None:
    """The same, in place of somebody who offered."""
    await _form(visit, answers.nominate, About(0, sign_up=int(visit.action["value"])), speaks=True)


async def decline(visit: Visit) -> None:
    """The form in which a representative declines for a jurisdiction."""
    await _form(visit, answers.decline, _of_call(visit), speaks=True)


async def delegate(visit: Visit) -> None:
    """The form in which a representative lets somebody else answer."""
    await _form(visit, answers.delegate, _of_call(visit), speaks=True)


async def take_back(visit: Visit) -> None:
    """Somebody to whom the answer was handed on does not give it after all, with one click."""
    call, jurisdiction, person = visit.action["value"].split(":")
    _, is_told = visit.caller.reader.gettext, await visit.write(calls.take_back, int(call), jurisdiction, person)
    told = (
        _("Taken back, and whoever was to answer is told.")
        if is_told
        else _("Taken back. They answer for it all the same: nothing is sent to them.")
    )
    await modals.redraw(visit, lambda: draw(visit, int(call), told))


async def ask(visit: Visit) -> None:
    """The form in which somebody asks the secretariat."""
    await _form(visit, answers.ask, _of_call(visit))


async def withdraw(visit: Visit) -> None:
    """An answer is taken back, with one click."""
    done = await visit.write(calls.withdraw, int(visit.action["value"]))
    await _drawn(visit, done, visit.caller.reader.gettext("Withdrawn: {name}.", name=Words.verbatim(done.person.name)))


async def endorse(visit: Visit) -> None:
    """A representative confirms what somebody offered, with one click."""
    done = await visit.write(calls.endorse, int(visit.action["value"]), stands=True)
    told = visit.caller.reader.gettext("Confirmed: {name}, who is told.", name=Words.verbatim(done.person.name))
    await _drawn(visit, done, told)


async def colleagues(visit: Visit, typed: str) -> list[Option]:
    """People of the government whose answer is handed on."""
    about = _filled(visit)
    found = await visit.registry.read(calls.colleagues, about.call, about.jurisdiction, typed)
    return [persons.option(choice, visit.caller.reader) for choice in found]


async def offered(visit: Visit) -> Modal:
    """Somebody offers to take part, or changes what they offered."""
    about, state = _filled(visit), visit.state
    form = SignUpForm(
        call=about.call,
        role=about.role or written(state, "role"),
        language=written(state, "language"),
        experience=written(state, "experience"),
        jurisdiction=about.jurisdiction or written(state, "jurisdiction") or None,
    )
    return _signed_up(visit, about, *await visit.write(_takes_part, form, visit.caller.actor, about.jurisdiction))


async def nominated(visit: Visit) -> Modal:
    """A representative puts somebody forward."""
    about, state = _filled(visit), visit.state
    person, newcomer = who(visit)
    form = SignUpForm(
        call=about.call,
        role=about.role or written(state, "role"),
        language=written(state, "language"),
        experience=written(state, "experience"),
        person=person,
        newcomer=newcomer,
        jurisdiction=about.jurisdiction,
    )
    try:
        stored = await visit.write(_put_forward, form, visit.caller.actor, about.sign_up)
    except Forbidden as problem:
        if person is None:
            raise
        standing = await visit.registry.read(calls.standing, about.call, visit.caller.actor)
        still = any(each.jurisdiction.id == about.jurisdiction for each in standing.represents)
        raise Invalid(person=_ELSEWHERE if still else _NO_MORE) from problem
    return _signed_up(visit, about, *stored)


async def declined(visit: Visit) -> Modal:
    """A jurisdiction does not take part."""
    _, about, reader = visit.caller.reader.gettext, _filled(visit), visit.caller.reader
    await visit.write(calls.decline, about.call, about.jurisdiction, written(visit.state, "reason"))
    ready = await visit.registry.read(_ready, about, visit.caller, True)
    assert ready.invited
    place = wording.place(ready.invited.jurisdiction, reader)
    told = [
        _("It is noted that {jurisdiction} does not take part, with your reason.", jurisdiction=place),
        offers.answered(ready.invited, reader),
        *_closing(ready.standing.call, reader),
    ]
    return _receipt(visit, about, told)


async def delegated(visit: Visit) -> Modal:
    """Somebody else answers for a jurisdiction."""
    _, about, reader = visit.caller.reader.gettext, _filled(visit), visit.caller.reader
    person, newcomer = who(visit)
    chosen = person or newcomer
    assert chosen  # nobody at all is refused
    to = await visit.write(calls.delegate, about.call, about.jurisdiction, chosen)
    ready = await visit.registry.read(_ready, about, visit.caller, True)
    assert ready.invited
    invited = ready.invited
    values = {"name": Words.verbatim(to.name), "jurisdiction": wording.place(invited.jurisdiction, reader)}
    told = _("{name} can answer for {jurisdiction} from now on, and is told so. You still can as well, and can take it back.", **values)
    return _receipt(visit, about, [told, *_closing(ready.standing.call, reader)])


async def asked(visit: Visit) -> Modal:
    """A question to the secretariat."""
    _, about = visit.caller.reader.gettext, _filled(visit)
    await visit.write(calls.ask, about.call, written(visit.state, "text"), visit.body["view"]["id"])
    return _receipt(visit, about, [_("Your question is with the secretariat. I will bring you its answer.")])


def who(visit: Visit) -> tuple[str | None, Newcomer | None]:
    """Who is put forward: one of the registry or a newcomer, not both. Raises Invalid."""
    person, name, email = (written(visit.state, block) for block in ("person", "name", "email"))
    if person and (name or email):
        raise Invalid(name=Message("Somebody is chosen above: empty this, or the choice above."))
    if not (person or name or email):
        raise Invalid(person=Message("Choose somebody, or write the name and address of somebody new below."))
    return (person, None) if person else (None, Newcomer(name, email))


def _put_forward(session: Session, form: SignUpForm, seen_by: Actor, instead_of: int = 0) -> tuple[SignUpFacts, CallInBrief]:
    """What is stored, and the call as it stands then. ``instead_of``: an offer that is replaced, or nothing is done; sent twice, once."""
    replaced = session.get(SignUp, instead_of) if instead_of else None
    if instead_of and (replaced is None or replaced.endorsed != "no"):
        calls.endorse(session, instead_of, stands=False)
    return calls.sign_up(session, form), calls.in_brief(session, form.call, seen_by)


def _takes_part(session: Session, form: SignUpForm, seen_by: Actor, speaks_for: str) -> tuple[SignUpFacts, CallInBrief]:
    """What is stored of one's own offer. ``speaks_for``: for which jurisdiction. Raises Invalid for whoever answers for it no more: they
    would take part for their own.
    """
    done, call = _put_forward(session, form, seen_by)
    if speaks_for and not (done.jurisdiction and done.jurisdiction.id == speaks_for):
        raise Invalid(state=_NO_MORE)
    return done, call


async def _form(visit: Visit, build: Callable[[Ready, Reader, About], Modal], about: About, *, speaks: bool = False) -> None:
    """A form over the window in which the click was, else by itself. ``speaks``: it answers for a jurisdiction."""
    reader = visit.caller.reader
    about = replace(about, under=visit.body["view"]["private_metadata"] if _below(visit) else "")

    async def view() -> Modal:
        if visit.caller.actor.person is None:
            return await _stranger(visit)
        ready = await visit.registry.read(_ready, about, visit.caller, speaks)
        call = ready.standing.call
        if call.state not in ANSWERABLE:
            return answers.window(ready.standing, reader)
        return build(ready, reader, replace(about, call=call.id, jurisdiction=ready.invited.jurisdiction.id if ready.invited else ""))

    if in_window(visit):
        await visit.slack.push_view(visit.body["trigger_id"], await view())
    else:
        await visit.open_modal(view)


def _ready(session: Session, about: About, caller: Caller, speaks: bool) -> Ready:
    """What a form shows. ``speaks``: it answers for a jurisdiction, as one does that names it. Raises NotFound; Forbidden for whoever does
    not answer for it, named or the only one there is.
    """
    row = session.get(SignUp, about.sign_up) if about.sign_up else None
    if about.sign_up and row is None:
        raise NotFound(str(about.sign_up))
    standing = calls.standing(session, row.call if row else about.call, caller.actor)
    named = (row.jurisdiction if row else about.jurisdiction) or ""
    own = [each for each in standing.represents if named in ("", each.jurisdiction.id)]
    speaks = speaks or bool(about.jurisdiction)
    if speaks and len(own) != 1:
        raise Forbidden(REPRESENTATIVE)
    offer = next((each for each in standing.ours if row and each.id == row.id), None)
    places = () if standing.jurisdiction else tuple(jurisdictions(session, session.scalars(select(Jurisdiction.id))).values())
    colleagues = speaks and calls.has_colleagues(session, standing.call.id, own[0].jurisdiction.id)
    return Ready(standing, own[0] if speaks else None, offer, places, colleagues)


async def _drawn(visit: Visit, done: SignUpFacts, note: Words) -> None:
    """The window in which the click was, as the registry has it now; over another's window, a word. Messages are drawn anew by others."""
    if _below(visit):
        await modals.redraw(visit, lambda: draw(visit, done.call, note))
    elif in_window(visit):
        told = answers.receipt(visit.caller.reader.gettext("Saved"), [note], visit.caller.reader, None)
        await visit.slack.push_view(visit.body["trigger_id"], told)


def _signed_up(visit: Visit, about: About, done: SignUpFacts, call: CallInBrief) -> Modal:
    """What was stored of an offer, and what happens next."""
    reader, mine = visit.caller.reader, done.person.id == visit.caller.actor.person
    _ = reader.gettext
    values = {"group": wording.name(call, reader), "offer": offers.offer(done, reader), "name": Words.verbatim(done.person.name)}
    stored = _("{group}: your answer is stored. {offer}.", **values) if mine else _("{group}: {name} is put forward. {offer}.", **values)
    return _receipt(
        visit, about, [stored, *([] if done.late else [offers.outlook(call, done, reader, mine=mine)]), *_closing(call, reader)]
    )


def _closing(call: CallInBrief, reader: Reader) -> Iterator[Words]:
    """Until when it can be changed; or that it is late."""
    if call.state == "closed" and call.closed_at:
        told = reader.gettext(
            "The call closed {moment}. Your answer is kept, and the secretariat decides.", moment=reader.moment(call.closed_at)
        )
        yield told
    elif call.closes_at:
        yield reader.gettext("You can change this until the call closes, {moment}.", moment=reader.moment(call.closes_at))


def _receipt(visit: Visit, about: About, told: Sequence[Words]) -> Modal:
    """What was stored; the window below shows it too. Where there is none, it is one click away."""
    if about.under:
        modals.redraw_below(visit, lambda: draw(visit, about.call))
    return answers.receipt(visit.caller.reader.gettext("Saved"), told, visit.caller.reader, None if about.under else about.call)


def _of_call(visit: Visit) -> About:
    """The call and the jurisdiction that a button names."""
    return About(*answers.parts(visit.action["value"]))


def _filled(visit: Visit) -> About:
    return About.unpacked(visit.body["view"]["private_metadata"])


def _below(visit: Visit) -> bool:
    """Whether the click was in the window in which one chooses how to answer."""
    return in_window(visit) and visit.body["view"]["callback_id"] == answers.WINDOW


def _not_stored(wrong: Mapping[str, Message], reader: Reader) -> Iterator[Words]:
    """What is wrong and stands in no field of the form; what was typed still stands there."""
    why = Words.joined(" ", modals.plain(wrong, reader))
    yield reader.gettext("{why} Nothing was stored: what you wrote still stands in the window below.", why=why)
