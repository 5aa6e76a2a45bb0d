"""How the register of decisions reads in Slack: a list, and one decision with a paragraph that can be copied."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.blocks import Block, Message, Modal, actions, button, context, cut, header, link, literals, section
from bot.decisions import actions as of
from bot.decisions.views import all_questions
from bot.markup import bold
from bot.modals import Frame
from cadre.core.i18n import LANGUAGES
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.decisions import carried_wording, correction_wording, referral_wording, wording
from cadre.decisions.referrals import ReferralFacts
from cadre.decisions.register import DecisionView

DECISIONS: Final = 40
_FEW: Final = 5
_LINE: Final = 300


def listed_decisions(found: Sequence[DecisionView], reader: Reader, frame: Frame, note: Words | None = None, *, page: str | None) -> Modal:
    """All that somebody may know of, the newest first."""
    _ = reader.gettext
    blocks: list[Block] = [*(context(note) if note else ())]
    ways = (link(_("Web page"), of.PAGE, page),) if page else ()
    blocks += actions(all_questions(reader), button(_("Documents"), of.DOCUMENTS), *ways, block="decisions.top")
    blocks += [row(view, reader) for view in found[frame.start : frame.start + DECISIONS]]
    if not found:
        blocks.append(section(_("No decision is recorded.")))
    if frame.start + DECISIONS < len(found):
        more = button(_("Those that follow"), f"{of.REGISTER}:after", str(frame.start + DECISIONS))
        blocks += actions(more, block="decisions.more")
    return Modal(_("Decisions"), tuple(blocks), close=_("Close"), metadata=frame.packed())


def message(found: Sequence[DecisionView], reader: Reader) -> Message:
    """The same where no window can be opened."""
    firm = [view for view in found if not view.facts.provisional]
    told = reader.ngettext("{n} decision is recorded.", "{n} decisions are recorded.", len(firm))
    rows = (row(view, reader) for view in found[:_FEW])
    return Message(told, (section(told), *rows, *actions(button(reader.gettext("All decisions"), of.REGISTER))))


def row(view: DecisionView, reader: Reader) -> Block:
    """A decision in a list: its number, whose, and how it reads."""
    name, head = wording.decision_name(view.facts, reader), bold(wording.named_in_full(view, reader))
    text = Words.verbatim(cut(view.facts.wording.marked(reader), _LINE))
    lines = [head, text, *(told for told in (wording.outcome_of(view, reader), wording.superseded(view, reader)) if told)]
    details = button(reader.gettext("Details"), of.DECISION, view.facts.id, spoken=reader.gettext("Details: {name}", name=name))
    return section(Words.joined("\n", lines), details)


def decision(view: DecisionView, referred: Sequence[ReferralFacts], reader: Reader, frame: Frame, note: Words | None = None) -> Modal:
    """A decision as one paragraph in each language, to be copied; how it read before; what the secretariat can do. ``referred``: that it
    is for a table of deputy ministers, or comes from it.
    """
    _, facts = reader.gettext, view.facts
    blocks: list[Block] = [*(context(note) if note else ()), header(wording.decision_name(facts, reader))]
    blocks += context(_("To be copied, in either language:"))
    readers = sorted((reader.in_language(language) for language in LANGUAGES), key=lambda each: each.language != reader.language)
    blocks += [block for each in readers for block in literals(wording.paragraph(view, each))]
    blocks += context(*carried_wording.carried(view, reader), *(referral_wording.mark(each, reader) for each in referred))
    blocks += context(*correction_wording.corrections(view, reader))
    if facts.state is None and facts.number is not None:
        blocks += context(_("Whether the Councils adopted it is not in the registry."))
    controls = [button(_("All decisions"), of.REGISTER)]
    if view.question:
        controls.insert(0, button(_("The question"), of.OPEN, str(view.question)))
    if view.approves:
        controls.insert(0, button(_("The document"), of.DOCUMENT, view.approves[0].document))
    if view.meeting:
        controls.insert(0, button(_("The meeting"), of.MEETING, view.meeting.id))
    if view.secretariat and facts.provisional:
        controls.insert(0, button(_("Confirm"), of.CONFIRM_RECORDED, facts.id, "primary"))
    if view.secretariat and facts.state == "confirmed":
        controls.append(button(_("Correct"), of.CORRECT, facts.id))
        if facts.outcome != "not_agreed" and not view.superseded_by:
            label = _("Carry out more…") if view.carried else _("Carry out…")
            controls.insert(0, button(label, of.CARRY_OUT, facts.id, None if view.carried else "primary"))
    if view.secretariat:
        controls.append(button(_("For the Deputy Ministers' Table"), of.REFER, f"decision:{facts.id}"))
    blocks += actions(*controls, block="decisions.steps")
    return Modal(_("Decision"), tuple(blocks), close=_("Close"), metadata=frame.packed())
