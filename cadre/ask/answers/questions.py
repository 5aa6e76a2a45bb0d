"""Questions put to the Councils: which are open, what the position of a government is, which seats are silent. To each, what they may
know; where others read the answer too, nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from cadre.ask import diary
from cadre.ask.answer import Group, Part
from cadre.ask.answers.register import concerns, meant
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words
from cadre.decisions import wording
from cadre.decisions.question_facts import ItemFacts, SeatFacts, Standing

_DOT: Final = " · "
_LIVE: Final = ("open", "closed")
"""In which something is still to come of a question."""
_ASKED: Final = (*_LIVE, "settled")
"""In which a government took its position on it, or took none."""


# -- which questions


def _there(scene: Scene) -> list[Standing]:
    """Those that whoever asks may know of: of the real Councils, or of the demonstration where it was named; in a sandbox, of all."""
    found = scene.ledger.questions()
    councils = {group.id for group in scene.groups(councils=True)}
    if councils:
        found = tuple(each for each in found if each.question.council in councils)
    if scene.ledger.sandboxed and not scene.query.mentions:
        return list(found)
    return [each for each in found if each.question.council in scene.directory.groups]


def about(scene: Scene, subjects: frozenset[str]) -> list[Standing]:
    """Those about one of some groups or priorities of which something is still to come."""
    return [each for each in _there(scene) if each.question.state in _LIVE and _items(scene, each, subjects)]


def _items(scene: Scene, view: Standing, subjects: frozenset[str]) -> list[ItemFacts]:
    """What is asked in a question about what is asked about: by group or priority, else by its words; all where nothing is named."""
    question = view.question
    if subjects:
        items = [each for each in question.items if concerns(scene, subjects, each.recommendation, each.wording)]
        return items or (list(question.items) if concerns(scene, subjects, None, question.title) else [])
    stems, _said = diary.sought(scene)
    if not stems:
        return list(question.items)
    items = [each for each in question.items if stems & diary.stems(each.wording)]
    return items or (list(question.items) if stems & diary.stems(question.title) else [])


def _title(scene: Scene, view: Standing) -> Words:
    """ "Honey (Council)"."""
    council = view.question.council_name.for_(scene.reader)
    return scene.reader.gettext("{title} ({council})", title=wording.title(view.question, scene.reader), council=council)


def how_it_stands(scene: Scene, view: Standing, subjects: frozenset[str] = frozenset()) -> Iterator[Words]:
    """A question, until when it is open and how many seats took a position; what the positions on some subjects, or on everything, came
    to, for the secretariat.
    """
    _, question = scene.reader.gettext, view.question
    until = wording.until(question, scene.reader, over=view.over)
    details = Words.joined(_DOT, (each for each in (until, wording.counted(view, scene.reader)) if each))
    yield _("Put to {council:the}: {title}. {details}", council=_council(scene, view), title=_named(scene, view), details=details)
    for item in _items(scene, view, subjects) if subjects else question.items:
        if outcome := view.outcomes.get(item.id):
            told, text = wording.proposed(outcome, scene.reader), item.wording.for_(scene.reader)
            yield _("{outcome} ({item})", outcome=told, item=text) if len(question.items) > 1 else told


def _council(scene: Scene, view: Standing) -> Words:
    id_ = view.question.council
    return scene.short(f"group:{id_}") if id_ in scene.directory.groups else scene.named(view.question.council_name, None)


def _named(scene: Scene, view: Standing) -> Words:
    return scene.reader.gettext("“{title}”", title=wording.title(view.question, scene.reader))


def _hint(scene: Scene) -> Part:
    """To whom these are told."""
    told = scene.reader.gettext("Questions put to the Councils I tell in a conversation of our own, and only those who may see them.")
    return replace(scene.part(told), known=False)


def questions_open(scene: Scene) -> Part:
    """Which questions are open to positions or comments, until when; for the secretariat also those that wait to be settled."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    there = [each for each in _there(scene) if each.question.state in _LIVE]
    subjects = meant(scene)
    there = [each for each in there if _items(scene, each, subjects)] if subjects else there
    open_ = [each for each in there if each.question.state == "open" and not each.over]
    waiting = [each for each in there if each not in open_ and each.secretariat]
    if not open_ and not scene.ledger.secretariat:
        hint = _hint(scene)
        return hint if not scene.ledger.alone else replace(hint, headline=_("No question that you may see is open."), known=True)
    scene.cite_record(scene.ledger.now)
    groups = [Group(_title(scene, each), tuple(_lines(scene, each))) for each in open_]
    later = [_("Closed, to be settled: {title}", title=_title(scene, each)) for each in waiting]
    if not open_:
        return scene.part(_("No question is open."), later)
    sentence = ngettext("{n} question is open.", "{n} questions are open.", len(open_))
    return replace(scene.part(sentence, later), groups=tuple(groups))


