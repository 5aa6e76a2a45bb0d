"""The register of decisions, and what is still proposed: what the Councils decided about something, by which number, when, and from what.

What nobody has confirmed is told to the secretariat only; a question that is still put to the Councils, to those who may know of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cadre.ask import diary
from cadre.ask.answer import Group, Part
from cadre.ask.answers import diaries
from cadre.ask.answers.diaries import Reads
from cadre.ask.answers.lists import with_status
from cadre.ask.answers.referred import referred
from cadre.ask.periods import since
from cadre.ask.scene import Handler, Scene, Unclear, by_name
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.text import fold
from cadre.core.words import Words
from cadre.decisions.facts import DecisionFacts, RecommendationFacts

if TYPE_CHECKING:
    from cadre.decisions.register import DecisionView

_PROPOSED: Final = "proposed"
_EACH: Final = 10
"""Decisions that are told one by one."""


# -- what is asked about


def meant(scene: Scene) -> frozenset[str]:
    """The groups, councils aside, and priorities that a question is about. Raises Unclear where one name may mean several of a kind."""
    found: set[str] = set()
    for mention in scene.query.of("group", "priority"):
        groups = [subject for subject in mention.subjects if subject.startswith("group:") and not _is_council(scene, subject)]
        if len(groups) > 1:
            raise Unclear(groups)
        found.update(groups, (subject for subject in mention.subjects if subject.startswith("priority:")))
    return frozenset(found)


def _is_council(scene: Scene, subject: str) -> bool:
    return scene.directory.groups[subject[6:]].is_council


def from_day(scene: Scene) -> PartialDate | None:
    """Since when it is asked what was decided: "since January"."""
    return since(scene.query, scene.today)[1] if scene.query.has("SINCE") else None


def of_priorities(scene: Scene) -> bool:
    """Whether a question is about the priorities, without naming one."""
    return scene.query.has("PRIORITY") and not scene.query.of("group", "priority")


def speaks_of_priorities(of: DecisionFacts) -> bool:
    """Whether a decision is worded as one about priorities."""
    return any("priorit" in fold(text) for text in (of.wording.en, of.wording.fr) if text)


def concerns(scene: Scene, subjects: frozenset[str], recommendation: str | None, *texts: Bilingual | None) -> bool:
    """Whether something that is put to the Councils is about one of some subjects: by its recommendation, else by its words."""
    asked = next((each for each in scene.directory.recommendations if each.id == recommendation), None)
    if asked and subjects & {f"group:{asked.group}", f"priority:{asked.priority}"}:
        return True
    said = diary.named(scene)
    return any(scene.named_in(subject, *texts) for subject in subjects) or bool(subjects and said and said <= diary.stems(*texts))


# -- what was decided


def decided(scene: Scene, reads: Reads, *, of_meetings: bool = True) -> Part | None:
    """What was decided about what is asked about: what is in the register, then what meetings decided; None where there is nothing."""
    found = _registered(scene, reads)
    whole = of_priorities(scene) or from_day(scene)
    met = diaries.recorded(scene, reads) if of_meetings and not whole else None
    if found is None or met is None or not met.known:
        return found or met
    groups = tuple(group for part in (found, met) for group in part.groups or (Group(part.headline, part.details),))
    sentence = scene.reader.ngettext("{n} decision is recorded.", "{n} decisions are recorded.", len(groups)).sentence
    more = [line for part in (found, met) if part.groups for line in part.details]
    return replace(found, headline=sentence, details=tuple(more), groups=groups)


def _registered(scene: Scene, reads: Reads) -> Part | None:
    """What is in the register, the newest first. What a meeting decided is told with that meeting, unless it is about another group."""
    kept = {each.id for each in scene.directory.decisions if each.year or each.provisional}
    asked = {each.id for each in scene.directory.recommendations if each.status != _PROPOSED}
    if not kept and not asked:
        return None
    subjects = meant(scene)
    there = [each for each in scene.ledger.decisions() if each.facts.id in kept or each.recommendation in asked]
    found = [each for each in there if fits(scene, subjects, each)]
    found = within(scene, found)
    return _told(scene, reads, found, subjects) if found else None


def there(scene: Scene) -> list[DecisionView]:
    """All decisions that a question may be about: of the real Councils, or of the demonstration; in a sandbox of both, if none is named."""
    if scene.ledger.sandboxed and not scene.query.mentions:
        return list(scene.ledger.decisions())
    kept = {each.id for each in scene.directory.decisions}
    return [each for each in scene.ledger.decisions() if each.facts.id in kept]


def numbered(scene: Scene, reads: Reads) -> Part | None:
    """A decision by its number, and its year where that is said."""
    number, when = scene.query.number, scene.query.when
    of = [each for each in there(scene) if each.facts.number == number]
    found = [each for each in of if when is None or each.facts.year == when.first.year]
    return _told(scene, reads, found, frozenset()) if found else None


def within(scene: Scene, found: Sequence[DecisionView]) -> list[DecisionView]:
    """Of decisions those of the time that a question names."""
    day, when = from_day(scene), scene.query.when
    if day:
        return [each for each in found if each.facts.taken and each.facts.taken.first >= day.first]
    return [each for each in found if when is None or (each.facts.taken and each.facts.taken.within(when))]


def those(scene: Scene, reads: Reads, ids: Collection[str]) -> Part:
    """Some decisions, as the register has them."""
    return _told(scene, reads, [each for each in scene.ledger.decisions() if each.facts.id in ids], frozenset())


def fits(scene: Scene, subjects: frozenset[str], view: DecisionView) -> bool:
    """Whether a decision is about what is asked about: by its council, what it was carried out for, what it answers, or its words."""
    facts, councils = view.facts, {group.id for group in scene.groups(councils=True)}
    if councils and not councils & {facts.council, _parent(scene, facts.council)}:
        return False
    targets = {each.target for each in view.carried}
    if of_priorities(scene):
        return speaks_of_priorities(facts) or any(target.startswith("priority:") for target in targets)
    if subjects & targets:
        return True
    if not subjects and from_day(scene):
        return True
    if facts.meeting and (not subjects or facts.council is None or f"group:{facts.council}" in subjects):
        return False
    if subjects:
        return concerns(scene, subjects, view.recommendation, facts.wording, view.title)
    stems, _said = diary.sought(scene)
    return bool(stems & diary.stems(facts.wording, view.title)) if stems else bool(councils)


def _parent(scene: Scene, council: str | None) -> str | None:
    known = scene.directory.groups.get(council or "")
    return known.parent if known else None


def _told(scene: Scene, reads: Reads, found: Sequence[DecisionView], subjects: frozenset[str]) -> Part:
    scene.cite_record(scene.ledger.now)
    subject = next(iter(sorted(subjects)), None) if len(subjects) == 1 else None
    told = [Group(reads(scene, each.facts).sentence, tuple(particulars(scene, each))) for each in found[:_EACH]]
    more = scene.reader.ngettext("{n} earlier decision.", "{n} earlier decisions.", len(found) - _EACH) if len(found) > _EACH else None
    if len(told) == 1:
        return scene.part(told[0].headline, told[0].details, subject=subject)
    sentence = scene.reader.ngettext("{n} decision is recorded.", "{n} decisions are recorded.", len(found)).sentence
    return replace(scene.part(sentence, [more] if more else [], subject=subject), groups=tuple(told))


def particulars(scene: Scene, view: DecisionView) -> Iterator[Words]:
    """Whose decision it is and of which day; then all that is known of it, by what it came first, and what it did in the registry."""
    from cadre.decisions import carried_wording, wording  # noqa: PLC0415  # see cadre.ask.ledger

    if source := wording.source(view, scene.reader):
        yield source.sentence
    yield from wording.details(view, scene.reader)
    yield from carried_wording.carried(view, scene.reader)
    yield from referred(scene, f"decision:{view.facts.id}")


def put(scene: Scene) -> list[Words]:
    """The questions that are put to the Councils about what is asked about and not settled, to those who may know of them."""
    if not scene.ledger.known:
        return []
    from cadre.ask.answers import questions  # noqa: PLC0415  # see cadre.ask.ledger

    subjects = meant(scene)
    return [line for each in questions.about(scene, subjects) for line in questions.how_it_stands(scene, each, subjects)]


# -- what is still proposed


def still_proposed(scene: Scene) -> Part:
    """The recommendations on which nothing is decided, by the slide of the deck that asks them."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    there = [each for each in scene.directory.recommendations if each.status == _PROPOSED]
    on_groups = [each for each in there if each.category and each.group]
    if not there:
        return scene.part(_("No recommendation is still proposed."), _settled(scene))
    for each in there:
        scene.cite("recommendation", each.id)
    slides = []
    for category in scene.directory.categories.values():
        names = [with_status(scene, each) for each in on_groups if each.category == category.id]
        if names:
            label = _("{label} ({n})", label=category.label.for_(scene.reader), n=len(names))
            slides.append(Group(label, tuple(names)))
    others = [each for each in there if each not in on_groups]
    if others:
        slides.append(Group(_("Not about one group ({n})", n=len(others)), tuple(_worded(scene, each) for each in others)))
    sentence = ngettext(
        "{n} recommendation on a group is still proposed.", "{n} recommendations on groups are still proposed.", len(on_groups)
    )
    settled = _settled(scene)
    if settled:  # it is so now, whenever they were made
        scene.cite_record(scene.ledger.now)
    if not on_groups:
        sentence = ngettext("{n} recommendation is still proposed.", "{n} recommendations are still proposed.", len(others))
    return replace(scene.part(sentence.sentence if settled else scene.told(sentence), settled), groups=tuple(slides))


def _worded(scene: Scene, asked: RecommendationFacts) -> Words:
    """A recommendation in its own words; with what it is about, where that is one thing."""
    return asked.wording.for_(scene.reader) if asked.wording else Words.verbatim(asked.id)


def _settled(scene: Scene) -> list[Words]:
    """How many were decided on."""
    n = sum(each.status != _PROPOSED for each in scene.directory.recommendations)
    return [scene.reader.ngettext("{n} recommendation was decided on.", "{n} recommendations were decided on.", n)] if n else []


HANDLERS: Final[dict[str, Handler]] = by_name(still_proposed)
