"""The registry of the workplans' tests, with alignments, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest
from sqlalchemy.orm import Session

from cadre.core.database import Database
from cadre.core.models import Provenance
from cadre.core.reader import OPERATOR
from cadre.priorities.models import Alignment
from tests.conftest import DATABASES, copied
from tests.workplans.world import World, opened
from tests.worlds import both


def align(session: Session) -> None:
    for group, priority, strength in (("bees", "lights", "supports"), ("sleepy", "shadows", "supports"), ("larvae", "lights", "example")):
        row = Alignment(id=f"{group}.{priority}", group=group, priority=priority, strength=strength)
        row.rationale = both(f"Why {group}")
        session.add(row)
        session.add(Provenance(subject="alignment", subject_id=row.id, field="record", source="deck", standing="stated"))


def aligned(fill: object, url: str) -> None:
    assert callable(fill)
    fill(url)
    with closing(Database(url)) as database:
        database.write(OPERATOR, align)


@pytest.fixture(params=DATABASES)
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """Bees and Larvae serve the Lights, which Lou leads; the Shadows have only a group that is dormant."""
    with copied(request, request.param, "oversight", partial(aligned, opened)) as url:
        found = World(url)
        with closing(found.database):
            yield found
