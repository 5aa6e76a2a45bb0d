"""The process that draws: it reads pictures, writes drawings, and ends when nobody is left to ask.

Graphviz runs nowhere else: in threads it draws wrongly, and where it crashes it takes its process along. Little is loaded here, so that
the process is soon ready.
"""

from __future__ import annotations

import pickle
import resource
import shutil
import signal
import struct
import sys
from typing import Final
from xml.etree import ElementTree as ET

from cadre.framework.arranging import arranged
from cadre.framework.dot import NOP, drawing, measured, measuring
from cadre.framework.graph import Graph
from cadre.framework.look import FAMILY
from cadre.framework.measuring import drawable

HEAD: Final = struct.Struct("!cQ")
"""Before each message: what it is, and how many bytes follow."""
DRAW, DRAWN, REFUSED = b"D", b"K", b"E"
MEMORY: Final = 3 << 30
"""Bytes that a drawing may take before it is refused."""
_SVG: Final = "{http://www.w3.org/2000/svg}"
_GROUP, _TEXT = f"{_SVG}g", f"{_SVG}text"
_XLINK: Final = "http://www.w3.org/1999/xlink"
ELEMENTS: Final = frozenset("svg g a title desc text path polygon polyline ellipse".split())
"""All that a drawing is made of. Whatever else stands in one broke out of a label."""
_HREF: Final = f"{{{_XLINK}}}href"
ATTRIBUTES: Final = frozenset(
    "id class transform width height viewBox fill stroke stroke-width stroke-dasharray points d x y cx cy rx ry text-anchor font-family "
    "font-weight font-size {http://www.w3.org/XML/1998/namespace}space".split()
) | {_HREF, f"{{{_XLINK}}}title"}


class Broken(Exception):
    """A drawing holds what no drawing should."""


def main() -> None:
    """Draw whatever comes in, until nothing more can. Its one argument: the folder of its fonts, which goes with it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    asked, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := asked.read(HEAD.size):
        _kind, size = HEAD.unpack(head)
        kind, content = _answer(asked.read(size))
        answers.write(HEAD.pack(kind, len(content)))
        answers.write(content)
        answers.flush()
    shutil.rmtree(sys.argv[1], ignore_errors=True)


def _answer(message: bytes) -> tuple[bytes, bytes]:
    graph, form, seconds = pickle.loads(message)  # noqa: S301  # from the process that began this one, through a pipe of its own
    signal.setitimer(signal.ITIMER_REAL, seconds)  # even where nobody waits any more
    try:
        return DRAWN, drawn(graph, form)
    except (ValueError, Broken, MemoryError, ET.ParseError) as problem:
        return REFUSED, str(problem).encode()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def drawn(graph: Graph, form: str) -> bytes:
    """A picture as an SVG, PNG or PDF. For this process only."""
    places = arranged(graph, measured(_run(measuring(graph), "plain").decode(), graph))
    source = drawing(graph, places)
    if form == "svg":  # whoever shows it has faces of their own for what the shipped ones lack
        return _tidied(_run(source, form), graph)
    return _run(drawable(source), form)


def _run(source: str, form: str) -> bytes:
    """What Graphviz makes of it. Raises ValueError."""
    import pygraphviz  # noqa: PLC0415  # no other process may load it

    with pygraphviz.AGraph(string=source) as read:
        made: bytes = read.draw(format=form, prog=NOP)
    return made


# ---------------------------------------------------------------- SVG


def _tidied(made: bytes, graph: Graph) -> bytes:
    """The drawing with titles that people can read, and without what nobody sees. Raises Broken where it holds anything else."""
    ET.register_namespace("", _SVG.strip("{}"))
    ET.register_namespace("xlink", _XLINK)
    root = ET.fromstring(made)  # noqa: S314  # Graphviz wrote it
    for element in list(root.iter()):
        _checked(element)
        _retitle(element)
        if element.tag == _TEXT:
            element.attrib.pop("font-family", None)
    root.set("font-family", FAMILY)  # once, for all texts
    _describe(root, graph)
    tidied: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return tidied


def _checked(element: ET.Element) -> None:
    if element.tag.removeprefix(_SVG) not in ELEMENTS:
        raise Broken(f"an element that no drawing has: {element.tag}")
    for name, value in element.items():
        if name not in ATTRIBUTES or (name == _HREF and (not value.startswith("/") or value.startswith("//"))):
            raise Broken(f"an attribute that no drawing has: {name}={value!r}")


def _retitle(element: ET.Element) -> None:
    """The title of a node or edge is what is told of it, not its name in Graphviz."""
    if element.tag != _GROUP:
        return
    title, told = element.find(f"{_SVG}title"), None
    for link in element.iterfind(f"{_SVG}g/{_SVG}a"):
        told = link.attrib.pop(f"{{{_XLINK}}}title", None)
        if not link.get(_HREF):
            link.tag = f"{_SVG}g"
    if title is not None:
        if told:
            title.text = told
        else:
            element.remove(title)


def _describe(root: ET.Element, graph: Graph) -> None:
    title, described = ET.Element(f"{_SVG}title"), ET.Element(f"{_SVG}desc")
    title.text, described.text = " / ".join(graph.title), str(graph.alt)
    root.insert(0, title)
    root.insert(1, described)


if __name__ == "__main__":
    main()
