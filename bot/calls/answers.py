"""The window in which one chooses how to answer a call, the forms that open over it, and what is said once something is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import Block, Modal, Option, actions, button, context, cut, divider, field, header, menu, radio, search, section, text_input
from bot.calls import offers, post
from bot.calls.actions import (
    ANSWER,
    ASK,
    COLLEAGUES,
    DECLINE,
    DELEGATE,
    ENDORSE,
    NOMINATE,
    OBSERVE,
    OPEN,
    PEOPLE,
    REPLACE,
    TAKE_BACK,
    TAKE_PART,
    WITHDRAW,
)
from bot.markup import bold
from bot.modals import Metadata
from cadre.calls import wording
from cadre.calls.facts import WORK_LANGUAGES, CallFacts, InvitationFacts, JurisdictionRef, SignUpFacts, SoughtRole, Standing, WorkLanguage
from cadre.calls.reading import ACTIVE
from cadre.calls.rules import ANSWERABLE, UNANSWERED
from cadre.core.reader import Reader
from cadre.core.text import fold
from cadre.core.words import Words

WINDOW: Final = "calls.answers"
OFFER: Final = "calls.offered"
NOMINATION: Final = "calls.nominated"
REFUSAL: Final = "calls.declined"
DELEGATION: Final = "calls.delegated"
QUESTION: Final = "calls.asked"
OBSERVER: Final = "observer"
_FIELD: Final = "calls.field"
_BRIEF: Final = 300
"""Characters of a paragraph of the call in the window: the whole of it is one click away."""
_FIRST: Final = 2
"""Paragraphs that stand above what one can do; the others stand below it."""
_PEOPLE: Final = 25
"""Others of one's jurisdictions in the window."""


@dataclass(frozen=True, slots=True)
class About(Metadata):
    """What a window is about. ``jurisdiction``: for which somebody answers; ``role``: the one that is chosen already;
    ``sign_up``: the offer in whose place somebody else is put forward; ``under``: the metadata of the window that it lies over.
    """

    call: int
    jurisdiction: str = ""
    role: str = ""
    sign_up: int = 0
    under: str = ""


def value(call: int, jurisdiction: str = "", person: str = "") -> str:
    """The value of a button: a call, the jurisdiction for which one answers it, and somebody whom it is about."""
    return ":".join(str(part) for part in (call, jurisdiction, person) if part)


def parts(of_button: str) -> tuple[int, str]:
    """What ``value`` put together."""
    call, _, rest = of_button.partition(":")
    return int(call), rest.partition(":")[0]


def stranger(reader: Reader, *, asked: bool) -> Modal:
    """For somebody whom Cadre does not know: what to do. ``asked``: they said who they are, and wait to be confirmed."""
    _ = reader.gettext
    told = _(
        "Before you can answer a call, I must know who you are. Type /cadre me and choose your record; the secretariat confirms it. If the "
        "registry has no record of you, write to the secretariat: it can take your answer down for you."
    )
    if asked:
        told = _("Your request is with the secretariat. As soon as it has confirmed who you are, you can answer the call.")
    return Modal(_("Answer the call"), (section(told),), close=_("Close"), callback=WINDOW)


def window(standing: Standing, reader: Reader, note: Words | None = None) -> Modal:
    """What the call asks, what one answered, for whom one may answer, and all that one can do."""
    _, call = reader.gettext, standing.call
    whole = button(_("Read the whole call"), OPEN, str(call.id))
    brief = list(_brief(call, reader))
    blocks = [
        *((section(note), divider()) if note else ()),
        header(wording.name(call, reader)),
        section(Words.joined("\n", post.stands(call, reader))),
        *((section(_late(reader)),) if call.state == "closed" else ()),
        section(Words.joined("\n", brief[:_FIRST])),
        *_own(standing, reader),
        *(block for each in standing.represents for block in _for_jurisdiction(standing, each, reader)),
        divider(),
        section(Words.joined("\n", brief[_FIRST:])),
        *actions(whole),
    ]
    return Modal(_("Answer the call"), tuple(blocks), close=_("Close"), callback=WINDOW, metadata=About(call.id).packed())


