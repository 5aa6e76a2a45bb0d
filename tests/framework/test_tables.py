"""The map as a table that a spreadsheet opens."""

from __future__ import annotations

import csv
from io import StringIO

from cadre.core.reader import Reader
from cadre.framework import tables
from tests.framework import made

ENGLISH, FRENCH = Reader(), Reader(locale="fr_CA")


def table(content: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig")), delimiter=delimiter))


def test_the_table_has_a_line_for_each_group_and_priority() -> None:
    found = table(tables.csv(made.framework(), ENGLISH))
    assert [(line["Priority"], line["Group"], line["How it serves the priority"]) for line in found] == [
        ("Nectar", "Hives Working Group", "carries it (proposed)"),
        ("Nectar", "Bees Working Group", "supports it"),
        ("Nectar", "Larvae Working Group", "could support it (proposed)"),
        ("Wax", "", ""),
        ("", "Drones Working Group", ""),
    ]
    assert found[0]["Priority: leads"] == "Ann Lake (Ontario)"
    assert {line["As of"] for line in found} == {"2027-03-15"}


def test_a_spreadsheet_computes_nothing_of_it() -> None:
    world = made.framework([made.group("x", made.both("=1+1")), made.group("y", made.both("@cmd"))])
    found = table(tables.csv(world, FRENCH), ";")
    assert {"'=1+1 (fr)", "'@cmd (fr)"} <= {line["Groupe"] for line in found}


def test_the_table_of_the_sequence_has_a_line_for_each_activity() -> None:
    found = table(tables.sequence_csv(made.at_work(), ENGLISH))
    assert {line["Activity"] for line in found} == {"Count the flowers", "Find new meadows", "Dance", "Long ago"}
    assert found[0]["Workplan of"] == "Bees Working Group"
