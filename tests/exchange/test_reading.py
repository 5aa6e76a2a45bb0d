"""A broken registry file: everything that is wrong is told at once, each with its line."""

from __future__ import annotations

import pytest

from cadre.core.reader import Reader
from cadre.exchange.reading import InvalidFile, read

SOURCE = "format: 1\nsources:\n- id: deck\n  origin: seed\n  title: {en: Deck, fr: Présentation}\n"


def wrong(text: str | bytes) -> list[tuple[int, str]]:
    """What a person reads of a broken file: lines and messages."""
    with pytest.raises(InvalidFile) as caught:
        read(text, {})
    return [(problem.line, str(problem.message.for_(Reader()))) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        # the file
        (b"format: 1\nx: \xff", 2, "not written in UTF-8"),
        ("format: 1\n# \ud800", 2, "not written in UTF-8"),
        ("", 1, "The file is empty"),
        ("- 1", 1, "Keys with values are wanted"),
        ("format: 1\n\tx: y", 2, "not YAML (found a tab"),
        ("format: 1\nsources: [}", 2, "not YAML"),
        ("format: 1\n# \x07", 2, "not YAML (control characters are not allowed)"),
        ("format: 1\n---\nformat: 1", 2, "not YAML"),
        ("[" * 3000, 1, "nested too deeply"),
        ("a: &bomb [x]\nb: *bomb", 2, "Anchors and aliases"),
        # keys and sections
        ("sources: []", 1, "The key format is missing"),
        ("format: 2", 1, "This Cadre reads another format"),
        ("format: 1\nwhat: []", 2, "what is not a key that is known here"),
        ("format: 1\nsources: {}", 2, "sources: a list is wanted"),
        ("format: 1\nsources:\n- deck", 3, "Keys with values are wanted"),
        (SOURCE + "  nope: 1\n", 6, "nope is not a key"),
        (SOURCE + "  origin: seed\n", 6, "The key origin stands here twice"),
        ("format: 1\nsources:\n- id: x\n  origin: seed\n", 3, "The key title is missing"),
        (SOURCE + "- id: deck\n  origin: seed\n  title: {en: a, fr: b}\n", 6, "The id deck stands on line 3 already"),
        ("format: 1\nsources:\n- {id: a b, origin: seed, title: {en: a, fr: b}}", 3, "The id a b may hold"),
        # values
        (SOURCE + "  url:\n", 6, "url is empty"),
        (SOURCE + '  url: " "\n', 6, "url is empty"),
        (SOURCE + "  url: [a]\n", 6, "url: a text is wanted"),
        (SOURCE + '  url: "a\\0b"\n', 6, "url holds a character that cannot be kept"),
        (SOURCE + "  language: es\n", 6, "language: es is none of these: en, fr"),
        (SOURCE + '  attested: "2017-13"\n', 6, "attested: 2017-13 is no year, month or day"),
        (SOURCE + '  attested: "2017-02-30"\n', 6, "attested: 2017-02-30 is no year, month or day"),
        (SOURCE + f"people:\n- id: x\n  name: {'x' * 201}\n", 8, "name: there is room for 200 characters"),
        # YAML 1.1
        (SOURCE + "jurisdictions:\n- id: ON\n", 7, 'id: YAML reads ON as true or false. Put it in quotes: "ON"'),
        (SOURCE + "people:\n- id: x\n  name: no\n", 8, "name: YAML reads no as true or false"),
        (SOURCE + "  attested: 2017\n", 6, 'attested: YAML reads 2017 as a number. Put it in quotes: "2017"'),
        (SOURCE + "  attested: 2017-10-03\n", 6, "attested: YAML reads 2017-10-03 as a date"),
        (SOURCE + "  url: 1.5\n", 6, "url: YAML reads 1.5 as a number"),
        # both languages
        (SOURCE + "terms:\n- id: x\n  name: {en: a}\n", 8, "name: the language fr is missing. If it is owed, write fr: null"),
        (SOURCE + "terms:\n- id: x\n  name: {en: null, fr: null}\n", 8, "name: one language at least needs a text"),
        (SOURCE + "terms:\n- id: x\n  name: {en: a, fr: b, stale: c}\n", 8, "stale: c is none of these: en, fr"),
        (SOURCE + "terms:\n- id: x\n  name: a\n", 8, "Keys with values are wanted"),
        # names
        (SOURCE + "terms:\n- id: x\n  name: {en: a, fr: b}\n  acronyms: {en: [ON]}\n", 9, "YAML reads ON as true or false"),
        (SOURCE + "terms:\n- id: x\n  aliases:\n    en: [b]\n    fr:\n    - b\n    - b\n", 12, "b stands here twice"),
        (SOURCE + "terms:\n- id: x\n  name: {en: a, fr: b}\n  aliases: {en: a}\n", 9, "en: a list is wanted"),
        # other kinds
        (SOURCE + "group_kinds:\n- id: x\n  needs_mandate: 'yes'\n", 8, "needs_mandate: true or false is wanted"),
        (SOURCE + "decisions:\n- id: x\n  number: '1'\n", 8, "number: a whole number is wanted"),
        (SOURCE + "decisions:\n- id: x\n  number: 0x1F\n", 8, "number: a whole number is wanted"),
        (SOURCE + "jurisdictions:\n- id: x\n  zone: America/Torronto\n", 8, "zone: America/Torronto is not a time zone"),
        (SOURCE + "jurisdictions:\n- id: x\n  zone: America\n", 8, "zone: America is not a time zone"),
        # references, and what holds between keys
        (SOURCE + "groups:\n- id: x\n  name: {en: a, fr: b}\n  owner: y\n", 9, "owner: there is no y in groups"),
        (SOURCE + "roles:\n- id: x\n  person: p\n  role: lead\n", 7, "A role needs group or priority, and not both"),
        (SOURCE + "roles:\n- {id: x, group: a, priority: b}\n", 7, "A role needs group or priority, and not both"),
        (SOURCE + "recommendations:\n- {id: x, status: proposed}\n", 7, "A recommendation needs a category or a wording"),
        # provenance
        (SOURCE + "  provenance:\n    titel: {source: deck}\n", 7, "titel is not a key"),
        (SOURCE + "  provenance:\n    record: {standing: stated}\n", 7, "The key source is missing"),
        (SOURCE + "  provenance:\n    title.en:\n      source: dek\n", 8, "source: there is no dek in sources"),
        (SOURCE + "  provenance: {url: {source: deck, confirmed_on: '2017-10'}}\n", 6, "confirmed_on: 2017-10 is no day"),
    ],
)  # fmt: skip
def test_each_problem_has_its_line(text: str | bytes, line: int, told: str) -> None:
    assert any(at == line and told in message for at, message in wrong(text)), wrong(text)


