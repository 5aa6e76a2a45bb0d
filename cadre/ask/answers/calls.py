"""Calls for participation: which are open, who answered, who is silent, who declined and why. To each, what they may know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.calls import (
    Told,
    answered,
    asked_about,
    counted,
    how_it_stands,
    name_of,
    own_answers,
    refusal,
    sign_up,
    silence,
    standing_of,
)
from cadre.ask.lexicon import kind_of
from cadre.ask.scene import Handler, Scene, by_name
from cadre.calls import wording
from cadre.calls.facts import CallFacts, SignUpFacts
from cadre.calls.reading import ACTIVE
from cadre.calls.rules import UNANSWERED
from cadre.calls.summary import by_urgency
from cadre.core.reader import named
from cadre.core.words import Words


def calls_open(scene: Scene) -> Part:
    """Which calls are open and until when, or how the one that is named stands."""
    return asked_about(scene, lambda scene, call: Told(how_it_stands(scene, call), (counted(scene, call),)), run=False)


def call_silent(scene: Scene) -> Part:
    """Who has not answered: how many for everybody, who for the secretariat."""
    ngettext = scene.reader.ngettext

    def together(n: int, calls: int) -> Words:
        return ngettext(
            "{n} answer is still missing in {calls} open calls.", "{n} answers are still missing in {calls} open calls.", n, calls=calls
        )

    return asked_about(scene, _told_silent, together)


def _told_silent(scene: Scene, call: CallFacts) -> Told:
    _, ngettext, name = scene.reader.gettext, scene.reader.ngettext, name_of(scene, call)
    n = call.totals.invited - call.totals.answered
    if not n:
        return Told(_("Everybody who was invited has answered the call for {group:the}.", group=name), (counted(scene, call),), n)
    sentence = ngettext(
        "{n} jurisdiction has not answered the call for {group:the}.",
        "{n} jurisdictions have not answered the call for {group:the}.",
        n,
        group=name,
    )
    grid = scene.ledger.grid(call)
    if grid:
        return Told(sentence, tuple(silence(scene, each) for each in by_urgency(grid, scene.reader) if each.state in UNANSWERED), n)
    return Told(sentence, tuple(own_answers(scene, call, UNANSWERED)), n, (_("Which ones they are, only the secretariat may know."),))


def call_declined(scene: Scene) -> Part:
    """Who declined, and why: for the secretariat, and for each representative of their own jurisdiction."""
    ngettext = scene.reader.ngettext

    def together(n: int, calls: int) -> Words:
        return ngettext("{n} refusal in {calls} open calls.", "{n} refusals in {calls} open calls.", n, calls=calls)

    return asked_about(scene, _told_declined, together)


def _told_declined(scene: Scene, call: CallFacts) -> Told:
    _, ngettext, name = scene.reader.gettext, scene.reader.ngettext, name_of(scene, call)
    grid = scene.ledger.grid(call)
    if grid is None:
        own = own_answers(scene, call, {"declined"})
        return Told(_("Who declined, and why, only the secretariat may know."), (*own, counted(scene, call)))
    found = [each for each in by_urgency(grid, scene.reader) if each.state == "declined"]
    if not found:
        return Told(_("No jurisdiction has declined the call for {group:the}.", group=name), (counted(scene, call),), 0)
    sentence = ngettext(
        "{n} jurisdiction has declined the call for {group:the}.",
        "{n} jurisdictions have declined the call for {group:the}.",
        len(found),
        group=name,
    )
    return Told(sentence, tuple(refusal(scene, each) for each in found), len(found))


def call_responses(scene: Scene) -> Part:
    """Who has answered: how many for everybody, who and what for the secretariat."""
    ngettext = scene.reader.ngettext

    def together(n: int, calls: int) -> Words:
        return ngettext("{n} answer has come to {calls} open calls.", "{n} answers have come to {calls} open calls.", n, calls=calls)

    return asked_about(scene, _told_responses, together)


def _told_responses(scene: Scene, call: CallFacts) -> Told:
    _, grid = scene.reader.gettext, scene.ledger.grid(call)
    sentence = _("The call for {group:the}: {totals}", group=name_of(scene, call), totals=counted(scene, call))
    if grid is None:
        clear = _("Who answered, only the secretariat may know.")
        return Told(sentence, tuple(own_answers(scene, call)), call.totals.answered, (clear,))
    given = [each for each in by_urgency(grid, scene.reader) if each.state not in UNANSWERED]
    lines = (
        _(
            "{jurisdiction}: {answer}",
            jurisdiction=each.jurisdiction.name.for_(scene.reader),
            answer=wording.standing(each, scene.reader),
        )
        for each in given
    )
    return Told(sentence, tuple(lines), call.totals.answered)


def call_answered(scene: Scene) -> Part:
    """What a jurisdiction answered: for the secretariat, and for those who answer for it."""
    ngettext = scene.reader.ngettext

    def together(n: int, calls: int) -> Words:
        return ngettext("{n} answer was given to {calls} open calls.", "{n} answers were given to {calls} open calls.", n, calls=calls)

    return asked_about(scene, _told_answered, together)


def _told_answered(scene: Scene, call: CallFacts) -> Told:
    _ = scene.reader.gettext
    asked = dict.fromkeys(mention.subjects[0] for mention in scene.query.of("jurisdiction"))
    grid = scene.ledger.grid(call)
    seen = {each.jurisdiction.id: each for each in (grid.invitations if grid else scene.ledger.standing(call).represents)}
    lines: list[Words] = []
    known = [seen[id_] for subject in asked if (id_ := subject.partition(":")[2]) in seen]
    for subject in asked:
        id_, place = subject.partition(":")[2], scene.name(subject)
        if id_ in seen:
            lines += answered(scene, call, seen[id_])
        elif id_ not in {each.id for each in call.jurisdictions}:
            lines.append(_("The call for {group:the} was not addressed to {place:the}.", group=name_of(scene, call), place=place))
        else:
            lines += [_("What {place:the} answered, only the secretariat and its own representatives may know.", place=place)]
            lines += [counted(scene, call)]
    given = sum(each.state not in UNANSWERED for each in known) if known else None
    return Told(lines[0], tuple(dict.fromkeys(lines[1:])), given)


def call_signed_up(scene: Scene) -> Part:
    """Who takes part: by name for the secretariat, of their own jurisdiction for a representative; for all others, how many."""
    ngettext, waiting = scene.reader.ngettext, scene.query.has("WAITING")

    def together(n: int, calls: int) -> Words:
        if waiting and scene.ledger.sees_all:
            return ngettext(
                "{n} person waits for a seat in {calls} open calls.", "{n} people wait for a seat in {calls} open calls.", n, calls=calls
            )
        return ngettext(
            "{n} person has signed up in {calls} open calls.", "{n} people have signed up in {calls} open calls.", n, calls=calls
        )

    return asked_about(scene, _told_signed_up, together)


def _told_signed_up(scene: Scene, call: CallFacts) -> Told:
    _, ngettext, name = scene.reader.gettext, scene.reader.ngettext, name_of(scene, call)
    asked = {
        subject.partition(":")[2] for mention in scene.query.of("person") for subject in mention.subjects if kind_of(subject) == "person"
    }
    grid, standing = scene.ledger.grid(call), scene.ledger.standing(call)
    seen = grid.sign_ups if grid else tuple(each for each in (standing.mine, *standing.ours) if each)
    found = [each for each in seen if each.state != "withdrawn" and (not asked or each.person.id in asked)]
    if grid and scene.query.has("WAITING"):
        waiting = [each for each in found if each.queue]
        n = len(waiting) if asked else call.totals.waiting
        wait = ngettext("{n} person waits for a seat on {group:the}.", "{n} people wait for a seat on {group:the}.", n, group=name)
        return Told(wait, tuple(sign_up(scene, call, each) for each in waiting), n)
    if grid and asked:
        lines = [sign_up(scene, call, each) for each in found]
        if not lines:
            return Told(_("No: that is not among those who signed up for {group:the}.", group=name), (), 0)
        return Told(lines[0], tuple(lines[1:]), sum(each.counts for each in found))
    sentence = ngettext(
        "{n} person has offered to take a seat on {group:the}.",
        "{n} people have offered to take a seat on {group:the}.",
        call.totals.offered,
        group=name,
    )
    if not call.totals.offered:
        sentence = _("Nobody has offered to take a seat on {group:the} yet.", group=name)
    clear = _("The names of others, only the secretariat and the representatives of their own jurisdictions may know.")
    return Told(sentence, tuple(_by_name(scene, call, found)), call.totals.offered, () if grid else (clear,))


def _by_name(scene: Scene, call: CallFacts, found: Sequence[SignUpFacts]) -> Iterator[Words]:
    """Those who are counted; and apart from them who came late, stands in for somebody or observes."""
    yield from (sign_up(scene, call, each) for each in found if each.counts)
    for each in found:
        if not each.counts:
            yield scene.reader.gettext("Not counted: {who}", who=sign_up(scene, call, each))


def call_seats(scene: Scene) -> Part:
    """How many seats are left: of a capped call; of others, by whom they are given."""
    ngettext = scene.reader.ngettext

    def together(n: int, calls: int) -> Words:
        return ngettext("{n} seat is left in {calls} open calls.", "{n} seats are left in {calls} open calls.", n, calls=calls)

    return asked_about(scene, _told_seats, together)


def _told_seats(scene: Scene, call: CallFacts) -> Told:
    _, ngettext, name = scene.reader.gettext, scene.reader.ngettext, name_of(scene, call)
    details = (counted(scene, call), *([how_it_stands(scene, call)] if call.state != "open" else []))
    each = ngettext("{n} for each jurisdiction.", "{n} for each jurisdiction.", call.seats_each) if call.seats_each else None
    details = (each, *details) if each else details
    if not call.capped:
        return Told(_("Seats on {group:the} are not taken one by one: the secretariat chooses among those who offer.", group=name), details)
    if call.seats is None:
        return Told(_("Each jurisdiction has its own seats on {group:the}.", group=name), details)
    left = max(0, call.seats - call.totals.seated)
    if call.state != "open":
        return Told(_seats_after(scene, call, call.seats, left), details, left)
    if not left:
        return Told(_("No seat on {group:the} is left: whoever comes now waits in order.", group=name), details, left)
    sentence = ngettext(
        "{n} seat of {seats} on {group:the} is left.", "{n} seats of {seats} on {group:the} are left.", left, seats=call.seats, group=name
    )
    return Told(sentence, details, left)


def _seats_after(scene: Scene, call: CallFacts, seats: int, left: int) -> Words:
    """How many seats nobody has, of a call that is closed: no answer gets one any more, only the secretariat gives it."""
    name = name_of(scene, call)
    if not left:
        return scene.reader.gettext("All seats on {group:the} are taken.", group=name)
    return scene.reader.ngettext(
        "{n} seat of {seats} on {group:the} went to nobody before the closing.",
        "{n} seats of {seats} on {group:the} went to nobody before the closing.",
        left,
        seats=seats,
        group=name,
    )


def call_mine(scene: Scene) -> Part:
    """Whether whoever asks has signed up, and what was answered for those for whom they may answer."""
    _ = scene.reader.gettext
    if scene.ledger.seen_by.person is None:
        unsure = _("I cannot tell who is asking: I answer this in a conversation of our own, to people whose record I know.")
        return replace(scene.part(unsure), known=False)
    ngettext = scene.reader.ngettext

    def together(n: int, calls: int) -> Words:
        return ngettext("You stand for {n} of {calls} calls.", "You stand for {n} of {calls} calls.", n, calls=calls)

    return asked_about(scene, _told_mine, together, besides=_stands)


def _stands(scene: Scene, call: CallFacts) -> bool:
    """Whether whoever asks waits for what becomes of their offer to a call that is closed."""
    if call.state != "closed":
        return False
    mine = scene.ledger.standing(call).mine
    return mine is not None and mine.state != "withdrawn"


def _told_mine(scene: Scene, call: CallFacts) -> Told:
    _, name = scene.reader.gettext, name_of(scene, call)
    standing = scene.ledger.standing(call)
    mine = standing.mine
    if mine is None:
        sentence = _("You have not signed up for {group:the}.", group=name)
    elif mine.state == "withdrawn":
        sentence = _("You withdrew your offer for {group:the}.", group=name)
    elif mine.nominated_by:
        details = standing_of(scene, call, mine)
        who = Words.verbatim(named(mine.nominated_by))
        sentence = _("You were put forward for {group:the} by {who}: {details}.", group=name, who=who, details=details)
    else:
        sentence = _("You have signed up for {group:the}: {details}.", group=name, details=standing_of(scene, call, mine))
    signed_up = mine is not None and mine.state in ACTIVE
    return Told(sentence, (*own_answers(scene, call), how_it_stands(scene, call)), int(signed_up))


HANDLERS: Final[dict[str, Handler]] = by_name(
    calls_open,
    call_silent,
    call_declined,
    call_responses,
    call_answered,
    call_signed_up,
    call_seats,
    call_mine,
)
