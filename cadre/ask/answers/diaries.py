"""Meetings that were arranged here: which come, who comes, what changed, what was decided. To each, what they may know."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre.ask import diary
from cadre.ask.answer import Group, Part
from cadre.ask.diary import line
from cadre.ask.lexicon import kind_of
from cadre.ask.periods import periods
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words
from cadre.decisions.facts import DecisionFacts

if TYPE_CHECKING:
    from cadre.meetings.views import InviteeFacts, MeetingView

Reads = Callable[[Scene, DecisionFacts], Words]
Taken = tuple["MeetingView", DecisionFacts]

_DOT: Final = " · "
_GOES_ON: Final = ("and ", "et ", "and,", "et,")
"""What begins so asks on about the group that was just spoken of."""
_EACH: Final = 10
"""Meetings of some days, and decisions, that are told one by one; of more meetings, a series is one line."""
_PROVISIONAL: Final = "provisional"


# -- which come, and which were


def planned(scene: Scene) -> Part | None:
    """The next meeting of what is asked about, with what else one may know of it; None where none is planned."""
    if not diary.live(scene):
        return None
    if periods(scene.query, scene.today):
        return of_period(scene)
    coming = diary.coming(scene)
    if scene.earlier and diary.groups(scene) is None and scene.query.text.casefold().startswith(_GOES_ON):
        coming = [view for view in coming if diary.subject(scene, view) == scene.earlier] or coming
    if coming and not (meant := diary.of_kind(scene, coming)):
        return none_of(scene)
    return _next(scene, meant) if coming else None


def _next(scene: Scene, coming: list[MeetingView]) -> Part:
    first, *others = coming
    scene.cite_record(scene.ledger.now)
    diary.propose(scene, first, told=True)
    told = scene.reader.gettext("Next meeting: {line}.", line=line(scene, first))
    details = (*diary.particulars(scene, first), *diary.later(scene, first, others))
    return scene.part(told, details, subject=diary.subject(scene, first))


def none_of(scene: Scene) -> Part:
    """That nothing is planned of what is asked about: what comes that is of another kind, and when it last met."""
    _ = scene.reader.gettext
    scene.cite_record(scene.ledger.now)
    other = diary.coming(scene)[:1] if diary.kind(scene) else []
    around = [_("Next meeting: {line}.", line=line(scene, view)) for view in other]
    around += [_("The last one recorded: {line}", line=line(scene, view)) for view in diary.of_kind(scene, diary.past(scene))[:1]]
    mention = scene.mention("group", "priority")
    subject = mention.subjects[0] if mention else None
    return scene.unknown(diary.none(scene, subject), around, subject)


def meetings(scene: Scene) -> Part:
    """The meetings that are to come; where there are none, that, and the last."""
    coming = diary.coming(scene)
    if not coming:
        return none_of(scene)
    if len(coming) == 1:
        return _next(scene, coming)
    scene.cite_record(scene.ledger.now)
    diary.propose(scene, coming[0], alone=False)
    sentence = scene.reader.ngettext("{n} meeting is planned.", "{n} meetings are planned.", len(coming))
    return scene.part(sentence, diary.lines(scene, coming), subject=diary.subject(scene, coming[0]))


def last(scene: Scene) -> Part:
    """The meeting that was last."""
    past = diary.past(scene)
    if not past:
        return none_of(scene)
    return scene.part(scene.reader.gettext("Last meeting: {line}.", line=line(scene, past[0])), subject=diary.subject(scene, past[0]))


def were(scene: Scene) -> Part:
    """The meetings that are over, the latest first."""
    past = diary.past(scene)
    if not past:
        return none_of(scene)
    scene.cite_record(scene.ledger.now)
    sentence = scene.reader.ngettext("{n} meeting is over.", "{n} meetings are over.", len(past))
    return scene.part(sentence, diary.lines(scene, past), subject=diary.subject(scene, past[0]))


def titled(scene: Scene) -> Part | None:
    """The meeting that is asked about by its title: the next that is called so, else the last; None where none is."""
    meant = {subject for mention in scene.query.of("meeting") for subject in mention.subjects}
    if not any(meeting.title and f"meeting:{meeting.id}" in meant for meeting in scene.directory.meetings):
        return None
    there = diary.coming(scene) or diary.coming(scene, cancelled=True) or diary.past(scene)
    if not there:
        return None
    first, *others = there
    scene.cite_record(scene.ledger.now)
    diary.propose(scene, first, told=True)
    over = first.ends_at is not None and first.ends_at <= scene.ledger.now
    details = [] if over else [*diary.particulars(scene, first), *diary.later(scene, first, others)]
    return scene.part(line(scene, first).sentence, details, subject=diary.subject(scene, first))


def of_period(scene: Scene) -> Part | None:
    """The meetings of the days that are asked about, those that were cancelled too; None where the question speaks of no days."""
    found = diary.of_period(scene)
    if found is None:
        return None
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    days, views = found
    scene.cite_record(scene.ledger.now)
    if not views:
        after = [_("Next meeting: {line}.", line=line(scene, view)) for view in diary.coming(scene)[:1]]
        return scene.unknown(_("no meeting is recorded for these days ({period}).", period=diary.named_period(scene, days)), after)
    sentence = ngettext("{period}: {n} meeting.", "{period}: {n} meetings.", len(views), period=diary.named_period(scene, days).sentence)
    lines = diary.lines(scene, views) if len(views) > _EACH else [line(scene, view) for view in views]
    return scene.part(sentence, lines)


def my_meetings(scene: Scene) -> Part:
    """The meetings to which whoever asks is invited, with what they answered."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    if not scene.ledger.alone:
        unsure = _("I cannot tell who is asking: I answer this in a conversation of our own, to people whose record I know.")
        return replace(scene.part(unsure), known=False)
    scene.cite_record(scene.ledger.now)
    within = diary.of_period(scene)
    mine = [view for view in (within[1] if within else diary.coming(scene)) if view.mine]
    if not mine:
        return scene.part(
            _("You are invited to no coming meeting.") if within is None else _("You are invited to no meeting on these days.")
        )
    if len(mine) == 1 or (scene.query.has("NEXT") and within is None):
        return _next(scene, mine)
    sentence = ngettext("You are invited to {n} meeting.", "You are invited to {n} meetings.", len(mine))
    return scene.part(sentence, diary.lines(scene, mine, _with_answer))