def _late(reader: Reader) -> Words:
    _ = reader.gettext
    told = _("What you send now is kept as late, and the secretariat decides.")
    return offers.sentences(told, _("A withdrawal takes effect at once: the secretariat is told."))


def _brief(call: CallFacts, reader: Reader) -> Iterator[Words]:
    for heading, text in wording.paragraphs(call, reader):
        short = Words.verbatim(cut(text, _BRIEF))
        yield post.labelled(heading, short, reader) if heading else short


def _own(standing: Standing, reader: Reader) -> Iterator[Block]:
    """What one answered for oneself, and what one can do about it."""
    _, mine, call = reader.gettext, standing.mine, standing.call
    yield divider()
    if mine is None or mine.state == "withdrawn":
        told = _("You have not answered for yourself.") if mine is None else _("You withdrew your answer.")
    else:
        told = offers.sentences(_("{offer}.", offer=offers.offer(mine, reader)), offers.outlook(call, mine, reader, mine=True))
    yield section(Words.joined("\n", (bold(_("Your own answer")), told)))
    if call.state in ANSWERABLE:
        yield from actions(*_buttons(standing, reader))


def _buttons(standing: Standing, reader: Reader) -> Iterator[Block]:
    _, mine, id_ = reader.gettext, standing.mine, str(standing.call.id)
    offered, settled = mine is not None and mine.state == "offered", _is_settled(standing)
    own = value(standing.call.id, _in_whose_name(standing))
    seated = any(role != OBSERVER for role in standing.call.roles)
    observes = offered and mine is not None and mine.role == OBSERVER
    if seated and not settled:
        again = offered and not observes
        label = _("Change my answer") if again else _("Take part myself")
        yield button(label, TAKE_PART, own, style=None if offered else "primary")
    if OBSERVER in standing.call.roles and not settled:
        yield button(_("Change my answer") if observes else _("Observe"), OBSERVE, own)
    if mine is not None and mine.state in ACTIVE:
        yield button(_("Withdraw my answer"), WITHDRAW, str(mine.id))
    yield button(_("Ask a question"), ASK, id_)


def _is_settled(standing: Standing) -> bool:
    """Whether the secretariat has accepted or declined the reader, who changes nothing any more; who was declined may offer again where
    there is more time.
    """
    final = ("accepted",) if standing.call.state == "open" else ("accepted", "declined")
    return standing.mine is not None and standing.mine.state in final


def _in_whose_name(standing: Standing) -> str:
    """For which jurisdiction, of those for which the reader answers, their own answer is, or would be where their record names none."""
    answered = standing.mine.jurisdiction if standing.mine and standing.mine.state == "offered" else None
    theirs = [each.jurisdiction.id for each in standing.represents]
    if answered and answered.id in theirs:
        return answered.id
    return theirs[0] if standing.jurisdiction is None and len(theirs) == 1 else ""


def _for_another(standing: Standing, invited: InvitationFacts, reader: Reader) -> Iterator[Block]:
    """How the reader takes part for a jurisdiction that is not theirs by their record, but for which they answer."""
    _, place, call = reader.gettext, invited.jurisdiction, standing.call
    if place == standing.jurisdiction or place.id == _in_whose_name(standing) or _is_settled(standing):
        return
    name, of = wording.place(place, reader), value(call.id, place.id)
    if any(role != OBSERVER for role in call.roles):
        yield button(_("Take part for {jurisdiction}", jurisdiction=name), TAKE_PART, of)
    if OBSERVER in call.roles:
        yield button(_("Observe for {jurisdiction}", jurisdiction=name), OBSERVE, of)


