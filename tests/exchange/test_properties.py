"""Whatever the registry holds can be written and read back; whatever a file holds is read or refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.exchange.layout import ATTRIBUTION, SECTIONS, Field, Kind, Record, Section
from cadre.exchange.reading import InvalidFile, Problem, read
from cadre.exchange.writing import write

texts = (
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60),
        st.text("abc é«»“:#-?|>'\"\\{}[],&*!%@`~\n\r\t \x85\u2028\ufeff\u00a0", min_size=1, max_size=250),
        st.sampled_from(["ON", "no", "y", "null", "~", "1", "0x1", "1:30", "1e3", "2017", "2017-10-03", "=", "<<", "- a", "a: b"]),
    )
    .map(str.strip)
    .filter(bool)
)
ids = st.text("abcON.0_-", min_size=1, max_size=8)
dates = st.dates(date(1000, 1, 1))
bilinguals = st.builds(Bilingual, texts, st.none() | texts, st.sampled_from([None, "en", "fr"]))
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: texts,
    Kind.ZONE: st.sampled_from(["America/Winnipeg", "America/St_Johns"]),
    Kind.NUMBER: st.integers(0, 999_999_999),
    Kind.FLAG: st.just(True),
    Kind.DAY: dates,
    Kind.DATE: dates.flatmap(lambda day: st.sampled_from([4, 7, 10]).map(lambda n: PartialDate.parse(day.isoformat()[:n]))),
    Kind.BILINGUAL: bilinguals,
    Kind.REFERENCE: st.just("a"),
    Kind.NAMES: st.lists(st.tuples(st.sampled_from(["en", "fr"]), texts), unique=True, min_size=1, max_size=4).map(
        lambda names: tuple(sorted(names, key=lambda name: name[0]))
    ),
}
KNOWN = {section.name: {"a"} for section in SECTIONS}


def value(field: Field) -> st.SearchStrategy[Any]:
    if field.kind is Kind.ENUMERATION:
        return st.sampled_from([each for each in field.values if each != field.default])
    fits = VALUES[field.kind]
    return fits.map(lambda text: text[: field.limit].strip()).filter(bool) if field.kind is Kind.TEXT and field.limit else fits


def values(fields: tuple[Field, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {field.name: value(field) for field in fields if field.required},
        optional={field.name: value(field) for field in fields if not field.required},
    )


@st.composite
def records(draw: st.DrawFn, section: Section) -> Record:
    found = draw(values(section.fields[1:-1]))
    if section.rule(found.keys()):
        found["category" if section.name == "recommendations" else "group"] = "a"
        for other in ("priority", "decision", "action"):
            found.pop(other, None)
    facts = st.dictionaries(st.sampled_from(section.facts), values(ATTRIBUTION), max_size=3)
    provenance = draw(facts)
    return Record(draw(ids), found | ({"provenance": provenance} if provenance else {}))


registries = st.sampled_from(SECTIONS).flatmap(
    lambda section: st.lists(records(section), min_size=1, max_size=2, unique_by=lambda record: record.id).map(
        lambda found: {section.name: tuple(sorted(found, key=lambda record: record.id))}
    )
)


@settings(max_examples=40, deadline=None)
@given(registries)
def test_what_is_written_is_read_back(registry: dict[str, tuple[Record, ...]]) -> None:
    text = write(registry)
    again = read(text, KNOWN)
    assert again == registry
    assert write(again) == text


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.binary(max_size=80), st.text(max_size=80), st.text("format: 1\n-[]{}&*!|>\"'sourceid", max_size=120)))
def test_any_file_is_read_or_refused(text: str | bytes) -> None:
    assert all(problem.line >= 1 for problem in problems(text))


def problems(text: str | bytes) -> tuple[Problem, ...]:
    try:
        read(text, {})
    except InvalidFile as invalid:
        return invalid.problems
    return ()
