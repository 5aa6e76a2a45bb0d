"""Every change of an audited record is recorded, and nobody can forget to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.changes import actor, under_decision
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.events import claim_event
from cadre.core.models import Alias, Audited, Base, Change, Provenance, Source, State
from cadre.core.reader import OPERATOR, Actor
from cadre.core.schema import metadata
from cadre.decisions.models import Decision
from cadre.groups.models import Group
from cadre.people.models import Claim, Identity, Person, Role

SAM = Actor("Sam")


class Recorded(NamedTuple):
    subject: str
    field: str
    before: str | None
    after: str | None


@pytest.fixture
def filled(database: Database) -> Database:
    def fill(session: Session) -> None:
        session.add(Group(id="jc", name=Bilingual("Joint Councils", "Conseils mixtes"), state="active"))
        session.add(Person(id="bev", name="Bev"))
        session.add(Role(id="jc.bev", person="bev", role="lead", group="jc", since=PartialDate.parse("2015")))

    database.write(OPERATOR, fill)
    return database


def newest(database: Database, act: Callable[[Session], object], by: Actor = SAM) -> list[Recorded]:
    """What one transaction leaves in the record."""

    def last(session: Session) -> int:
        return session.scalar(select(func.max(Change.id))) or 0

    def since(session: Session, id_: int) -> list[Recorded]:
        rows = session.scalars(select(Change).where(Change.id > id_).order_by(Change.subject, Change.field, Change.id))
        return [Recorded(f"{row.subject}/{row.subject_id}", row.field, row.before, row.after) for row in rows]

    before = database.read(last)
    database.write(by, act)
    return database.read(since, before)


def revision(database: Database) -> int:
    return database.read(lambda session: session.scalars(select(State.revision)).one())


def group(session: Session) -> Group:
    return session.get_one(Group, "jc")


def role(session: Session) -> Role:
    return session.get_one(Role, "jc.bev")


def test_a_new_record_has_a_row_for_each_field_that_it_has(database: Database) -> None:
    def add(session: Session) -> None:
        session.add(Person(id="bev", name="Bev", email="bev@example.org"))

    assert newest(database, add) == [
        ("person/bev", "email", None, "bev@example.org"),
        ("person/bev", "name", None, "Bev"),
        ("person/bev", "visibility", None, "secretariat"),
    ]


def test_a_changed_field_has_one_row_and_an_unchanged_one_none(filled: Database) -> None:
    def edit(session: Session) -> None:
        group(session).state = "dormant"
        group(session).kind = None

    assert newest(filled, edit) == [("group/jc", "state", "active", "dormant")]


def test_a_deleted_record_has_a_row_for_each_field_that_it_had(filled: Database) -> None:
    assert newest(filled, lambda session: session.delete(role(session))) == [
        ("role/jc.bev", "group", "jc", None),
        ("role/jc.bev", "person", "bev", None),
        ("role/jc.bev", "role", "lead", None),
        ("role/jc.bev", "since_text", "2015", None),
    ]


def test_before_is_known_even_where_nobody_read_it(filled: Database) -> None:
    def edit(session: Session) -> None:
        jc, lead = group(session), role(session)
        session.expire_all()
        jc.state = "sunset"
        jc.name = Bilingual("JC", "Conseils mixtes")
        lead.since = PartialDate.parse("2015-06")

    assert newest(filled, edit) == [
        ("group/jc", "name_en", "Joint Councils", "JC"),
        ("group/jc", "state", "active", "sunset"),
        ("role/jc.bev", "since_text", "2015", "2015-06"),
    ]


def test_a_deleted_record_that_nobody_read_has_its_rows(filled: Database) -> None:
    def remove(session: Session) -> None:
        lead = role(session)
        session.expire(lead)
        session.delete(lead)

    assert [row.before for row in newest(filled, remove)] == ["jc", "bev", "lead", "2015"]


def test_before_a_deletion_is_what_the_registry_held(filled: Database) -> None:
    def edit_and_remove(session: Session) -> None:
        lead = role(session)
        lead.role = "member"
        session.delete(lead)

    assert Recorded("role/jc.bev", "role", "lead", None) in newest(filled, edit_and_remove)


def test_texts_in_two_languages_change_by_language(filled: Database) -> None:
    def edit(session: Session) -> None:
        group(session).name = group(session).name.edited(en="The Joint Councils")

    assert newest(filled, edit) == [
        ("group/jc", "name_en", "Joint Councils", "The Joint Councils"),
        ("group/jc", "name_stale", None, "fr"),
    ]
    assert newest(filled, lambda session: setattr(group(session), "note", Bilingual("Tab 3", None))) == [
        ("group/jc", "note_en", None, "Tab 3")
    ]
    assert newest(filled, lambda session: setattr(group(session), "note", None)) == [("group/jc", "note_en", "Tab 3", None)]


def test_a_date_is_one_field_as_it_was_written(filled: Database) -> None:
    assert newest(filled, lambda session: setattr(role(session), "until", PartialDate.parse("2018-03"))) == [
        ("role/jc.bev", "until_text", None, "2018-03")
    ]
    assert newest(filled, lambda session: setattr(role(session), "until", None)) == [("role/jc.bev", "until_text", "2018-03", None)]


def test_days_and_instants_are_told_in_iso_form(database: Database) -> None:
    made = datetime(2026, 12, 1, 9, tzinfo=UTC)

    def add(session: Session) -> None:
        session.add(Source(id="deck", origin="seed", title=Bilingual("Deck", "Présentation")))
        session.add(Person(id="bev", name="Bev"))
        session.add(
            Provenance(subject="group", subject_id="jc", field="name", source="deck", standing="confirmed", confirmed_on=date(2026, 1, 31))
        )
        session.add(Identity(id=7, team="T1", user="U1"))
        session.flush()
        session.add(Claim(identity=7, person="bev", made_at=made))

    told = {(row.subject, row.field): row.after for row in newest(database, add)}
    assert told["provenance/1", "confirmed_on"] == "2026-01-31"
    assert told["claim/1", "made_at"] == "2026-12-01T09:00:00+00:00"
    assert told["claim/1", "state"] == "pending"


def test_each_flush_of_a_transaction_is_recorded(filled: Database) -> None:
    def there_and_back(session: Session) -> None:
        group(session).state = "dormant"
        session.flush()
        group(session).state = "active"

    assert sorted(newest(filled, there_and_back)) == [
        ("group/jc", "state", "active", "dormant"),
        ("group/jc", "state", "dormant", "active"),
    ]


def test_setting_a_field_to_what_it_is_changes_nothing(filled: Database) -> None:
    before = revision(filled)

    def edit(session: Session) -> None:
        group(session).state = "active"
        group(session).name = Bilingual("Joint Councils", "Conseils mixtes")
        role(session).since = PartialDate.parse("2015")

    assert newest(filled, edit) == []
    assert revision(filled) == before


def test_a_change_names_who_when_and_the_decision(filled: Database) -> None:
    def decide(session: Session) -> None:
        assert actor(session) == SAM
        group(session).state = "dormant"
        session.flush()
        under_decision(session, "decision-1")
        group(session).state = "sunset"

    def told(session: Session) -> list[tuple[str, str | None, str | None]]:
        rows = session.scalars(select(Change).where(Change.by == "Sam").order_by(Change.id))
        assert all(abs(clock.real() - row.at).total_seconds() < 60 for row in rows)
        rows = session.scalars(select(Change).where(Change.by == "Sam").order_by(Change.id))
        return [(row.by, row.after, row.decision) for row in rows]

    filled.write(SAM, decide)
    assert filled.read(told) == [("Sam", "dormant", None), ("Sam", "sunset", "decision-1")]
    assert filled.read(actor) == OPERATOR, "nothing is left over from the transaction before"
    newest(filled, lambda session: setattr(group(session), "state", "active"))
    decisions = filled.read(lambda session: session.scalars(select(Change.decision).order_by(Change.id.desc()).limit(1)).one())
    assert decisions is None


def test_a_change_is_made_in_workspace_time(filled: Database) -> None:
    filled.write(OPERATOR, lambda session: session.execute(update(State).values(clock_offset=86_400.0 * 365)))
    newest(filled, lambda session: setattr(group(session), "state", "sunset"))
    at = filled.read(lambda session: session.scalars(select(func.max(Change.at))).one())
    assert 364 <= (at - clock.real()).days <= 365


BULK: dict[str, Callable[[Session], Any]] = {
    "update": lambda session: session.execute(update(Group).values(state="sunset")),
    "update of some": lambda session: session.execute(update(Group).where(Group.id == "jc").values(state="sunset")),
    "update by id": lambda session: session.execute(update(Group), [{"id": "jc", "state": "sunset"}]),
    "update of the table": lambda session: session.execute(update(Group.__table__).values(state="sunset")),  # type: ignore[arg-type]  # the statement is what is refused, whatever its type
    "delete": lambda session: session.execute(delete(Role)),
    "delete from the table": lambda session: session.execute(delete(Role.__table__)),  # type: ignore[arg-type]  # the statement is what is refused, whatever its type
    "insert": lambda session: session.execute(insert(Person), [{"id": "a", "name": "A"}]),
    "insert into the table": lambda session: session.execute(insert(Person.__table__).values(id="a", name="A", visibility="public")),  # type: ignore[arg-type]  # the statement is what is refused, whatever its type
    "query": lambda session: session.query(Group).update({"state": "sunset"}),
}


def test_a_bulk_change_of_an_audited_table_is_refused(filled: Database) -> None:
    for name, statement in BULK.items():
        with pytest.raises(RuntimeError, match="bulk change of the audited table"):
            filled.write(SAM, statement)
        assert filled.read(lambda session: (group(session).state, role(session).role)) == ("active", "lead"), name


def test_what_is_not_audited_may_be_changed_in_bulk(filled: Database) -> None:
    before = revision(filled)
    assert filled.write(SAM, claim_event, "T1", "E1")
    assert filled.write(SAM, lambda session: session.execute(update(State).values(sandbox=False)).rowcount) == 1  # type: ignore[attr-defined]  # the statement is what is refused, whatever its type
    assert revision(filled) == before, "and is no change of the registry"


def test_a_transaction_that_fails_leaves_no_change(filled: Database) -> None:
    before = revision(filled)
    count = filled.read(lambda session: session.scalar(select(func.count(Change.id))))

    def fail(session: Session) -> None:
        group(session).state = "sunset"
        session.flush()
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        filled.write(SAM, fail)
    assert filled.read(lambda session: session.scalar(select(func.count(Change.id)))) == count
    assert filled.read(lambda session: group(session).state) == "active"
    assert revision(filled) == before


def test_the_revision_rises_once_in_a_transaction_that_changes_something(filled: Database) -> None:
    before = revision(filled)

    def much(session: Session) -> None:
        group(session).state = "dormant"
        session.flush()
        session.add(Person(id="guy", name="Guy"))
        session.flush()
        session.delete(role(session))

    filled.write(SAM, much)
    assert revision(filled) == before + 1
    filled.write(SAM, lambda session: group(session).state)
    filled.read(lambda session: setattr(group(session), "state", "active"))
    assert revision(filled) == before + 1, "neither reading nor what is rolled back raises it"


def test_the_session_knows_the_revision_that_it_reads(filled: Database) -> None:
    assert filled.read(lambda session: session.info["revision"]) == revision(filled)


@pytest.mark.parametrize("model", [Alias, Claim, Decision, Group, Identity, Person, Provenance, Role, Source])
def test_what_the_registry_says_is_audited(model: type[Base]) -> None:
    assert issubclass(model, Audited)


def test_only_what_says_nothing_about_the_councils_is_not_audited() -> None:
    metadata()
    plain = {mapper.class_.__tablename__ for mapper in Base.registry.mappers if not issubclass(mapper.class_, Audited)}
    told = {"delivery", "delivery_item", "notice", "planning", "touched", "health_kept", "snapshot", "review_record"}
    assert plain == {"change", "claim_message", "letter", "registry_state", "seen_event", "zone_offsets"} | told
