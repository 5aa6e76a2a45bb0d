"""The French gate finds each kind of fault, and lets good French pass."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Self

import catalogue
import gate
import pytest

NBSP = "\u00a0"
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

"""
SETTINGS = """[[tool.babel.mappings]]
method = "python"
pattern = "**.py"
"""


class Project:
    """A program with marked messages and their French, in a folder of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "cadre").mkdir()
        (root / "bot").mkdir()
        (root / "pyproject.toml").write_text(SETTINGS)

    def source(self, text: str) -> Self:
        (self.root / "cadre/wording.py").write_text(text)
        return self

    def french(self, text: str) -> Self:
        """The whole catalogue of the French; the template comes from the source."""
        source = catalogue.messages(catalogue.extracted(self.root))
        catalogue.write(self.root / catalogue.TEMPLATE, "Messages", "", source)
        path = self.root / catalogue.FRENCH
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + text, encoding="utf-8")
        return self

    def faults(self) -> list[str]:
        return list(gate.faults(self.root))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def one(original: str, french: str) -> str:
    return f'msgid "{original}"\nmsgstr "{french}"\n'


def many(one: str, many: str, *french: str) -> str:
    forms = "".join(f'msgstr[{number}] "{form}"\n' for number, form in enumerate(french))
    return f'msgid "{one}"\nmsgid_plural "{many}"\n{forms}'


def test_good_french_passes(project: Project) -> None:
    project.source(
        '_("Lead: {person}")\nngettext("One group", "{n} groups", n)\npgettext("a person", "Lead")\n_("Lead")\n'
        'Message("Question")\ng = reader.gettext\nN_("Of {group}")\n_("50% done, see {url}")\n'
    )
    project.french(
        one("Lead: {person}", f"Responsable{NBSP}: {{person}}")
        + many("One group", "{n} groups", f"{{n}}{NBSP}groupe", f"{{n}}{NBSP}groupes")
        + 'msgctxt "a person"\n'
        + one("Lead", "Responsable")
        + one("Lead", "Direction")
        + one("Question", "Question")
        + one("Of {group}", "{group:of}")
        + one("50% done, see {url}", f"Fait à 50{NBSP}%, voir {{url}}")
    )
    assert project.faults() == []


def test_message_that_no_catalogue_holds(project: Project) -> None:
    project.source("").french("").source('\n_("Who leads?")\n')
    assert project.faults() == [
        "cadre/wording.py:2: not in cadre.pot (make catalogue): 'Who leads?'",
        "cadre/wording.py:2: not in cadre.po (make catalogue): 'Who leads?'",
    ]


@pytest.mark.parametrize(
    "source",
    ['Message(first, button(reader.gettext("Begin")))', 'from cadre.core.errors import Message as Later\nwrong = Later("Begin")'],
    ids=["within another", "by another name"],
)
def test_message_that_is_marked_where_nobody_reads_it(project: Project, source: str) -> None:
    project.source(source).french("")
    (fault,) = project.faults()
    assert "not read into the catalogues" in fault
    assert "'Begin'" in fault


def test_message_whose_plural_changed_is_another(project: Project) -> None:
    project.source('ngettext("{n} group", "{n} groups", n)').french(one("{n} group", f"{{n}}{NBSP}groupe"))
    assert [fault.split(":")[2] for fault in project.faults()] == [
        " not in cadre.po (make catalogue)",
        " no longer in the source (make catalogue)",
    ]


def test_context_tells_messages_apart(project: Project) -> None:
    project.source('pgettext("a person", "Lead")').french(one("Lead", "Responsable"))
    assert "'Lead' (a person)" in project.faults()[0]
    assert "no longer in the source" in project.faults()[1]


@pytest.mark.parametrize("leftover", [one("Gone", "Parti"), '#~ msgid "Gone"\n#~ msgstr "Parti"\n'])
def test_message_that_left_the_source(project: Project, leftover: str) -> None:
    project.source("").french(leftover)
    (fault,) = project.faults()
    assert fault.endswith("no longer in the source (make catalogue): 'Gone'")


@pytest.mark.parametrize(
    ("call", "entry", "what"),
    [
        ('_("Lead")', one("Lead", ""), "untranslated"),
        ('_("Lead")', "#, fuzzy\n" + one("Lead", "Responsable"), "fuzzy"),
        ('ngettext("Lead", "Leads", n)', many("Lead", "Leads", "Responsable", ""), "plural form missing"),
        ('ngettext("Lead", "Leads", n)', many("Lead", "Leads", "Responsable"), "plural form missing"),
        ('_("Ask me a question")', one("Ask me a question", "Ask me a question"), "still in English"),
        (
            'ngettext("{n} group", "{n} groups", n)',
            many("{n} group", "{n} groups", f"{{n}}{NBSP}groupe", "{n} groupes"),
            "no-break space wanted between {n} and its noun",
        ),
        ('_("{who} leads")', one("{who} leads", "{qui} dirige"), "field missing: who"),
        ('_("{who} leads")', one("{who} leads", "{qui} dirige"), "unknown field: qui"),
        ('_("{who} leads")', one("{who} leads", "{who dirige"), "braces: expected '}' before end of string"),
        ('_("{who} leads")', one("{who} leads", "{who dirige"), "dennis E102: missing right curly-brace: {who dirige"),
        ('_("{who} leads")', one("{who} leads", "{qui} dirige"), "dennis E201: invalid variables: {qui}"),
        (
            'ngettext("One group", "{n} groups", n)',
            many("One group", "{n} groups", "Un groupe", "{n} groupes"),
            "field missing: n",
        ),
    ],
)
def test_fault_of_a_translation(project: Project, call: str, entry: str, what: str) -> None:
    project.source(call).french(entry)
    found = project.faults()
    assert any(f": {what}: " in fault for fault in found), found
    assert all(fault.startswith("locale/fr_CA/LC_MESSAGES/cadre.po:") for fault in found)


def test_line_of_a_fault_is_that_of_the_message(project: Project) -> None:
    project.source('_("Lead")').french(one("Lead", ""))
    assert project.faults() == ["locale/fr_CA/LC_MESSAGES/cadre.po:6: untranslated: 'Lead'"]


def test_catalogue_with_too_many_forms_is_broken(project: Project) -> None:
    project.source('ngettext("Lead", "Leads", n)').french(many("Lead", "Leads", "a", "b", "c"))
    (fault,) = project.faults()
    assert fault.startswith("a catalogue is broken: ")


def test_mixed_apostrophes(project: Project) -> None:
    project.source('_("one")\n_("two")\n_("three")')
    project.french(one("one", "l'État") + one("two", "d'Ottawa") + one("three", "l’Île"))
    (fault,) = project.faults()
    assert fault.endswith("apostrophe ’, where the other messages use another: 'three'")


def test_compiled_catalogue(project: Project) -> None:
    project.source("").french("")
    (project.root / catalogue.FRENCH).with_suffix(".mo").touch()
    (fault,) = project.faults()
    assert "cadre.mo: a compiled catalogue" in fault


def test_update_adds_what_is_new_and_drops_what_is_gone(project: Project) -> None:
    project.source('_("Old")\n_("Kept")').french("# why so\n" + one("Kept", "Gardé") + one("Old", "Vieux"))
    project.source('# Translators: of a person\n_("New")\n_("Kept")')
    assert catalogue.update(project.root) == 1
    text = (project.root / catalogue.FRENCH).read_text("utf-8")
    assert "Old" not in text
    assert '# why so\n#: cadre/wording.py\nmsgid "Kept"\nmsgstr "Gardé"\n' in text
    assert '#. of a person\n#: cadre/wording.py\nmsgid "New"\nmsgstr ""\n' in text
    (fault,) = project.faults()
    assert fault.endswith(": untranslated: 'New'")


def test_update_changes_nothing_when_only_lines_moved(project: Project) -> None:
    project.source('_("b {x}")\n_("a")\nngettext("c", "d", n)\npgettext("a person", "a")')
    catalogue.update(project.root)
    paths = [project.root / catalogue.FRENCH, project.root / catalogue.TEMPLATE]
    before = [path.read_bytes() for path in paths]
    project.source('\n\npgettext("a person", "a")\nngettext("c", "d", n)\n_("a")\n_("b {x}")')
    catalogue.update(project.root)
    assert [path.read_bytes() for path in paths] == before
    assert b"Date" not in before[0]


def test_gate_is_a_program_that_fails_when_it_finds_something() -> None:
    """As `make check` runs it: the folder's name hides no module of the standard library."""
    done = subprocess.run([sys.executable, "locale/gate.py"], cwd=catalogue.ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.returncode == (1 if done.stdout else 0)
    code = "import locale; locale.getlocale()"
    subprocess.run([sys.executable, "-c", code], cwd=catalogue.ROOT, check=True)
