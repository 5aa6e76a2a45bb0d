"""The middle of a deck: how groups stand, and what the Councils are asked to agree on of them and of the rules for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.errors import Message
from cadre.core.reader import Reader
from cadre.core.words import Words
from cadre.framework.deck_facts import DeckFacts, RuleIn, waiting
from cadre.framework.deck_words import (
    acronyms,
    columned,
    council,
    doubted_owners,
    kind,
    note,
    people,
    proposed,
    spelled,
    state,
    status,
    unconfirmed,
)
from cadre.framework.facts import CategoryIn, GroupIn, RecommendationIn
from cadre.framework.graph import Told
from cadre.framework.slides import NOTHING, Block, Bullets, Prose, Slide, Table, Tongue
from cadre.groups import wording as groups
from cadre.oversight.wording import REQUIREMENTS

ON_PRIORITIES: Final = frozenset({"priorities", "oversight"})
ON_GOVERNANCE: Final = frozenset({"governance", "guidelines", "group_kinds", "requirements"})
_FOR_APPROVAL: Final = Message("Recommendations for approval")


def current_state(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """Each group: its kind, its council, who leads it, its state; what is to complete, where the reader may know."""
    shown = _in_order(facts)
    if not shown:
        return
    world, told = facts.world, bool(facts.world.health)
    shares = [(Message("Group"), 0.34), (Message("Kind"), 0.2), (Message("Reports to"), 0.15), (Message("Leads and co-chairs"), 0.19)]
    shares += [(Message("State"), 0.1), (Message("To complete"), 0.15)] if told else [(Message("State"), 0.12)]
    columns = columned(tongue, shares)
    rows = []
    leads = {each.id: world.leads(f"group:{each.id}") for each in shown}
    for each in shown:
        row = (
            tongue.name(each.name),
            kind(facts, each, tongue),
            council(facts, each, tongue),
            people(leads[each.id], tongue),
            state(each, tongue),
        )
        rows.append((*row, _to_complete(facts, each, tongue)) if told else row)
    title = tongue.say(lambda reader: reader.gettext("Current state of the working groups"))
    footnotes = (
        *acronyms(facts, shown, tongue),
        *doubted_owners(facts, shown, tongue, why=False),
        *unconfirmed((post for posts in leads.values() for post in posts), tongue),
    )
    notes = tuple(facts.notes(tongue, [("group", each.id, each.name)]) for each in shown)
    yield Slide(title, (Table(title, columns, tuple(rows), notes=notes),), footnotes=footnotes)


def _in_order(facts: DeckFacts) -> list[GroupIn]:
    """By what is recommended of them, as the sources list them; then the others."""
    numbers = {each.group: each.number or 0 for each in facts.world.recommendations.values() if each.group}
    return sorted(facts.world.working, key=lambda each: (each.id not in numbers, numbers.get(each.id, 0), each.id))


def _to_complete(facts: DeckFacts, group: GroupIn, tongue: Tongue) -> Told:
    health = facts.world.health.get(group.id, {})
    open_ = [message for name, message in REQUIREMENTS.items() if health.get(name) == "to_complete"]
    if not open_:
        return tongue.verbatim("–")
    return tongue.say(lambda reader: reader.gettext("▲ {what}", what=reader.listed(name.for_(reader).inside for name in open_)))


def recommendations(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What is asked of groups, by the question that it is asked with: a summary, then a slide for each question."""
    by_category = _by_category(facts)
    if not by_category:
        return
    yield _summary(by_category, tongue)
    for category, found in by_category:
        yield _category(facts, category, found, tongue)


def _by_category(facts: DeckFacts) -> list[tuple[CategoryIn, list[RecommendationIn]]]:
    held: dict[str, list[RecommendationIn]] = {}
    for each in facts.world.recommendations.values():
        if each.category and each.group in facts.world.groups:
            held.setdefault(each.category, []).append(each)
    categories = sorted(facts.world.categories.values(), key=lambda each: (each.number, each.id))
    return [(each, sorted(held[each.id], key=_number)) for each in categories if each.id in held]


def _number(recommendation: RecommendationIn) -> tuple[int, str]:
    return recommendation.number or 0, recommendation.id


def _summary(by_category: Sequence[tuple[CategoryIn, list[RecommendationIn]]], tongue: Tongue) -> Slide:
    title = tongue.say(lambda reader: reader.gettext("Summarized recommendations of the gap analysis for approval"))
    shares = [(Message("Recommendation"), 0.62), (Message("Groups"), 0.18), (Message("State"), 0.2)]
    columns = columned(tongue, shares)
    rows = tuple(
        (tongue.text(category.label), tongue.say(_counted(len(found))), _statuses(found, tongue)) for category, found in by_category
    )
    every = [each for _category, found in by_category for each in found]
    return Slide(title, (Table(title, columns, rows),), badge=_badge(every, tongue))


def _counted(n: int) -> Callable[[Reader], Words]:
    return lambda reader: reader.ngettext("{n} group", "{n} groups", n)


def _statuses(found: Iterable[RecommendationIn], tongue: Tongue) -> Told:
    held = dict.fromkeys(each.status for each in found)
    return tongue.joined(", ", (status(each, tongue) for each in held))


def _badge(found: Iterable[RecommendationIn], tongue: Tongue) -> Told:
    return proposed(tongue) if waiting(found) else NOTHING


