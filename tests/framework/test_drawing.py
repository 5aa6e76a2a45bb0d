"""Pictures, drawn in a process of its own: what is in them, what never is, and what happens where drawing fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cadre.core.words import Words
from cadre.framework import look, measuring
from cadre.framework.drawing import DrawingFailed, Form, Renderer, draw
from cadre.framework.engine import ATTRIBUTES, ELEMENTS
from cadre.framework.graph import Graph, Node
from cadre.framework.macro import macro
from cadre.framework.micro import micro
from cadre.framework.sequence import sequence
from tests.framework import made

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
BEGINNINGS: dict[Form, bytes] = {"svg": b"<?xml", "png": b"\x89PNG\r\n", "pdf": b"%PDF"}


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    found = Renderer()
    yield found
    found.close()


def parsed(svg: bytes) -> ET.Element:
    return ET.fromstring(svg)


def texts(element: ET.Element) -> str:
    return " ".join(" ".join((text.text or "").split()) for text in element.iter(f"{SVG}text"))


def by_id(svg: bytes) -> dict[str, ET.Element]:
    return {str(each.get("id")): each for each in parsed(svg).iter() if each.get("id")}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_map_is_drawn_as_a_picture_of_each_kind(renderer: Renderer, form: Form) -> None:
    assert renderer.draw(macro(made.framework(), "en"), form).startswith(BEGINNINGS[form])


def test_a_page_finds_each_group_by_its_id_restyles_it_by_its_class_and_follows_its_link(renderer: Renderer) -> None:
    found = by_id(renderer.draw(macro(made.at_work(), "en"), "svg"))
    bees, hives = found["group:bees"], found["group:hives"]
    assert str(bees.get("class")).split() == ["node", "working_group", "active", "council-honey", "to_complete", "unknown"]
    assert [each.get(HREF) for each in bees.iter(f"{SVG}a")] == ["/framework/group/bees"]
    assert {"proposed"} <= set(str(hives.get("class")).split())
    assert any(each.get("stroke-dasharray") for each in hives.iter(f"{SVG}path")), "a proposed one has a dashed outline"
    assert "working group · proposed" in texts(hives), "and says so"
    edges = {tuple(str(each.get("class")).split()) for each in found.values() if str(each.get("class")).startswith("edge")}
    assert ("edge", "supports", "from-priority-nectar", "to-group-bees") in edges


def test_gaps_are_seen_by_a_shape_and_words(renderer: Renderer) -> None:
    found = by_id(renderer.draw(macro(made.at_work(), "en"), "svg"))
    assert "✕ No group works on it" in texts(found["priority:wax"])
    assert "⚑ For the Table of Deputy Ministers" in texts(found["priority:nectar"])
    assert "▲ To complete: mandate" in texts(found["group:bees"])


def test_whoever_does_not_see_the_picture_is_told_what_it_shows(renderer: Renderer) -> None:
    root = parsed(renderer.draw(macro(made.framework(), "fr"), "svg"))
    assert root.findtext(f"{SVG}title") == "Le cadre des Conseils mixtes"
    assert "2 priorités" in str(root.findtext(f"{SVG}desc")).replace("\u00a0", " ")
    titles = [each.findtext(f"{SVG}title") for each in root.iter(f"{SVG}g") if each.get("id") == "group:bees"]
    assert titles == ["Groupe de travail sur les abeilles"]


def test_a_map_in_both_languages_has_each_name_in_both(renderer: Renderer) -> None:
    bees = texts(by_id(renderer.draw(macro(made.framework(), "both"), "svg"))["group:bees"])
    assert "Bees Working Group" in bees
    assert "Groupe de travail sur les abeilles" in bees


HOSTILE: dict[str, Graph] = {
    "macro": macro(made.hostile(), "both"),
    "micro": micro(made.hostile(), "priority:nectar", "both"),
    "circle": micro(made.hostile(), "group:h1", "en"),
    "sequence": sequence(made.hostile(), "fr"),
}


@pytest.mark.parametrize("view", HOSTILE)
def test_nothing_breaks_out_of_a_label(renderer: Renderer, view: str) -> None:
    svg = renderer.draw(HOSTILE[view], "svg")
    for element in parsed(svg).iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert set(element.keys()) <= ATTRIBUTES
        assert str(element.get(HREF, "/framework/")).startswith("/framework/")
    for form in ("png", "pdf"):
        assert renderer.draw(HOSTILE[view], form).startswith(BEGINNINGS[form])


def test_what_people_wrote_is_shown_as_they_wrote_it(renderer: Renderer) -> None:
    found = by_id(renderer.draw(macro(made.hostile(), "en"), "svg"))
    for number, text in enumerate(made.HOSTILE):
        shown = "".join(texts(found[f"group:h{number}"]).split())
        written = "".join(look.clean(text).split()) or "–"
        assert written in shown


def test_two_groups_of_one_name_are_two(renderer: Renderer) -> None:
    found = by_id(renderer.draw(macro(made.hostile(), "en"), "svg"))
    assert texts(found["group:same1"]) == texts(found["group:same2"])


def test_a_node_leads_to_our_own_pages_only() -> None:
    for path in ("https://example.org", "//example.org", "javascript:alert(1)", "framework"):
        with pytest.raises(ValueError, match="no page of ours"):
            Node("group:x", "working_group", (Words("X"),), path=path)


def test_colours_differ_enough_for_everybody() -> None:
    """WCAG 2.1, 1.4.3: 4.5 to 1 for text."""
    for hue in (*look.HUES, look.TABLE_HUE, look.NO_HUE):
        assert contrast(hue.deep, look.PAPER) >= 4.5
        for ink in (look.INK, look.SOFT, look.WARN, look.CALM, hue.deep):
            assert contrast(ink, hue.tint) >= 4.5
            assert contrast(look.DARK[ink], look.DARK[hue.tint]) >= 4.5
            assert contrast(look.DARK[ink], look.DARK[look.PAPER]) >= 4.5


def contrast(one: str, other: str) -> float:
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_page_in_the_dark_knows_every_colour_of_a_picture(renderer: Renderer) -> None:
    for graph in (macro(made.at_work(), "en"), micro(made.at_work(), "group:bees", "en"), sequence(made.at_work(), "en")):
        root = parsed(renderer.draw(graph, "svg"))
        used = {value for each in root.iter() for value in (each.get("fill"), each.get("stroke")) if value}
        assert used - {"none"} <= set(look.DARK)


# ---------------------------------------------------------------- the process


def test_several_who_ask_at_once_get_what_they_asked_for(renderer: Renderer) -> None:
    graphs = [macro(made.framework(), "en"), micro(made.framework(), "group:bees", "fr")] * 4
    alone = [renderer.draw(graph, "svg") for graph in graphs]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(renderer.draw, graphs, ["svg"] * 8)) == alone


def test_a_drawing_that_takes_too_long_is_given_up_and_the_next_one_is_drawn() -> None:
    hasty, small = Renderer(seconds=0.5), macro(made.framework(), "en")
    try:
        hasty.draw(small, "svg")
        hasty._seconds = 0.005
        with pytest.raises(DrawingFailed):
            hasty.draw(macro(made.many(200, 5), "en"), "png")
        hasty._seconds = 5
        assert hasty.draw(small, "svg").startswith(b"<?xml")
    finally:
        hasty.close()


def test_where_the_process_dies_of_a_drawing_this_one_lives_and_the_next_one_is_drawn() -> None:
    found, small, large = Renderer(), macro(made.framework(), "en"), macro(made.many(150, 5), "en")
    try:
        found.draw(small, "svg")
        assert found._drawing is not None
        process = found._drawing._process
        killing = threading.Timer(0.02, os.kill, (process.pid, signal.SIGSEGV))
        killing.start()
        with pytest.raises(DrawingFailed, match="-11"):
            found.draw(large, "png")
        killing.join()
        assert found.draw(small, "svg").startswith(b"<?xml")
    finally:
        found.close()


def test_a_process_that_died_while_nobody_drew_is_replaced() -> None:
    found, small = Renderer(), macro(made.framework(), "en")
    try:
        found.draw(small, "svg")
        assert found._drawing is not None
        found._drawing._process.kill()
        found._drawing._process.wait()
        assert found.draw(small, "svg").startswith(b"<?xml")
    finally:
        found.close()


def test_what_cannot_be_drawn_is_refused_and_the_process_goes_on(renderer: Renderer) -> None:
    broken = Graph((Words("X"),), "en", (Node("a", "lane", (Words("A"),)),), Words("X"))
    with pytest.raises(DrawingFailed):
        renderer.draw(broken, "bmp-that-nobody-has")  # type: ignore[arg-type]  # what is wrong is the point
    assert renderer.draw(broken, "svg")


def test_the_same_picture_is_drawn_once() -> None:
    graph = macro(made.framework(), "en")
    assert draw(graph, "svg") is draw(macro(made.framework(), "en"), "svg")


_DRAWS_AND_DIES = """
import os, signal
from cadre.framework.drawing import Renderer
from cadre.framework.graph import Graph, Node
from cadre.core.words import Words
found = Renderer()
found.draw(Graph((Words("X"),), "en", (Node("a", "lane", (Words("A"),)),), Words("X")), "svg")
print(found._drawing._process.pid, found._drawing._process.args[-1], flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_process_ends_with_the_one_that_began_it() -> None:
    died = subprocess.run([sys.executable, "-c", _DRAWS_AND_DIES], capture_output=True, text=True, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr
    pid, fonts = died.stdout.split()
    for _ in range(100):
        if not running(int(pid)):
            assert not Path(fonts).exists(), "nothing of it is left"
            return
        time.sleep(0.02)
    pytest.fail("it lives on")


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def test_a_picture_is_the_same_on_a_machine_without_fonts(renderer: Renderer, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    graph = macro(made.framework(), "en")
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    bare = Renderer()
    try:
        assert bare.draw(graph, "png") == renderer.draw(graph, "png")
    finally:
        bare.close()


def test_the_process_loads_little() -> None:
    code = "import sys, cadre.framework.engine; print({name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not [name for name in ("sqlalchemy", "babel", "pydantic", "pygraphviz", "asyncio") if f"'{name}'" in loaded]


def test_what_no_face_has_is_one_neutral_box() -> None:
    assert (
        measuring.drawable("Bees \U0001f41d\ufe0f and \U0001f469\u200d\U0001f33e, ᐃᓄᒃᑎᑐᑦ, 2 ≤ 3 ● ⬚ ◇")
        == "Bees □ and □, ᐃᓄᒃᑎᑐᑦ, 2 ≤ 3 ● ⬚ ◇"
    )
