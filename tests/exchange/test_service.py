"""The registry file taken in and given out, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.models import Alias, Change, Provenance, State
from cadre.core.reader import OPERATOR
from cadre.exchange.layout import SECTIONS
from cadre.exchange.reading import InvalidFile
from cadre.exchange.seed import real_registry
from cadre.exchange.service import ImportReport, SectionReport, Touched, export, import_file
from cadre.groups.models import Group

SMALL = """\
format: 1

sources:
- id: deck
  origin: seed
  title: {en: Deck, fr: Présentation}
  attested: "2017-10"
- id: show
  origin: demonstration
  title: {en: Invented, fr: Inventé}

group_kinds:
- id: working_group
  name: {en: working group, fr: groupe de travail}
  plural: {en: working groups, fr: groupes de travail}
  needs_mandate: true

groups:
- id: jc
  name: {en: Joint Councils, fr: Conseils mixtes}
  acronyms: {en: [JC], fr: [CM, "ON", "1"]}
- id: privacy
  name: {en: Privacy, fr: null, stale: en}
  kind: working_group
  state: active
  owner: jc
  mandate:
    en: |-
      First paragraph: “quoted”.

      Second.
    fr: >-
      Un mandat assez long pour ne pas tenir sur une seule ligne du fichier, avec des accents, des guillemets « ainsi » et
      un deux-points : voilà.
  provenance:
    record: {source: deck, words: Le sous-comité}
    name.en: {source: deck, standing: corrected, note: {en: why, fr: pourquoi}}
    state: {source: deck, standing: confirmed, confirmed_by: Someone, confirmed_on: "2026-01-31"}
