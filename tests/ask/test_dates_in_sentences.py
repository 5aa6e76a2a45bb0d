"""A date inside a French sentence takes the small words that a name takes."""

from __future__ import annotations

import pytest

from cadre.ask.knowledge import current
from cadre.ask.names import Names
from cadre.core.database import Database
from cadre.core.dates import PartialDate
from cadre.core.reader import Reader


@pytest.mark.parametrize(
    ("when", "of", "to"),
    [
        ("2017-10-03", "du 3 octobre 2017", "au 3 octobre 2017"),
        ("2017-10", "d'octobre 2017", "à octobre 2017"),
        ("2018-06", "de juin 2018", "à juin 2018"),
    ],
)
def test_dates_in_french_sentences(registry: Database, when: str, of: str, to: str) -> None:
    names = registry.read(lambda session: Names(current(session).facts_of(None), Reader("fr_CA")))
    date = names.dated(PartialDate.parse(when))
    assert [f"{date:of}".replace("\u00a0", " "), f"{date:to}".replace("\u00a0", " ")] == [of, to]
