"""The registry file: taken in whole or not at all, given out the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.conftest import Cadre
from tests.acceptance.invented import registry_file

BROKEN = """\
format: 1
sources:
  - id: deck
    origin: seed
    title: {en: Deck}
    attested: "2017-13"
jurisdictions:
  - id: ON
    kind: province
    name: {en: Ontario, fr: Ontario}
  - id: NL
    kind: province
    name: {en: NO, fr: Terre-Neuve}
groups:
  - id: fog
    name: {en: Fog, fr: Brume}
    owner: nobody
  - id: fog
    name: {en: Fog again, fr: Encore la brume}
    colour: grey
"""


def test_what_is_exported_and_taken_in_elsewhere_is_exported_the_same(cadre: Cadre, registry_url: str, tmp_path: Path) -> None:
    """export -> import into an empty registry -> export is byte-identical."""
    first, second = tmp_path / "first.yaml", tmp_path / "second.yaml"
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert cadre("export", str(first), url=registry_url).code == 0
    assert cadre("import", str(first), url=elsewhere).code == 0
    assert cadre("export", str(second), url=elsewhere).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_an_invented_registry_goes_round_too(cadre: Cadre, invented_url: str, tmp_path: Path) -> None:
    out = cadre("export", url=invented_url).out
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert cadre("import", "-", url=elsewhere, typed=out).code == 0
    assert cadre("export", url=elsewhere).out == out


def test_a_second_import_says_that_there_is_nothing_to_do(cadre: Cadre, invented_url: str) -> None:
    again = cadre("import", "-", url=invented_url, typed=registry_file())
    assert again.code == 0
    assert "groups: 0 added, 0 changed, 5 unchanged" in again.out


def test_an_import_says_what_it_added_what_it_changed_and_what_it_left(cadre: Cadre, invented_url: str) -> None:
    text = registry_file().replace("name: Tom Penashue", "name: Thomas Penashue")
    text = text.replace(
        "group_kinds:\n", "  - {id: new-face, name: New Face, provenance: {record: {source: minutes}}}\n\ngroup_kinds:\n", 1
    )
    told = cadre("import", "-", url=invented_url, typed=text).out
    assert "people: 1 added, 1 changed, 4 unchanged" in told
    assert "new-face" in told
    assert "tom-penashue" in told
    assert "groups: 0 added, 0 changed, 5 unchanged" in told


def test_a_record_that_the_file_leaves_out_stays(cadre: Cadre, invented_url: str) -> None:
    before = cadre("export", url=invented_url).out
    assert "1 added" in cadre("import", "-", url=invented_url, typed="format: 1\nterms:\n- id: fog\n  name: {en: fog, fr: brume}\n").out
    after = cadre("export", url=invented_url).out
    assert "Marie Tremblay" in after
    assert len(after) > len(before)


def test_a_broken_file_tells_every_error_at_once_with_its_line(cadre: Cadre, invented_url: str) -> None:
    said = cadre("import", "-", url=invented_url, typed=BROKEN)
    assert said.code != 0
    lines = {int(word) for line in said.err.splitlines() for word in line.replace(":", " ").split()[1:2] if word.isdecimal()}
    told = said.err
    assert {5, 6, 8, 13, 17, 18, 20} <= lines, told
    for name in ("colour", "fog", "nobody", "2017-13", "ON", "NO"):
        assert name in told


def test_a_broken_file_touches_nothing(cadre: Cadre, invented_url: str) -> None:
    """All or nothing: the good record in front of the bad one is not taken either."""
    before = cadre("export", url=invented_url).out
    good_then_bad = registry_file().replace("name: Tom Penashue", "name: Thomas Penashue").replace("owner: harbours", "owner: harbour")
    assert cadre("import", "-", url=invented_url, typed=good_then_bad).code != 0
    assert cadre("export", url=invented_url).out == before


def test_a_broken_file_makes_no_registry(cadre: Cadre, tmp_path: Path) -> None:
    path = tmp_path / "new" / "registry.sqlite"
    assert cadre("import", "-", url=f"sqlite:///{path}", typed=BROKEN).code != 0
    assert not path.exists()


@pytest.mark.parametrize(
    ("right", "wrong", "line", "named"),
    [
        ('until: "2018-06"', "until: 2018-06-31", "until:", "until"),
        ("fr: Groupe de travail sur la recherche sur le varech}", "}", "Kelp Research", "fr"),
        ("state: dormant", "state: asleep", "asleep", "asleep"),
        ("person: zoe-lachance\n    role: co_chair", "person: zoe\n    role: co_chair", "person: zoe\n", "zoe"),
        ('id: "NO"', "id: NO", "id: NO", "NO"),
        ("status: declined", "status: declined, stauts: approved", "stauts", "stauts"),
        ("id: gander", "id: shediac", "id: shediac", "shediac"),
    ],
)
def test_each_kind_of_error_names_its_line(cadre: Cadre, sqlite_url: str, right: str, wrong: str, line: str, named: str) -> None:
    good = registry_file()
    assert right in good
    text = good.replace(right, wrong, 1)
    told = cadre("import", "-", url=sqlite_url, typed=text).err
    numbers = [n for n, each in enumerate(text.splitlines(keepends=True), 1) if line in each]
    assert any(each.startswith(f"Line {n}") and named in each for n in numbers for each in told.splitlines()), told


def test_errors_are_told_in_french_to_whoever_reads_french(cadre: Cadre, sqlite_url: str) -> None:
    said = cadre("import", "-", url=sqlite_url, typed=BROKEN, lang="fr_CA.UTF-8")
    assert said.code != 0
    assert "Ligne 17" in said.err
