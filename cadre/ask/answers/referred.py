"""What is for a table of deputy ministers, or comes from it, beside what is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from cadre.ask.scene import Scene
from cadre.core.words import Words

if TYPE_CHECKING:
    from cadre.decisions.facts import ReferredFacts

_REFERRED: Final = ("priority", "group", "decision", "action")
"""In which order it is told what is for a table of deputy ministers."""


def referred(scene: Scene, subject: str) -> Iterable[Words]:
    """That something is for a table of deputy ministers, or comes from it: "group:bees", "priority:lights", "decision:3f"."""
    known = scene.directory
    marks = [each for each in known.referrals if each.about == subject and each.table in known.groups]
    for each in marks:
        scene.cite("referral", each.id)
    if marks:
        from cadre.decisions.referral_wording import told  # noqa: PLC0415  # see cadre.ask.ledger

        return [told(scene.name(f"group:{each.table}"), each, scene.reader) for each in marks]
    return []


def at_table(scene: Scene, table: str) -> Iterable[Words]:
    """What is for a table of deputy ministers, and what comes from it."""
    _ = scene.reader.gettext
    for direction in ("for", "from"):
        marks = [each for each in scene.directory.referrals if each.table == table and each.direction == direction]
        marks.sort(key=lambda each: _REFERRED.index(each.about.partition(":")[0]))
        things = [called for each in marks if (called := _referred_thing(scene, each))]
        if things:
            told = Words.joined("; ", things)
            yield _("For it: {things}", things=told) if direction == "for" else _("From it: {things}", things=told)


def _referred_thing(scene: Scene, mark: ReferredFacts) -> Words | None:
    """What is marked, as it is called or worded; None of what nobody may know of, or of the demonstration."""
    known = scene.directory
    if mark.about.startswith("group:") and mark.group in known.groups:
        return scene.label(mark.about)
    if mark.priority in known.priorities:
        return scene.name(mark.about)
    decided = (each.wording for each in known.decisions if each.id == mark.decision and not each.provisional)
    agreed = (each.wording for each in known.actions if each.id == mark.action)
    return next((wording.for_(scene.reader) for wording in (*decided, *agreed)), None)