"""


@pytest.fixture
def registry(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        yield database


def take(registry: Database, text: str | bytes = SMALL) -> ImportReport:
    return registry.write(OPERATOR, import_file, text)


def told(report: ImportReport, section: str) -> SectionReport:
    return next(each for each in report.sections if each.section == section)


def state(registry: Database) -> tuple[int, int]:
    """The revision, and how many changes are recorded: neither moves where nothing was written."""

    def read(session: Session) -> tuple[int, int]:
        return session.scalars(select(State.revision)).one(), session.scalars(select(func.count(Change.id))).one()

    return registry.read(read)


def test_import_says_what_it_added_and_a_second_one_writes_nothing(registry: Database) -> None:
    assert told(take(registry), "groups") == SectionReport("groups", ("jc", "privacy"), (), (), 0, 0)
    before = state(registry)
    again = take(registry)
    assert told(again, "groups") == SectionReport("groups", (), (), (), 2, 0)
    assert (again.added, again.changed) == (0, 0)
    assert state(registry) == before


def test_import_says_which_fields_changed_and_records_each(registry: Database) -> None:
    take(registry)
    text = SMALL.replace("[JC]", "[JC, JCs]").replace("en: Privacy,", "en: Privacy Group,").replace("words: Le", "words: Un")
    report = told(take(registry, text), "groups")
    assert report.changed == (Touched("jc", ("acronyms",)), Touched("privacy", ("name", "provenance")))

    def changes(session: Session) -> list[tuple[str, str, str | None, str | None]]:
        newest = select(Change).where(Change.subject.in_(("group", "provenance")), Change.before.is_not(None)).order_by(Change.field)
        return [(change.field, change.by, change.before, change.after) for change in session.scalars(newest)]

    assert registry.read(changes) == [
        ("name_en", "operator", "Privacy", "Privacy Group"),
        ("words", "operator", "Le sous-comité", "Un sous-comité"),
    ]


def test_a_key_that_is_left_out_has_no_value_and_a_record_that_is_left_out_stays(registry: Database) -> None:
    take(registry)
    text = SMALL[: SMALL.index("- id: privacy")].replace('  acronyms: {en: [JC], fr: [CM, "ON", "1"]}\n', "")
    report = told(take(registry, text), "groups")
    assert report == SectionReport("groups", (), (Touched("jc", ("acronyms",)),), (), 0, 1)
    assert "acronyms" not in registry.read(export)
    assert "- id: privacy" in registry.read(export)


def test_what_somebody_confirmed_is_kept(registry: Database) -> None:
    take(registry)
    older = SMALL.replace("state: active", "state: dormant").replace("standing: confirmed, ", "")
    report = told(take(registry, older), "groups")
    assert report.kept == (Touched("privacy", ("state",)),)
    assert report.changed == ()
    assert registry.read(export, demonstration=True) == SMALL
    newer = SMALL.replace("state: active", "state: dormant")
    assert told(take(registry, newer), "groups").changed == (Touched("privacy", ("state",)),)


def test_what_was_confirmed_as_a_whole_is_kept_as_a_whole(registry: Database) -> None:
    take(registry)

    def confirm(session: Session) -> None:
        query = select(Provenance).where(Provenance.subject_id == "privacy", Provenance.field == "record")
        row = session.scalars(query).one()
        row.standing, row.confirmed_by, row.confirmed_on = "confirmed", "Someone", date(2026, 2, 1)

    registry.write(OPERATOR, confirm)
    older = SMALL.replace("  kind: working_group\n", "").replace("en: Privacy,", "en: Other,")
    report = told(take(registry, older), "groups")
    assert report.kept == (Touched("privacy", ("kind",)),)
    assert report.changed == (Touched("privacy", ("name",)),), "the name has a provenance of its own, which nobody confirmed"


def test_export_is_canonical(registry: Database) -> None:
    take(registry)
    assert registry.read(export, demonstration=True) == SMALL


def test_export_leaves_out_what_was_invented(registry: Database) -> None:
    invented = SMALL.replace(
        "- id: privacy", "- id: demo\n  name: {en: Demo, fr: Démo}\n  provenance:\n    record: {source: show}\n- id: privacy"
    ).replace("fr: [CM, \"ON\", \"1\"]}\n", "fr: [CM, \"ON\", \"1\"]}\n  provenance:\n    name: {source: show}\n")  # fmt: skip
    take(registry, invented)
    text = registry.read(export)
    assert "demo" not in text.lower()
    assert "source: show" not in text
    assert "- id: jc" in text
    assert "- id: demo" in registry.read(export, demonstration=True)


def test_the_real_registry_goes_round_unchanged(registry: Database, sqlite_url: str) -> None:
    assert take(registry, real_registry()).added > 150
    first = registry.read(export)
    with closing(Database(sqlite_url)) as other:
        if registry.engine.dialect.name == "sqlite":  # the same file: empty it
            other.write(OPERATOR, empty)
        assert take(other, first).added > 150
        assert other.read(export) == first


def empty(session: Session) -> None:
    for model in (Alias, Provenance, *(section.model for section in SECTIONS)):
        session.connection().execute(delete(model))


def test_a_broken_file_touches_nothing(registry: Database) -> None:
    take(registry)
    before = state(registry)
    with pytest.raises(InvalidFile):
        take(registry, SMALL.replace("en: Joint Councils", "en: Other").replace("owner: jc", "owner: nobody"))
    assert state(registry) == before
    assert registry.read(export, demonstration=True) == SMALL


def test_what_fails_while_writing_touches_nothing(registry: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr("cadre.exchange.service._Stored._set_provenance", fail)
    with pytest.raises(RuntimeError, match="power"):
        take(registry)
    assert registry.read(export) == "format: 1\n"


def test_white_space_that_came_another_way_is_not_exported(registry: Database) -> None:
    take(registry)

    def edit(session: Session) -> None:
        group = session.get_one(Group, "jc")
        group.name = Bilingual(" Joint Councils\n", "Conseils mixtes ")
        group.note = Bilingual(" ", "")

    registry.write(OPERATOR, edit)
    assert registry.read(export, demonstration=True) == SMALL
    assert take(registry).changed == 0


def test_a_feed_agrees_with_what_the_registry_holds_of_parts_that_the_file_does_not(registry: Database) -> None:
    take(registry)
    parts = "logic_model:\n- {{id: {}, council: jc, term: {}, number: 1, wording: {{en: x, fr: y}}}}\n"
    take(registry, "format: 1\n" + parts.format("late", "long"))
    forward = "format: 1\n" + parts.format("early", "input") + "feeds:\n- {id: f, source: early, target: late}\n"
    with pytest.raises(InvalidFile):
        take(registry, forward.replace("source: early, target: late", "source: late, target: early"))
    assert told(take(registry, forward), "feeds").added == ("f",)


def test_the_real_registry_has_no_logic_model_yet() -> None:
    assert "logic_model" not in real_registry()
