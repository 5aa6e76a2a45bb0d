"""What of the registry a window or a part of App Home shows: each of these is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.caller import Caller
from bot.calls.grid import Page
from cadre.calls import rules
from cadre.calls import service as calls
from cadre.calls.beginning import Sources
from cadre.calls.came import Said, teller
from cadre.calls.facts import CallFacts, CallState, InvitationFacts, JurisdictionRef, QuestionFacts, Report, SignUpFacts, Standing
from cadre.calls.forms import DraftForm
from cadre.calls.meanwhile import TEXTS
from cadre.calls.models import CallQuestion, Invitation, SignUp
from cadre.calls.reach import Audience, audience, reach, unreached
from cadre.calls.reading import call_row, jurisdictions, load_sign_ups
from cadre.calls.settling import to_welcome
from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Forbidden, Message, NotFound
from cadre.core.i18n import LANGUAGES
from cadre.groups import service as groups
from cadre.groups.card import GroupRef
from cadre.groups.models import Group
from cadre.notices.recipients import secretariat_mailbox
from cadre.people.facts import PersonRef
from cadre.people.jurisdictions import search


@dataclass(frozen=True, slots=True)
class Listing:
    """The calls that somebody may know of, in their order; how they stand to each that takes answers, or that they answered."""

    calls: tuple[CallFacts, ...]
    standings: Mapping[int, Standing]
    secretariat: bool

    def of(self, *states: CallState) -> tuple[CallFacts, ...]:
        """Those in some states."""
        return tuple(call for call in self.calls if call.state in states)

    @property
    def to_answer(self) -> tuple[CallFacts, ...]:
        """Those that are open, and in which somebody may answer."""
        return tuple(call for call in self.of("open") if call.id in self.standings)

    @property
    def late(self) -> tuple[CallFacts, ...]:
        """Those that are closed, and in which somebody may still answer late."""
        return tuple(call for call in self.of("closed") if call.id in self.standings)

    @property
    def answered(self) -> tuple[CallFacts, ...]:
        """Those that take no answer any more, and in which somebody answered."""
        return tuple(call for call in self.of("concluded", "cancelled") if call.id in self.standings)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A call as it is shown to somebody. ``page``, ``letter``: addresses, where there are such."""

    standing: Standing
    page: str | None = None
    letter: str | None = None

    @property
    def call(self) -> CallFacts:
        """The call itself."""
        return self.standing.call

    @property
    def letter_open(self) -> bool:
        """Whether it has a letter that they may read."""
        return self.call.number is not None and self.standing.reads_letter


@dataclass(frozen=True, slots=True)
class Draft:
    """A call that is being written. ``named``, ``described``: its group has a name, and a description, in both languages, which are not
    the call's to change; ``councils``: those whose members can be invited; ``wanting``: what is missing, by its field; ``now``: the moment;
    ``audience``: whom it would reach if it opened now; ``mailbox``: where the secretariat is written to; ``alike``: groups that are called
    as the one that is to be formed.
    """

    call: CallFacts
    named: bool
    described: bool
    councils: tuple[tuple[str, Bilingual], ...]
    wanting: Mapping[str, Message]
    now: datetime
    audience: Audience
    mailbox: str | None
    alike: tuple[GroupRef, ...] = ()


def listing(session: Session, caller: Caller, *, rest: bool = True) -> Listing:
    """All calls that somebody may know of. ``rest``: also how they stand to those that are open no more."""
    found = calls.calls(session, caller.actor)
    known = [call for call in found if call.state == "open" or (rest and call.opened_at)] if caller.actor.person else []
    standings = calls.standings(session, known, caller.actor)
    answering = {id_: each for id_, each in standings.items() if each.call.state in rules.ANSWERABLE or each.mine or each.represents}
    return Listing(found, answering, caller.secretariat)


def sheet(session: Session, id_: int, caller: Caller) -> Sheet:
    """A call as somebody sees it. Raises NotFound, Forbidden."""
    return Sheet(calls.standing(session, id_, caller.actor))


def draft(session: Session, id_: int, caller: Caller, *, email: bool = True) -> Draft:
    """A call, to be written. ``email``: there is a mail server. Raises NotFound; Forbidden for anyone but the secretariat."""
    call = for_secretariat(session, id_, caller)
    group = session.get(Group, call.group) if call.group else None
    return Draft(
        call,
        named=group is not None and not group.name.owed(),
        described=bool(group and group.description and not group.description.owed()),
        councils=calls.councils(session),
        wanting=rules.owed(call),
        now=clock.now(session),
        audience=audience(session, call_row(session, id_), email=email),
        mailbox=secretariat_mailbox(session),
        alike=() if group else _alike(session, call),
    )


