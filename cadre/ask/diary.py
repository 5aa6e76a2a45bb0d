"""Which meetings a question is about, and how they are told: to each, what they may know."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from cadre.ask.concepts import FUNCTION_WORDS, GENERIC, MONTHS, is_known
from cadre.ask.periods import Days, periods
from cadre.ask.scene import Scene
from cadre.ask.tokens import Token, tokens, words
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.words import Words
from cadre.meetings.grouping import grouped

if TYPE_CHECKING:
    from cadre.meetings.views import InviteeFacts, MeetingView

_PLANNED: Final = "planned"
CANCELLED: Final = "cancelled"
_DOT: Final = " · "
_MOST: Final = 3
"""Later meetings that are told beside the next."""
_ABOUT: Final = frozenset("about regarding concerning on sur concernant sujet propos".split())
"""After these stands what was decided about."""
_BEFORE_WE: Final = frozenset("t l qu a".split())
_STEM: Final = 5
"""Letters by which a word is found again in another form."""


# -- which meetings


def live(scene: Scene) -> bool:
    """Whether meetings were arranged here, or are to come: those of the seed are past, and known to the month."""
    arranged = any(m.starts_at or (m.held and m.held.last >= scene.today) for m in scene.directory.meetings)
    return arranged or (scene.ledger.sandboxed and not scene.query.mentions)


def groups(scene: Scene) -> frozenset[str] | None:
    """The groups whose meetings are asked about; None for all. A council stands for itself."""
    known = scene.directory
    named: set[str] = set()
    mentioned = scene.query.of("group", "priority")
    for subject in (subject for mention in mentioned for subject in mention.subjects):
        kind, _, id_ = subject.partition(":")
        group = known.priorities[id_].group if kind == "priority" and id_ in known.priorities else id_ if kind == "group" else None
        named |= {group} if group else set()
    return frozenset(named) if mentioned else None


def ours(scene: Scene, views: Iterable[MeetingView]) -> list[MeetingView]:
    """Those of the real Councils, or of the demonstration where it was named, of the groups that are asked about; in a sandbox, of all.

    Of a council that has none of its own, those of the groups that belong to it.
    """
    there, asked, known = list(views), groups(scene), scene.directory.groups
    if not (scene.ledger.sandboxed and not scene.query.mentions):
        there = [view for view in there if view.facts.group in known]
    meant = {subject for mention in scene.query.of("meeting") for subject in mention.subjects}
    if meant:
        named = [view for view in there if view.subject in meant]
        there = named if named or asked is None else there
    if asked is None:
        return there
    own = [view for view in there if view.facts.group in asked]
    return own or [view for view in there if known[view.facts.group].owner in asked]


def coming(scene: Scene, *, cancelled: bool = False) -> list[MeetingView]:
    """Those that are to come or go on at this moment, the next first; with ``cancelled`` those too that will not be."""
    now = scene.ledger.now
    found = [view for view in scene.ledger.meetings(scene.today) if cancelled or view.facts.state == _PLANNED]
    return ours(scene, (view for view in found if view.ends_at and view.ends_at > now))


def past(scene: Scene) -> list[MeetingView]:
    """Those that are over, the latest first."""
    asked = groups(scene)
    return ours(scene, scene.ledger.past_meetings(asked if asked and not _councils(scene, asked) else None))


def _councils(scene: Scene, asked: Iterable[str]) -> bool:
    return any(id_ in scene.directory.groups and scene.directory.groups[id_].is_council for id_ in asked)


def kind(scene: Scene) -> str | None:
    """The kind of meeting that is asked about; None for all."""
    return "in_person" if scene.query.has("INPERSON") else "teleconference" if scene.query.has("TELECONF") else None


def of_kind(scene: Scene, views: Iterable[MeetingView]) -> list[MeetingView]:
    """Those of the kind that is asked about."""
    asked = kind(scene)
    return [view for view in views if asked in (None, view.facts.kind)]


def of_period(scene: Scene) -> tuple[Days, list[MeetingView]] | None:
    """The days that a question speaks of, with their meetings; None where it speaks of none."""
    meant = periods(scene.query, scene.today)
    for days in meant:
        found = ours(scene, (view for view in scene.ledger.meetings(*days) if on(scene, view, days)))
        if found:
            return days, found
    return (meant[0], []) if meant else None


def on(scene: Scene, view: MeetingView, days: Days) -> bool:
    """Whether a meeting is on one of some days where the reader is."""
    facts = view.facts
    first, last = facts.held.first if facts.held else None, facts.last_day or (facts.held.last if facts.held else None)
    if facts.starts_at and facts.kind != "in_person":
        first = last = scene.reader.local(facts.starts_at).date()
    return first is not None and last is not None and first <= days[1] and last >= days[0]


# -- how they are told


def line(scene: Scene, view: MeetingView) -> Words:
    """A meeting with its day, where the reader is; that it was cancelled, if it was."""
    from cadre.meetings import wording  # noqa: PLC0415  # see cadre.ask.ledger

    _, reader = scene.reader.gettext, scene.reader
    scene.cite("meeting", view.id)
    where = view.facts.place.for_(reader) if view.facts.place else None
    parts = (wording.title(view, reader), where, wording.when(view.facts, reader))
    told = Words.joined(", ", (part for part in parts if part))
    return _("{meeting} (cancelled)", meeting=told) if view.facts.state == CANCELLED else told


def none(scene: Scene, subject: str | None) -> Words:
    """That none is to come of what is asked about. The kind is named that was asked for: a meeting of another may be to come."""
    _, asked = scene.reader.gettext, kind(scene)
    if subject is None:
        every = {"in_person": _("no coming meeting in person is recorded."), "teleconference": _("no coming teleconference is recorded.")}
        return every[asked] if asked else _("no coming meeting is recorded.")
    name = scene.name(subject)
    if asked == "in_person":
        return _("no coming meeting in person of {group:the} is recorded.", group=name)
    if asked == "teleconference":
        return _("no coming teleconference of {group:the} is recorded.", group=name)
    return _("no coming meeting of {group:the} is recorded.", group=name)


def numbers(scene: Scene, view: MeetingView) -> Words:
    """How many come, which everybody may know."""
    from cadre.meetings import wording  # noqa: PLC0415  # see cadre.ask.ledger

    if not view.counts.invited:
        return scene.reader.gettext("nobody is invited yet.")
    return wording.counts(view.counts, scene.reader)


def answer(scene: Scene, invitee: InviteeFacts) -> Words:
    """What somebody who is invited answered."""
    from cadre.meetings import wording  # noqa: PLC0415  # see cadre.ask.ledger

    return wording.response(invitee, scene.reader)


def particulars(scene: Scene, view: MeetingView) -> list[Words]:
    """What else one may know of a meeting: how long, how often, how many come, one's own answer, and how to join."""
    from cadre.meetings import wording  # noqa: PLC0415  # see cadre.ask.ledger

    _, reader, facts = scene.reader.gettext, scene.reader, view.facts
    lasts = wording.lasts(facts, reader)
    found = [_("Length: {length}", length=lasts)] if lasts else []
    found += [wording.repeats(view.repeats, reader).sentence] if view.repeats else []
    found += [numbers(scene, view)] if view.counts.invited else []
    if not scene.ledger.alone:
        return found
    if view.mine:
        found.append(_("Your answer: {answer}", answer=wording.answer(view.mine.answer, reader)))
    if view.joining and view.joining.link:
        found.append(_("Join: {link}", link=Words.verbatim(view.joining.link)))
    if view.joining and view.joining.text:
        found.append(Words.verbatim(view.joining.text))
    return found


