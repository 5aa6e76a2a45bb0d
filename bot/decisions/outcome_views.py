"""What positions came to, for the secretariat: proposed until it is confirmed; and the windows in which that is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from bot.blocks import (
    Block,
    Modal,
    Option,
    actions,
    button,
    context,
    cut,
    divider,
    field,
    header,
    listed,
    menu_in_groups,
    radio,
    section,
    text_input,
)
from bot.decisions import actions as of
from bot.decisions.windows import FIELD, pair, reasons
from bot.markup import bold
from bot.modals import Frame
from cadre.core.i18n import Language
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import wording
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.question_facts import ItemFacts, Standing
from cadre.decisions.register import DecisionView

CONFIRM_ALL_FORM: Final = "decisions.confirm_all_form"
CONFIRM_FORM: Final = "decisions.confirm_form"
AMEND_FORM: Final = "decisions.amend_form"
SET_ASIDE_FORM: Final = "decisions.set_aside_form"
RECORDED_FORM: Final = "decisions.confirm_recorded_form"
CORRECT_FORM: Final = "decisions.correct_form"
NONE: Final = "-"
"""That it supersedes nothing: what is chosen in a menu of Slack cannot be taken out of it."""
_WORDING: Final = 1500


def outcome(view: Standing, reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """What the positions on each item came to, with what came late, and what the secretariat can do about it."""
    _, found = reader.gettext, view.question
    came_to = {id_: each.result for id_, each in view.outcomes.items()}
    left = [item for item in found.items if not item.settled and came_to.get(item.id, "no_quorum") != "no_quorum"]
    blocks = [
        *(context(note) if note else ()),
        header(wording.title(found, reader)),
        *context(*wording.fixed(found, reader)),
    ]
    if len(left) > 1:
        blocks += actions(button(_("Confirm all as they came to"), of.CONFIRM_ALL, str(found.id), "primary"), block="decisions.all")
    for item in found.items:
        blocks += [divider(), *_item(view, item, reader)]
    blocks += actions(button(_("Back to the question"), of.OPEN, str(found.id)), block="decisions.back")
    return Modal(_("Outcome"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def _item(view: Standing, item: ItemFacts, reader: Reader) -> Iterator[Block]:
    _, value = reader.gettext, f"{view.question.id}:{item.id}"
    came_to = view.outcomes.get(item.id)
    told = _("{n}. {what}", n=item.number, what=Words.verbatim(cut(item.wording.marked(reader), _WORDING)))
    lines = [told]
    if item.decision:
        lines.append(bold(_("Confirmed.")))
    elif item.set_aside:
        lines += map(bold, wording.aside(item, reader))
    elif came_to:
        lines.append(bold(wording.proposed(came_to, reader)))
    if came_to:
        lines.append(wording.counts(came_to, reader))
    yield section(Words.joined("\n", lines))
    if said := list(_said(view, item, reader)):
        yield from listed(said)
    if item.decision:
        yield from actions(button(_("See the decision"), of.DECISION, item.decision), block=f"decisions.item:{item.id}")
    elif not item.set_aside and came_to and view.question.state == "closed":
        ready = (button(_("Confirm"), of.CONFIRM, value, "primary"),) if came_to.result != "no_quorum" else ()
        others = (button(_("Amend"), of.AMEND, value), button(_("Set aside"), of.SET_ASIDE, value))
        yield from actions(*ready, *others, block=f"decisions.item:{item.id}")


def _said(view: Standing, item: ItemFacts, reader: Reader) -> Iterator[Words]:
    """What was said with the positions, and what came late: an objection after the closing does not count."""
    _ = reader.gettext
    for seat in view.question.seats:
        held = view.position(item.id, seat.id)
        if held and (held.comment or held.stance not in ("supports", "supports_with_comment")):
            what = wording.position(held.stance, cut(held.comment, 300) if held.comment else None, reader)
            what = wording.taken(what, wording.by(held, reader), reader)
            yield _("{seat}: {what}", seat=wording.place(seat.place, reader).sentence, what=what)
    for each in view.late:
        if each.item == item.id:
            seat = view.question.seat(each.seat)
            what = wording.position(each.stance, cut(each.comment, 300) if each.comment else None, reader)
            values = {"seat": wording.place(seat.place, reader), "what": what, "who": Words.verbatim(each.who)}
            yield _("After the closing, not counted: {seat}, {what} – {who}, {moment}", moment=reader.moment(each.taken_at), **values)


def confirm_all(view: Standing, reader: Reader, frame: Frame) -> Modal:
    """All that had a quorum, as the positions came to."""
    _ = reader.gettext
    lines = []
    for item in view.question.items:
        came_to = view.outcomes[item.id]
        if not item.settled and came_to.result != "no_quorum":
            result = wording.RESULT[came_to.result].for_(reader)
            what = Words.verbatim(cut(item.wording.for_(reader), 200))
            lines.append(_("{what} – {result}", what=what, result=result))
    told = _("Each becomes a decision with its number. Those of the council are told.")
    common = _("What you write below goes with those that are agreed; the paper goes with all.")
    mixed = any(view.outcomes[item.id].result == "not_agreed" for item in view.question.items if not item.settled)
    blocks = [section(told), *listed(lines), *((section(common),) if mixed else ()), *_details((), reader)]
    return _form(_("Confirm all"), blocks, reader, frame, submit=_("Confirm"), callback=CONFIRM_ALL_FORM)


def confirm(view: Standing, item: ItemFacts, earlier: Sequence[DecisionView], reader: Reader, frame: Frame) -> Modal:
    """What positions came to is the decision."""
    _ = reader.gettext
    came_to = view.outcomes[item.id]
    lines = [item.wording.marked(reader), bold(wording.proposed(came_to, reader)), wording.counts(came_to, reader)]
    told = _("It becomes a decision with its number. Those of the council are told.")
    may = earlier if came_to.result == "agreed" else ()
    blocks = [section(Words.joined("\n", lines)), section(told), *_details(may, reader)]
    return _form(_("Confirm"), blocks, reader, frame, submit=_("Confirm"), callback=CONFIRM_FORM)


def amend(view: Standing, item: ItemFacts, earlier: Sequence[DecisionView], reader: Reader, frame: Frame) -> Modal:
    """Something else than the positions came to is the decision, with a reason."""
    _ = reader.gettext
    came_to = view.outcomes[item.id]
    results = [Option(wording.RESULT["agreed"].for_(reader).sentence, "agreed")]
    results.append(Option(wording.RESULT["not_agreed"].for_(reader).sentence, "not_agreed"))
    chosen = came_to.result if came_to.result != "no_quorum" else "not_agreed"
    blocks = [
        section(bold(wording.proposed(came_to, reader))),
        field("outcome", _("Outcome"), radio(FIELD, results, chosen)),
        *pair("wording", _wordings(reader), item.wording, reader, tall=True, optional=False),
        *pair("amended", _why(reader), None, reader, tall=True, optional=False),
        *_details(earlier, reader),
    ]
    return _form(_("Amend"), blocks, reader, frame, submit=_("Confirm"), callback=AMEND_FORM)


def set_aside(item: ItemFacts, reader: Reader, frame: Frame) -> Modal:
    """Nothing is decided on it, and why."""
    _ = reader.gettext
    told = _("Nothing is decided on it. It stays proposed, and can be put again. Those who speak for a seat are told, with your reason.")
    blocks = [section(item.wording.marked(reader)), section(told), *reasons(reader)]
    return _form(_("Set aside"), blocks, reader, frame, submit=_("Set aside"), callback=SET_ASIDE_FORM)


def confirm_recorded(found: DecisionFacts, earlier: Sequence[DecisionView], reader: Reader, frame: Frame) -> Modal:
    """What a meeting decided gets its number."""
    _ = reader.gettext
    told = _("It becomes a decision with its number. Those of the group are told.")
    wordings = pair("wording", _wordings(reader), found.wording, reader, tall=True, optional=False)
    return _form(
        _("Confirm"), [section(told), *wordings, *_details(earlier, reader)], reader, frame, submit=_("Confirm"), callback=RECORDED_FORM
    )


def correct(found: DecisionFacts, earlier: Sequence[DecisionView], reader: Reader, frame: Frame) -> Modal:
    """What is recorded of a decision instead, and why."""
    _ = reader.gettext
    told = _("How it read before is kept with your reason, and all who got the text get the new one.")
    may = [each for each in earlier if each.facts.id != found.id] if found.outcome != "not_agreed" else []
    amended = pair("amended", _why(reader), found.amended, reader, tall=True) if found.amended else ()
    blocks = [
        section(told),
        *pair("wording", _wordings(reader), found.wording, reader, tall=True, optional=False),
        *reasons(reader),
        *_details(may, reader, found),
        *amended,
    ]
    return _form(_("Correct"), blocks, reader, frame, submit=_("Correct"), callback=CORRECT_FORM)


def _wordings(reader: Reader) -> dict[Language, Words]:
    _ = reader.gettext
    return {"en": _("Wording, in English"), "fr": _("Wording, in French")}


def _why(reader: Reader) -> dict[Language, Words]:
    _ = reader.gettext
    return {"en": _("Why it is otherwise, in English"), "fr": _("Why it is otherwise, in French")}


def _details(earlier: Sequence[DecisionView], reader: Reader, held: DecisionFacts | None = None) -> Iterator[Block]:
    """What is recorded of a decision besides. ``held``: one of which it is corrected."""
    _ = reader.gettext
    hint = _("A day, a month or a year: 2027-03-15, 2027-03 or 2027.")
    effective, review = (day.text if day else "" for day in ((held.effective, held.review) if held else (None, None)))
    from_ = _("Empty: from the day on which it was taken.")
    yield field("effective", _("In effect from"), text_input(FIELD, effective), from_, optional=True)
    yield field("review", _("To be reviewed by"), text_input(FIELD, review), hint, optional=True)
    if earlier:
        yield field("supersedes", _("Supersedes"), _choices(earlier, reader, held.supersedes if held else None), optional=True)
    texts: tuple[tuple[str, dict[Language, Words]], ...] = (
        ("changed", {"en": _("What changes, in English"), "fr": _("What changes, in French")}),
        ("follow_up", {"en": _("Follow-up, in English"), "fr": _("Follow-up, in French")}),
        ("paper", {"en": _("Paper, in English"), "fr": _("Paper, in French")}),
    )
    for name, names in texts:
        yield from pair(name, names, getattr(held, name) if held else None, reader)


def _choices(earlier: Sequence[DecisionView], reader: Reader, held: str | None = None) -> Block:
    """Decisions to be superseded; what another has superseded already stands apart, and says so. Where one is chosen, it can be left."""
    _ = reader.gettext
    earlier = sorted(earlier, key=lambda each: each.facts.id != held)  # a menu holds a hundred: what is chosen is among them
    fresh = [Option(_choice(each, reader), each.facts.id) for each in earlier if not each.superseded_by]
    before = [Option(_choice(each, reader), each.facts.id) for each in earlier if each.superseded_by]
    none = [Option(_("No decision"), NONE)] if held else []
    groups = ((_("In effect"), [*none, *fresh]), (_("Superseded already"), before))
    return menu_in_groups(FIELD, groups, _("Choose one"), chosen=held)


def _choice(each: DecisionView, reader: Reader) -> Words:
    label, text = each.facts.label, each.facts.wording.for_(reader)
    if not each.superseded_by:
        return Words.joined(" ", (label, Words.verbatim(cut(text, 60))))
    by = reader.listed(later.label for later in each.superseded_by)
    return reader.gettext("{number} {text} (by {decisions})", number=label, text=Words.verbatim(cut(text, 40)), decisions=by)


def _form(heading: Words, blocks: Sequence[Block], reader: Reader, frame: Frame, *, submit: Words, callback: str) -> Modal:
    return Modal(heading, tuple(blocks), reader.gettext("Back"), submit, callback, frame.packed())