def _alike(session: Session, call: CallFacts) -> tuple[GroupRef, ...]:
    names = (call.name.en, call.name.fr) if call.name else ()
    shared = groups.shared(session, "", [text for text in names if text])
    return tuple({each.id: each for _text, others in shared for each in others}.values())


def for_secretariat(session: Session, id_: int, caller: Caller) -> CallFacts:
    """A call, for something that only the secretariat does. Raises NotFound, Forbidden."""
    if not caller.secretariat:
        raise Forbidden
    return calls.call(session, id_, caller.actor)


def sources(session: Session, caller: Caller) -> Sources:
    """What a call can be made from. Raises Forbidden for anyone but the secretariat."""
    if not caller.secretariat:
        raise Forbidden
    return calls.sources(session)


def places(session: Session, typed: str) -> tuple[JurisdictionRef, ...]:
    """Governments and municipal bodies by the letters typed."""
    found = [id_ for id_, _name in search(session, typed)]
    known = jurisdictions(session, found)
    return tuple(known[id_] for id_ in found)


def form_of(call: CallFacts) -> DraftForm:
    """A call as a form in which nothing is changed: its texts are left out, which leaves them as they are."""
    return DraftForm(
        id=call.id,
        group=call.group,
        priority=call.priority,
        **{f"{text}_{language}": None for text in TEXTS for language in LANGUAGES},
        roles=call.roles,
        seats=call.seats,
        seats_each=call.seats_each,
        capped=call.capped,
        confirms=call.confirms,
        public=call.public,
        first_meeting=call.first_meeting.text if call.first_meeting else "",
        chairs=tuple(chair.id for chair in call.chairs),
        councils=tuple(id_ for id_, _name in call.councils),
        jurisdictions=tuple(each.id for each in call.jurisdictions),
        channels=call.channels,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
    )


def grid_page(session: Session, call: int, caller: Caller, only: str = "all", *, email: bool = True) -> Page:
    """All answers. ``email``: there is a mail server. Raises NotFound; Forbidden for anyone but the secretariat."""
    found = calls.grid(session, call, caller.actor)
    return Page(found, reach(session, found, email=email), only)


def invitation_in_grid(session: Session, id_: int, caller: Caller, *, email: bool) -> tuple[InvitationFacts, Page]:
    """One jurisdiction, with the grid that it stands in. Raises as ``grid_page``."""
    call = session.scalar(select(Invitation.call).where(Invitation.id == id_))
    if call is None:
        raise NotFound(str(id_))
    page = grid_page(session, call, caller, email=email)
    return next(each for each in page.grid.invitations if each.id == id_), page


def offer(session: Session, id_: int, caller: Caller) -> SignUpFacts:
    """Somebody's offer, for the secretariat. Raises NotFound; Forbidden for anyone else."""
    if not caller.secretariat:
        raise Forbidden
    found = load_sign_ups(session, SignUp.id == id_)
    if not found:
        raise NotFound(str(id_))
    return found[0]


def reported(session: Session, call: int, caller: Caller) -> tuple[Report, Page]:
    """What came of a call. Raises as ``grid_page``."""
    told = calls.report(session, call, caller.actor)
    return told, Page(told.grid, {})


def question(session: Session, id_: int, caller: Caller) -> QuestionFacts:
    """What somebody asked. Raises as ``grid_page``."""
    call = session.scalar(select(CallQuestion.call).where(CallQuestion.id == id_))
    if call is None:
        raise NotFound(str(id_))
    return next(each for each in calls.grid(session, call, caller.actor).questions if each.id == id_)


def channel(session: Session, call: int) -> str | None:
    """Where the group of a call talks: as was chosen, or as it did before."""
    group = session.get(Group, of) if (of := call_row(session, call).group) else None
    return group.channel if group else None


def to_tell(session: Session, call: int, *, email: bool) -> tuple[PersonRef, ...]:
    """Whom the secretariat has to tell of the group itself: nothing reaches them."""
    return unreached(session, to_welcome(session, call), email=email)


def teller_of(session: Session, found: InvitationFacts, said: Said) -> PersonRef | None:
    """Who gets a confirmation that what they said is recorded."""
    return teller(session, call_row(session, found.call), found.jurisdiction.id, said)
