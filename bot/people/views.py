"""How people see themselves in Slack, and how the secretariat is asked about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.blocks import (
    CHECKBOXES,
    LABEL,
    PLACE,
    Block,
    Message,
    Modal,
    Option,
    actions,
    button,
    checkboxes,
    context,
    field,
    listed,
    said,
    search,
    section,
)
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.people import wording
from cadre.people.rules import ClaimFacts, HeldRole, Me, PersonChoice

CLAIM: Final = "people.claim"
WITHDRAW: Final = "people.withdraw"
SEARCH: Final = "people.search"
SUBMIT: Final = "people.claim_submitted"
ROLES: Final = "people.roles"
CONFIRM: Final = "people.confirm"
DECLINE: Final = "people.decline"
PERSON: Final = "person"


def me(known: Me, reader: Reader) -> Message:
    """What Cadre knows of somebody."""
    first, *rest = about(known, reader)
    return Message(_opening(known, reader), (first, *rest))


def about(known: Me, reader: Reader) -> Iterator[Block]:
    """The same, as a part of App Home."""
    _ = reader.gettext
    yield section(_opening(known, reader))
    if known.person:
        yield from listed(_role(role, reader) for role in known.roles)
    if known.secretariat:
        yield from context(_("You act for the secretariat."))
    if known.email:
        yield from context(_("Your address, confirmed by Slack: {email}", email=Words.verbatim(known.email)))
    if known.claim:
        yield from actions(button(_("Withdraw my request"), WITHDRAW, str(known.claim.id)))
    elif not known.person:
        yield from actions(button(_("This is me"), CLAIM, style="primary"))


def claim_window(reader: Reader) -> Modal:
    """Where somebody says which record is theirs."""
    _ = reader.gettext
    chooser = field(
        PERSON,
        _("My record in the registry"),
        search(SEARCH, _("Type a name")),
        hint=_("A member of the secretariat confirms it, with the roles that it holds."),
    )
    return Modal(_("Who I am"), (chooser,), close=_("Cancel"), submit=_("Send"), callback=SUBMIT)


def claim_sent(claim: ClaimFacts, reader: Reader) -> Modal:
    """What follows a claim."""
    _ = reader.gettext
    told = _(
        "Your request is with the secretariat: {person}. I will write to you as soon as it is settled.",
        person=_person(claim.person, reader),
    )
    return Modal(_("Request sent"), (section(told),), close=_("Close"))


def request(claim: ClaimFacts, reader: Reader) -> Message:
    """What a member of the secretariat is asked, or, once it is settled, what became of it."""
    return _waiting(claim, reader) if claim.state == "pending" else _settled(claim, reader)


def requests(claims: tuple[ClaimFacts, ...], reader: Reader) -> Iterator[Block]:
    """Claims that wait, as a part of a secretariat member's App Home."""
    waiting = reader.ngettext("{n} person asks to be recognized.", "{n} people ask to be recognized.", len(claims))
    yield section(waiting if claims else reader.gettext("Nobody asks to be recognized."))
    for claim in claims:
        yield from _waiting(claim, reader).blocks


def verdict(claim: ClaimFacts, reader: Reader) -> Message:
    """What the claimant is told."""
    _ = reader.gettext
    person = _person(claim.person, reader)
    if claim.state != "confirmed":
        told = _("The secretariat did not link you to {person}. Write to one of its members if this is a mistake.", person=person)
        return Message(told, (section(told),))
    told = _("The secretariat confirmed who you are: {person}.", person=person)
    return Message(told, (section(told), *listed(_role(role, reader) for role in claim.roles)))


def _opening(known: Me, reader: Reader) -> Words:
    _ = reader.gettext
    if known.person:
        return _("You are {person} in the registry.", person=_person(known.person, reader))
    if known.claim:
        return _(
            "You asked to be linked to {person}; this waits for the secretariat.",
            person=_person(known.claim.person, reader),
        )
    return _("I do not know yet who you are in the registry. If you have a record there, tell me which one it is.")


def _waiting(claim: ClaimFacts, reader: Reader) -> Message:
    _ = reader.gettext
    person = _person(claim.person, reader)
    name = Words.verbatim(claim.claimant)
    told = _("{claimant} says: in the registry I am {person}. Is it so?", claimant=name, person=person)
    boxes = [option for option in (_box(role, reader) for role in claim.roles) if option]
    blocks: list[Block] = [section(told), said(_("Asked by {user}", user=PLACE), (claim.user,))]
    if boxes:
        blocks.append(section(_("Roles that this would confirm. Take the tick off those that do not stand.")))
        blocks += listed(_bare(role, reader) for role in claim.roles if len(_bare(role, reader)) > LABEL)
    for start in range(0, len(boxes), CHECKBOXES):
        chosen = checkboxes(f"{ROLES}:{start}", boxes[start : start + CHECKBOXES], ticked=True)
        blocks += actions(chosen, block=f"{ROLES}:{claim.id}:{start}")
    blocks += actions(
        button(_("Confirm"), CONFIRM, str(claim.id), style="primary"),
        button(_("Decline"), DECLINE, str(claim.id)),
        block=f"people.decide:{claim.id}",
    )
    return Message(told, tuple(blocks))


def _settled(claim: ClaimFacts, reader: Reader) -> Message:
    _ = reader.gettext
    values = {
        "claimant": Words.verbatim(claim.claimant),
        "person": _person(claim.person, reader),
        "who": Words.verbatim(named(claim.decided_by or "")),
        "when": reader.moment(claim.decided_at or claim.made_at),
    }
    match claim.state:
        case "confirmed":
            told = _("{claimant} is {person}. Confirmed by {who}: {when}.", **values)
        case "declined":
            told = _("{claimant} was not linked to {person}. Declined by {who}: {when}.", **values)
        case _:
            told = _("{claimant} withdrew the request about {person}: {when}.", **values)
    roles = (_role(role, reader) for role in claim.roles) if claim.state == "confirmed" else ()
    return Message(told, (section(told), *listed(roles)))


def _box(role: HeldRole, reader: Reader) -> Option:
    """The role, and below it for whom: the two would not fit on one line."""
    more = _more(role, reader)
    return Option(_bare(role, reader), role.id, Words.joined(", ", more) if more else None)


def _role(role: HeldRole, reader: Reader) -> Words:
    """ "Co-chair, Digital Identity (PSSDC, British Columbia): confirmed"."""
    _ = reader.gettext
    text, more = _bare(role, reader), _more(role, reader)
    if more:
        text = _("{text} ({more})", text=text, more=Words.joined(", ", more))
    return _("{role}: confirmed", role=text) if role.confirmed else _("{role}: to be confirmed", role=text)


def _bare(role: HeldRole, reader: Reader) -> Words:
    """ "Co-chair, Digital Identity"."""
    _ = reader.gettext
    return _("{role}, {target}", role=wording.role(role.role, reader), target=role.target.for_(reader))


def _more(role: HeldRole, reader: Reader) -> list[Words]:
    return [each.for_(reader) for each in (role.on_behalf_of, role.jurisdiction) if each]


def _person(person: PersonChoice, reader: Reader) -> Words:
    name = Words.verbatim(person.name)
    if person.jurisdiction is None:
        return name
    return reader.gettext("{text} ({more})", text=name, more=person.jurisdiction.for_(reader))
