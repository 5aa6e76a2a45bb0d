"""``cadre health``: how groups stand, for operators and their timers."""

from __future__ import annotations

import pytest

from tests.terminal.conftest import Terminal


@pytest.fixture
def registry_url(real_url: str) -> str:
    return real_url


def test_it_says_what_is_to_complete_and_ends_with_1(terminal: Terminal) -> None:
    said = terminal.run("health")
    assert said.code == 1
    assert "something to complete." in said.out.splitlines()[0]
    assert "The Councils have not approved these rules yet: they are proposed." in said.out
    assert "Framework Working Group (framework-wg)" in said.out
    assert "▲ Facts (to complete). 21 facts are to be confirmed." in said.out
    assert "✓" not in said.out


def test_one_group_with_all_that_is_found(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    said = terminal.run("health", "--group", "framework-wg", "--all")
    assert said.code == 1
    assert "✓ Mandate. Defined." in said.out
    assert "service" not in said.out.casefold()
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    assert (
        "▲ Renseignements (à compléter). 21\u00a0renseignements sont à confirmer." in terminal.run("health", "--group", "framework-wg").out
    )


def test_a_group_that_is_not_there(terminal: Terminal) -> None:
    said = terminal.run("health", "--group", "bees")
    assert said.code == 1
    assert "There is no group bees here." in said.err


def test_where_nothing_is_to_complete_it_ends_with_0(terminal: Terminal) -> None:
    said = terminal.run("health", "--group", "fpt-dm-table")
    assert said.code == 0
    assert "? Leads and co-chairs (not known). Nothing of it is in the registry." in said.out, "what is not known is not missing"