def _with_answer(scene: Scene, view: MeetingView) -> Words:
    said = [diary.answer(scene, view.mine)] if view.mine else []
    return Words.joined(_DOT, (line(scene, view), *said))


# -- who comes


def meeting_coming(scene: Scene) -> Part:
    """Who comes: how many for everybody; who, for those who are invited and for whoever arranges it."""
    view = _meant(scene)
    if view is None:
        return of_period(scene) or none_of(scene)
    _ = scene.reader.gettext
    scene.cite_record(scene.ledger.now)
    diary.propose(scene, view)
    invitees, subject = scene.ledger.invitees(view), diary.subject(scene, view)
    asked = _asked(scene)
    numbers = _("{meeting}: {details}", meeting=line(scene, view), details=diary.numbers(scene, view))
    if invitees is None:
        return scene.part(numbers, [_("Who comes, by name, only those may know who are invited.")], subject=subject)
    if not asked:
        return scene.part(numbers, [_person(scene, each) for each in invitees], subject=subject)
    first, *others = [told for each in asked for told in _of(scene, each, invitees)]
    return scene.part(first, [*others, numbers], subject=subject)


def attended(scene: Scene) -> Part | None:
    """Who was at a meeting, where that was recorded, for those who may see who is invited; None where nobody was invited here."""
    from cadre.meetings import drafting  # noqa: PLC0415  # see cadre.ask.ledger

    view = _over(scene)
    if view is None:
        return meeting_coming(scene) if _meant(scene) else None
    if not view.counts.invited:
        return None
    _ = scene.reader.gettext
    scene.cite_record(scene.ledger.now)
    where, subject, invitees = _("Meeting: {line}", line=line(scene, view)), diary.subject(scene, view), scene.ledger.invitees(view)
    if invitees is None:
        return scene.part(where, [_("Who was there, by name, only those may know who are invited.")], subject=subject)
    there = list(drafting.attendance(invitees, scene.reader))
    return scene.part(where, there, subject=subject) if there else scene.unknown(_("who attended is not recorded."), [where], subject)


def _over(scene: Scene) -> MeetingView | None:
    """The last meeting of what is asked about, or of the days that are."""
    within, past = diary.of_period(scene), diary.past(scene)
    there = {view.id for view in within[1]} if within else None
    return next((view for view in past if there is None or view.id in there), None)


