"""Frameworks that are made up, to be drawn and told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cadre.core.bilingual import Bilingual
from cadre.core.dates import PartialDate
from cadre.framework.facts import (
    ActivityIn,
    AlignmentIn,
    CategoryIn,
    GroupIn,
    KindIn,
    LinkIn,
    MeetingIn,
    PartIn,
    PostIn,
    PriorityIn,
    RecommendationIn,
    ReferralIn,
    WorkplanIn,
    World,
)

DAY = date(2027, 3, 15)
HOSTILE = (
    '<script>alert("1")</script>',
    "<b>…>",
    "\"Bees\" & 'Larvae'",
    "\\N \\G \\n \\L \\",
    "Bees 🐝👩‍👩‍👧 ☂",
    "\u202eنحل العسل\u202c عسل",
    "\x00\x07\x1b[31m\x9b\ufffe\ud800 Bees",
    "",
    " ",
    "&lt;&#92;N&amp;",
    "]]><!-- --><![CDATA[",
    'x" URL="https://example.org" onload="alert(1)',
    "Bees " * 60,
    "x" * 300,
    "养蜂" * 40,
)
"""Names that people, or somebody with bad intent, may give."""


def both(text: str) -> Bilingual:
    return Bilingual(text, f"{text} (fr)")


def kinds() -> dict[str, KindIn]:
    names = {
        "joint_council": ("joint council", "conseil mixte"),
        "council": ("council", "conseil"),
        "deputy_ministers_table": ("deputy ministers' table", "table de sous-ministres"),
        "working_group": ("working group", "groupe de travail"),
        "community_of_practice": ("community of practice", "communauté de pratique"),
    }
    return {id_: KindIn(id_, Bilingual(en, fr), Bilingual(f"{en}s", f"{fr}s")) for id_, (en, fr) in names.items()}


def group(id_: str, name: Bilingual | None = None, kind: str | None = "working_group", **given: object) -> GroupIn:
    return GroupIn(id_, name or both(id_.capitalize()), kind, **given)  # type: ignore[arg-type]  # each test gives fields of its own


def framework(groups: Iterable[GroupIn] = (), **given: object) -> World:
    """A council above the councils of honey and wax; their priority and its groups; one that serves none."""
    made = [
        group("jc", Bilingual("Joint Councils", "Conseils mixtes"), "joint_council", state="active", short=Bilingual("JC", "CM")),
        group("honey", Bilingual("Council of Honey", "Conseil du miel"), "council", parent="jc", state="active", short=both("HC")),
        group("table", Bilingual("Table of Deputy Ministers", "Table des sous-ministres"), "deputy_ministers_table"),
        group("bees", Bilingual("Bees Working Group", "Groupe de travail sur les abeilles"), owner="honey", state="active"),
        group("hives", Bilingual("Hives Working Group", "Groupe de travail sur les ruches"), state="proposed"),
        group(
            "larvae", Bilingual("Larvae Working Group", "Groupe de travail sur les larves"), owner="jc", target_kind="community_of_practice"
        ),
        group("drones", Bilingual("Drones Working Group", "Groupe de travail sur les bourdons"), owner="jc", state="dormant"),
        group("smoke", Bilingual("Smoke Working Group", "Groupe de travail sur la fumée"), owner="jc", state="sunset"),
        *groups,
    ]
    return World(
        **{  # type: ignore[arg-type]  # fields of several types
            "day": DAY,
            "recorded": DAY,
            "kinds": kinds(),
            "groups": {each.id: each for each in made},
            "priorities": {
                "nectar": PriorityIn("nectar", Bilingual("Nectar", "Nectar d'été"), 1, "jc", "hives", both("About nectar")),
                "wax": PriorityIn("wax", Bilingual("Wax", "Cire"), 2, "honey"),
            },
            "alignments": (
                AlignmentIn("a1", "bees", "nectar", "supports", both("Bees gather it")),
                AlignmentIn("a2", "larvae", "nectar", "could_support"),
                AlignmentIn("a3", "larvae", "wax", "none"),
            ),
            "links": (LinkIn("l1", "hives", "oversees", "bees"),),
            "posts": (
                PostIn("p1", "ann", "Ann Lake", "lead", priority="nectar", jurisdiction="ON"),
                PostIn("p2", "lou", "Lou Pond", "co_chair", group="bees", jurisdiction="MB", doubtful=True),
            ),
            "jurisdictions": {"ON": both("Ontario"), "MB": both("Manitoba"), "peel": both("Peel")},
            "parents": {"peel": "ON"},
            "meetings": {"m1": MeetingIn("m1", "jc", "in_person", PartialDate.parse("2027-05"), place=both("Gander"))},
            "categories": {"end": CategoryIn("end", 1, both("Officially sunset"), both("Is there agreement?"))},
            "recommendations": {"r1": RecommendationIn("r1", "groups", "proposed", "end", "drones")},
            "referrals": (ReferralIn("f1", "table", "for", "priority:nectar"),),
            **given,
        }
    )


def at_work() -> World:
    """The same as somebody with a role sees it: with a workplan, what it feeds, and how groups stand."""
    plan = WorkplanIn("bees.2027-1", "2027-1", "approved", "bees", council="honey", aim=both("Gather"))
    activities = [
        ActivityIn("1", plan.id, 1, both("Count the flowers"), date(2027, 2, 1), "on_track", "s1", late=True),
        ActivityIn("2", plan.id, 2, both("Find new meadows"), date(2027, 5, 2), "not_started"),
        ActivityIn("3", plan.id, 3, both("Dance"), None, "not_started"),
        ActivityIn("4", plan.id, 4, both("Long ago"), date(2026, 1, 2), "at_risk"),
    ]
    parts = [PartIn("s1", "honey", "short", 1, both("Flowers are known")), PartIn("l1", "honey", "long", 1, both("Honey flows"))]
    return framework(
        whole=True,
        workplans={plan.id: plan},
        activities={each.id: each for each in activities},
        parts={each.id: each for each in parts},
        feeds=(("s1", "l1"),),
        health={"bees": {"mandate": "to_complete", "leads": "unknown"}},
    )


def many(groups: int, priorities: int) -> World:
    """So many groups, of which two thirds serve two priorities each."""
    made = [group(f"g{n}", both(f"Working group on flowers number {n}"), owner="honey" if n % 2 else "jc") for n in range(groups)]
    names = {f"p{n}": PriorityIn(f"p{n}", both(f"Priority {n}"), n, "jc") for n in range(priorities)}
    ties = [
        AlignmentIn(f"t{n}.{k}", f"g{n}", f"p{(n + k) % priorities}", "supports" if k else "could_support")
        for n in range(groups * 2 // 3)
        for k in (0, 1)
    ]
    return framework(made, priorities=names, alignments=tuple(ties), links=(), posts=(), referrals=())


def hostile() -> World:
    """Groups and priorities of hostile names; two of one name; a circle of oversight; one without any link."""
    made = [group(f"h{n}", Bilingual(text, text[::-1]), owner="honey" if n % 2 else None) for n, text in enumerate(HOSTILE)]
    made += [group("same1", both("Twins")), group("same2", both("Twins"))]
    ties = [AlignmentIn(f"t{n}", f"h{n}", "nectar", "supports") for n in range(0, len(HOSTILE), 2)]
    links = [LinkIn(f"c{n}", f"h{n}", "oversees", f"h{(n + 1) % 3}") for n in range(3)] + [LinkIn("self", "h4", "depends_on", "h4")]
    priorities = {
        "nectar": PriorityIn("nectar", both(HOSTILE[0]), 1, "jc", "h1", both(HOSTILE[3])),
        "wax": PriorityIn("wax", both(HOSTILE[5]), None, None),
    }
    posts = tuple(PostIn(f"p{n}", f"p{n}", text, "lead", priority="nectar") for n, text in enumerate(HOSTILE))
    return framework(made, priorities=priorities, alignments=tuple(ties), links=tuple(links), posts=posts)
