"""Carrying out a decision: what was agreed, where that is to be said; then all that it changes, before it is done."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.blocks import (
    CHECKBOXES,
    METADATA,
    Block,
    Modal,
    Option,
    checkboxes,
    context,
    cut,
    field,
    header,
    listed,
    menu,
    menu_many,
    radio,
    search_many,
    section,
    text_input,
)
from bot.markup import bold
from bot.modals import Frame
from cadre.core.i18n import LANGUAGES, Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import wording as decisions
from cadre.decisions.facts import DecisionFacts
from cadre.groups import wording as groups
from cadre.oversight import carry_wording as wording
from cadre.oversight.carrying import Named, Options, Preview
from cadre.oversight.drafts import CarryForm, Offer, Plan

CHOSEN: Final = "oversight.carry_chosen"
CARRIED: Final = "oversight.carry_out"
GROUPS: Final = "oversight.carry_groups"
SUCCESSORS: Final = "oversight.carry_successors"
AS_ASKED: Final = "asked"
"""What is chosen where the recommendation says what is done."""
TICKED: Final = "ticked:"
"""What the blocks begin with in which things are ticked: a set of boxes holds ten."""
OFFERED: Final = 50 * CHECKBOXES
"""Things to tick in one window, of whose hundred blocks they take half."""
ROOM: Final = METADATA - 60
"""Characters of what a window keeps of itself, but for what the preview adds."""
_LINES: Final = 200
_LINE: Final = 300
_FIELD: Final = "typed"
_WORDING: Final = 500
_LABEL: Final = 70


@dataclass(frozen=True, slots=True)
class Carried(Frame):
    """What the preview keeps of itself: what was chosen, and a mark of what it showed."""

    choice: str = ""
    recommendation: str = ""
    groups: Sequence[str] = ()
    priorities: Sequence[str] = ()
    kind: str = ""
    mark: str = ""
    offered: int = 0

    def form(self) -> CarryForm:
        """The same for the service."""
        return CarryForm(
            choice=self.choice,
            recommendation=self.recommendation or None,
            groups=tuple(self.groups),
            priorities=tuple(self.priorities),
            kind=self.kind or None,
            seen=self.mark,
        )


def choose(found: Options, reader: Reader, frame: Frame) -> Modal:
    """What was agreed, and about which groups or priorities."""
    _ = reader.gettext
    free = found.free
    offered = [Option(wording.CHOICES[each].for_(reader), each) for each in found.choices]
    if free and found.recommendations:
        undoing = sum(each == "undo" for each in found.choices)  # comes before all others
        offered.insert(undoing, Option(_("As the recommendation chosen below says"), AS_ASKED))
    blocks = [*_decision(found.decision, reader), field("choice", _("What was agreed"), radio(_FIELD, offered))]
    if free:
        if found.recommendations:
            menu_ = menu(_FIELD, _options(found.recommendations, reader))
            blocks.append(field("recommendation", _("Recommendation of the registry"), menu_, optional=True))
        blocks.append(field("groups", _("Groups"), search_many(GROUPS, _("Type a name")), optional=True))
        kinds = menu(_FIELD, _options(found.kinds, reader))
        blocks.append(field("kind", _("Kind that they become"), kinds, optional=True))
    if (free or {"leverage", "support"} & set(found.choices)) and found.priorities:
        some = menu_many(_FIELD, _options(found.priorities, reader), (), _("Choose"))
        blocks.append(field("priorities", _("Priorities"), some, optional=True))
    told = _("Nothing is done yet: all that would change is shown next.")
    return Modal(_("Carry out"), (*blocks, *context(told)), _("Back"), _("Continue"), CHOSEN, frame.packed())


def preview(found: Preview, reader: Reader, frame: Carried, said: CarryForm | None = None) -> Modal:
    """All that is changed, what is offered one by one, and what is asked of a group that is dissolved.

    ``said``: what was filled in, where the registry changed meanwhile: nothing of it is lost.
    """
    _, plan = reader.gettext, found.plan
    note = _("The registry was changed meanwhile, and nothing is done yet. This is what the decision would do now.")
    blocks = [*((section(note),) if said else ()), *_decision(found.decision, reader), header(_("What changes")), *_changes(plan, reader)]
    if found.kind and (must := groups.must_have(found.kind, reader)):
        blocks += context(_("What it must have from then on: {things}", things=reader.listed(must)))
    blocks += _offers(plan.offers[:OFFERED], reader, said)
    if plan.closes:
        blocks += _closing(reader, said or CarryForm(), _successors(plan, reader))
    told = _("All of it is done at once, as of {date}. It is undone by a new decision only.", date=reader.date(plan.day))
    kept = dataclasses.replace(frame, mark=plan.mark, offered=min(len(plan.offers), OFFERED))
    return Modal(_("Carry out"), (*blocks, *context(told)), _("Back"), _("Carry out"), CARRIED, kept.packed())


def _decision(facts: DecisionFacts, reader: Reader) -> Iterator[Block]:
    text = Words.verbatim(cut(facts.wording.marked(reader), _WORDING))
    yield section(Words.joined("\n", (bold(decisions.decision_name(facts, reader)), text)))


def _options(found: Sequence[Named], reader: Reader) -> list[Option]:
    return [Option(Words.verbatim(cut(each.name.for_(reader).sentence, _LABEL)), each.id) for each in found]


def _changes(plan: Plan, reader: Reader) -> Iterator[Block]:
    """The changes, as many as there is room for: what can be ticked and filled in comes after them."""
    _, rest = reader.gettext, len(plan.edits) - _LINES
    yield from listed(Words.verbatim(cut(wording.line(edit, reader), _LINE)) for edit in plan.edits[:_LINES])
    if rest > 0:
        yield from context(reader.ngettext("and {n} other change", "and {n} other changes", rest))
    if not plan.edits:
        yield section(_("Nothing: the registry says so already."))
    if (more := len(plan.offers) - OFFERED) > 0:
        yield from context(reader.ngettext("There is no room to tick {n} more.", "There is no room to tick {n} more.", more))


def _successors(plan: Plan, reader: Reader) -> list[Option]:
    found = {edit.after: edit.other for edit in plan.edits if edit.what == "becomes"}
    return [Option(name.for_(reader), id_) for id_, name in found.items() if name]


def _offers(offers: Sequence[Offer], reader: Reader, said: CarryForm | None) -> Iterator[Block]:
    """What is done where it is ticked: ten boxes a field, each group of its own. ``said``: what was ticked already."""
    _ = reader.gettext
    for start in range(0, len(offers), CHECKBOXES):
        some = offers[start : start + CHECKBOXES]
        named = [wording.offered(each, reader) for each in some]
        options = [Option(name, each.key, more) for each, (name, more) in zip(some, named, strict=True)]
        ticked = [each.key for each in some if (each.key in (said.ticked or ()) if said else each.ticked)]
        boxes = checkboxes(_FIELD, options, ticked)
        yield field(f"{TICKED}{start}", _("Only what is ticked"), boxes, optional=True)


def _closing(reader: Reader, said: CarryForm, successors: Sequence[Option]) -> Iterator[Block]:
    _ = reader.gettext
    texts: tuple[tuple[str, dict[Language, Words]], ...] = (
        ("note", {"en": _("Closing note, in English"), "fr": _("Closing note, in French")}),
        ("outcomes", {"en": _("What came of its work, in English"), "fr": _("What came of its work, in French")}),
        ("unfinished", {"en": _("What is left unfinished, in English"), "fr": _("What is left unfinished, in French")}),
    )
    for name, names in texts:
        typed = dict(zip(LANGUAGES, getattr(said, name), strict=True))
        for language in reader.languages:
            yield field(f"{name}_{language}", names[language], text_input(_FIELD, typed[language], tall=True), optional=True)
    yield field("successors", _("Groups that take over"), search_many(SUCCESSORS, _("Type a name"), successors), optional=True)