def _for_jurisdiction(standing: Standing, invited: InvitationFacts, reader: Reader) -> Iterator[Block]:
    """How a jurisdiction stands for which the reader answers: its own people only see it."""
    _, name, call = reader.gettext, wording.place(invited.jurisdiction, reader), standing.call
    reason = _("Reason: {reason}", reason=offers.short(invited.reason)) if invited.reason else None
    yield divider()
    lines = (bold(name), _("You answer for it."), offers.answered(invited, reader), reason)
    yield section(Words.joined("\n", (line for line in lines if line)))
    if call.state in ANSWERABLE:
        of = value(call.id, invited.jurisdiction.id)
        nominate = button(_("Nominate somebody else"), NOMINATE, of, style="primary" if invited.state in UNANSWERED else None)
        refuse = button(_("Decline for {jurisdiction}", jurisdiction=name), DECLINE, of)
        give = button(_("Let somebody else answer"), DELEGATE, of)
        yield from actions(nominate, *_for_another(standing, invited, reader), *(() if invited.state == "declined" else (refuse,)), give)
        yield from _handed_on(standing, invited, reader)
    theirs = [each for each in standing.ours if each.jurisdiction and each.jurisdiction.id == invited.jurisdiction.id]
    for each in theirs[:_PEOPLE]:
        yield from _other(call, each, reader)
    if len(theirs) > _PEOPLE:
        rest = len(theirs) - _PEOPLE
        yield from context(reader.ngettext("and {n} more", "and {n} more", rest))


def _handed_on(standing: Standing, invited: InvitationFacts, reader: Reader) -> Iterator[Block]:
    """To whom the answer was handed on, each with the way to take it back."""
    _ = reader.gettext
    for each in invited.delegates:
        name = Words.verbatim(each.name)
        if each.id == standing.person:
            yield from context(_("The answer was handed on to you."))
        else:
            of = value(standing.call.id, invited.jurisdiction.id, each.id)
            back = button(_("Take it back"), TAKE_BACK, of, spoken=_("Take it back: {name}", name=name))
            yield section(_("The answer was handed on to {name}.", name=name), back)


def _other(call: CallFacts, each: SignUpFacts, reader: Reader) -> Iterator[Block]:
    """Somebody of a jurisdiction for which the reader answers."""
    _, name, id_ = reader.gettext, Words.verbatim(each.person.name), str(each.id)
    who = _("{name}: {offer}.", name=name, offer=offers.offer(each, reader))
    told = offers.sentences(who, offers.outlook(call, each, reader, mine=False), offers.quoted(each.experience, reader))
    withdraw = button(_("Withdraw"), WITHDRAW, id_, spoken=_("Withdraw {name}", name=name))
    if call.state not in ANSWERABLE or each.state not in ACTIVE:
        yield section(told)
    elif each.endorsed or each.state == "accepted":
        yield section(told, withdraw)
    else:
        yield section(told)
        yield from actions(*(endorsing(each, reader) if each.to_endorse else (confirming(each, reader), withdraw)))


def endorsing(each: SignUpFacts, reader: Reader) -> tuple[Block, ...]:
    """What a representative can say of an offer that waits for them."""
    _, name, confirm = reader.gettext, Words.verbatim(each.person.name), confirming(each, reader)
    if each.unspoken:
        return (confirm,)  # the secretariat confirms it, and puts nobody forward
    return confirm, button(_("Replace"), REPLACE, str(each.id), spoken=_("Replace {name} with somebody else", name=name))


def confirming(each: SignUpFacts, reader: Reader) -> Block:
    """The way to say that an offer is made in the name of its jurisdiction."""
    spoken = reader.gettext("Confirm {name}", name=Words.verbatim(each.person.name))
    return button(reader.gettext("Confirm"), ENDORSE, str(each.id), style="primary", spoken=spoken)


@dataclass(frozen=True, slots=True)
class Ready:
    """What a form needs: how its reader stands; the invitation that it answers and the offer that it is about, where there is one; the
    jurisdictions to choose from, where their record names none.
    """

    standing: Standing
    invited: InvitationFacts | None
    offer: SignUpFacts | None
    places: tuple[JurisdictionRef, ...]
    colleagues: bool = True
    """Whether the answer can be handed on to anybody of the jurisdiction."""


