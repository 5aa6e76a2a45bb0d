"""Decks as an office suite draws them: no text leaves its slide, and none stands on another."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import pytest

from cadre.core import clock
from cadre.core.database import Database
from cadre.core.words import Words
from cadre.framework import deck
from cadre.framework.deck_pages import BOTTOM, HIGH, LEFT, WIDE
from cadre.framework.deck_writing import written
from cadre.framework.graph import Told
from cadre.framework.slides import Bullets, Column, Prose, Slide, Table, Tiles, Timeline, Tongue

OFFICE, READ = shutil.which("soffice"), shutil.which("pdftotext")
pytestmark = pytest.mark.skipif(not (OFFICE and READ), reason="LibreOffice Impress and poppler-utils draw the slides, and are not here")
FOOT: Final = 506.0
"""Below this stand the footer and the number."""


@dataclass(frozen=True)
class Drawn:
    """A word where it was drawn, in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Drawn) -> bool:
        """Whether two words stand on each other: their letters, not the space around them."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 1 and down > 0.45 * min(self.bottom - self.top, other.bottom - other.top)


def told(text: str, other: str | None = None) -> Told:
    return (Words.verbatim(text), *((Words.verbatim(other),) if other else ()))


def awkward() -> Iterator[Slide]:
    """What people write that nobody foresaw."""
    long, word = "Groupe de travail sur la collaboration des réseaux de services " * 5, "Donaudampfschifffahrt" * 14
    odd = "<script>alert('é')</script> & “guillemets” « œ » 🎉 שלום 中文 " * 4
    yield Slide(told("Awkward"), (Prose((told("Nothing in particular"),)),), style="cover")
    for text in (long, word, odd):
        yield Slide(told(text[:300]), (Prose((told(text), told(text * 4))), Bullets((told(text),) * 9)), footnotes=(told(text),))
        columns = tuple(Column(told(each), share) for each, share in (("Group", 0.4), ("Kind", 0.15), ("Note", 0.45)))
        yield Slide(
            told("Table"),
            (Table(told("t"), columns, ((told(text[:300]), told(text[:60]), told(text[:300])),) * 9),),
            badge=told("Proposed"),
        )
        yield Slide(
            told("Tiles"), (Timeline(told("t"), ((told(text[:80]), told("March 2027")),) * 7), Tiles(told("t"), (told(text[:120]),) * 8))
        )


@pytest.fixture(scope="module")
def drawn(filled_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[Drawn]]]:
    """By deck, the words of each slide, as LibreOffice draws them."""
    folder = tmp_path_factory.mktemp("drawn")
    with closing(Database(f"sqlite:///{filled_sqlite}")) as database:
        for language in ("en", "fr", "both"):
            (folder / f"{language}.pptx").write_bytes(database.read(deck.deck, language))
    tongue = Tongue.of("fr")
    (folder / "awkward.pptx").write_bytes(written(tuple(awkward()), tongue, told("Cadre"), clock.real()))
    assert OFFICE
    command = [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sorted(folder.glob("*.pptx")))], check=True, capture_output=True, timeout=120)
    return {file.stem: list(words(file)) for file in sorted(folder.glob("*.pdf"))}


def words(pdf: Path) -> Iterator[list[Drawn]]:
    """The words of each page, in the points of a slide."""
    assert READ
    told_ = subprocess.run([READ, "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=60).stdout
    text = "".join(sign for sign in told_.decode() if sign.isprintable() or sign == "\n")
    for page in ET.fromstring(text).iter("{http://www.w3.org/1999/xhtml}page"):
        scale = WIDE / float(page.attrib["width"])
        yield [_word(each, scale) for each in page]


def _word(found: ET.Element, scale: float) -> Drawn:
    left, top, right, bottom = (float(found.attrib[name]) * scale for name in ("xMin", "yMin", "xMax", "yMax"))
    return Drawn(found.text or "", left, top, right, bottom)


@pytest.mark.parametrize("name", ["en", "fr", "both", "awkward"])
def test_every_text_keeps_within_its_slide(drawn: dict[str, list[list[Drawn]]], name: str) -> None:
    out = []
    for number, page in enumerate(drawn[name], 1):
        for word in page:
            low = FOOT if word.top < BOTTOM else HIGH
            if word.left < LEFT - 2 or word.right > WIDE - LEFT + 4 or word.top < 0 or word.bottom > low:
                out.append((number, word))
    assert drawn[name]
    assert not out


@pytest.mark.parametrize("name", ["en", "fr", "both", "awkward"])
def test_no_text_stands_on_another(drawn: dict[str, list[list[Drawn]]], name: str) -> None:
    over = [
        (number, one, other)
        for number, page in enumerate(drawn[name], 1)
        for one, other in combinations(page, 2)
        if abs(one.top - other.top) < 40 and one.covers(other)
    ]
    assert not over
