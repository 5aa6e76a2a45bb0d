"""Acronyms and other words that people ask about, and the sources of it all."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cadre.ask.answer import Part
from cadre.ask.answers.groups import group_info, group_owner
from cadre.ask.answers.people import the_group
from cadre.ask.answers.records import objective
from cadre.ask.lexicon import STRONG
from cadre.ask.scene import Handler, Scene, by_name
from cadre.ask.tokens import tokens, words
from cadre.core.words import Words


def acronym(scene: Scene) -> Part:
    """What an acronym stands for; all of them, where it stands for several things."""
    _ = scene.reader.gettext
    mention = scene.query.mentions[0] if scene.query.mentions else None
    if mention is None and scene.earlier:
        found = scene.acronym(scene.earlier)
        if found:
            return _stands_for(scene, scene.earlier, found)
        return scene.unknown(_("no acronym of {name:the} is recorded.", name=scene.name(scene.earlier)), (), scene.earlier)
    if mention is None:
        return _of_a_kind(scene)
    known = scene.directory
    said = set(words(scene.query.text))
    letters = next(
        (
            a.text
            for a in known.aliases
            if a.kind == "acronym" and f"{a.subject}:{a.subject_id}" in mention.subjects and set(words(a.text)) <= said
        ),
        None,
    )
    shown = Words.verbatim(letters) if letters else (scene.acronym(mention.subjects[0]) or Words(scene.name(mention.subjects[0])))
    if len(mention.subjects) > 1:
        names = scene.reader.either(scene.name(subject).form("the") for subject in mention.subjects)
        sentence = _("{acronym} may stand for {names}. Did you mean one of them?", acronym=shown, names=names)
        return scene.part(sentence, candidates=mention.subjects)
    if mention.coverage < STRONG:
        return scene.unknown(_("no such acronym is recorded."), scene.listed(mention.subjects))
    return _stands_for(scene, mention.subjects[0], shown)


def _of_a_kind(scene: Scene) -> Part:
    """WG, CoP, GT, CdP: what kinds of group are called."""
    _ = scene.reader.gettext
    said = {token.text for token in tokens(scene.query.text)}
    for alias in scene.directory.aliases:
        if alias.subject == "group_kind" and alias.kind == "acronym" and set(words(alias.text)) <= said:
            name = scene.name(f"group_kind:{alias.subject_id}")
            return scene.part(_("{acronym} stands for: {name}.", acronym=Words.verbatim(alias.text), name=name))
    return scene.unknown(_("no such acronym is recorded."))


def _stands_for(scene: Scene, subject: str, shown: Words) -> Part:
    _ = scene.reader.gettext
    kind, _sep, id_ = subject.partition(":")
    scene.cite(kind, id_)
    asked = ("record", "name", f"name.{scene.reader.language}")
    doubtful = any(scene.directory.doubt(kind, id_, each) for each in asked)
    doubts = [line for each in asked for line in scene.doubt(kind, id_, each)]
    name = scene.name(subject)
    sentence = (
        _("{acronym} stands for: {name} (to be confirmed).", acronym=shown, name=name)
        if doubtful
        else _("{acronym} stands for: {name}.", acronym=shown, name=name)
    )
    other = scene.reader.in_language("fr" if scene.reader.language == "en" else "en")
    told = replace(scene, reader=other).name(subject)
    elsewhere = _("In French: {name}", name=told) if other.language == "fr" else _("In English: {name}", name=told)
    note = scene.directory.groups[id_].note if kind == "group" else None
    notes = [note.for_(scene.reader)] if note else []
    return scene.part(sentence, [elsewhere, *doubts, *notes], subject=subject)


def term(scene: Scene) -> Part:
    """A word that people ask about."""
    _ = scene.reader.gettext
    id_ = scene.subject("term")[5:]
    found = scene.directory.terms[id_]
    scene.cite("term", id_)
    name = found.name.for_(scene.reader)
    if found.definition is None:
        return acronym(scene)
    return scene.part(
        _("{name}: {text}", name=name, text=scene.wording("term", id_, "definition", found.definition)), subject=f"term:{id_}"
    )


def group_term(scene: Scene) -> Part:
    """A group and a term at once: the body that the source names as its owner, or what an objective of the group says."""
    group = scene.directory.groups[the_group(scene)[6:]]
    term = scene.directory.terms[scene.subject("term")[5:]]
    said = scene.directory.doubt("group", group.id, "owner")
    if said and said.words and said.words in (term.name.en, term.name.fr):
        return group_owner(scene)
    return objective(scene) if any(o.group == group.id for o in scene.directory.objectives) else group_info(scene)


def source(scene: Scene) -> Part:
    """Where the registry's facts come from."""
    titles = [s.title.for_(scene.reader) for s in scene.directory.sources.values() if s.origin == "seed"]
    return scene.part(scene.reader.gettext("The registry tells what these sources say: {titles}.", titles=scene.reader.listed(titles)))


HANDLERS: Final[dict[str, Handler]] = by_name(
    acronym,
    term,
    group_term,
    source,
)