def _category(facts: DeckFacts, category: CategoryIn, found: list[RecommendationIn], tongue: Tongue) -> Slide:
    shown = [facts.world.groups[each.group] for each in found if each.group]
    mixed = not waiting(found)
    noted = any(group.note for group in shown)
    shares = [(Message("Group"), 0.42), (Message("Reports to"), 0.2)]
    shares += [(Message("To be noted"), 0.38)] if noted else []
    shares += [(Message("State"), 0.14)] if mixed else []
    columns = columned(tongue, shares)
    rows = []
    for each, group in zip(found, shown, strict=True):
        row = (spelled(group, tongue), council(facts, group, tongue))
        rows.append((*row, *((note(group, tongue),) if noted else ()), *((status(each.status, tongue),) if mixed else ())))
    records: list[tuple[str, str, Bilingual]] = [("category", category.id, category.label)]
    records += [(subject, each.id, each.name) for each in shown for subject in ("recommendation", "group")]
    return Slide(
        tongue.text(category.label),
        (Prose((tongue.text(category.question),)), Table(tongue.text(category.label), columns, tuple(rows))),
        section=tongue.say(_FOR_APPROVAL.for_),
        badge=_badge(found, tongue),
        footnotes=(*acronyms(facts, shown, tongue), *doubted_owners(facts, shown, tongue)),
        notes=facts.notes(tongue, records),
    )


def on_priorities(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What is asked about priorities as a whole, and what follows if it is agreed."""
    about = facts.council
    found = _on(facts, lambda each: each.topic in ON_PRIORITIES)
    if not found:
        return
    title = tongue.say(
        lambda reader: (
            reader.gettext("Priority recommendations {council:of}", council=groups.named(about.name, reader))
            if about
            else reader.gettext("Priority recommendations")
        )
    )
    yield _asked(facts, title, found, tongue)


def governance(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What is asked about the structures and governance of groups, and the rules that come of it."""
    found = _on(facts, lambda each: each.topic in ON_GOVERNANCE)
    if found:
        title = tongue.say(lambda reader: reader.gettext("Group structures and governance"))
        yield _asked(facts, title, found, tongue)
    if facts.rules:
        yield _rules(facts, tongue)


def others(facts: DeckFacts, tongue: Tongue) -> Iterator[Slide]:
    """What else is recommended and worded for itself."""
    known = ON_PRIORITIES | ON_GOVERNANCE
    found = _on(facts, lambda each: each.topic not in known and each.category is None)
    if found:
        yield _asked(facts, tongue.say(lambda reader: reader.gettext("Other recommendations")), found, tongue)


def _on(facts: DeckFacts, wanted: Callable[[RecommendationIn], bool]) -> list[RecommendationIn]:
    return sorted((each for each in facts.world.recommendations.values() if each.wording and wanted(each)), key=_number)


def _asked(facts: DeckFacts, title: Told, found: list[RecommendationIn], tongue: Tongue) -> Slide:
    items: list[Told] = []
    for each in found:
        items.append(_item(each, tongue, mixed=not waiting(found)))
        if each.consequence:
            items.append(_consequence(each.consequence, tongue))
    records = [("recommendation", each.id, each.wording) for each in found if each.wording]
    return Slide(
        title,
        (Bullets(tuple(items), numbered=len(items) == len(found) > 1),),
        section=tongue.say(_FOR_APPROVAL.for_),
        badge=_badge(found, tongue),
        notes=facts.notes(tongue, records),
    )


def _item(each: RecommendationIn, tongue: Tongue, *, mixed: bool) -> Told:
    told, held = tongue.text(each.wording), status(each.status, tongue)
    if not mixed:
        return told
    return tongue.say(lambda reader: reader.gettext("{text} ({more})", text=tongue.in_(told, reader), more=tongue.in_(held, reader)))


def _consequence(text: Bilingual, tongue: Tongue) -> Told:
    return tongue.say(lambda reader: reader.gettext("If it is agreed: {text}", text=text.marked(reader).inside))


def _rules(facts: DeckFacts, tongue: Tongue) -> Slide:
    agreed = all(_agreed(facts, rule) for rule in facts.rules)
    title = tongue.say(lambda reader: reader.gettext("What each group should have"))
    shares = [(Message("Rule"), 0.1), (Message("Wording"), 0.72), (Message("State"), 0.18)]
    columns = columned(tongue, shares)
    rows = tuple((tongue.verbatim(rule.number), tongue.text(rule.wording), _rule_state(facts, rule, tongue)) for rule in facts.rules)
    kinds: list[Block] = [Table(title, columns, rows)]
    notes = facts.notes(tongue, (("rule", rule.id, rule.wording) for rule in facts.rules))
    badge = NOTHING if agreed else proposed(tongue)
    return Slide(title, tuple(kinds), section=tongue.say(_FOR_APPROVAL.for_), badge=badge, notes=notes)


def _agreed(facts: DeckFacts, rule: RuleIn) -> bool:
    asked = facts.world.recommendations.get(rule.recommendation)
    return asked is not None and asked.status == "approved"


def _rule_state(facts: DeckFacts, rule: RuleIn, tongue: Tongue) -> Told:
    asked = facts.world.recommendations.get(rule.recommendation)
    return status(asked.status if asked else "proposed", tongue)
