"""Canadian French typography."""

from __future__ import annotations

import pytest
import typography

NBSP = "\u00a0"


@pytest.mark.parametrize(
    "text",
    [
        f"Responsables{NBSP}: Guy Gordon",
        f"*Responsables{NBSP}:* {{names}}",
        f"«{NBSP}cadre{NBSP}»",
        "Qui dirige? Oui! Bien; voilà",
        f"50{NBSP}%, {{amount}}{NBSP}$",
        f"14{NBSP}h{NBSP}30, {{hour}}{NBSP}h",
        f"UTC−3{NBSP}h{NBSP}30",
        "à 14:30",
        "le 1er, la 1re, le 2e, les {rank}es",
        ":tada: C'est fait :white_check_mark:",
        "voir https://example.org/a?b=c:d!",
        f"dites `/cadre a : b ?` à <@U1>, <!here>{NBSP}: oui",
        f"<https://example.org/?q=1|Voir la liste{NBSP}: tout>",
        "{group:of}",
        "Un huit, 3 heures, 20 hommes",
        "Et puis…",
    ],
)
def test_good(text: str) -> None:
    assert list(typography.faults(text)) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Responsables: Guy Gordon", "colon"),
        ("Responsables : Guy Gordon", "colon"),
        ("{label}: {value}", "colon"),
        ("<https://example.org|Voir: tout>", "colon"),
        ("«cadre»", "inside « »"),
        ("« cadre »", "inside « »"),
        ("Qui dirige ?", "; ! ?"),
        (f"Bravo{NBSP}!", "; ! ?"),
        ("50%", "% and $"),
        ("{amount} $", "% and $"),
        ("10\u202f$", "narrow"),
        ('dites "aide"', "straight quotes"),
        ("Et puis...", "three points"),
        ("la 2ème fois", "ordinals"),
        ("le {rank}ième", "ordinals"),
        ("la 1ère", "ordinals"),
        ("14h30", "h of a time"),
        ("14 h 30", "h of a time"),
        (f"14{NBSP}h 30", "h of a time"),
    ],
)
def test_fault(text: str, what: str) -> None:
    assert any(what in fault for fault in typography.faults(text)), list(typography.faults(text))


@pytest.mark.parametrize(
    ("texts", "rarer"),
    [([], None), (["l'an", "d'un"], None), (["l'an d'un", "l’an"], "’"), (["l’an d’un", "l'an", "`l'an`"], "'")],
)
def test_rarer_apostrophe(texts: list[str], rarer: str | None) -> None:
    assert typography.rarer_apostrophe(texts) == rarer