def later(scene: Scene, first: MeetingView, others: Iterable[MeetingView]) -> list[Words]:
    """The meetings after the next: of its own series one, of each other the first."""
    there = list(others)
    own = [view for view in there if view.series and view.series == first.series][:1]
    found = [*own, *(row.view for row in grouped(view for view in there if not (view.series and view.series == first.series)))]
    found.sort(key=there.index)
    return [scene.reader.gettext("After that: {meeting}", meeting=line(scene, view)) for view in found[:_MOST]]


def lines(scene: Scene, views: Iterable[MeetingView], told: Callable[[Scene, MeetingView], Words] = line) -> list[Words]:
    """Meetings, a line each; a series is one."""
    from cadre.meetings import wording  # noqa: PLC0415  # see cadre.ask.ledger

    found = ((told(scene, row.view), wording.behind(row, scene.reader)) for row in grouped(views))
    return [Words.joined(_DOT, (part for part in parts if part)) for parts in found]


def named_period(scene: Scene, days: Days) -> Words:
    """Some days, inside a sentence: "March 2027", "from March 1, 2027 to March 7, 2027"."""
    first, last = days
    if first == last:
        return scene.reader.date(first, weekday=True)
    if scene.query.when:
        return scene.reader.date(scene.query.when)
    if first.day == 1 and last.month == first.month and last.day - first.day > 6:
        return scene.reader.month(first)
    return scene.reader.gettext("from {start} to {end}", start=scene.dated(PartialDate.day(first)), end=scene.dated(PartialDate.day(last)))


