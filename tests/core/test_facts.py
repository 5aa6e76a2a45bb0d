"""Records as frozen facts."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cadre.core.bilingual import Bilingual
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.facts import ProvenanceFacts, SourceFacts, TermFacts, by_id, load, names
from cadre.core.models import Source, Term
from cadre.core.reader import OPERATOR
from cadre.decisions import facts as decision_facts
from cadre.decisions import models as decisions
from cadre.groups import facts as group_facts
from cadre.groups import models as groups
from cadre.meetings import facts as meeting_facts
from cadre.meetings import models as meetings
from cadre.people import facts as people_facts
from cadre.people import models as people
from cadre.people.facts import RoleFacts
from cadre.priorities import facts as priority_facts
from cadre.priorities import models as priorities

AREAS = [
    (decisions, decision_facts),
    (groups, group_facts),
    (meetings, meeting_facts),
    (people, people_facts),
    (priorities, priority_facts),
]


def test_records_come_as_facts_in_order_of_id(database: Database) -> None:
    def fill(session: Session) -> None:
        session.add(Source(id="page", origin="public", title=Bilingual("Page", None), url="https://example.org"))
        session.add(Source(id="deck", origin="seed", title=Bilingual("Deck", "Présentation"), attested=PartialDate.parse("2017-10")))
        session.add(Term(id="tab", name=Bilingual("tab", "onglet")))

    database.write(OPERATOR, fill)
    assert database.read(load, Source, SourceFacts) == (
        SourceFacts("deck", "seed", Bilingual("Deck", "Présentation"), PartialDate.parse("2017-10"), None),
        SourceFacts("page", "public", Bilingual("Page", None), None, "https://example.org"),
    )
    (term,) = database.read(load, Term, TermFacts)
    assert term == TermFacts("tab", Bilingual("tab", "onglet"), None), "what has no value is None, not an empty text"
    with pytest.raises(dataclasses.FrozenInstanceError):
        term.id = "other"  # type: ignore[misc]  # it is frozen: that is the test


def test_the_facts_of_every_area_can_be_loaded(database: Database) -> None:
    loaded = 0
    for models, facts in AREAS:
        for name, kind in vars(facts).items():
            model = getattr(models, name.removesuffix("Facts"), None)
            if name.endswith("Facts") and model is not None:
                assert database.read(load, model, kind) == ()
                loaded += 1
    assert loaded == 17


def test_facts_by_id_and_names_by_language() -> None:
    term = TermFacts("tab", Bilingual("tab", None), None)
    assert by_id((term,)) == {"tab": term}
    assert list(names(term.name)) == [("en", "tab")]
    assert list(names(Bilingual("tab", "onglet"))) == [("en", "tab"), ("fr", "onglet")]


@pytest.mark.parametrize(("standing", "doubtful"), [("stated", False), ("confirmed", False), ("inferred", True), ("corrected", True)])
def test_what_was_read_otherwise_than_written_is_doubtful(standing: str, doubtful: bool) -> None:
    assert ProvenanceFacts("group", "jc", "name.fr", "deck", standing, None, None, date(2026, 1, 31)).doubtful is doubtful


def test_what_a_role_is_in() -> None:
    role = RoleFacts("r", "bev", "lead", "framework-wg", None, None, None, None, None, None)
    assert role.target == "group:framework-wg"
    assert dataclasses.replace(role, group=None, priority="digital-identity").target == "priority:digital-identity"
