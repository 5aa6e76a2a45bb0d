"""A picture in the language of Graphviz: once to measure what stands in it, once to draw it where it was placed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import hypot
from typing import Final

from cadre.framework import cards, look
from cadre.framework.arranging import LEGEND, TITLE, Arranged
from cadre.framework.graph import Edge, Graph, Node
from cadre.framework.look import Hue
from cadre.framework.places import Box, Curve, Size

_SLUG: Final = re.compile(r"[^\w-]+")
_INCH: Final = 72.0
_HEAD: Final = 7.0
"""How long what a line ends in is, in points."""
_MARGINS: Final = 2 * 0.11 * _INCH
"""Left and right of what stands on a card."""
_TEXT: Final = "shape=plain style=solid"
NOP: Final = "nop2"
"""The engine of Graphviz that leaves everything where it is."""


def measuring(graph: Graph) -> str:
    """Everything that holds text, to be measured: nodes by their number, the title, the legend and the headings of frames by name."""
    return "\n".join(
        (
            "digraph measured {",
            *_defaults(graph),
            *(f'n{number} [pos="0,0" label=<{_card(node, graph).label}>]' for number, node in enumerate(graph.nodes)),
            *(f'{name} [pos="0,0" {_TEXT} label=<{label}>]' for name, label in _texts(graph)),
            "}",
        )
    )


def measured(plain: str, graph: Graph) -> dict[str, Size]:
    """Sizes in points, out of what Graphviz writes as "plain": by node, and as ``arranging`` calls the rest."""
    names = {f"n{number}": node.id for number, node in enumerate(graph.nodes)}
    names |= {TITLE: TITLE, LEGEND: LEGEND, **{f"h{number}": f"heading:{each.id}" for number, each in enumerate(graph.clusters)}}
    found = {}
    for line in plain.splitlines():
        kind, name, _x, _y, wide, high, *_rest = [*line.split(" ", 6), *[""] * 6][:7]
        if kind == "node" and name in names:
            found[names[name]] = Size(float(wide) * _INCH, float(high) * _INCH)
    return found


def drawing(graph: Graph, places: Arranged) -> str:
    """The whole picture."""
    return "\n".join(_statements(graph, places))


def _statements(graph: Graph, places: Arranged) -> Iterator[str]:
    yield "digraph framework {"
    yield from _defaults(graph)
    for number, band in enumerate(places.bands):
        yield _panel(f"b{number}", "band", band, look.PANEL if number % 2 else look.PAPER, look.PAPER)
    for number, cluster in enumerate(graph.clusters):
        held = any(each.source in cluster.nodes or each.target in cluster.nodes for each in graph.edges)
        fill, line = ("none", look.LINE) if held else (look.PANEL, look.FAINT)  # lines are drawn first: what is filled would hide them
        yield _panel(f"f{number}", f"frame {_slug(cluster.id)}", places.frames[cluster.id], fill, line)
    boxes = {TITLE: places.boxes[TITLE], LEGEND: places.boxes[LEGEND]}
    boxes |= {f"h{number}": places.headings[each.id] for number, each in enumerate(graph.clusters)}
    for name, label in _texts(graph):
        yield f"{name} [{_TEXT} label=<{label}> {_attributes(**_at(boxes[name]))}]"
    if places.now is not None:
        yield _panel("now", "now", places.now._replace(wide=1.4), look.WARN, look.WARN)
    yield from (_node(node, number, graph, places.boxes[node.id]) for number, node in enumerate(graph.nodes))
    numbers = {node.id: number for number, node in enumerate(graph.nodes)}
    for number, (edge, curve) in enumerate(zip(graph.edges, places.curves, strict=True)):
        yield f"n{numbers[edge.source]} -> n{numbers[edge.target]} [{_edge(edge, number, curve, graph)}]"
    yield "}"


def _defaults(graph: Graph) -> Iterator[str]:
    """``pad``: around the picture, in inches; where its title stands around it, what is around it has edges of its own."""
    pad = (0.15 if graph.narrow else 0.45) if graph.title else 0.05
    font = _attributes(fontname=look.FAMILY, fontsize="11")
    yield f'graph [{font} bgcolor="{look.PAPER}" pad="{pad}" outputorder=edgesfirst]'
    yield f'node [{font} shape=box style="rounded,filled" margin="0.11,0.08" width=0 height=0]'
    yield f"edge [{_attributes(fontname=look.FAMILY, fontsize='8')} arrowhead=none arrowsize=0.7]"


def _texts(graph: Graph) -> Iterator[tuple[str, str]]:
    """What stands around the cards, by its name in Graphviz."""
    yield TITLE, cards.title(graph)
    yield LEGEND, cards.legend(graph)
    for number, cluster in enumerate(graph.clusters):
        yield f"h{number}", cards.heading(cluster.label, narrow=graph.narrow)


def _attributes(**given: str) -> str:
    return " ".join(f"{name}={_quoted(value)}" for name, value in given.items() if value)


def _quoted(value: str) -> str:
    """A value in quotation marks. A backslash is one, and begins no escape of Graphviz's."""
    return '"' + look.clean(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _slug(name: str) -> str:
    return _SLUG.sub("-", name)


def _hue(node: Node, graph: Graph) -> Hue:
    return look.TABLE_HUE if node.kind == "deputy_ministers_table" else look.hue(node.council, graph.councils)


def _card(node: Node, graph: Graph, wide: float | None = None) -> cards.Card:
    slim = cards.SLIM if graph.narrow else 1.0
    return cards.card(node, _hue(node, graph), cards.WIDE * slim if wide is None else wide, slim)


def _at(box: Box) -> Mapping[str, str]:
    """Where something is, as Graphviz has it: points of its middle, upwards; sizes in inches."""
    size = {"width": f"{box.wide / _INCH:.4f}", "height": f"{box.high / _INCH:.4f}"}
    return {"pos": f"{box.x + box.wide / 2:.2f},{-box.middle:.2f}", **size}


def _panel(name: str, kind: str, box: Box, fill: str, line: str) -> str:
    """A ground on which other things stand."""
    given = {"class": kind, "fillcolor": fill, "color": line, "label": "", "fixedsize": "true", **_at(box)}
    return f'{name} [{_attributes(**given)} label=""]'


def _node(node: Node, number: int, graph: Graph, box: Box) -> str:
    drawn = _card(node, graph, box.wide - _MARGINS)
    given = {
        "id": node.id,
        "class": _classes(node),
        "fillcolor": drawn.fill,
        "color": drawn.line,
        "penwidth": f"{drawn.width:g}",
        "style": "rounded,filled,dashed" if drawn.dashed else "rounded,filled",
        "tooltip": node.tooltip or " / ".join(node.name) or "–",
        "URL": node.path or "",
        **_at(box),
    }
    return f"n{number} [label=<{drawn.label}> {_attributes(**given)}]"


def _classes(node: Node) -> str:
    """By which a page can find and restyle it: its kind, state and council, and what is to be seen of it."""
    council = f"council-{node.council}" if node.council else None
    return " ".join(_slug(each) for each in (node.kind, node.state, council, *(mark.kind for mark in node.marks)) if each)


def _edge(edge: Edge, number: int, curve: Curve, graph: Graph) -> str:
    stroke = look.STROKES.get(edge.kind, look.PLAIN)
    color = stroke.color or look.hue(edge.council, graph.councils).deep
    given = {
        "id": f"edge-{number}",
        "class": " ".join(_slug(each) for each in (edge.kind, f"from-{edge.source}", f"to-{edge.target}")),
        "style": stroke.style,
        "penwidth": f"{stroke.width:g}",
        "color": f"{color}:transparent:{color}" if stroke.double else color,
        "arrowhead": stroke.end or "none",
        "tooltip": edge.tooltip or "",
        "pos": _spline(curve, ends=bool(stroke.end)),
    }
    return _attributes(**given)


def _spline(curve: Curve, *, ends: bool) -> str:
    """A curve as Graphviz has it; what it ends in reaches from its end to where the curve would have ended."""
    (x, y), (bend_x, bend_y) = curve[-1], curve[-2]
    if not ends:
        return " ".join(f"{px:.2f},{-py:.2f}" for px, py in curve)
    away = hypot(x - bend_x, y - bend_y) or 1.0
    base = (x - (x - bend_x) / away * _HEAD, y - (y - bend_y) / away * _HEAD)
    return f"e,{x:.2f},{-y:.2f} " + " ".join(f"{px:.2f},{-py:.2f}" for px, py in (*curve[:-1], base))
