"""What the sandbox shows of gaps and health from the first minute."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.sandbox import registry
from cadre.core.database import Database
from cadre.core.reader import OPERATOR
from cadre.exchange import seed
from cadre.oversight import editions, gaps, health


def test_each_kind_of_gap_can_be_seen(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path / 'sandbox.sqlite'}")) as database:
        registry.make(database, seed.real_registry())
        found = database.read(gaps.gaps, OPERATOR)
        assert {each.cover for each in found.matrix.priorities} >= {"none", "weak", "led"}
        (overlap,) = found.matrix.overlaps
        assert {each.id for each in overlap.groups} == {"demo-orchards", "demo-beehives"}
        assert {each.name for each in overlap.people} == {"Avery Plumridge", "Morgan Fernhill"}
        (edition,) = database.read(editions.editions, OPERATOR)
        assert not edition.draft
        report = database.read(health.report, OPERATOR)
        moved = report.since["demo-beehives"].moved(report.of("demo-beehives"))
        assert moved == (("meetings", "to_complete", "fulfilled"),)
