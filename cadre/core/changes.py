"""Every change of an audited table, recorded by the session itself, so that no caller can forget to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import event, insert, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session
from sqlalchemy.orm.attributes import History
from sqlalchemy.orm.unitofwork import UOWTransaction

from cadre.core import clock
from cadre.core.models import Audited, Base, Change, Immutable
from cadre.core.reader import OPERATOR, Actor

P = ParamSpec("P")
T = TypeVar("T")


class RegistrySession(Session):
    """A session that knows who acts, and writes a Change for each field of an audited record."""


def actor(session: Session) -> Actor:
    """Who acts in this transaction."""
    by: Actor = session.info.get("actor", OPERATOR)
    return by


def at_end(session: Session, name: str, step: Callable[[Session], None]) -> None:
    """Do something once, as the last thing in this transaction, however often it is asked for under a name."""
    session.info.setdefault("at_end", {})[name] = step


def seen_by(actor: Actor, fn: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """The same look-up, by somebody: rights are checked, and nothing is written."""

    def look(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        session.info["actor"] = actor
        return fn(session, *args, **kwargs)

    return look


def under_decision(session: Session, decision: str | None) -> None:
    """From here on, what this transaction changes is changed under a decision of the Councils; with None, under none any more."""
    session.info["decision"] = decision


def last(session: Session, subject: str, subject_id: object, *fields: str) -> tuple[str, datetime] | None:
    """Who changed a record last (some of its fields), as the Changes name them, and when; None where nobody did."""
    of = (Change.subject == subject, Change.subject_id == str(subject_id), *((Change.field.in_(fields),) if fields else ()))
    found = session.execute(select(Change.by, Change.at).where(*of).order_by(Change.id.desc()).limit(1)).first()
    return (found.by, found.at) if found else None


def keep(session: Session, subject: str, subject_id: object, field: str, *, before: str, after: str) -> None:
    """Keep a Change of what stands in no column of a record: a list of it, in rows of their own."""
    if before != after:
        row = {"subject": subject, "subject_id": str(subject_id), "field": field, "before": before or None, "after": after or None}
        session.execute(insert(Change), _common(session) | row)


def _common(session: Session) -> dict[str, Any]:
    return {"at": clock.now(session), "by": actor(session).label, "decision": session.info.get("decision")}


@event.listens_for(Mapper, "mapper_configured")
def _keep_history(mapper: Mapper[Any], model: type) -> None:
    """Without active history, a value set on an expired attribute would show no "before"."""
    if issubclass(model, Audited):
        for attribute in mapper.column_attrs:
            event.listen(getattr(model, attribute.key), "set", _ignore, active_history=True)


def _ignore(target: object, value: object, previous: object, initiator: object) -> None: ...


@event.listens_for(RegistrySession, "after_flush")
def _record(session: Session, flush: UOWTransaction) -> None:
    """After the flush, so that keys set through relationships and defaults are there; before history is cleared."""
    rows = [
        row
        for records, deleted in ((session.new, False), (session.dirty, False), (session.deleted, True))
        for record in records
        if isinstance(record, Audited)
        for row in _fields(record, deleted)
    ]
    if rows:
        common = _common(session)
        session.execute(insert(Change), [common | row for row in rows])
    told = any(isinstance(record, Audited) and record.told for record in (*session.new, *session.dirty, *session.deleted))
    if rows and told:
        session.info["changed"] = True


def _fields(record: Any, deleted: bool) -> Iterator[dict[str, str | None]]:
    state = inspect(record)
    mapper: Mapper[Any] = state.mapper
    subject_id = "/".join(str(value) for value in mapper.primary_key_from_instance(record))
    for attribute in mapper.column_attrs:
        if attribute.columns[0].primary_key or attribute.columns[0].info.get("derived"):
            continue
        history: History = state.attrs[attribute.key].history
        before = history.deleted[0] if history.deleted else None
        after = history.added[0] if history.added else None
        if deleted:
            before, after = before if history.deleted else getattr(record, attribute.key), None
        elif state.pending:  # defaults leave no history
            after = state.dict.get(attribute.key)
        if before != after:
            yield {
                "subject": str(record.__tablename__),
                "subject_id": subject_id,
                "field": attribute.key,
                "before": text_of(before),
                "after": text_of(after),
            }


def text_of(value: object) -> str | None:
    """A value as a Change holds it."""
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


@cache
def _is(marker: type, table: str) -> bool:
    """Whether a table is audited, or immutable."""
    models = (mapper.class_ for mapper in Base.registry.mappers)
    return any(model.__tablename__ == table and issubclass(model, marker) for model in models)


@event.listens_for(RegistrySession, "do_orm_execute")
def _refuse_bulk(execution: ORMExecuteState) -> None:
    """A bulk statement passes the session's history by, and so would leave no Change."""
    table: Any = None if execution.is_select else getattr(execution.statement, "table", None)
    if table is not None and _is(Audited, table.name):
        raise RuntimeError(f"bulk change of the audited table {table.name}: change its records one by one")
    if table is not None and not execution.is_insert and _is(Immutable, table.name):
        raise RuntimeError(_immutable(table.name))


@event.listens_for(RegistrySession, "before_flush")
def _refuse_change(session: Session, flush: UOWTransaction, instances: object) -> None:
    """What was kept for good stays as it was kept."""
    for record in (*session.dirty, *session.deleted):
        if isinstance(record, Immutable) and (record in session.deleted or session.is_modified(record)):
            raise RuntimeError(_immutable(str(inspect(record).mapper.local_table)))


def _immutable(table: str) -> str:
    return f"the rows of {table} are only ever added: none is changed or taken out"
