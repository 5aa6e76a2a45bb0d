"""How notices about offers to take part read, and the welcome to the group that comes of a call."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.blocks import Block, button, link
from bot.calls import actions, answers, offers, titles
from bot.calls.notice_parts import about, call_page, calls, came_from, grid, ids, no_controls, paragraphs
from bot.face import Alike, Face, Told
from cadre.calls import summary, wording
from cadre.calls.facts import CALL, CallFacts, InvitationFacts, SignUpFacts
from cadre.calls.models import SignUp
from cadre.calls.reading import call_row, load_invitations, load_sign_ups
from cadre.calls.rules import ANSWERABLE
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.reader import Reader, named
from cadre.core.words import Words
from cadre.groups.models import Group
from cadre.meetings.models import Meeting
from cadre.notices.recipients import recipients
from cadre.people.facts import PersonRef

CHANNEL: Final = "https://slack.com/app_redirect?channel={channel}"
"""Where a channel opens: https://docs.slack.dev/interactivity/deep-linking."""


@dataclass(frozen=True, slots=True)
class Offered:
    """Somebody's offer, and the call. ``in_slack``: whoever is told has the buttons below it."""

    call: CallFacts
    offer: SignUpFacts
    in_slack: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of all who offered. ``of``: the part of it that is told to somebody who answers for a jurisdiction."""

    call: CallFacts
    invitations: tuple[InvitationFacts, ...]
    offers: tuple[SignUpFacts, ...]

    def of(self, person: str) -> Iterator[tuple[InvitationFacts, list[SignUpFacts]]]:
        """Each jurisdiction for which somebody answers, with those who offered for it."""
        for each in self.invitations:
            if any(speaks.id == person for speaks in each.representatives):
                yield each, [offer for offer in self.offers if offer.jurisdiction == each.jurisdiction]


@dataclass(frozen=True, slots=True)
class Welcome:
    """The group that came of a call; and what became of others for whose jurisdiction its reader answers."""

    call: CallFacts
    mandate: Bilingual | None
    chairs: tuple[PersonRef, ...]
    members: tuple[SignUpFacts, ...]
    meets: PartialDate | None
    channel: str | None
    result: Result


def sign_ups(session: Session, subjects: Collection[str], person: str) -> Mapping[str, Offered]:
    """Offers by their subject, each with its call."""
    found = load_sign_ups(session, SignUp.id.in_(ids(subjects)))
    of = calls(session, [f"{CALL}:{each.call}" for each in found])
    known = recipients(session, [person]).get(person)
    in_slack = known is not None and known.user is not None
    return {each.subject: Offered(of[f"{CALL}:{each.call}"], each, in_slack) for each in found}


@Alike
def _welcomes(session: Session, subjects: Collection[str]) -> Mapping[str, Welcome]:
    found: dict[str, Welcome] = {}
    results = _results(session, subjects)
    for subject, call in calls(session, subjects).items():
        group = session.get(Group, call.group) if call.group else None
        members = load_sign_ups(session, (SignUp.call == call.id) & (SignUp.state == "accepted"))
        mandate = (group.mandate or group.description) if group else None
        channel = group.channel if group else None
        found[subject] = Welcome(call, mandate, call.co_chairs, members, _meets(session, call), channel, results[subject])
    return found


def _meets(session: Session, call: CallFacts) -> PartialDate | None:
    """The next meeting of the group that is known."""
    known = [call.first_meeting, *session.scalars(select(Meeting.held).where(Meeting.group == call.group, Meeting.state == "planned"))]
    today = clock.today(session)
    return min((held for held in known if held and held.last >= today), key=lambda held: held.first, default=None)


def _late_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    values = about(facts.call, told, reader) | _of(facts, reader)
    what = reader.gettext("{group}: an answer came after the call had closed, from {name} ({offer}).", **values)
    return offers.sentences(what, reader.gettext("You decide.") if _to_decide(facts) else _outlook(facts, told, reader))


def _to_decide(facts: Offered) -> bool:
    return facts.call.state == "closed" and facts.offer.state == "offered"


def _late_controls(facts: Offered, told: Told, reader: Reader) -> tuple[Block, ...]:
    return grid(facts.call, reader) if _to_decide(facts) else ()


def _of(facts: Offered, reader: Reader) -> dict[str, Words]:
    where = facts.offer.jurisdiction
    return {
        "name": reader.name(facts.offer.person.name),
        "offer": offers.offer(facts.offer, reader),
        "jurisdiction": wording.place(where, reader) if where else reader.name(""),
    }


def _seated_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    values = about(facts.call, told, reader) | _of(facts, reader)
    if facts.offer.state == "offered" and not facts.offer.waiting:
        if facts.offer.to_endorse:
            return reader.gettext("{group}: a seat became free, and is kept for you until your offer is confirmed. {offer}.", **values)
        return reader.gettext("{group}: a seat became free, and you have it now. {offer}.", **values)
    return offers.sentences(reader.gettext("{group}: a seat became free for you.", **values), _outlook(facts, told, reader))


def _outlook(facts: Offered, told: Told, reader: Reader) -> Words:
    """What became of the offer, or will."""
    return offers.outlook(facts.call, facts.offer, reader, mine=_mine(facts, told))


def _mine(facts: Offered, told: Told) -> bool:
    return told.person == facts.offer.person.id


def _own_controls(facts: Offered, told: Told, reader: Reader) -> tuple[Block, ...]:
    """For whoever offered, while it can be changed."""
    if not _mine(facts, told) or facts.offer.state != "offered" or facts.call.state not in ANSWERABLE:
        return ()
    _ = reader.gettext
    change = button(_("Change my answer"), actions.ANSWER, str(facts.call.id))
    return change, button(_("Withdraw my answer"), actions.WITHDRAW, str(facts.offer.id))


def _recorded_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    """Who put somebody forward; or who took an answer down, from whom it came, and how."""
    _, values = reader.gettext, about(facts.call, told, reader) | _of(facts, reader)
    said_by = told.detail.get("said_by")
    if told.detail.get("from"):
        values |= came_from(told, reader)
        what = _("{group}: {who} recorded that {name} takes part for {jurisdiction} ({offer}). {from} said so, {way}.", **values)
    elif not _mine(facts, told):
        what = _("{who} recorded your answer to the call for participation in {group}: {name} takes part. {offer}.", **values)
    elif not told.detail.get("recorded"):
        what = _("{who} put you forward for {group}: {offer}.", **values)
    elif said_by:
        values |= {"from": Words.verbatim(said_by), "way": wording.way(facts.offer.way, reader)}
        what = _("{who} recorded that you take part in {group}: {offer}. {from} said so, {way}.", **values)
    else:
        what = _("{who} recorded that you take part in {group}: {offer}.", **values)
    return offers.sentences(what, _outlook(facts, told, reader))


def _recorded_details(facts: Offered, told: Told, reader: Reader) -> tuple[Words, ...]:
    """What it is that they were put forward for, and what to do where that is wrong."""
    if not _own_controls(facts, told, reader):
        return () if _mine(facts, told) else (reader.gettext("If this is not right, tell the secretariat."),)
    wrong = reader.gettext("If this is not right, change or withdraw it, or tell the secretariat.")
    if not facts.in_slack:
        wrong = reader.gettext("If this is not right, reply to this e-mail: the secretariat changes or withdraws it for you.")
    return (*paragraphs(facts.call, reader), wrong)


def _withdrawn_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    """To whose answer it was and whoever gave or was to confirm it; after the closing, to the secretariat."""
    _, values = reader.gettext, about(facts.call, told, reader) | _of(facts, reader)
    if told.detail.get("over") or not told.detail.get("recorded", True):
        return _gone_headline(facts, told, reader)
    if told.detail.get("from"):
        values |= came_from(told, reader)
        what = _("{group}: {who} recorded that {name} takes part for {jurisdiction} no more. {from} said so, {way}.", **values)
    elif _mine(facts, told):
        what = _("{who} recorded that you take part in {group} no more.", **values)
    else:
        what = _("{who} recorded your answer to the call for participation in {group}: {name} takes part no more.", **values)
    stands = facts.offer.state == "withdrawn"
    return offers.sentences(what, summary.given_by(facts.offer, reader) if stands else _outlook(facts, told, reader))


def _gone_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    """That somebody withdrew, or was withdrawn; and that a seat is free by that, for which somebody is to be chosen."""
    _, values = reader.gettext, about(facts.call, told, reader) | _of(facts, reader)
    if _mine(facts, told):
        what = _("{group}: {who} withdrew your answer.", **values)
    elif values["who"] == values["name"]:
        what = _("{group}: {name} withdrew ({offer}).", **values)
    else:
        what = _("{group}: {who} withdrew {name} ({offer}).", **values)
    back = None if facts.offer.state == "withdrawn" else _outlook(facts, told, reader)
    if not told.detail.get("over"):
        return offers.sentences(what, back)
    late = _("That was after the closing, and takes effect at once.")
    free = _("A seat is free by that: accept somebody who waits for one.") if told.detail.get("free") else None
    return offers.sentences(what, late, free if facts.call.state == "closed" else None, back)


def _withdrawn_controls(facts: Offered, told: Told, reader: Reader) -> tuple[Block, ...]:
    return grid(facts.call, reader) if told.detail.get("over") and facts.call.state == "closed" else ()


def _withdrawn_details(facts: Offered, told: Told, reader: Reader) -> tuple[Words, ...]:
    stands = facts.offer.state == "withdrawn" and not told.detail.get("over") and facts.call.state in ANSWERABLE
    return (reader.gettext("If this is not right, tell the secretariat."),) if stands else ()


def _to_endorse_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    _, values, each = reader.gettext, about(facts.call, told, reader) | _of(facts, reader), facts.offer
    if _waits(facts) and each.unspoken:
        return _("{group}: {name} offers to take part ({offer}). Nobody answers for this jurisdiction yet: you confirm it.", **values)
    if _waits(facts):
        what = _("{group}: {name} offers to take part ({offer}). Confirm it, or put somebody else forward.", **values)
        until = _("The call closes {moment}.", **values) if facts.call.state == "open" else None
        return offers.sentences(what, until)
    what = _("{group}: {name} offered to take part ({offer}).", **values)
    if each.endorsed is None:
        return offers.sentences(what, _outlook(facts, told, reader))
    return offers.sentences(what, _("It is confirmed.") if each.endorsed else _("Somebody else was put forward."))


def _waits(facts: Offered) -> bool:
    return facts.offer.to_endorse and facts.offer.state == "offered" and facts.call.state in ANSWERABLE


def _to_endorse_controls(facts: Offered, told: Told, reader: Reader) -> tuple[Block, ...]:
    return answers.endorsing(facts.offer, reader) if _waits(facts) else ()


def _to_endorse_details(facts: Offered, told: Told, reader: Reader) -> tuple[Words, ...]:
    said = offers.quoted(facts.offer.experience, reader)
    return (said,) if said and _waits(facts) else ()


def _settled_already(facts: Offered, told: Told) -> bool:
    return not _waits(facts)


def _endorsed_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, about(facts.call, told, reader) | _of(facts, reader)
    if told.detail.get("stands"):
        what = _("{group}: {who} confirmed your answer for {jurisdiction}.", **values)
        return offers.sentences(what, _outlook(facts, told, reader))
    return _("{group}: {who} puts somebody else forward for {jurisdiction}. Your offer does not stand any more.", **values)


def _endorsed_controls(facts: Offered, told: Told, reader: Reader) -> tuple[Block, ...]:
    return _own_controls(facts, told, reader) if told.detail.get("stands") else ()


def _settled_headline(facts: Offered, told: Told, reader: Reader) -> Words:
    """As it was told; where it was settled otherwise since, that is another announcement."""
    _, values = reader.gettext, about(facts.call, told, reader) | _of(facts, reader)
    if not _mine(facts, told):
        if told.detail.get("accepted"):
            return _("{group}: {name}, whom you put forward, is accepted ({offer}).", **values)
        return _("{group}: {name}, whom you put forward, is not taken up ({offer}).", **values)
    if told.detail.get("accepted"):
        return _("{group}: you are accepted. {offer}. I will write to you as soon as the group is formed.", **values)
    if facts.offer.nominated_by:
        values |= {"nominator": Words.verbatim(named(facts.offer.nominated_by))}
        return _("{group}: {nominator} put you forward ({offer}); the secretariat did not take that up. Thank you all the same.", **values)
    return _("{group}: the secretariat did not take up your offer ({offer}). Thank you for making it.", **values)


def _settled_otherwise(facts: Offered, told: Told) -> bool:
    """Whether it was settled again before this was told, the same way or the other: only the last is."""
    at = facts.offer.settled_at
    return facts.offer.state not in ("accepted", "declined") or (at is not None and told.detail.get("at", at.isoformat()) != at.isoformat())


def _settled_details(facts: Offered, told: Told, reader: Reader) -> tuple[Words, ...]:
    if not _mine(facts, told) or not facts.offer.word or (facts.offer.state == "accepted") != bool(told.detail.get("accepted")):
        return ()
    who = Words.verbatim(named(str(told.detail.get("by", ""))))
    return (reader.gettext("{who} writes: “{text}”", who=who, text=facts.offer.word.marked(reader)),)


def _welcome_headline(facts: Welcome, told: Told, reader: Reader) -> Words:
    _, values = reader.gettext, about(facts.call, told, reader)
    if any(chair.id == told.person for chair in facts.chairs):
        return _("Welcome to {group}: the group is formed, and you co-chair it.", **values)
    mine = next((each for each in facts.members if each.person.id == told.person), None)
    role = wording.role(mine.role, reader) if mine else None
    told_so = _("Welcome to {group}: the group is formed, and you take part in it.", **values)
    return offers.sentences(told_so, _("Your role: {role}.", role=role) if role else None)


def _welcome_details(facts: Welcome, told: Told, reader: Reader) -> tuple[Words, ...]:
    _ = reader.gettext

    def people(ref: Collection[PersonRef]) -> Words:
        return reader.listed(Words.verbatim(person.name) for person in ref)

    by_role = {role: [each.person for each in facts.members if each.role == role] for role in ("member", "alternate", "observer")}
    found = (
        _("Mandate: {text}", text=offers.short(facts.mandate.for_(reader))) if facts.mandate else None,
        _("Co-chairs: {names}", names=people(facts.chairs)) if facts.chairs else None,
        _("Members: {names}", names=people(by_role["member"])) if by_role["member"] else None,
        _("Alternates: {names}", names=people(by_role["alternate"])) if by_role["alternate"] else None,
        _("Observers: {names}", names=people(by_role["observer"])) if by_role["observer"] else None,
        _("Next meeting: {date}", date=reader.date(facts.meets)) if facts.meets else _("The next meeting is not set yet."),
    )
    ours = [(each, theirs) for each, theirs in facts.result.of(told.person) if any(offer.person.id != told.person for offer in theirs)]
    return (*(line for line in found if line), *(line for each, theirs in ours for line in _became(each, theirs, reader)))


def _welcome_controls(facts: Welcome, told: Told, reader: Reader) -> tuple[Block, ...]:
    """The way to the channel. Nothing waits for an answer."""
    if not facts.channel:
        return ()
    return (link(reader.gettext("Go to the channel"), actions.PAGE, CHANNEL.format(channel=facts.channel)),)


@Alike
def _results(session: Session, subjects: Collection[str]) -> Mapping[str, Result]:
    return {
        subject: Result(call, load_invitations(session, call_row(session, call.id)), load_sign_ups(session, SignUp.call == call.id))
        for subject, call in calls(session, subjects).items()
    }


def _result_headline(facts: Result, told: Told, reader: Reader) -> Words:
    what = reader.gettext("{group}: the call for participation is concluded, and the group is formed.", **about(facts.call, told, reader))
    return offers.sentences(what, *(line for each, theirs in facts.of(told.person) for line in _became(each, theirs, reader)))


def _became(invited: InvitationFacts, theirs: Collection[SignUpFacts], reader: Reader) -> Iterator[Words]:
    """Who of a jurisdiction is of the group, and who is not; where nobody of it offered, what it answered."""
    ngettext, where = reader.ngettext, wording.place(invited.jurisdiction, reader)
    if taken := [Words.verbatim(each.person.name) for each in theirs if each.state == "accepted"]:
        values = {"names": reader.listed(taken), "jurisdiction": where}
        yield ngettext("{names} was accepted for {jurisdiction}.", "{names} were accepted for {jurisdiction}.", len(taken), **values)
    if left := [Words.verbatim(each.person.name) for each in theirs if each.state == "declined"]:
        values = {"names": reader.listed(left), "jurisdiction": where}
        yield ngettext("{names} was not accepted for {jurisdiction}.", "{names} were not accepted for {jurisdiction}.", len(left), **values)
    if not (taken or left):
        yield wording.told(invited, reader)


def _result_page(facts: Result, told: Told) -> str | None:
    return call_page(facts.call, told)


def offer_page(facts: Offered, told: Told) -> str | None:
    """Where the call stands on the web."""
    return call_page(facts.call, told)


def _welcome_page(facts: Welcome, told: Told) -> str | None:
    return call_page(facts.call, told)


FACES: Final = (
    Face("sign_up_seated", sign_ups, _seated_headline, _own_controls, offer_page),
    Face("sign_up_recorded", sign_ups, _recorded_headline, _own_controls, offer_page, details=_recorded_details, title=titles.recorded),
    Face("sign_up_withdrawn", sign_ups, _withdrawn_headline, _withdrawn_controls, offer_page, details=_withdrawn_details),
    Face("sign_up_to_endorse", sign_ups, _to_endorse_headline, _to_endorse_controls, offer_page, _settled_already, _to_endorse_details),
    Face("sign_up_late", sign_ups, _late_headline, _late_controls, offer_page),
    Face("sign_up_endorsed", sign_ups, _endorsed_headline, _endorsed_controls, offer_page),
    Face(
        "sign_up_settled",
        sign_ups,
        _settled_headline,
        no_controls,
        offer_page,
        _settled_otherwise,
        _settled_details,
        titles.settled,
    ),
    Face("call_welcome", _welcomes, _welcome_headline, _welcome_controls, _welcome_page, details=_welcome_details, title=titles.welcome),
    Face("call_result", _results, _result_headline, no_controls, _result_page, title=titles.result),
)
