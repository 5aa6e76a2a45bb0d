"""Two people change the same thing at once: the second sees what the first wrote, and overwrites nothing unseen."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Conflict
from cadre.core.models import Change
from cadre.workplans.facts import ActivityFacts, ActivityForm


class Meanwhile(Conflict):
    """Somebody changed it since it was shown. ``who`` is empty where no Change says so: of owners none is kept."""


def mark(value: str) -> str:
    """A short mark of what a field shows, by which it is known later whether it shows something else."""
    return f"{zlib.crc32(value.encode()):08x}"


def marks(values: Mapping[str, str]) -> dict[str, str]:
    """Of each field: what a window keeps of what it showed."""
    return {name: mark(value) for name, value in values.items()}


def changed(shown: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The fields that say something else than was shown. ``shown``: marks."""
    return [name for name, value in now.items() if name in shown and mark(value) != shown[name]]


def of_activity(known: ActivityFacts) -> dict[str, str]:
    """What the window of an activity shows, field by field."""
    return {
        "title_en": known.title.en or "",
        "title_fr": known.title.fr or "",
        "due": known.due.isoformat() if known.due else "",
        "owners": of_owners(owner.id for owner in known.owners),
        "outcome": known.outcome.id if known.outcome else "",
        **of_text("note", known.note),
    }


def of_form(form: ActivityForm) -> dict[str, str]:
    """The same of what was typed into it."""
    texts = {name: getattr(form, name) for name in ("title_en", "title_fr", "note_en", "note_fr")}
    return texts | {
        "due": form.due.isoformat() if form.due else "",
        "owners": of_owners(form.owners),
        "outcome": form.outcome or "",
    }


def of_owners(persons: Iterable[str]) -> str:
    """Who carries an activity out, as one value."""
    return ",".join(sorted(persons))


def of_text(name: str, text: Bilingual | None) -> dict[str, str]:
    """The two fields of a text."""
    return {f"{name}_en": (text and text.en) or "", f"{name}_fr": (text and text.fr) or ""}


def require_seen(
    session: Session, subject: str, id_: object, *, shown: Mapping[str, str] | None, now: Mapping[str, str], typed: Mapping[str, str]
) -> None:
    """Raises Meanwhile where a field says something else than was shown, and than is to be saved: who changed it last, and when.

    ``shown``: the marks that the window kept; without any, nothing is asked. What is wanted stands there already where a window is
    delivered twice.
    """
    theirs = [name for name in changed(shown or {}, now) if typed.get(name) != now[name]]
    if not theirs:
        return
    of_these = Change.subject == subject, Change.subject_id == str(id_), Change.field.in_(theirs)
    last = session.execute(select(Change.by, Change.at).where(*of_these).order_by(Change.id.desc()).limit(1)).first()
    raise Meanwhile(last.by if last else "", last.at if last else clock.now(session))