def take_part(ready: Ready, reader: Reader, about: About) -> Modal:
    """Where somebody offers to take part, or to observe (``about.role``)."""
    _, mine = reader.gettext, ready.standing.mine
    held = mine if mine and mine.state == "offered" else None
    blocks: list[Block] = [
        *_about(ready, reader, seeks=not about.role),
        *(section(told) for told in offers.what_it_does(ready.standing, ready.invited, reader)),
        *(() if about.role else (_roles(ready.standing.call, held, reader),)),
        *_whence(ready, reader),
        _experience(held, reader),
        _language(held.language if held else reader.language, reader),
    ]
    return _form(_("Observe") if about.role else _("Take part"), blocks, reader, about, OFFER)


def nominate(ready: Ready, reader: Reader, about: About) -> Modal:
    """Where a representative puts somebody forward, whom the registry has or not; in place of another where ``ready.offer`` is there."""
    _, replaced = reader.gettext, ready.offer
    instead = _("In place of {name}, who is told.", name=reader.name(replaced.person.name)) if replaced else None
    blocks: list[Block] = [
        *_about(ready, reader, seeks=True),
        *((section(instead),) if instead else ()),
        *(section(told) for each in (ready.invited,) if each and (told := offers.in_its_name(ready.standing.call, each, reader))),
        field("person", _("Who takes part"), search(PEOPLE, _("Type a name")), hint=_("They are told at once."), optional=True),
        field("name", _("Or somebody new: their name"), text_input(_FIELD), optional=True),
        field("email", _("Their e-mail address"), text_input(_FIELD), optional=True),
        _roles(ready.standing.call, None, reader, every=True),
        _experience(None, reader),
        _language(None, reader),
    ]
    return _form(_("Nominate somebody"), blocks, reader, about, NOMINATION)


def decline(ready: Ready, reader: Reader, about: About) -> Modal:
    """Where a representative says that a jurisdiction does not take part, and why; where somebody takes part for it, who is to withdraw
    first.
    """
    _ = reader.gettext
    if there := _taking_part(ready):
        names = reader.listed(Words.verbatim(each.person.name) for each in there)
        told = _("A jurisdiction declines where nobody takes part for it. Withdraw first, in the answer to the call: {names}.", names=names)
        back = () if about.under else actions(button(_("Back to the call"), ANSWER, str(about.call)))
        return Modal(_("Decline"), (*_about(ready, reader), section(told), *back), close=_("Close"))
    hint = _("Only the secretariat and those who answer with you read it.")
    blocks = [*_about(ready, reader), field("reason", _("Reason"), text_input(_FIELD, tall=True), hint=hint)]
    return _form(_("Decline"), blocks, reader, about, REFUSAL)


def _taking_part(ready: Ready) -> list[SignUpFacts]:
    """Those who take part for the jurisdiction; whom nobody confirmed hinders no refusal."""
    standing, place = ready.standing, ready.invited.jurisdiction if ready.invited else None
    found = (*((standing.mine,) if standing.mine else ()), *standing.ours)
    return [each for each in found if each.jurisdiction == place and each.state in ("offered", "accepted") and each.endorsed]


def delegate(ready: Ready, reader: Reader, about: About) -> Modal:
    """Where a representative lets somebody else answer, whom the registry has or not."""
    _ = reader.gettext
    hint = _("Somebody of this government. They are told at once, and reminded while there is no answer. You can still answer yourself.")
    known = section(_("Everybody of this government whom I know answers for it already."))
    if ready.colleagues:
        known = field("person", _("Who answers"), search(COLLEAGUES, _("Type a name")), hint=hint, optional=True)
    blocks: list[Block] = [
        *_about(ready, reader),
        *_refused(ready, reader),
        known,
        field("name", _("Or somebody new: their name"), text_input(_FIELD), optional=True),
        field("email", _("Their e-mail address"), text_input(_FIELD), optional=True),
    ]
    return _form(_("Who answers"), blocks, reader, about, DELEGATION)


