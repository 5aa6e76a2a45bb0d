"""The small words before a name, for every name of the shipped registry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cadre.core.french import Article, Name, article, indefinite, of, to, with_article
from cadre.core.reader import Reader
from cadre.core.text import fold

Shipped = dict[str, list[dict[str, Any]]]

JURISDICTIONS = {  # domain.md 6.1: the, of, to
    "CA": ("le gouvernement du Canada", "du gouvernement du Canada", "au gouvernement du Canada"),
    "AB": ("l'Alberta", "de l'Alberta", "à l'Alberta"),
    "BC": ("la Colombie-Britannique", "de la Colombie-Britannique", "à la Colombie-Britannique"),
    "MB": ("le Manitoba", "du Manitoba", "au Manitoba"),
    "NB": ("le Nouveau-Brunswick", "du Nouveau-Brunswick", "au Nouveau-Brunswick"),
    "NL": ("Terre-Neuve-et-Labrador", "de Terre-Neuve-et-Labrador", "à Terre-Neuve-et-Labrador"),
    "NS": ("la Nouvelle-Écosse", "de la Nouvelle-Écosse", "à la Nouvelle-Écosse"),
    "NT": ("les Territoires du Nord-Ouest", "des Territoires du Nord-Ouest", "aux Territoires du Nord-Ouest"),
    "NU": ("le Nunavut", "du Nunavut", "au Nunavut"),
    "ON": ("l'Ontario", "de l'Ontario", "à l'Ontario"),
    "PE": ("l'Île-du-Prince-Édouard", "de l'Île-du-Prince-Édouard", "à l'Île-du-Prince-Édouard"),
    "QC": ("le Québec", "du Québec", "au Québec"),
    "SK": ("la Saskatchewan", "de la Saskatchewan", "à la Saskatchewan"),
    "YT": ("le Yukon", "du Yukon", "au Yukon"),
    "CA-ESDC": (
        "Emploi et Développement social Canada",
        "d'Emploi et Développement social Canada",
        "à Emploi et Développement social Canada",
    ),
    "windsor": ("la Ville de Windsor", "de la Ville de Windsor", "à la Ville de Windsor"),
    "peel": ("la Région de Peel", "de la Région de Peel", "à la Région de Peel"),
    "MISA": (
        "l'Association des systèmes d'information municipale",
        "de l'Association des systèmes d'information municipale",
        "à l'Association des systèmes d'information municipale",
    ),
    "MSDO": (
        "les Responsables municipaux de la prestation des services",
        "des Responsables municipaux de la prestation des services",
        "aux Responsables municipaux de la prestation des services",
    ),
}
GENDERS: dict[str, Article] = {  # the nouns that names of groups begin with
    "Autres": "les",
    "Carrefour": "le",
    "Comité": "le",
    "Communauté": "la",
    "Conseil": "le",
    "Conseils": "les",
    "Groupe": "le",
    "Sous-comité": "le",
    "Table": "la",
}
WRONG_BEFORE_VOWEL = ("le ", "la ", "de ", "de la ", "du ", "au ", "à la ", "d'un ")
ONLY_BEFORE_VOWEL = ("l'", "de l'", "d'", "à l'")


def contracted(prefix: str, name: str) -> bool:
    """Whether a French ear accepts these small words before that name. Before y and h it depends on the name."""
    if fold(name)[0] in "yh":
        return prefix in ("", "le ", "du ", "au ", "de ", "d'", "à ")
    vowel = fold(name)[0] in "aeiou"
    unmelted = ("de le ", "de les ", "à le ", "à les ")
    return prefix not in unmelted and prefix not in (WRONG_BEFORE_VOWEL if vowel else ONLY_BEFORE_VOWEL)


def before(form: str, name: str) -> str:
    assert form.endswith(name), form
    return form.removesuffix(name)


@pytest.mark.parametrize("id_", JURISDICTIONS)
def test_jurisdictions(shipped: Shipped, id_: str) -> None:
    place = next(each for each in shipped["jurisdictions"] if each["id"] == id_)
    name, art = place["name"]["fr"], place.get("article", "")
    assert (with_article(name, art), of(name, art), to(name, art)) == JURISDICTIONS[id_]


def names(shipped: Shipped) -> Iterator[tuple[str, Article]]:
    """Every name of the registry that may stand in a sentence, with its article."""
    for place in shipped["jurisdictions"]:
        yield place["name"]["fr"], place.get("article", "")
    for group in shipped["groups"]:
        yield group["name"]["fr"], group.get("article") or article(group["name"]["fr"])
    for kind in shipped["group_kinds"]:
        yield kind["name"]["fr"], article(kind["name"]["fr"])
        yield kind["plural"]["fr"], "les"
    for priority in shipped["priorities"]:
        yield priority["name"]["fr"], article(priority["name"]["fr"])
    for person in shipped["people"]:
        yield person["name"], ""
    for term in shipped["terms"]:
        yield term["name"]["fr"], ""


def test_small_words_melt_into_every_name(shipped: Shipped) -> None:
    known = list(names(shipped))
    assert len(known) > 80
    for name, art in known:
        for form in (with_article, of, to):
            text = form(name, art)
            assert contracted(before(text, name), name), text


def test_abbreviations_of_jurisdictions_take_the_article_of_the_name(shipped: Shipped) -> None:
    for place in shipped["jurisdictions"]:
        if place["kind"] in ("province", "territory"):
            short, art = place["short"]["fr"], place.get("article", "")
            assert contracted(before(of(short, art), short), short), of(short, art)


def test_every_group_has_the_article_of_its_first_noun(shipped: Shipped) -> None:
    for group in shipped["groups"]:
        name = group["name"]["fr"]
        assert (group.get("article") or article(name)) == GENDERS[name.split()[0]], name


def test_kinds_with_the_indefinite_article(shipped: Shipped) -> None:
    kinds = {kind["id"]: kind["name"] for kind in shipped["group_kinds"]}
    assert {indefinite(name["fr"], article(name["fr"])) for name in kinds.values()} == {
        "un groupe de travail",
        "un comité",
        "une communauté de pratique",
        "un sous-comité",
        "un conseil",
        "un conseil mixte",
        "une table de sous-ministres",
    }
    assert indefinite("Conseils mixtes", "les") == "des Conseils mixtes"
    assert not [name["en"] for name in kinds.values() if name["en"][0] in "aeiou"], 'English says "a" before all of them'


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Groupe de travail sur le Cadre", "le"),
        ("GROUPE de travail", "le"),
        ("Comite de recherche", "le"),
        ("Communauté de pratique", "la"),
        ("Équipe de transition", "l'"),
        ("Conseils mixtes", "les"),
        ("Annette Vermaeten", ""),
        ("", ""),
        ("  ", ""),
    ],
)
def test_the_article_of_a_name(name: str, found: Article) -> None:
    assert article(name) == found


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Annette Vermaeten", "d'Annette Vermaeten"),
        ("Bev Dicks", "de Bev Dicks"),
        ("Émilie", "d'Émilie"),
        ("Œuvre", "d'Œuvre"),
        ("", "de "),
    ],
)
def test_of_a_name_without_an_article(name: str, form: str) -> None:
    assert of(name, "") == form


FRAMEWORK = Name.make("Groupe de travail sur le Cadre", "fr", "le", True)
COUNCILS = Name.make("Joint Councils", "en", "les", True)
ISLAND = Name.make("Île-du-Prince-Édouard", "fr", "l'", False)
BEV = Name.make("Bev Dicks", "en", "", False)


def test_the_sentence_says_which_form_it_wants() -> None:
    assert f"{FRAMEWORK}|{FRAMEWORK:the}|{FRAMEWORK:of}|{FRAMEWORK:to}|{FRAMEWORK:a}".split("|") == [
        "Groupe de travail sur le Cadre",
        "le Groupe de travail sur le Cadre",
        "du Groupe de travail sur le Cadre",
        "au Groupe de travail sur le Cadre",
        "un Groupe de travail sur le Cadre",
    ]
    assert (
        f"{COUNCILS}|{COUNCILS:the}|{COUNCILS:of}|{COUNCILS:to}"
        == "Joint Councils|the Joint Councils|of the Joint Councils|to the Joint Councils"
    )
    assert f"{BEV:the}|{BEV:of}|{BEV:to}" == "Bev Dicks|of Bev Dicks|to Bev Dicks"


def test_a_capital_form_starts_a_sentence() -> None:
    assert (f"{FRAMEWORK:The}", f"{FRAMEWORK:Of}", f"{FRAMEWORK:To}") == (
        "Le Groupe de travail sur le Cadre",
        "Du Groupe de travail sur le Cadre",
        "Au Groupe de travail sur le Cadre",
    )
    assert f"{COUNCILS:The} meet" == "The Joint Councils meet"
    assert f"{ISLAND:The}" == "L'Île-du-Prince-Édouard"


def test_a_form_that_does_not_exist_is_refused() -> None:
    for name in (FRAMEWORK, COUNCILS):
        with pytest.raises(KeyError):
            f"{name:by}"


def test_a_message_takes_the_form_that_its_sentence_wants() -> None:
    assert Reader("fr_CA").gettext(
        "{group:The} relève {council:of}.", group=FRAMEWORK, council=Name.make("Conseils", "fr", "les", True)
    ) == ("Le Groupe de travail sur le Cadre relève des Conseils.")


def test_de_loses_its_e_before_a_vowel_and_a_mute_h_and_not_before_a_sounded_y() -> None:
    names = ("Alix", "Éva", "Halifax", "Yves", "Yuki", "Whitehorse", "Havre-des-Érables")
    assert [of(name, "") for name in names] == [
        "d'Alix",
        "d'Éva",
        "d'Halifax",
        "d'Yves",
        "de Yuki",
        "de Whitehorse",
        "de Havre-des-Érables",
    ]
