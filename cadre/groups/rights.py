"""Who may change what a group is: by the roles that the secretariat confirmed, as they are at that moment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.models import Provenance, Source
from cadre.core.reader import Actor
from cadre.core.rows import chunks
from cadre.groups.models import Group, GroupKind
from cadre.people import holders
from cadre.people import service as people

LEADING: Final = frozenset({"lead", "co_chair"})
"""Roles that keep the description and the contacts of their own group."""
LEAD: Final = "co_chair"
"""Whom ``Forbidden`` names where somebody would have to lead the group."""
OVER: Final = "sunset"
"""The state of a group that was dissolved."""
DISSOLVED: Final = Message("This group was dissolved: what is kept of it stays as it is. A new decision of the Councils can reopen it.")
_DEMONSTRATION: Final = "demonstration"


def led_by(session: Session, actor: Actor) -> frozenset[str]:
    """The groups that somebody leads or co-chairs now."""
    held = holders.of_person(session, actor.person) if actor.person else ()
    return frozenset(each.group for each in held if each.group and each.role in LEADING)


def may_describe(session: Session, group: str, actor: Actor) -> bool:
    """Whether somebody may write the description and the contacts of a group: those who lead it, and the secretariat."""
    return group in led_by(session, actor) or people.is_secretariat(session, actor)


def group_row(session: Session, id_: str, *, lock: bool = False) -> Group:
    """A group by its id, its row locked where it is to be changed. Raises NotFound."""
    query = select(Group).where(Group.id == id_).execution_options(populate_existing=True)
    found = session.scalar(query.with_for_update(key_share=True) if lock else query)
    if found is None:
        raise NotFound(id_)
    return found


def require_going(session: Session, group: str | None, *, hold: bool = True) -> None:
    """Raises Invalid for a group that was dissolved: what the registry has of it stays as it is, and is read only.

    ``hold``: it goes on to the end of the transaction, while others that hold it go on too: nobody dissolves it while something of it is
    written. Nobody who holds it may lock it after that: two would wait for each other.
    """
    query = select(Group.state).where(Group.id == group)
    if group and session.scalar(query.with_for_update(read=True) if hold else query) == OVER:
        raise Invalid(group=DISSOLVED)


def one_by_one(session: Session) -> None:
    """From here to the end of the transaction, no other gives numbers and ids to new groups, people and roles.

    What is locked is what everybody only refers to, and goes on referring to: who holds it waits for nobody but those before it. The row
    that each transaction writes last (``State``) would have two of them wait for each other.
    """
    session.execute(select(GroupKind.id).order_by(GroupKind.id).with_for_update(key_share=True))


def source_for(session: Session, group: str | None) -> str:
    """Where what the secretariat says of a group comes from: of one that was invented to show Cadre, everything is invented."""
    return (invented_source(session, group) if group else None) or people.own_source(session)


def invented_source(session: Session, id_: str, subject: str = "group") -> str | None:
    """The source of a group, or of another record, that was invented; None for a real one."""
    of = (Provenance.subject == subject, Provenance.subject_id == id_, Provenance.field == "record")
    query = select(Source.id).join(Provenance, Provenance.source == Source.id).where(*of, Source.origin == _DEMONSTRATION)
    found: str | None = session.scalar(query)
    return found


def invented(session: Session, groups: Iterable[str]) -> frozenset[str]:
    """Of some groups and councils those that were invented."""
    of = (Provenance.subject == "group", Provenance.field == "record", Source.origin == _DEMONSTRATION)
    query = select(Provenance.subject_id).join(Source, Source.id == Provenance.source).where(*of)
    return frozenset(id_ for some in chunks(groups) for id_ in session.scalars(query.where(Provenance.subject_id.in_(some))))