def _refused(ready: Ready, reader: Reader) -> Iterator[Block]:
    """That handing the answer on takes no refusal back, where there is one."""
    if ready.invited and ready.invited.state == "declined":
        name = wording.place(ready.invited.jurisdiction, reader)
        told = reader.gettext("{jurisdiction} has declined. That stands until whom you choose here answers otherwise.", jurisdiction=name)
        yield section(offers.sentences(told, offers.answered(ready.invited, reader)))


def ask(ready: Ready, reader: Reader, about: About) -> Modal:
    """Where somebody asks the secretariat."""
    _ = reader.gettext
    hint = _("It goes to the secretariat. I bring you its answer as a message.")
    question = field("text", _("Your question"), text_input(_FIELD, tall=True), hint=hint)
    return _form(_("Ask a question"), [*_about(ready, reader), question], reader, about, QUESTION)


def receipt(heading: Words, told: Sequence[Words], reader: Reader, back: int | None) -> Modal:
    """What was stored, and what happens next. ``back``: the call to go back to, where no window lies below."""
    _ = reader.gettext
    blocks = tuple(section(each) for each in told)
    return Modal(heading, (*blocks, *(actions(button(_("Back to the call"), ANSWER, str(back))) if back else ())), close=_("Close"))


def _form(heading: Words, blocks: Sequence[Block], reader: Reader, about: About, callback: str) -> Modal:
    return Modal(heading, tuple(blocks), reader.gettext("Cancel"), reader.gettext("Send"), callback, about.packed())


def _about(ready: Ready, reader: Reader, *, seeks: bool = False) -> Iterator[Block]:
    """Which call it is, for whom, and until when; that it is late, where it is. ``seeks``: a seat may be taken here."""
    call, invited = ready.standing.call, ready.invited
    full = (
        reader.gettext("All seats are taken: whoever comes now waits in order.") if call.full and seeks and call.state == "open" else None
    )
    until = (
        reader.gettext("What you send now is kept as late, and the secretariat decides.")
        if call.state == "closed"
        else wording.closes(call, reader)
    )
    where = reader.gettext("For {jurisdiction}", jurisdiction=wording.place(invited.jurisdiction, reader)) if invited else None
    yield from context(*(each for each in (wording.name(call, reader), where, full, until) if each))


def _roles(call: CallFacts, mine: SignUpFacts | None, reader: Reader, *, every: bool = False) -> Block:
    """The roles sought; to take part oneself, without observing, which has a button of its own."""
    offered: list[SoughtRole] = [role for role in call.roles if every or role != OBSERVER]
    chosen = mine.role if mine and mine.role in offered else offered[0]
    return field("role", reader.gettext("Role"), radio(_FIELD, [Option(wording.role(role, reader), role) for role in offered], chosen))


def _whence(ready: Ready, reader: Reader) -> Iterator[Block]:
    if ready.standing.jurisdiction or ready.invited:
        return
    _, mine = reader.gettext, ready.standing.mine.jurisdiction if ready.standing.mine else None
    options = sorted((Option(place.name.for_(reader).sentence, place.id) for place in ready.places), key=lambda option: fold(option.label))
    hint = _("Your record does not say it. It is to be confirmed by the secretariat.")
    yield field("jurisdiction", _("Government or body"), menu(_FIELD, options, mine.id if mine else None), hint=hint)


def _experience(mine: SignUpFacts | None, reader: Reader) -> Block:
    label = reader.gettext("A word on experience")
    return field("experience", label, text_input(_FIELD, (mine and mine.experience) or "", tall=True), optional=True)


def _language(chosen: WorkLanguage | None, reader: Reader) -> Block:
    """Nobody's language is guessed from that of somebody else: then it is to be chosen."""
    options = [Option(wording.language(each, reader), each) for each in WORK_LANGUAGES]
    chosen_or_not = radio(_FIELD, options, chosen) if chosen else menu(_FIELD, options)
    return field("language", reader.gettext("Language of work"), chosen_or_not)
