"""An item of an agenda as it is typed; of two who edit one, neither erases what the other did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cadre.core.bilingual import Bilingual
from cadre.core.i18n import LANGUAGES
from cadre.core.marks import kept
from cadre.core.typed import tidy
from cadre.meetings.views import ItemFacts

_TEXTS: Final = frozenset({"title_en", "title_fr", "paper_en", "paper_fr", "tab"})


@dataclass(frozen=True, slots=True)
class ItemForm:
    """An item as it is typed. ``id``: of one that stands already."""

    meeting: str
    kind: str = "discussion"
    title_en: str = ""
    title_fr: str = ""
    tab: str = ""
    owner: str | None = None
    minutes: int | None = None
    paper_en: str = ""
    paper_fr: str = ""
    needs_paper: bool = False
    id: int | None = None


def values(item: ItemFacts) -> dict[str, str]:
    """What the window of an item shows, field by field."""
    both = (("title", item.title), ("paper", item.paper or Bilingual(None, None)))
    texts = {f"{name}_{each}": text.in_(each) or "" for name, text in both for each in LANGUAGES}
    rest = {"kind": item.kind, "tab": item.tab or "", "owner": item.owner.id if item.owner else ""}
    return texts | rest | {"minutes": str(item.minutes or ""), "needs_paper": str(item.needs_paper)}


def typed(form: ItemForm) -> dict[str, str]:
    """The same of what was typed into it."""
    texts = {name: tidy(getattr(form, name)) for name in _TEXTS}
    return texts | {"kind": form.kind, "owner": form.owner or "", "minutes": str(form.minutes or ""), "needs_paper": str(form.needs_paper)}


def of_both(item: ItemFacts, typed: Mapping[str, str], shown: Mapping[str, str]) -> dict[str, str]:
    """What whoever saves changed, over what stands there: what they left as they saw it stays as somebody else made it since.

    ``shown``: marks of what their window showed; without any, all that was typed. Raises Invalid for fields that both changed.
    """
    there = values(item)
    stays = kept(there, typed, shown, _TEXTS)
    return {name: there[name] if name in stays else text for name, text in typed.items()}
