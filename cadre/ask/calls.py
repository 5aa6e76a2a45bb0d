"""Which calls for participation a question is about, and how they are told: to each, what they may know."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cadre.ask.answer import Group, Part
from cadre.ask.concepts import FUNCTION_WORDS, GENERIC
from cadre.ask.scene import Scene, Unclear
from cadre.ask.tokens import words
from cadre.calls import wording
from cadre.calls.facts import INVITATION_STATES, CallFacts, CallState, InvitationFacts, SignUpFacts
from cadre.calls.rules import STATES
from cadre.calls.summary import remarks, stands
from cadre.core.french import Name
from cadre.core.words import Words
from cadre.people.facts import PersonRef

_ORDER: Final[tuple[CallState, ...]] = ("open", "closed", "concluded", "scheduled", "draft", "cancelled")
"""Which of several calls for one thing is meant first."""
RUN: Final = frozenset({"open", "closed", "concluded"})
"""States of a call that was answered, or is."""
_FOR: Final = frozenset(("for", "about", "pour", "sur"))
_DOT: Final = " · "


@dataclass(frozen=True, slots=True)
class Told(Group):
    """What is told of one call. ``n``: how many it is about, which the answer about several calls adds up; None where nothing counts.
    ``whichever``: what holds of any call, and is said once.
    """

    n: int | None = None
    whichever: tuple[Words, ...] = ()


Teller = Callable[[Scene, CallFacts], Told]
Together = Callable[[int, int], Words]
"""The answer about several open calls at once: how many in all, in how many calls."""


# -- which calls


def asked_about(
    scene: Scene,
    tell: Teller,
    together: Together | None = None,
    *,
    run: bool = True,
    besides: Callable[[Scene, CallFacts], bool] | None = None,
) -> Part:
    """What is asked of the calls that a question names; of one that names none, of those that are open.

    ``together``: what is said first where these are several; ``run``: of one that names none while none is open, of the last that was;
    ``besides``: which calls more, where the question names none.
    Raises Unclear for a name that no call has.
    """
    _ = scene.reader.gettext
    scene.cite_record(scene.ledger.now)
    there = _within(scene, scene.ledger.calls())
    named = _named(scene, there)
    subjects = [subject for mention in scene.query.of("priority", "group") for subject in mention.subjects]
    if not named and subjects:
        what = _("no call that you may see for {target:the}.", target=scene.name(subjects[0]))
        return scene.unknown(what, _aside(scene), subjects[0])
    if not named and _says_for(scene):
        raise Unclear(())
    chosen = _current(scene, named or there)
    if not named and chosen and chosen[0].state not in (RUN if run else ("open",)):
        chosen = []
    if besides and not named:
        chosen += [call for call in there if call not in chosen and besides(scene, call)]
    if not chosen:
        coming = [how_it_stands(scene, call) for call in there if call.state == "scheduled"]
        return scene.part(_("No call is open."), [*coming, *_aside(scene)])
    _propose(scene, chosen[0])
    told = [_as_it_stands(scene, call, tell) for call in chosen]
    if len(told) == 1:
        (only,) = told
        return scene.part(only.headline, (*only.details, *only.whichever), subject=_subject(scene, chosen[0]))
    return _of_several(scene, list(zip(chosen, told, strict=True)), together)


def _as_it_stands(scene: Scene, call: CallFacts, tell: Teller) -> Told:
    """What is told of a call; and that it is closed or concluded, where it is: answers may come no more."""
    state, stands_so = call.state, how_it_stands(scene, call)
    if state not in RUN:
        return Told(stands_so)
    told = tell(scene, call)
    over = state != "open" and stands_so not in (told.headline, *told.details)
    return replace(told, details=(*told.details, stands_so)) if over else told


def _of_several(scene: Scene, told: Sequence[tuple[CallFacts, Told]], together: Together | None) -> Part:
    """The answer about several open calls: in all, then each by itself, then what holds of any."""
    each_told = [each for _call, each in told]
    counted_ = [each.n for each in each_told if each.n is not None]
    first, *others = each_told
    alike = all(each.headline == first.headline for each in others)
    if alike:
        sentence = first.headline
    elif together and counted_:
        sentence = together(sum(counted_), len(told))
    else:
        sentence = scene.reader.ngettext("{n} call is open.", "{n} calls are open.", len(told))
    groups = tuple(Group(name_of(scene, call).form("The") if alike else each.headline, each.details) for call, each in told)
    whichever = dict.fromkeys(line for each in each_told for line in each.whichever)
    return replace(scene.part(sentence, whichever), groups=groups)


def _within(scene: Scene, calls: Iterable[CallFacts]) -> list[CallFacts]:
    """Those of the real Councils, or of the demonstration where it was named; in a sandbox, all."""
    if scene.ledger.sandboxed and not scene.query.mentions:
        return list(calls)
    known = scene.directory
    return [
        call
        for call in calls
        if call.priority in known.priorities
        or any(group in known.groups for group in (call.group, call.owner, *(id_ for id_, _ in call.councils)))
        or any(place.id in known.jurisdictions for place in call.jurisdictions)
    ]


def _named(scene: Scene, calls: Iterable[CallFacts]) -> list[CallFacts]:
    """The calls that a question names: by their priority, group or council, or by a name of which only they know."""
    there = list(calls)
    meant = {subject for mention in scene.query.of("priority", "group") for subject in mention.subjects}
    found = [call for call in there if meant & _subjects(scene, call)]
    said, strange = set(words(scene.query.text)), set(words(scene.query.unknown))
    return found or [call for call in there if any(own <= said or (strange and strange <= own) for own in _telling(call))]


def _subjects(scene: Scene, call: CallFacts) -> set[str]:
    """What a call is for, and of whom it is."""
    known = scene.directory.priorities
    priorities = {p.id for p in known.values() if p.id == call.priority or (p.group and p.group == call.group)}
    groups = {call.group, call.owner, *(id_ for id_, _ in call.councils), *(known[id_].group for id_ in priorities)}
    return {f"priority:{id_}" for id_ in priorities} | {f"group:{id_}" for id_ in groups if id_}


def _telling(call: CallFacts) -> list[set[str]]:
    """The words of its names that tell which group is called for."""
    names = (call.name.en, call.name.fr) if call.name else ()
    found = [set(words(name)) - GENERIC - FUNCTION_WORDS for name in names if name]
    return [telling for telling in found if telling]


def _says_for(scene: Scene) -> bool:
    """Whether a word that the registry does not know says what the call is for: "who signed up for blockchain"."""
    strange = scene.query.unknown
    for word in reversed(words(scene.query.text.partition(strange)[0]) if strange else ()):
        if word in _FOR or word not in FUNCTION_WORDS | GENERIC:
            return word in _FOR
    return False


def _current(scene: Scene, calls: Sequence[CallFacts]) -> list[CallFacts]:
    """Those that are open; where none is, the newest of those that were last."""
    for state in _ORDER:
        found = [call for call in calls if call.state == state]
        if found:
            return found if state == "open" else found[:1]
    return []


def _subject(scene: Scene, call: CallFacts) -> str | None:
    """What the call is for, where a question that follows may ask about it."""
    known = scene.directory
    if call.priority in known.priorities:
        return f"priority:{call.priority}"
    return f"group:{call.group}" if call.group in known.groups else None


# -- what is said of each


def name_of(scene: Scene, call: CallFacts) -> Name:
    """The group that is called for, ready for a sentence."""
    group = scene.directory.groups.get(call.group or "")
    if group:
        return scene.name(f"group:{group.id}")
    if call.name is None:
        return Name.make(wording.name(call, scene.reader), scene.reader.language, "", False)
    return scene.named(call.name, None)


def how_it_stands(scene: Scene, call: CallFacts) -> Words:
    """Whether one may answer, and until when."""
    _, name, moment = scene.reader.gettext, name_of(scene, call), scene.reader.moment
    closed = (call.closed_at if call.state == "closed" else None) or call.closes_at
    match call.state:
        case "open" if call.closes_at:
            return _("The call for {group:the} is open until {moment}.", group=name, moment=moment(call.closes_at))
        case "closed" if closed:
            return _("The call for {group:the} closed {moment}.", group=name, moment=moment(closed))
        case "scheduled" if call.opens_at:
            return _("The call for {group:the} opens {moment}.", group=name, moment=moment(call.opens_at))
        case "concluded":
            return _("The call for {group:the} is over: its members were named.", group=name)
        case "cancelled":
            return _("The call for {group:the} was cancelled.", group=name)
        case state:
            return _("The call for {group:the}: {state}.", group=name, state=STATES[state].for_(scene.reader))


def counted(scene: Scene, call: CallFacts) -> Words:
    """What everybody may know of the answers."""
    return wording.counted(call.totals, call.seats, scene.reader)


def _aside(scene: Scene) -> list[Words]:
    """To whom more is told, where nothing says who asks."""
    hint = scene.reader.gettext("Some calls are told only to people whom Cadre knows: ask me in a conversation of our own.")
    return [hint] if scene.ledger.anyone else []


def _people(scene: Scene, people: Iterable[PersonRef]) -> Words:
    return scene.reader.listed(Words.verbatim(person.name) for person in people)


def _place(scene: Scene, invitation: InvitationFacts) -> Name:
    id_ = invitation.jurisdiction.id
    known = id_ in scene.directory.jurisdictions
    return scene.name(f"jurisdiction:{id_}") if known else scene.named(invitation.jurisdiction.name, None, False)


def silence(scene: Scene, invitation: InvitationFacts) -> Words:
    """A jurisdiction that has not answered, with what stands in its way."""
    _, place = scene.reader.gettext, invitation.jurisdiction.name.for_(scene.reader)
    told = place
    if invitation.delegates:
        told = _("{jurisdiction}: the answer was given over to {people}", jurisdiction=place, people=_people(scene, invitation.delegates))
    elif not invitation.representatives:
        told = _("{jurisdiction}: nobody answers for it yet", jurisdiction=place)
    besides = (wording.late(invitation, scene.reader), wording.volunteers(invitation, scene.reader))
    return Words.joined(_DOT, (told, *(each for each in besides if each)))


def refusal(scene: Scene, invitation: InvitationFacts) -> Words:
    """A jurisdiction that declined, and why."""
    place = invitation.jurisdiction.name.for_(scene.reader)
    reason = Words.verbatim(invitation.reason) if invitation.reason else scene.reader.gettext("no reason was given")
    told, late = scene.reader.gettext("{jurisdiction}: {reason}", jurisdiction=place, reason=reason), wording.late(invitation, scene.reader)
    return Words.joined(_DOT, (told, late)) if late else told


def answered(scene: Scene, call: CallFacts, invitation: InvitationFacts) -> list[Words]:
    """What a jurisdiction answered, and when: for those who may know."""
    _, reader = scene.reader.gettext, scene.reader
    values = {"place": _place(scene, invitation), "group": name_of(scene, call)}
    given = [_("Answered {moment}", moment=reader.moment(invitation.answered_at))] if invitation.answered_at else []
    late = [told for told in (wording.before(invitation, reader), wording.late(invitation, reader)) if told]
    given += late
    match invitation.state:
        case "nominated":
            said = _("Put forward by {place:the} for {group:the}: {people}.", **values, people=_people(scene, invitation.nominees))
        case "observer":
            said = _("As observers for {place:the} in {group:the}: {people}.", **values, people=_people(scene, invitation.nominees))
        case "declined":
            reason = [_("Reason: {reason}", reason=Words.verbatim(invitation.reason))] if invitation.reason else []
            return [_("The call for {group:the} was declined by {place:the}.", **values), *reason, *given]
        case "not_taken_up":
            people = _people(scene, invitation.nominees)
            said = _("Put forward by {place:the} for {group:the}, and not taken up: {people}.", **values, people=people)
        case "withdrawn":
            said = _("{place:The} answered the call for {group:the} in time, and withdrew after the closing.", **values)
        case _:
            over = _people(scene, invitation.delegates)
            given = [
                *([_("The answer was given over to {people}.", people=over)] if invitation.delegates else []),
                *late,
            ]
            said = _("No answer from {place:the} to the call for {group:the}.", **values)
    return [said, *given]


def sign_up(scene: Scene, call: CallFacts, offer: SignUpFacts) -> Words:
    """Somebody who takes part: from where, as what, and how it stands."""
    _, name = scene.reader.gettext, Words.verbatim(offer.person.name)
    place = offer.jurisdiction.name.for_(scene.reader) if offer.jurisdiction else None
    person = _("{person} ({place})", person=name, place=place) if place else name
    return _("{person}: {details}", person=person, details=standing_of(scene, call, offer))


def standing_of(scene: Scene, call: CallFacts, offer: SignUpFacts) -> Words:
    """As what somebody takes part, and how that stands."""
    role = wording.role(offer.role, scene.reader)
    return Words.joined(_DOT, (role, stands(offer, call, scene.reader), *remarks(offer, scene.reader)))


def own_answers(scene: Scene, call: CallFacts, states: Collection[str] = INVITATION_STATES) -> list[Words]:
    """What somebody may know who is not the secretariat: the answer of those for whom they may answer, where it is such a one."""
    own = scene.ledger.standing(call).represents
    return [line for invitation in own if invitation.state in states for line in answered(scene, call, invitation)]


# -- what one may ask next


def _propose(scene: Scene, call: CallFacts) -> None:
    """Questions about a call to which whoever asks may hear the answer."""
    _, name = scene.reader.gettext, name_of(scene, call)
    if call.state not in RUN:
        scene.proposed = ()
        return
    mine = [("call_mine", _("Did I sign up for {group:the}?", group=name))] if scene.ledger.seen_by.person else []
    until = ("calls_open", _("Until when is the call for {group:the} open?", group=name))
    everybody = [
        *((until,) if call.state == "open" else ()),
        ("call_seats", _("How many seats on {group:the} are left?", group=name)),
        *mine,
    ]
    ours = [
        ("call_silent", _("Which jurisdictions have not answered the call for {group:the}?", group=name)),
        ("call_signed_up", _("Who signed up for {group:the}?", group=name)),
        ("call_declined", _("Who declined the call for {group:the}?", group=name)),
        *everybody,
    ]
    scene.proposed = tuple(ours if scene.ledger.sees_all else everybody)