def meeting_minutes(scene: Scene) -> Part:
    """The minutes of a meeting: whether there are any, for everybody; what they say, for those who may read them."""
    view = _over(scene)
    if view is None:
        return of_period(scene) or none_of(scene)
    _ = scene.reader.gettext
    where, subject = _("Meeting: {line}", line=line(scene, view)), diary.subject(scene, view)
    if view.minutes_state is None:
        return scene.unknown(_("no minutes of this meeting are recorded."), [where], subject)
    scene.cite_record(scene.ledger.now)
    approved = view.minutes_state == "approved"
    said = _("The minutes of this meeting are approved.") if approved else _("The minutes of this meeting are a draft still.")
    text = scene.ledger.minutes(view)
    if text is None:
        return scene.part(said, [where, _("What they say, only those who were invited may read.")], subject=subject)
    lines = [Words.verbatim(each) for each in text.for_(scene.reader).splitlines() if each.strip()]
    return scene.part(said, [where, *lines], subject=subject)


def _meant(scene: Scene) -> MeetingView | None:
    """The meeting whose guests are asked about: the next of what is named or was just spoken of, else of one's own, else of all."""
    within = diary.of_period(scene)
    there = [view for view in within[1] if view.facts.state != diary.CANCELLED] if within else diary.coming(scene)
    if diary.groups(scene) is None and not scene.query.of("meeting"):
        spoken_of = [view for view in there if scene.earlier and diary.subject(scene, view) == scene.earlier]
        there = spoken_of or [view for view in there if view.mine] or there
    return next(iter(there), None)


def _asked(scene: Scene) -> list[str]:
    """The people and jurisdictions that are asked about."""
    found = (mention.subjects[0] for mention in scene.query.of("jurisdiction", "person"))
    return list(dict.fromkeys(subject for subject in found if kind_of(subject) in ("jurisdiction", "person")))


def _of(scene: Scene, subject: str, invitees: tuple[InviteeFacts, ...]) -> list[Words]:
    """What those answered who are asked about, a line each."""
    kind, _sep, id_ = subject.partition(":")
    found = [each for each in invitees if id_ == (each.jurisdiction if kind == "jurisdiction" else each.person.id)]
    if found:
        return [_person(scene, each) for each in found]
    if kind == "person":
        return [scene.reader.gettext("{person} is not invited.", person=scene.name(subject))]
    return [scene.reader.gettext("Nobody from {place:the} is invited.", place=scene.name(subject))]


def _person(scene: Scene, invitee: InviteeFacts) -> Words:
    _, name, place = scene.reader.gettext, Words.verbatim(invitee.person.name), scene.place(invitee.jurisdiction)
    person = _("{person} ({place})", person=name, place=place) if place else name
    return _("{person}: {details}", person=person, details=diary.answer(scene, invitee))


# -- what changed


