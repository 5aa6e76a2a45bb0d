"""The framework as of a day, for somebody: read from rows of text, so that a day that lies behind is read as today is.

What has dates of its own goes by them: who held a role, what was decided, which meetings there are. All else goes by when it was recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, TypeAlias, TypeVar, cast

from sqlalchemy.orm import Session

from cadre.core import clock
from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.core.reader import Actor
from cadre.framework import facts, rows
from cadre.framework.facts import WorkplanIn, World
from cadre.framework.rows import Row, Rows
from cadre.framework.sight import sight
from cadre.oversight import health
from cadre.oversight.facts import State, Strength
from cadre.oversight.rules import Health
from cadre.people.identities import CONFIRMED
from cadre.people.rules import holds
from cadre.workplans.carrying import COPY
from cadre.workplans.cycles import Later
from cadre.workplans.rules import FINAL

T = TypeVar("T")
Standings: TypeAlias = Mapping[tuple[str | None, str | None, str | None], str | None]
"""How sure each fact is: by table, key and field."""
_DOUBTFUL: Final = frozenset({"stated", "inferred", "corrected"})
_OPEN_TO_DOUBT: Final = frozenset({"inferred", "corrected"})
_OPEN: Final = frozenset({"to_complete", "unknown"})
PROVISIONAL: Final = "provisional"


def world(session: Session, day: date, seen_by: Actor | None = None) -> World:
    """The framework as of a day. ``seen_by``: what somebody with a confirmed role may know; None, or nobody known: what everybody may.

    Contact details are in no framework. A day before the registry began shows what it held at its beginning.
    """
    return worlds(session, (day,), seen_by)[0]


def worlds(session: Session, days: Sequence[date], seen_by: Actor | None = None, *, with_health: bool = True) -> tuple[World, ...]:
    """The framework as of several days: rows are read once, and wound back from each day to the one before it.

    ``with_health``: how groups stand too, where one of the days is this one; to find it takes longer.
    """
    today, began, may = clock.today(session), rows.began(session), sight(session, seen_by)
    now = then = rows.now(session)
    until: datetime | None = None
    found: dict[date, World] = {}
    for day in sorted(set(days), reverse=True):
        recorded = min(max(day, began or day), today)
        moment = rows.beginning(session) if began and day < began else rows.moment_after(day) if recorded < today else None
        if moment:
            then, until = rows.wound_back(then, rows.held(session, moment, until)), moment
        whole = _whole(built(now, then, day, recorded), then)
        if day == today and with_health and seen_by and may.health:
            whole = replace(whole, health={each.group.id: _open(each) for each in health.report(session, seen_by).all})
        found[day] = may.seen(whole)
    return tuple(found[day] for day in days)


def _open(found: Health) -> dict[str, State]:
    """What is to complete in a group, and what is not known of it."""
    return {each.requirement: each.state for each in found.findings if each.state in _OPEN}


def _whole(found: World, then: Rows) -> World:
    """With the workplans and their activities."""
    plans = _workplans(then)
    return replace(found, whole=True, workplans=plans, activities=dict(_activities(then, plans, found.day)))


def built(now: Rows, then: Rows, day: date, recorded: date) -> World:
    """What everybody may know of the framework as of a day. ``now``: rows as they stand; ``then``: as they were recorded by that day."""
    decisions = _decisions(now, day)
    standing = {(row["subject"], row["subject_id"], row["field"]): row["standing"] for row in then["provenance"].values()}
    return World(
        day=day,
        recorded=recorded,
        kinds=_all(then["group_kind"], lambda id_, row: facts.KindIn(id_, _text(row, "name"), _text(row, "plural"))),
        groups=_groups(then),
        priorities=_all(then["priority"], _priority),
        alignments=tuple(_all(then["alignment"], _alignment).values()),
        links=tuple(_all(then["link"], _link).values()),
        posts=tuple(_posts(now, then, day, standing)),
        jurisdictions=_all(then["jurisdiction"], lambda _id, row: _text(row, "name")),
        parents={id_: row["parent"] for id_, row in then["jurisdiction"].items() if row["parent"]},
        meetings=_all({id_: row for id_, row in now["meeting"].items() if row["state"] != "cancelled"}, _meeting),
        categories=_all(then["category"], _category),
        recommendations=_all(then["recommendation"], _recommendation),
        decisions=decisions,
        actions=_all(then["action"], _action),
        parts=_all({id_: row for id_, row in then["outcome"].items() if not row["retired"]}, _part),
        feeds=tuple((str(row["source"]), str(row["target"])) for row in then["feed"].values()),
        referrals=tuple(_referrals(then["referral"], decisions)),
        doubts=frozenset(":".join(map(str, fact)) for fact, how in standing.items() if how in _DOUBTFUL),
        agreed=frozenset(
            row["requires"]
            for row in then["rule"].values()
            if row["requires"] and then["recommendation"].get(str(row["recommendation"]), {}).get("status") == "approved"
        ),
    )


def _all(records: Mapping[str, Row], one: Callable[[str, Row], T]) -> dict[str, T]:
    return {id_: one(id_, row) for id_, row in records.items()}


def _bilingual(row: Row, name: str) -> Bilingual | None:
    en, fr = row[f"{name}_en"], row[f"{name}_fr"]
    return Bilingual(en, fr, row[f"{name}_stale"]) if en or fr else None


def _text(row: Row, name: str) -> Bilingual:
    return _bilingual(row, name) or Bilingual(None, None)


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _date(row: Row, name: str) -> PartialDate | None:
    text = row[f"{name}_text"]
    return PartialDate.parse(text) if text else None


def _groups(then: Rows) -> dict[str, facts.GroupIn]:
    short = _acronyms(then["alias"])
    return _all(then["group"], lambda id_, row: _group(id_, row, short.get(id_)))


def _acronyms(aliases: Mapping[str, Row]) -> dict[str, Bilingual]:
    """The first acronym of each group, in either language."""
    found: dict[str, dict[str, str]] = {}
    for row in aliases.values():
        if row["subject"] == "group" and row["kind"] == "acronym":
            found.setdefault(str(row["subject_id"]), {}).setdefault(str(row["language"]), str(row["text"]))
    return {id_: Bilingual(texts.get("en"), texts.get("fr")) for id_, texts in found.items()}


def _group(id_: str, row: Row, short: Bilingual | None) -> facts.GroupIn:
    mandate = _bilingual(row, "mandate")
    return facts.GroupIn(
        id=id_,
        name=_text(row, "name"),
        kind=row["kind"],
        target_kind=row["target_kind"],
        state=row["state"],
        owner=row["owner"],
        parent=row["parent"],
        description=_bilingual(row, "description"),
        mandate=mandate,
        note=_bilingual(row, "note"),
        short=short,
        has_mandate=mandate is not None,
    )


def _priority(id_: str, row: Row) -> facts.PriorityIn:
    return facts.PriorityIn(id_, _text(row, "name"), _number(row["number"]), row["owner"], row["group"], _bilingual(row, "description"))


def _alignment(id_: str, row: Row) -> facts.AlignmentIn:
    strength = cast("Strength", row["strength"])
    return facts.AlignmentIn(id_, str(row["group"]), str(row["priority"]), strength, _bilingual(row, "rationale"))


def _link(id_: str, row: Row) -> facts.LinkIn:
    ends = str(row["source_group"]), str(row["kind"]), str(row["target_group"])
    return facts.LinkIn(id_, *ends, _bilingual(row, "capacity"), _bilingual(row, "purpose"))


def _posts(now: Rows, then: Rows, day: date, standing: Standings) -> Iterator[facts.PostIn]:
    """Who holds which role on the day: by its dates as they are known now. One that has no beginning must have been recorded by then."""
    held = []
    for id_, row in now["role"].items():
        since, until = _date(row, "since"), _date(row, "until")
        if holds(since, until, day) and (since is not None or id_ in then["role"]):
            held.append(_post(id_, row, now["person"], standing.get(("role", id_, "record"))))
    return iter(sorted(held, key=lambda each: (each.number is None, each.number or 0, each.id)))


def _post(id_: str, row: Row, people: Mapping[str, Row], standing: str | None) -> facts.PostIn:
    person = str(row["person"])
    return facts.PostIn(
        id=id_,
        person=person,
        name=str(people[person]["name"]),
        role=str(row["role"]),
        group=row["group"],
        priority=row["priority"],
        jurisdiction=row["jurisdiction"] or people[person]["jurisdiction"],
        on_behalf_of=row["on_behalf_of"],
        since=_date(row, "since"),
        until=_date(row, "until"),
        number=_number(row["number"]),
        confirmed=standing == CONFIRMED,
        doubtful=standing in _OPEN_TO_DOUBT,
    )


def _meeting(id_: str, row: Row) -> facts.MeetingIn:
    return facts.MeetingIn(id_, str(row["group"]), str(row["kind"]), _date(row, "held"), _bilingual(row, "title"), _bilingual(row, "place"))


def _category(id_: str, row: Row) -> facts.CategoryIn:
    return facts.CategoryIn(id_, int(row["number"] or 0), _text(row, "label"), _text(row, "question"))


def _recommendation(id_: str, row: Row) -> facts.RecommendationIn:
    return facts.RecommendationIn(
        id=id_,
        topic=str(row["topic"]),
        status=str(row["status"]),
        category=row["category"],
        group=row["group"],
        priority=row["priority"],
        number=_number(row["number"]),
        wording=_bilingual(row, "wording"),
        consequence=_bilingual(row, "consequence"),
    )


def _decisions(now: Rows, day: date) -> dict[str, facts.DecisionIn]:
    """Those that were taken by the day, and those of a source. What is provisional, nobody but the secretariat knows."""
    about: dict[str, set[str]] = {}
    for row in now["carried"].values():
        about.setdefault(str(row["decision"]), set()).add(str(row["target"]))
    found = {}
    for id_, row in now["decision"].items():
        taken = _date(row, "taken")
        if row["state"] != PROVISIONAL and (taken is None or taken.first <= day):
            found[id_] = _decision(id_, row, frozenset(about.get(id_, set()) | _asked(now, row["question_item"])))
    return found


def _asked(now: Rows, item: str | None) -> set[str]:
    """What the recommendation that a decision answers is about."""
    recommendation = now["question_item"].get(item or "", {}).get("recommendation")
    row = now["recommendation"].get(recommendation or "", {})
    return {f"{kind}:{row[kind]}" for kind in ("group", "priority") if row.get(kind)}


def _decision(id_: str, row: Row, about: frozenset[str]) -> facts.DecisionIn:
    return facts.DecisionIn(
        id=id_,
        wording=_text(row, "wording"),
        number=_number(row["number"]),
        year=_number(row["year"]),
        council=row["council"],
        meeting=row["meeting"],
        taken=_date(row, "taken"),
        confirmed=row["state"] == CONFIRMED,
        outcome=row["outcome"],
        supersedes=row["supersedes"],
        about=about,
    )


def _action(id_: str, row: Row) -> facts.ActionIn:
    return facts.ActionIn(
        id_, _text(row, "wording"), row["group"], row["about"], row["owner"], _date(row, "due"), row["meeting"], row["state"]
    )


def _workplans(then: Rows) -> dict[str, WorkplanIn]:
    found = {}
    for id_, row in then["workplan"].items():
        cycle = then["cycle"].get(str(row["cycle"]), {})
        half, council = cycle.get("half") or "", cycle.get("council")
        found[id_] = WorkplanIn(id_, half, str(row["state"]), row["group"], row["priority"], council, _bilingual(row, "aim"))
    return found


def _activities(then: Rows, plans: Mapping[str, WorkplanIn], day: date) -> Iterator[tuple[str, facts.ActivityIn]]:
    """Those of workplans that are not over; of one that goes on in a later workplan, where it is now."""
    went_on = {view.removeprefix(COPY) for row in then["activity"].values() if (view := row["view_id"]) and view.startswith(COPY)}
    replaced = _replaced(plans.values())
    for id_, row in then["activity"].items():
        plan = plans.get(str(row["workplan"]))
        if plan is None or plan.id in replaced or id_ in went_on:
            continue
        due = date.fromisoformat(row["due"]) if row["due"] else None
        late = due is not None and due < day and row["state"] not in FINAL
        number, state = int(row["number"] or 0), str(row["state"])
        yield id_, facts.ActivityIn(id_, plan.id, number, _text(row, "title"), due, state, row["outcome"], late)


def _replaced(plans: Iterable[WorkplanIn]) -> set[str]:
    """Workplans whose activities are over, because of later ones of the same group or priority."""
    by_target: dict[str, list[WorkplanIn]] = {}
    for plan in sorted(plans, key=lambda each: each.half):
        by_target.setdefault(plan.of, []).append(plan)
    return {
        plan.id
        for theirs in by_target.values()
        for n, plan in enumerate(theirs)
        if Later(tuple(each.state for each in theirs[n + 1 :] if each.half > plan.half)).replaces_activities
    }


def _part(id_: str, row: Row) -> facts.PartIn:
    return facts.PartIn(id_, str(row["council"]), str(row["term"]), int(row["number"] or 0), _text(row, "wording"), row.get("priority"))


def _referrals(records: Mapping[str, Row], decisions: Mapping[str, facts.DecisionIn]) -> Iterator[facts.ReferralIn]:
    """All but those of decisions that nobody may know of: a mark, with its note, would give them away."""
    return (_referral(id_, row) for id_, row in records.items() if not row.get("decision") or row["decision"] in decisions)


def _referral(id_: str, row: Row) -> facts.ReferralIn:
    about = next(f"{kind}:{row[kind]}" for kind in ("priority", "group", "decision", "action") if row.get(kind))
    return facts.ReferralIn(id_, str(row["table"]), str(row["direction"]), about, _bilingual(row, "note"))