def test_all_problems_are_told_at_once_in_order_of_lines() -> None:
    text = SOURCE + "  language: es\n  nope: 1\nroles:\n- {id: x, person: nobody, role: boss, group: nowhere}\n"
    assert [line for line, _ in wrong(text)] == [6, 7, 9, 9, 9]


def test_a_file_that_holds_many_aliases_of_aliases_is_refused_at_once() -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 20)}]\n" for n in range(1, 15))
    assert len(wrong(bomb)) > 200


def test_a_reference_may_name_what_the_registry_has() -> None:
    text = "format: 1\ngroups:\n- {id: x, name: {en: a, fr: b}, owner: jc}\n"
    records = read(text, {"groups": {"jc"}})
    assert records["groups"][0].values["owner"] == "jc"


def test_a_byte_order_mark_is_no_problem() -> None:
    assert read(b"\xef\xbb\xbf" + SOURCE.encode(), {})["sources"][0].id == "deck"


MODEL = """\
format: 1
group_kinds:
- {id: council, name: {en: a, fr: b}, plural: {en: a, fr: b}}
- {id: deputy_ministers_table, name: {en: a, fr: b}, plural: {en: a, fr: b}}
groups:
- {id: jc, name: {en: JC, fr: CM}, kind: council}
- {id: other, name: {en: O, fr: A}, kind: council}
- {id: table, name: {en: T, fr: T}, kind: deputy_ministers_table}
logic_model:
- {id: map, council: jc, term: output, number: 1, wording: {en: A map, fr: null}}
- {id: known, council: jc, term: short, number: 1, wording: {en: All know, fr: Tous savent}}
- {id: theirs, council: other, term: long, number: 1, wording: {en: All know, fr: Tous savent}}
"""


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("feeds:\n- {id: f, source: known, target: map}\n", 14, "feeds a later stage only: input, activity, output, short, medium, long"),
        ("feeds:\n- {id: f, source: map, target: map}\n", 14, "feeds a later stage only"),
        ("feeds:\n- {id: f, source: map, target: theirs}\n", 14, "feeds parts of the same council only"),
        ("feeds:\n- {id: f, source: map, target: nothing}\n", 14, "there is no nothing in logic_model"),
        ("referrals:\n- {id: r, table: jc, direction: for, group: other}\n", 14, "a group of the kind deputy_ministers_table"),
        ("referrals:\n- {id: r, table: table, direction: for}\n", 14, "A referral needs one of"),
        ("referrals:\n- {id: r, table: table, direction: for, group: jc, decision: d}\n", 14, "A referral needs one of"),
        ("referrals:\n- {id: r, table: table, direction: at, group: jc}\n", 14, "direction: at is none of these: for, from"),
    ],
)
def test_what_does_not_agree_with_what_it_refers_to_is_told(text: str, line: int, told: str) -> None:
    assert any(at == line and told in message for at, message in wrong(MODEL + text)), wrong(MODEL + text)


def test_a_logic_model_and_referrals_that_agree_are_read() -> None:
    text = MODEL + "feeds:\n- {id: f, source: map, target: known}\nreferrals:\n- {id: r, table: table, direction: for, group: jc}\n"
    records = read(text, {})
    assert records["feeds"][0].values == {"source": "map", "target": "known"}
    assert records["referrals"][0].values["group"] == "jc"