def meeting_changed(scene: Scene) -> Part:
    """Which meetings were cancelled or changed, and when they are now."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    within = diary.of_period(scene)
    there = within[1] if within else diary.coming(scene, cancelled=True)
    gone = [view for view in there if view.facts.state == diary.CANCELLED]
    left = [view for view in there if view.facts.state != diary.CANCELLED]
    if not there:
        return none_of(scene)
    scene.cite_record(scene.ledger.now)
    diary.propose(scene, there[0], alone=len(there) == 1)
    subject = diary.subject(scene, there[0])
    after = [line_ for view in left[:1] for line_ in (_("Next meeting: {line}.", line=line(scene, view)), *_changed(scene, view))]
    if not gone and scene.query.has("MOVED"):
        first, *details = after
        return scene.part(first, details or [_("Its time has not changed since it was arranged.")], subject=subject)
    if not gone:
        return scene.part(_("No coming meeting was cancelled."), after, subject=subject)
    if len(gone) == 1:
        return scene.part(_("Cancelled: {line}.", line=_named(scene, gone[0])), [*_why(scene, gone[0]), *after], subject=subject)
    sentence = ngettext("{n} meeting was cancelled.", "{n} meetings were cancelled.", len(gone))
    return scene.part(sentence, [*(_named(scene, view) for view in gone), *after], subject=subject)


def _named(scene: Scene, view: MeetingView) -> Words:
    """A meeting that was cancelled, where the sentence says so."""
    return line(scene, replace(view, facts=replace(view.facts, state="planned")))


def _why(scene: Scene, view: MeetingView) -> list[Words]:
    return [scene.reader.gettext("Reason: {reason}", reason=view.reason.for_(scene.reader))] if view.reason else []


def _changed(scene: Scene, view: MeetingView) -> list[Words]:
    """When a meeting was last changed, and why."""
    if not view.revision or view.changed_at is None:
        return []
    return [scene.reader.gettext("Last changed: {moment}", moment=scene.reader.moment(view.changed_at)), *_why(scene, view)]


# -- what was decided


def decided(scene: Scene, reads: Reads) -> Part:
    """What the last meeting of what is asked about decided, or those of some days. What nobody has confirmed is said to be provisional."""
    within = diary.of_period(scene)
    past = [view for view in reversed(within[1]) if view.facts.state != diary.CANCELLED] if within else diary.past(scene)[:1]
    if not past:
        return of_period(scene) or none_of(scene)
    taken = recorded(scene, reads, frozenset(view.id for view in past))
    if taken:
        return taken
    _, lines = scene.reader.gettext, [scene.reader.gettext("Meeting: {line}", line=line(scene, past[0]))]
    without = [reads(scene, each) for each in scene.directory.decisions if each.meeting is None]
    lines += [_("Without a meeting: {text}", text=text) for text in without]
    return scene.unknown(_("no decision is recorded for this meeting."), lines, diary.subject(scene, past[0]))


def recorded(scene: Scene, reads: Reads, meetings: Collection[str] | None = None) -> Part | None:
    """What meetings decided of what is asked about, the latest first; None where there is nothing. ``meetings``: of these only."""
    if scene.query.has("DECK") or not (scene.query.mentions or diary.live(scene)):
        return None
    every, asked = scene.ledger.decided(), scene.query
    ours, days = {view.id for view in diary.ours(scene, (each.view for each in every))}, periods(asked, scene.today)
    there = [each for each in every if each.view.id in ours and (meetings is None or each.view.id in meetings)]
    if days and meetings is None:
        there = [each for each in there if any(diary.on(scene, each.view, some) for some in days)]
    found = [(each.view, one) for each in there for one in each.decisions if one.state == _PROVISIONAL or not asked.has("PROVISIONAL")]
    found, sought = _about(scene, found)
    withheld = any(each.withheld for each in there)
    _, every_one = scene.reader.gettext, not (days or meetings or sought or asked.mentions or asked.has("PROVISIONAL"))
    if found:
        told = _told(scene, reads, found, withheld=withheld)
        without = [reads(scene, each) for each in scene.directory.decisions if each.meeting is None] if every_one else []
        return replace(told, details=(*told.details, *(_("Without a meeting: {text}", text=text) for text in without)))
    if withheld and not every_one:
        scene.cite_record(scene.ledger.now)
        return replace(scene.part(_("What was decided is still proposed: only those who were invited may read it.")), known=False)
    if sought and there:
        return scene.unknown(_("no decision about “{words}” is recorded.", words=Words.verbatim(sought)))
    return None


def _told(scene: Scene, reads: Reads, found: list[Taken], *, withheld: bool) -> Part:
    """Decisions, each with its meeting; of one meeting, with the actions that came of it and are open."""
    from cadre.meetings import drafting  # noqa: PLC0415  # see cadre.ask.ledger

    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    scene.cite_record(scene.ledger.now)
    first, known = found[0][0], {view.id: view for view, _one in found}
    diary.propose(scene, first, alone=len(known) == 1)
    where = {id_: _("Meeting: {line}", line=line(scene, view)) for id_, view in known.items()}
    after = [
        _("Action: {action}", action=drafting.action(each, scene.reader)) for each in scene.ledger.actions() if each.facts.meeting in known
    ]
    after += [_("Decisions that are still proposed are shown only to those who were invited.")] if withheld else []
    after += [ngettext("{n} earlier decision.", "{n} earlier decisions.", len(found) - _EACH)] if len(found) > _EACH else []
    subject = diary.subject(scene, first)
    if len(found) == 1:
        return scene.part(reads(scene, found[0][1]).sentence, [where[first.id], *after], subject=subject)
    sentence = ngettext("{n} decision is recorded.", "{n} decisions are recorded.", len(found)).sentence
    if len(known) == 1:
        lines = [reads(scene, one).sentence for _view, one in found[:_EACH]]
        return scene.part(sentence, [*lines, where[first.id], *after], subject=subject)
    groups = tuple(Group(reads(scene, one).sentence, (where[view.id],)) for view, one in found[:_EACH])
    return replace(scene.part(sentence, after, subject=subject), groups=groups)


def _about(scene: Scene, found: list[Taken]) -> tuple[list[Taken], str]:
    """Of decisions those whose words the question says, with what it asks about; all where it asks about nothing."""
    stems, sought = diary.sought(scene)
    scores = [len(stems & diary.stems(one.wording, view.facts.title)) for view, one in found]
    best = max(scores, default=0)
    if best or sought:
        found = [each for each, score in zip(found, scores, strict=True) if score == best and best]
    return found, sought


HANDLERS: Final[dict[str, Handler]] = by_name(my_meetings, meeting_coming, meeting_changed, meeting_minutes)
