"""The small words before a name: le, la, l', les, and how « de » and « à » melt into them."""

from __future__ import annotations

import re
from typing import Final, Literal

from cadre.core.text import fold
from cadre.core.words import Words

Article = Literal["le", "la", "l'", "les", ""]

# Gender and number of the nouns that names of councils, groups, bodies and priorities begin with.
_HEADS: Final[dict[Article, list[str]]] = {
    "le": (
        "bureau cadre carrefour centre comite conseil directeur forum gouvernement groupe ministere programme projet "
        "registre reseau secretariat service sous-comite"
    ).split(),
    "la": "commission communaute direction municipalite priorite region strategie table ville".split(),
    "l'": "agence alliance approvisionnement association emploi equipe identite initiative institut office".split(),
    "les": "autres conseils groupes responsables services".split(),
}
_BY_HEAD: Final[dict[str, Article]] = {head: article for article, heads in _HEADS.items() for head in heads}
_MUTE: Final = re.compile(r"[aeiou]|h(?!avre|aut)|y(?![aeiou])")
"""Before these « de » loses its e: « d'Alix », « d'Halifax », « d'Yves », but « de Havre-des-Érables », « de Yuki »."""


def article(name: str) -> Article:
    """The article of a name, by its first noun: « le » of « Groupe de travail sur le Cadre »; nothing for one it does not know."""
    words = fold(name).split()
    return _BY_HEAD.get(words[0], "") if words else ""


def with_article(name: str, art: Article) -> str:
    """« le Groupe de travail … », « l'Alberta », « Terre-Neuve-et-Labrador »."""
    return f"{art}{name}" if art == "l'" else f"{art} {name}" if art else name


def of(name: str, art: Article) -> str:
    """« du Manitoba », « de l'Alberta », « des Territoires du Nord-Ouest », « d'Annette Vermaeten »."""
    match art:
        case "le":
            return f"du {name}"
        case "les":
            return f"des {name}"
        case "la":
            return f"de la {name}"
        case "l'":
            return f"de l'{name}"
        case _:
            return f"d'{name}" if _MUTE.match(fold(name)) else f"de {name}"


def to(name: str, art: Article) -> str:
    """« au Manitoba », « à l'Alberta », « aux Conseils mixtes », « à Bev Dicks »."""
    match art:
        case "le":
            return f"au {name}"
        case "les":
            return f"aux {name}"
        case _:
            return f"à {with_article(name, art)}"


def indefinite(name: str, art: Article) -> str:
    """« un groupe de travail », « une communauté de pratique », « des Conseils »."""
    match art:
        case "la":
            return f"une {name}"
        case "les":
            return f"des {name}"
        case _:
            return f"un {name}"


class Name(Words):
    """A name inside a sentence. The sentence says which form it wants: ``{group}``, ``{group:the}``, ``{group:of}``, ``{group:to}``,
    ``{kind:a}``.

    The forms differ only in French, where they carry the article and its contractions; English takes "the" where
    ``definite`` says so. A capital first form (``{group:The}``) starts a sentence.
    """

    __slots__ = ("article", "definite", "language")
    article: Article
    definite: bool
    language: str

    @classmethod
    def make(cls, name: str, language: str, article: Article, definite: bool) -> Name:
        """``definite``: whether English says "the" before it."""
        made = cls(name)
        made.article, made.definite, made.language = article, definite, language
        return made

    def form(self, form: str) -> Words:
        """The name in one of its forms, where it stands alone: in a list, say."""
        return Words(format(self, form))

    def __format__(self, form: str) -> str:
        plain = str(self)
        if not form:
            return plain
        if self.language == "fr":
            put = {"the": with_article, "of": of, "to": to, "a": indefinite}[form.lower()](plain, self.article)
        else:
            the = f"the {plain}" if self.definite else plain
            put = {"the": the, "of": f"of {the}", "to": f"to {the}", "a": f"a {plain}"}[form.lower()]
        return put[0].upper() + put[1:] if form[0].isupper() else put