def propose(scene: Scene, view: MeetingView, *, told: bool = False, alone: bool = True) -> None:
    """Questions about the meetings of a group that can be answered. ``told``: when the next is, was just said; ``alone``: no other is told
    of, so that it is clear which one is opened.
    """
    scene.meeting = view.id if alone else None
    if view.facts.group not in scene.directory.groups:
        return
    _, name = scene.reader.gettext, scene.name(f"group:{view.facts.group}")
    following = (("next_meeting", _("When is the next meeting of {group:the}?", group=name)),)
    scene.proposed = (
        *(() if told else following),
        ("meeting_coming", _("Who is coming to the next meeting of {group:the}?", group=name)),
        ("open_actions", _("Which actions of {group:the} are open?", group=name)),
    )


def subject(scene: Scene, view: MeetingView) -> str | None:
    """The group that meets, for a question that follows."""
    return f"group:{view.facts.group}" if view.facts.group in scene.directory.groups else None


# -- what was decided about


def sought(scene: Scene) -> tuple[frozenset[str], str]:
    """How the words begin by which something decided is looked for, and the words after "about" as they were typed, where there are any."""
    message = tokens(scene.query.text)
    named = {i for mention in scene.query.of("group", "priority", "meeting") for i in mention.positions}
    telling = [(i, token) for i, token in enumerate(message) if i not in named and _tells(token.text)]
    begins = next((i for i, token in enumerate(message) if token.text in _ABOUT and not _we(message, i)), len(message))
    said = [token for i, token in telling if i > begins]
    whose = {i for mention in scene.query.of("jurisdiction") for i in mention.positions}
    strange = (token for i, token in telling if i not in whose and not is_known(token.text))
    found = {token.text[:_STEM] for token in said or strange if len(token.text) > 2}
    return frozenset(found), scene.query.text[said[0].start : said[-1].end] if said else ""


def _we(message: Sequence[Token], i: int) -> bool:
    """Whether a word is the French « on » of « qu'a-t-on décidé »."""
    return message[i].text == "on" and i > 0 and message[i - 1].text in _BEFORE_WE


def named(scene: Scene) -> set[str]:
    """How the words begin by which a question names a group or priority."""
    message = tokens(scene.query.text)
    places = {i for mention in scene.query.of("group", "priority") for i in mention.positions}
    return {message[i].text[:_STEM] for i in places if i < len(message) and _tells(message[i].text)}


def _tells(word: str) -> bool:
    return word.isalpha() and word not in FUNCTION_WORDS | GENERIC | MONTHS.keys()


def stems(*texts: Bilingual | None) -> set[str]:
    """How the words of some texts begin, in both languages."""
    return {word[:_STEM] for pair in texts if pair for text in (pair.en, pair.fr) if text for word in words(text)}
