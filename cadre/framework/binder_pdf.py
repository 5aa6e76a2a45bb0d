"""A binder as a PDF file: set by Typst, which tags it for screen readers, with its bookmarks, and with the faces that are shipped."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from cadre.core.reader import Reader
from cadre.core.text import printable
from cadre.framework.binder_parts import Binder, Page, Part
from cadre.framework.graph import Told
from cadre.framework.measuring import FONTS
from cadre.framework.slides import Block, Bullets, Picture, Prose, Table, Tiles, Timeline

_LAYOUT: Final = Path(__file__).parent / "binder.typ"
_PNG: Final = b"\x89PNG"
_LONG: Final = re.compile(r"[^\s\u00a0\u202f]{31,}")
_BREAK: Final = "\u200b"
_ACCESSIBLE: Final = "ua-1"
"""PDF/UA: https://pdfa.org/resource/iso-14289-pdfua/"""


def typeset(binder: Binder, reader: Reader, made_at: datetime) -> bytes:
    """The file. What people wrote is given to Typst as data, and never read as its language.

    Text of which no face that is shipped has a sign cannot be PDF/UA; it is set all the same, with a box for that sign.
    """
    import typst  # noqa: PLC0415  # 80 MB, which whoever makes no binder does without

    with TemporaryDirectory(prefix="cadre-binder-") as made:
        folder = Path(made)
        pictures: dict[str, bytes] = {}
        (folder / "data.json").write_text(json.dumps(_data(binder, reader, pictures), ensure_ascii=False), encoding="utf-8")
        for name, content in pictures.items():
            (folder / name).write_bytes(content)
        layout = shutil.copy(_LAYOUT, folder / "binder.typ")
        how: dict[str, Any] = {"root": made, "font_paths": [str(FONTS)], "ignore_system_fonts": True}
        how["timestamp"] = int(made_at.astimezone(UTC).timestamp())
        try:
            return bytes(typst.compile(layout, pdf_standards=[_ACCESSIBLE], **how))
        except typst.TypstError as problem:
            if "could not be displayed" not in str(problem):
                raise
            return bytes(typst.compile(layout, **how))


def _data(binder: Binder, reader: Reader, pictures: dict[str, bytes]) -> dict[str, Any]:
    return {
        "language": reader.language,
        "title": _text(binder.title),
        "lines": [_text(each) for each in binder.lines],
        "caution": _text(binder.caution),
        "contents": _text(binder.contents),
        "parts": [_part(each, pictures) for each in binder.parts],
    }


def _part(part: Part, pictures: dict[str, bytes]) -> dict[str, Any]:
    return {
        "title": _text(part.title),
        "tab": _text(part.tab or ""),
        "turned": any(isinstance(each, Picture) for page in part.pages for each in page.blocks),
        "blocks": [_block(each, pictures) for each in part.blocks],
        "pages": [_page(each, pictures) for each in part.pages],
    }


def _page(page: Page, pictures: dict[str, bytes]) -> dict[str, Any]:
    return {
        "title": _text(page.title),
        "section": _text(page.section or ""),
        "badge": _text(page.badge or ""),
        "blocks": [_block(each, pictures) for each in page.blocks],
        "footnotes": [_text(each) for each in page.footnotes],
        "links": [{"text": _text(text), "address": printable(address)} for text, address in page.links],
    }


def _block(block: Block, pictures: dict[str, bytes]) -> dict[str, Any]:
    match block:
        case Prose(paragraphs, weight):
            return {"kind": "prose", "weight": weight, "texts": list(_told(paragraphs))}
        case Bullets(items, numbered):
            return {"kind": "list", "numbered": numbered, "texts": list(_told(items))}
        case Tiles(_, items):
            return {"kind": "list", "numbered": False, "texts": list(_told(items))}
        case Timeline(_, points):
            return _table((), [1, 1], points)
        case Table(_, columns, rows):
            heads = tuple(column.heading for column in columns)
            return _table(heads if any(heads) else (), [column.share for column in columns], rows, row_heads=block.row_heads)
        case Picture(content, about):
            name = f"picture-{len(pictures)}.{'png' if content.startswith(_PNG) else 'svg'}"
            pictures[name] = content
            said = next(iter(_told((about,))), "")
            return {"kind": "picture", "file": name, "about": said, "wide": block.wide, "high": block.high}


def _table(heads: tuple[Told, ...], shares: list[float], rows: Any, *, row_heads: bool = True) -> dict[str, Any]:
    return {
        "kind": "table",
        "heads": list(_told(heads)),
        "shares": shares,
        "rows": [list(_told(row)) for row in rows],
        "row_heads": row_heads,
    }


def _told(texts: tuple[Told, ...]) -> Iterator[str]:
    """Texts in the one language of a binder."""
    yield from (_text(each[0]) if each else "" for each in texts)


def _text(text: str) -> str:
    """A text that may be set. A word longer than any of a language may be parted anywhere, for it not to run off the page."""
    return _LONG.sub(lambda word: _BREAK.join(word[0]), printable(text))
