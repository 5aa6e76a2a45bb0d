"""Meetings that were arranged here: which come, who comes, what changed, what was decided. To each, what they may know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre.ask import diary
from cadre.ask.answer import Part
from cadre.ask.diary import line
from cadre.ask.lexicon import kind_of
from cadre.ask.periods import periods
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words

if TYPE_CHECKING:
    from cadre.decisions.facts import DecisionFacts
    from cadre.meetings.views import InviteeFacts, MeetingView

_DOT: Final = " · "
_GOES_ON: Final = ("and ", "et ", "and,", "et,")
"""What begins so asks on about the group that was just spoken of."""
_EACH: Final = 10
"""Meetings of some days that are told one by one; of more, a series is one line."""


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
    if scene.query.has("TELECONF"):
        coming = [view for view in coming if view.facts.kind == "teleconference"]
    if scene.query.has("INPERSON"):
        coming = [view for view in coming if view.facts.kind == "in_person"]
    return _next(scene, coming) if coming else None


def _next(scene: Scene, coming: list[MeetingView]) -> Part:
    first, *others = coming
    scene.cite_record(scene.ledger.now)
    diary.propose(scene, first, told=True)
    told = scene.reader.gettext("Next meeting: {line}.", line=line(scene, first))
    details = (*diary.particulars(scene, first), *diary.later(scene, first, others))
    return scene.part(told, details, subject=diary.subject(scene, first))


def none_of(scene: Scene) -> Part:
    """That nothing is planned of what is asked about, and when it last met."""
    _ = scene.reader.gettext
    scene.cite_record(scene.ledger.now)
    before = [_("The last one recorded: {line}", line=line(scene, view)) for view in diary.past(scene)[:1]]
    mention = scene.mention("group", "priority")
    if mention is None:
        return scene.unknown(_("no coming meeting is recorded."), before)
    subject = mention.subjects[0]
    return scene.unknown(_("no coming meeting of {group:the} is recorded.", group=scene.name(subject)), before, subject)


def meetings(scene: Scene) -> Part:
    """The meetings that are to come; where there are none, that, and the last."""
    coming = diary.coming(scene)
    if not coming:
        return none_of(scene)
    if len(coming) == 1:
        return _next(scene, coming)
    scene.cite_record(scene.ledger.now)
    diary.propose(scene, coming[0])
    sentence = scene.reader.ngettext("{n} meeting is planned.", "{n} meetings are planned.", len(coming))
    return scene.part(sentence, diary.lines(scene, coming), subject=diary.subject(scene, coming[0]))


def last(scene: Scene) -> Part:
    """The meeting that was last."""
    past = diary.past(scene)
    if not past:
        return none_of(scene)
    return scene.part(scene.reader.gettext("Last meeting: {line}.", line=line(scene, past[0])), subject=diary.subject(scene, past[0]))


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
        return none_of(scene)
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
    diary.propose(scene, there[0])
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


def decided(scene: Scene, reads: Callable[[Scene, DecisionFacts], Words]) -> Part:
    """What the last meeting of what is asked about decided. What nobody has confirmed is said to be provisional."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    within = diary.of_period(scene)
    past = [view for view in reversed(within[1]) if view.facts.state != diary.CANCELLED] if within else diary.past(scene)
    if not past:
        return none_of(scene)
    view = past[0]
    taken = scene.ledger.decisions(view.id)
    where, subject = _("Meeting: {line}", line=line(scene, view)), diary.subject(scene, view)
    if not taken:
        without = [reads(scene, each) for each in scene.directory.decisions if each.meeting is None]
        lines = [where, *(_("Without a meeting: {text}", text=text) for text in without)]
        return scene.unknown(_("no decision is recorded for this meeting."), lines, subject)
    scene.cite_record(scene.ledger.now)
    sentence = ngettext("{n} decision was taken there.", "{n} decisions were taken there.", len(taken)).sentence
    return scene.part(sentence, [*(reads(scene, each) for each in taken), where], subject=subject)


HANDLERS: Final[dict[str, Handler]] = by_name(my_meetings, meeting_coming, meeting_changed)