def _lines(scene: Scene, view: Standing) -> Iterator[Words]:
    """Until when, how many seats took a position, and the seats of whoever asks that took none."""
    if until := wording.until(view.question, scene.reader):
        yield until
    yield wording.counted(view, scene.reader)
    for seat in view.mine:
        if view.waits(seat):
            yield scene.reader.gettext("No position of {place:the} yet.", place=wording.place(seat.place, scene.reader))


# -- positions


def our_position(scene: Scene) -> Part:
    """The position of a seat on something: of the seats for which whoever asks speaks, or of the government that is named; to those who may
    see it.
    """
    _, subjects = scene.reader.gettext, meant(scene)
    there = [each for each in _there(scene) if each.question.state in _ASKED]
    if not scene.ledger.known:
        return _hint(scene)
    asked = {subject.partition(":")[2] for mention in scene.query.of("jurisdiction") for subject in mention.subjects}
    found = [(each, items) for each in there if not each.question.consults and (items := _items(scene, each, subjects))]
    told = [line for view, items in found for seat in _seats(view, asked) for line in _positions(scene, view, items, seat)]
    subject = next(iter(sorted(subjects)), None) if len(subjects) == 1 else None
    if not found:
        return scene.unknown(_("no question about this that you may see."), (), subject)
    if not told:
        return replace(scene.part(_("You speak for no seat here, and see the positions of none."), subject=subject), known=False)
    scene.cite_record(scene.ledger.now)
    where = [line for view, _items_ in found for line in _where(scene, view)]
    first, *others = told
    return scene.part(first, [*others, *where], subject=subject)


def _seats(view: Standing, asked: set[str]) -> list[SeatFacts]:
    """Whose position is asked for, as far as whoever asks may see it."""
    own = list(view.mine)
    if asked:
        return [each for each in view.question.seats if each.place.id in asked and (view.sees_all or each in own)]
    return own or (list(view.question.seats) if view.sees_all else [])


def _positions(scene: Scene, view: Standing, items: Sequence[ItemFacts], seat: SeatFacts) -> Iterator[Words]:
    _, place = scene.reader.gettext, wording.place(seat.place, scene.reader)
    for item in items:
        held, text = view.position(item.id, seat.id), item.wording.for_(scene.reader)
        if held:
            said = wording.position(held.stance, held.comment, scene.reader)
            yield _("{place:The} {position} (“{item}”).", place=place, position=said, item=text)
        else:
            yield _("{place:The} has taken no position (“{item}”).", place=place, item=text)


def _where(scene: Scene, view: Standing) -> Iterator[Words]:
    """In which question, and until when it can be changed."""
    yield _title(scene, view)
    if until := wording.until(view.question, scene.reader, over=view.over):
        yield until


# -- silent seats


def silent_seats(scene: Scene) -> Part:
    """Which seats took no position on something in the questions that are open, and who speaks for them: for the secretariat."""
    _, ngettext, subjects = scene.reader.gettext, scene.reader.ngettext, meant(scene)
    there = [each for each in _there(scene) if each.question.state == "open" and not each.question.consults]
    there = [each for each in there if _items(scene, each, subjects)] if subjects else there
    if not scene.ledger.secretariat:
        counted = [line for each in there for line in how_it_stands(scene, each)]
        return replace(scene.part(_("Which seats are silent, only the secretariat may know."), counted), known=False)
    scene.cite_record(scene.ledger.now)
    if not there:
        return scene.part(_("No question is open."))
    found = [(each, _silent(each)) for each in there]
    n = sum(len(seats) for _view, seats in found)
    if not n:
        return scene.part(_("No seat is silent."), [_title(scene, each) for each in there])
    sentence = ngettext("{n} seat is silent.", "{n} seats are silent.", n)
    groups = tuple(Group(_title(scene, view), tuple(_seat(scene, seat) for seat in seats)) for view, seats in found if seats)
    return replace(scene.part(sentence, [_("Silence is never consent.")]), groups=groups)


def _silent(view: Standing) -> list[SeatFacts]:
    items = view.question.items
    return [seat for seat in view.question.seats if any(view.position(item.id, seat.id) is None for item in items)]


def _seat(scene: Scene, seat: SeatFacts) -> Words:
    """A seat, with who speaks for it."""
    _, place = scene.reader.gettext, seat.place.name.for_(scene.reader)
    people = scene.reader.listed(Words.verbatim(each.name) for each in seat.speaking)
    if not seat.speaking:
        return _("{place}: nobody speaks for it.", place=place)
    return _("{place}: {people}", place=place, people=people)


HANDLERS: Final[dict[str, Handler]] = by_name(questions_open, our_position, silent_seats)
