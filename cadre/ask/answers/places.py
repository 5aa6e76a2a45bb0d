"""Who comes from where: a jurisdiction, or the municipal and federal members as sets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers.people import listed, the_group
from cadre.ask.scene import Handler, Scene, by_name
from cadre.core.words import Words
from cadre.people.facts import JurisdictionFacts, RoleFacts


def jurisdiction_reps(scene: Scene) -> Part:
    """The people of a jurisdiction and what they do, on one group or priority where the question names it."""
    meant = [subject.partition(":")[2] for m in scene.query.of("jurisdiction")[:1] for subject in m.subjects if subject.startswith("juris")]
    broadest = next((id_ for id_ in meant if set(meant) <= _parts_of(scene, id_)), None)
    id_ = broadest or scene.subject("jurisdiction").partition(":")[2]
    return _people_of(scene, scene.name(f"jurisdiction:{id_}"), _parts_of(scene, id_), id_)


def set_reps(scene: Scene) -> Part:
    """The municipal or the federal people."""
    federal = next((j.id for j in scene.directory.jurisdictions.values() if j.kind == "federal"), None)
    if scene.query.has("FEDERAL") and federal:
        return _people_of(scene, scene.name(f"jurisdiction:{federal}"), _parts_of(scene, federal), federal)
    _ = scene.reader.gettext
    kinds = ("municipality", "association")
    roles = _roles(scene, {j.id for j in scene.directory.jurisdictions.values() if j.kind in kinds})
    if not roles:
        return scene.unknown(_("no municipal member is recorded."))
    n = len({role.person for role in roles})
    people = listed(scene, _once(roles))
    sentence = scene.reader.ngettext(
        "{n} person represents municipalities: {people}.", "{n} people represent municipalities: {people}.", n, people=people
    )
    return scene.part(scene.told(sentence), scene.by_person(roles))


def _parts_of(scene: Scene, id_: str) -> set[str]:
    """A jurisdiction and what speaks for it: federal departments, municipalities of an association; not the towns of a province."""

    def belongs(other: JurisdictionFacts) -> bool:
        return (other.parent == id_ and other.kind == "department") or other.association == id_

    return {id_} | {other.id for other in scene.directory.jurisdictions.values() if belongs(other)}


def _roles(scene: Scene, places: set[str]) -> list[RoleFacts]:
    """The roles held for some places, of the kind and in the group that the question asks for."""
    found = scene.roles(places=places)
    mention = scene.mention("priority")
    if mention or scene.groups(councils=False):
        target = mention.subjects[0] if mention and mention.type == "priority" else the_group(scene)
        found = [r for r in found if r.target == target]
    wanted = "co_chair" if scene.query.has("COCHAIR") else "lead" if scene.query.has("LEAD") and not scene.query.has("MEMBER") else None
    if wanted and (fitting := [r for r in found if r.role == wanted]):
        return fitting
    return found if not wanted or not mention or mention.type == "group" else []


def _people_of(scene: Scene, place: Words, places: set[str], id_: str) -> Part:
    _ = scene.reader.gettext
    roles = _roles(scene, places)
    nearby = _towns(scene, id_)
    if not roles:
        mention = scene.mention("group", "priority")
        if mention:
            what = _("nobody from {place:the} is recorded for {target:the}.", place=place, target=scene.name(mention.subjects[0]))
            elsewhere = scene.roles(places=places)
            return scene.unknown(what, [*scene.by_person(elsewhere), *nearby], f"jurisdiction:{id_}")
        what = _("nobody from {place:the} is recorded.", place=place)
        return scene.unknown(what, [*_meetings(scene, id_), *nearby], f"jurisdiction:{id_}")
    once = _once(roles)
    people = scene.reader.listed(Words.verbatim(scene.directory.people[r.person].name) for r in once)
    sentence = scene.reader.ngettext(
        "{people} represents {place:the}.", "{people} represent {place:the}.", len(once), people=people, place=place
    )
    return scene.part(scene.told(sentence), [*scene.by_person(roles), *nearby], subject=f"jurisdiction:{id_}")


def _once(roles: Iterable[RoleFacts]) -> list[RoleFacts]:
    return list({role.person: role for role in roles}.values())


def _towns(scene: Scene, id_: str) -> list[Words]:
    """Municipal people in a province: offered beside its own, never merged with them."""
    towns = {j.id for j in scene.directory.jurisdictions.values() if j.parent == id_ and j.kind == "municipality"}
    people = _once(scene.roles(places=towns)) if towns else []
    if not people:
        return []
    return [scene.reader.gettext("Municipal representatives {place}: {people}", place=_in(scene, id_), people=listed(scene, people))]


def _in(scene: Scene, id_: str) -> Words:
    """ "in Ontario", « au Manitoba »."""
    locative = scene.directory.jurisdictions[id_].locative
    return locative.for_(scene.reader) if locative else scene.name(f"jurisdiction:{id_}")


def _meetings(scene: Scene, id_: str) -> list[Words]:
    """The nearest thing known of a jurisdiction without people: that it hosted a meeting."""
    _ = scene.reader.gettext
    return [
        _("A meeting was held there: {place}, {date}", place=m.place.for_(scene.reader), date=scene.reader.date(m.held))
        for m in scene.directory.meetings
        if m.jurisdiction == id_ and m.place and m.held
    ]


def unrepresented(scene: Scene) -> Part:
    """The provinces, territories and federal government of which the registry knows nobody."""
    _, ngettext = scene.reader.gettext, scene.reader.ngettext
    present = {scene.held_for(role) for role in scene.roles()}
    absent = [j.id for j in scene.directory.jurisdictions.values() if j.kind in ("province", "territory") and j.id not in present]
    names = scene.reader.listed(scene.name(f"jurisdiction:{id_}") for id_ in absent)
    sentence = ngettext(
        "nobody from {n} province or territory is in the registry: {names}.",
        "nobody from {n} provinces and territories is in the registry: {names}.",
        len(absent),
        names=names,
    )
    return scene.part(scene.told(sentence), [_("Nobody is recorded here; that does not mean that nobody represents them.")])


HANDLERS: Final[dict[str, Handler]] = by_name(
    unrepresented,
    jurisdiction_reps,
    set_reps,
)
