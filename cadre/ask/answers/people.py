"""Who leads, co-chairs, is on, represents; and what a person does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.lexicon import Mention
from cadre.ask.names import NOTHING
from cadre.ask.scene import Handler, Scene, Unclear, by_name
from cadre.ask.tokens import words
from cadre.core.words import Words
from cadre.people.facts import PersonFacts, RoleFacts

_WAS: Final = frozenset("was were been former formerly etait etaient ete fut furent ancien ancienne anciens".split())
"""Words of questions about what was."""


def who_leads(scene: Scene) -> Part:
    """The leads of a priority or group; of a group without leads, its co-chairs; without a subject, the leads of all priorities."""
    if not scene.mention("priority", "group", "council") and not scene.earlier:
        return _all_leads(scene)
    target = scene.subject("priority", "group", fits=lambda subject: any(role.target == subject for role in scene.directory.roles))
    leads = scene.roles(target=target, role="lead")
    name, people = scene.name(target), listed(scene, leads)
    if leads:
        ngettext = scene.reader.ngettext
        sentence = ngettext("{people} leads {target:the}.", "{people} lead {target:the}.", len(leads), people=people, target=name)
        if scene.query.when and not scene.told_of(scene.query.when):
            sentence = scene.reader.gettext(
                "in {date}, lead of {target:the}: {people}.", date=scene.reader.date(scene.query.when), people=people, target=name
            )
        dated = [role for role in leads if role.since or role.until]
        return scene.part(scene.told(sentence), scene.by_person(dated), subject=target)
    if scene.roles(target=target, role="co_chair"):
        return co_chairs(scene, target)
    return _no_leads(scene, target)


def _all_leads(scene: Scene) -> Part:
    if scene.query.features & {"GROUP", "KIND:working_group", "KIND:committee", "KIND:sub_committee"} and not scene.query.has("PRIORITY"):
        raise Unclear(scene.usual(("group",)))
    lines = [
        scene.reader.gettext("{name}: {people}", name=priority.name.for_(scene.reader), people=listed(scene, leads))
        for priority in scene.directory.priorities.values()
        if (leads := scene.roles(target=f"priority:{priority.id}", role="lead"))
    ]
    people = len({role.person for role in scene.roles(role="lead") if role.priority})
    if not people:
        return scene.unknown(scene.reader.gettext("no lead is recorded."))
    sentence = scene.reader.ngettext("{n} person leads the priorities.", "{n} people lead the priorities.", people)
    return scene.part(scene.told(sentence), lines)


def _no_leads(scene: Scene, target: str) -> Part:
    """Nothing is recorded: says what was, on another day, or what is proposed."""
    _ = scene.reader.gettext
    name = scene.name(target)
    kind, _sep, id_ = target.partition(":")
    group = scene.directory.groups.get(id_) if kind == "group" else None
    proposed = [p for p in scene.directory.priorities.values() if group and p.group == id_ and group.state in (None, "proposed")]
    for priority in proposed:
        leads = listed(scene, scene.roles(target=f"priority:{priority.id}", role="lead"))
        carried = scene.name(f"priority:{priority.id}")
        sentence = _(
            "it is proposed that the leads of {priority:the} co-chair {target:the}: {people}.", priority=carried, target=name, people=leads
        )
        return scene.part(scene.told(sentence), [_("Its co-chairs themselves are not in the registry.")], subject=target)
    others = [role for role in scene.directory.roles if role.target == target and role.role in ("lead", "co_chair")]
    leading = [role for p in scene.directory.priorities.values() if p.group == id_ and kind == "group" for role in _leading(scene, p.id)]
    told = _("nobody is recorded as lead or co-chair of {target:the}.", target=name)
    former = [role for role in others if scene.over(role)]
    if former and scene.query.when is None and not _WAS.isdisjoint(words(scene.query.text)):
        return _who_was(scene, former, target)
    return scene.unknown(told, scene.by_person([*others, *leading]), target)


def _who_was(scene: Scene, former: Iterable[RoleFacts], target: str) -> Part:
    """Who led or co-chaired, where nobody does any more."""
    _, roles = scene.reader.gettext, list(former)
    for role in roles:
        scene.cite("role", role.id)
    first, *others = (_("{person} {roles}.", person=scene.person(role), roles=scene.phrase(role)) for role in roles)
    return scene.part(first, [*others, _("Nobody is recorded who leads or co-chairs it now.")], subject=target)


def _leading(scene: Scene, priority: str) -> list[RoleFacts]:
    return scene.roles(target=f"priority:{priority}", role="lead")


def co_chairs(scene: Scene, target: str | None = None) -> Part:
    """The co-chairs of a group, of one council only where the question says on whose behalf."""
    _ = scene.reader.gettext
    if target is None:
        mention = scene.mention("group")
        chaired = list(dict.fromkeys(r.target for r in scene.directory.roles if r.role == "co_chair"))
        if (
            mention is None
            and not scene.mention("priority")
            and len(chaired) == 1
            and not scene.query.has("KIND:committee", "KIND:sub_committee")
        ):
            target = chaired[0]
        elif mention is None and scene.mention("priority"):
            return who_leads(scene)
        else:
            target = the_group(scene)
    chairs = scene.roles(target=target, role="co_chair")
    councils = {council.id for council in scene.groups(councils=True)}
    chairs = [r for r in chairs if r.on_behalf_of in councils] or chairs
    for_council = [r for r in scene.roles(role="co_chair") if f"group:{r.on_behalf_of}" == target]
    if not chairs and for_council:
        return scene.unknown(
            _("nobody is recorded as lead or co-chair of {target:the}.", target=scene.name(target)), scene.by_person(for_council)
        )
    if not chairs:
        return _no_leads(scene, target)
    people = scene.reader.listed(_on_behalf(scene, role) for role in chairs)
    sentence = scene.reader.ngettext(
        "{people} co-chairs {target:the}.", "{people} co-chair {target:the}.", len(chairs), people=people, target=scene.name(target)
    )
    if scene.query.when and not scene.told_of(scene.query.when):
        when = scene.reader.date(scene.query.when)
        sentence = _("in {date}, co-chair of {target:the}: {people}.", date=when, people=people, target=scene.name(target))
    return scene.part(scene.told(sentence), _notes(scene, chairs), subject=target)


def the_group(scene: Scene) -> str:
    """The group that a question is about: the one that is not a council, where it names both. Raises Unclear."""
    mention = next((m for m in scene.query.of("group") if not _councils(scene, m)), None)
    if mention is None:
        return scene.subject("group")
    groups = [subject for subject in mention.subjects if subject.startswith("group:")]
    if len(groups) > 1:
        raise Unclear(groups)
    return groups[0]


def _councils(scene: Scene, mention: Mention) -> bool:
    groups = [scene.directory.groups[subject[6:]] for subject in mention.subjects if subject.startswith("group:")]
    return all(group.is_council for group in groups)


def _on_behalf(scene: Scene, role: RoleFacts) -> Words:
    person = scene.person(role)
    if not role.on_behalf_of:
        return person
    council = scene.short(f"group:{role.on_behalf_of}")
    held = scene.held_for(role)
    name = Words.verbatim(scene.directory.people[role.person].name)
    if held is None:
        return scene.reader.gettext("{person} (for {council:the})", person=name, council=council)
    return scene.reader.gettext("{person} ({place}, for {council:the})", person=name, place=scene.place(held), council=council)


def _notes(scene: Scene, roles: Iterable[RoleFacts]) -> list[Words]:
    """What the sources leave open about some roles, each said once."""
    notes = (line for role in roles for line in scene.doubt("role", role.id, "record"))
    return list(dict.fromkeys(notes))


def listed(scene: Scene, roles: Iterable[RoleFacts]) -> Words:
    """ "Bev Dicks (B.C.) and Annette Vermaeten (ESDC/Service Canada)"."""
    return scene.reader.listed(scene.person(role) for role in roles)


def members(scene: Scene) -> Part:
    """Everybody with a role in a group."""
    mention = scene.mention("group", "priority")
    if mention is None and not scene.earlier:
        return _only_known(scene)
    target = the_group(scene) if mention and mention.type == "group" else scene.subject("priority", "group")
    asked = [kind for concept, kind in (("OBSERVER", "observer"), ("ALTERNATE", "alternate")) if scene.query.has(concept)]
    roles = [role for role in scene.roles(target=target) if not asked or role.role in asked]
    name = scene.name(target)
    if not roles:
        near = _no_leads(scene, target)
        what = scene.reader.gettext("no member of {target:the} is recorded.", target=name)
        return near if near.known else scene.unknown(what, (), target)
    if asked and roles:
        people_ = scene.reader.listed(_once_each(scene, roles))
        return scene.part(scene.told(scene.reader.gettext("{target:the}: {people}.", target=name, people=people_)), subject=target)
    people = len({role.person for role in roles if role.role not in ("alternate", "observer", "secretariat")})
    sentence = scene.reader.ngettext("{target:the} has {n} member.", "{target:the} has {n} members.", people, target=name)
    return scene.part(scene.told(sentence), _once_each(scene, roles), subject=target)


def _once_each(scene: Scene, roles: Iterable[RoleFacts]) -> list[Words]:
    """A line a person: of whoever has more than one role, those that are more than to be a member."""
    own: dict[str, list[RoleFacts]] = {}
    for role in roles:
        own.setdefault(role.person, []).append(role)
    return [_with_role(scene, next((role for role in held if role.role != "member"), held[0])) for held in own.values()]


def _only_known(scene: Scene) -> Part:
    """ "Who are the members?" Only one group has any on record; with more, we ask which."""
    targets = list(dict.fromkeys(r.target for r in scene.directory.roles if r.role == "member"))
    if len(targets) != 1:
        raise Unclear(targets or scene.usual(("group",)))
    scene.earlier = targets[0]
    return members(scene)


def _with_role(scene: Scene, role: RoleFacts) -> Words:
    _ = scene.reader.gettext
    if role.role == "member":
        return scene.person(role)
    titles = {
        "co_chair": _("co-chair"),
        "lead": _("lead"),
        "alternate": _("alternate"),
        "observer": _("observer"),
        "secretariat": _("secretariat"),
    }
    person = _on_behalf(scene, role) if role.role == "co_chair" else scene.person(role)
    return _("{person}, {role}", person=person, role=titles[role.role])


def who_is_in(scene: Scene) -> Part:
    """ "Who is X?" of a group: its co-chairs or leads if they are known, else its members."""
    target = the_group(scene)
    if any(r.target == target and r.role in ("lead", "co_chair") for r in scene.directory.roles):
        return who_leads(scene)
    return members(scene)


# -- a person


def _person(scene: Scene) -> PersonFacts:
    return scene.directory.people[scene.subject("person")[7:]]


def person_info(scene: Scene) -> Part:
    """Where a person is from and all that they do."""
    person = _person(scene)
    scene.cite("person", person.id)
    phrases = [scene.phrase(role) for role in scene.roles(person=person.id)]
    subject = f"person:{person.id}"
    name = scene.name(subject)
    _ = scene.reader.gettext
    place = _whence(scene, person)
    former = [scene.phrase(role) for role in scene.former(person.id)]
    if not phrases and former:
        sentence = _("{person} has no current role; before that: {roles}.", person=name, roles=scene.reader.listed(former))
        return scene.part(scene.told(sentence), [place] if place else [], subject=subject)
    if not phrases:
        return scene.unknown(_("no role of {person} is recorded.", person=name), [place] if place else [], subject)
    sentence = _("{person} {roles}.", person=name, roles=scene.reader.listed(phrases))
    return scene.part(scene.told(sentence), [place] if place else [], subject=subject)


def _whence(scene: Scene, person: PersonFacts) -> Words:
    """ "From the Region of Peel, MSDO Central Region." """
    known = scene.directory.jurisdictions.get(person.jurisdiction or "")
    if known is None:
        return NOTHING
    _ = scene.reader.gettext
    place = scene.name(f"jurisdiction:{known.id}")
    if known.section:
        return _("Jurisdiction: {place} ({section})", place=place, section=known.section.for_(scene.reader))
    if known.short and known.kind == "department":
        return _("Jurisdiction: {place} ({section})", place=place, section=known.short.for_(scene.reader))
    return _("Jurisdiction: {place}", place=place)


def person_from(scene: Scene) -> Part:
    """Where a person is from."""
    person = _person(scene)
    scene.cite("person", person.id)
    _ = scene.reader.gettext
    known = scene.directory.jurisdictions.get(person.jurisdiction or "")
    subject = f"person:{person.id}"
    name = scene.name(subject)
    if known is None:
        return scene.unknown(_("where {person} is from is not recorded.", person=name), (), subject)
    place = scene.name(f"jurisdiction:{known.id}")
    sentence = _("{person} is from {place:the}.", person=name, place=place)
    roles = [scene.phrase(role) for role in scene.roles(person=person.id)]
    details = [_("{person} {roles}.", person=name, roles=scene.reader.listed(roles))] if roles else []
    return scene.part(
        scene.told(sentence),
        [*details, *([_whence(scene, person)] if known.section or known.kind == "department" else [])],
        subject=subject,
    )


def person_on(scene: Scene) -> Part:
    """Whether a person has a role in something, and which."""
    _ = scene.reader.gettext
    person = _person(scene)
    name = scene.name(f"person:{person.id}")
    if scene.mention("group", "priority") is None:
        return person_info(scene)
    target = scene.subject(
        "priority", "group", fits=lambda subject: any((r.person, r.target) == (person.id, subject) for r in scene.directory.roles)
    )
    wanted = "lead" if scene.query.has("LEAD") else "co_chair" if scene.query.has("COCHAIR") else None
    roles = scene.roles(person=person.id, target=target)
    fitting = [r for r in roles if not wanted or r.role == wanted]
    phrases = scene.reader.listed(scene.phrase(role) for role in fitting or roles)
    if fitting:
        return scene.part(scene.told(_("{person} {roles}.", person=name, roles=phrases)), subject=f"person:{person.id}")
    held = scene.former(person.id, target)
    others = [scene.phrase(role) for role in [*held, *scene.roles(person=person.id)]]
    details = [_("{person} {roles}.", person=name, roles=scene.reader.listed(others))] if others else []
    what = _("{person} is not recorded in that role for {target:the}.", person=name, target=scene.name(target))
    return scene.unknown(what, details, f"person:{person.id}")


def shared_role(scene: Scene) -> Part:
    """With whom a person shares what they lead, co-chair or sit on."""
    _ = scene.reader.gettext
    person = _person(scene)
    mention = scene.mention("group", "priority")
    wanted = "lead" if scene.query.has("LEAD") else "co_chair" if scene.query.has("COCHAIR") else None
    held = scene.roles(person=person.id)
    own = [r for r in held if mention and r.target in mention.subjects] or held
    own = [r for r in own if r.role == wanted] or own
    lines = []
    for role in own:
        others = [
            r
            for r in scene.roles(target=role.target)
            if r.person != person.id and (r.role == role.role or role.role not in ("lead", "co_chair"))
        ]
        if others:
            lines.append(_("{role}, with {people}", role=scene.phrase(role), people=listed(scene, others)))
    name = scene.name(f"person:{person.id}")
    if not lines:
        return scene.unknown(_("nobody is recorded with {person}.", person=name), (), f"person:{person.id}")
    if len(lines) == 1:
        return scene.part(scene.told(_("{person} {roles}.", person=name, roles=lines[0])), subject=f"person:{person.id}")
    sentence = _("{person} {roles}.", person=name, roles=scene.reader.listed(scene.phrase(role) for role in own))
    return scene.part(scene.told(sentence), lines, subject=f"person:{person.id}")


def contact(scene: Scene) -> Part:
    """How to reach a person: only for those who may see it."""
    _ = scene.reader.gettext
    if scene.mention("person") is None:
        return scene.unknown(_("addresses and telephone numbers are shown for people of the registry only."))
    person = _person(scene)
    subject = f"person:{person.id}"
    name = scene.name(subject)
    entitled = (
        person.visibility == "public"
        or (person.visibility == "members" and bool(scene.reader.roles))
        or "secretariat" in scene.reader.roles
    )
    details = [Words.verbatim(text) for text in (person.email, person.phone) if text]
    if not details or not entitled:
        whence = _whence(scene, person)
        what = _("no contact details visible to you are recorded for {person}.", person=name)
        return scene.unknown(what, [whence] if whence else [], subject)
    scene.cite("person", person.id)
    return scene.part(_("{person}: {details}", person=name, details=Words.joined(", ", details)), subject=subject)


def people_count(scene: Scene) -> Part:
    """How many people the registry knows."""
    people = scene.directory.people.values()
    for person in people:
        scene.cite("person", person.id)
    names = scene.reader.listed(Words.verbatim(person.name) for person in people)
    return scene.part(
        scene.told(scene.reader.ngettext("{n} person is in the registry.", "{n} people are in the registry.", len(people))), [names]
    )


def unclear(scene: Scene) -> Part:
    """ "The working group", without a name: asks which."""
    raise Unclear(scene.usual(("group",)))


HANDLERS: Final[dict[str, Handler]] = by_name(
    who_leads,
    co_chairs,
    members,
    who_is_in,
    person_info,
    person_from,
    person_on,
    shared_role,
    contact,
    people_count,
    unclear,
) | {"member_count": members}
