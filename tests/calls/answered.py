"""A call of the Demonstration Council with answers of every kind, as pages and files show it."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.sandbox.slack.workspace import TEAM
from cadre.calls import demonstration
from cadre.calls import service as calls
from cadre.calls.forms import SignUpForm
from cadre.calls.models import Call
from cadre.core import clock
from cadre.core.database import Database
from cadre.core.reader import OPERATOR, Actor
from cadre.people import service as people
from cadre.people.rules import SlackProfile

JORDAN: Final = Actor("Jordan Wrenwood (U0JORDAN)", "jordan-wrenwood")
"""Of the secretariat."""
MAXIME: Final = Actor("Maxime Grandchêne (U0MAXIME)", "maxime-grandchene")
AVERY: Final = Actor("Avery Plumridge (U0AVERY)", "avery-plumridge")
SACHA: Final = Actor("Sacha Rivenord (U0SACHA)", "sacha-rivenord")
REMI: Final = Actor("Rémi Tourbillon (U0REMI)", "remi-tourbillon")
CASEY: Final = Actor("Casey Larkfield (U0CASEY)", "casey-larkfield")
REFUSAL: Final = "No canoe fits the mill-race"
FORMULA: Final = '=HYPERLINK("https://paddles.example","Étang")'
QUESTION: Final = "Is a canoe with a motor still a canoe?"
GROUP: Final = "Demonstration Canoes Working Group"
SECRETS: Final = (REFUSAL, "HYPERLINK", QUESTION, "Maxime", "Avery", "Sacha", "Ellis", "Rémi", "Valdombre", "Pinewater", "@demonstration")
"""What only the secretariat may read: who answered, who did not, why, and where they are written to."""


def answered(database: Database, *, public: bool = True) -> int:
    """A capped call of two seats: two members, one who waits, recorded by phone, an observer, a refusal, a silence, a question.

    Gives its number.
    """
    database.write(OPERATOR, demonstration.populate, clock.real().date())
    id_ = database.write(JORDAN, _capped, public=public)
    profile = SlackProfile(TEAM, "U0MAXIME", "Maxime Grandchêne", "maxime.grandchene@demonstration.example", email_confirmed=True)
    database.write(OPERATOR, people.identify, profile)
    database.write(JORDAN, calls.open_now, id_)
    database.write(MAXIME, calls.sign_up, SignUpForm(id_, "member", "fr", FORMULA))
    database.write(AVERY, calls.sign_up, SignUpForm(id_, "member", "both", "-40 °C in a canoe"))
    told = SignUpForm(id_, "member", "en", person="lois-valdombre", jurisdiction="demo-tamarane", said_by="@Pat Pinewater", way="phone")
    database.write(JORDAN, calls.sign_up, told)
    database.write(SACHA, calls.sign_up, SignUpForm(id_, "observer", "fr"))
    database.write(REMI, calls.decline, id_, "demo-windmills", REFUSAL)
    database.write(CASEY, calls.ask, id_, QUESTION, "V0CASEY")
    return id_


def _capped(session: Session, *, public: bool) -> int:
    row = session.scalars(select(Call)).one()
    row.capped, row.seats, row.seats_each, row.public = True, 2, 1, public
    return row.id


def of_sandbox(sandbox: Path, folder: Path, *, public: bool = True) -> tuple[str, int]:
    """The same on a copy of a sandbox's registry; gives its address, and the number of the call."""
    filled = sandbox.with_name(f"answered-{'public' if public else 'closed'}.sqlite")
    if filled not in _FILLED:
        with closing(Database(f"sqlite:///{shutil.copy(sandbox, filled)}")) as database:
            _FILLED[filled] = answered(database, public=public)
    return f"sqlite:///{shutil.copy(filled, folder)}", _FILLED[filled]


_FILLED: Final[dict[Path, int]] = {}
"""Registries to copy from, and the number of the call in each."""
