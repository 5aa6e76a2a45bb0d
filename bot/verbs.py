"""What can be said to Cadre, by what it is about; help shows it in this order."""

from __future__ import annotations

from typing import Final

from bot.ask import listeners as ask
from bot.calls import listeners as calls
from bot.commands import Verb
from bot.decisions import listeners as decisions
from bot.decisions import referring
from bot.framework import changes, deck_making, deck_said, logic
from bot.framework import map as framework_map
from bot.framework import review as reviews
from bot.groups import doubtful as groups_doubtful
from bot.groups import guide as group_guide
from bot.groups import listeners as groups
from bot.groups import owed as groups_owed
from bot.groups import rosters
from bot.home import listeners as home
from bot.meetings import listeners as meetings
from bot.meetings import polls
from bot.notices.steering import Steering
from bot.oversight import listeners as oversight
from bot.people import listeners as people
from bot.workplans import listeners as workplans
from cadre.core.errors import Message

_WORK: Final = (
    Verb(("me", "who am i"), ("moi", "qui suis-je"), Message("what I know of you"), people.me),
    Verb(
        ("workplan", "plan", "workplans", "plans"),
        ("plan de travail", "plan", "plans de travail", "plans"),
        Message("my workplan, and those that I may see"),
        workplans.plans,
    ),
    Verb(
        ("call", "calls"),
        ("appel", "appels", "appel à la participation", "appels à la participation"),
        Message("calls for participation, and my answers"),
        calls.calls,
    ),
    Verb(
        ("call new", "new call"),
        ("appel nouveau", "nouvel appel"),
        Message("begin a call for participation, for the secretariat"),
        calls.begin,
    ),
)
_MEETINGS: Final = (
    Verb(
        ("meet", "schedule", "meet with", "new meeting"),
        ("réunion", "planifier", "nouvelle réunion"),
        Message("arrange a teleconference; say in a sentence who and when, if you like"),
        meetings.meet,
        meetings.arranges,
    ),
    Verb(("meetings",), ("réunions",), Message("the upcoming meetings"), meetings.all_meetings),
    Verb(
        ("poll", "polls", "find a time"),
        ("sondage", "sondages", "trouver un moment"),
        Message("find a time that suits; say in a sentence which ones, with semicolons between them"),
        polls.poll,
        lambda *_said: True,  # no question begins with these words
    ),
)
_COUNCILS: Final = (
    Verb(
        ("map", "framework", "the map", "show the map", "show me the map", "draw the map"),
        ("carte", "cadre", "la carte", "montrer la carte", "montre-moi la carte", "montrez-moi la carte"),
        Message("the map of all the work, or of what you name: map of digital identity as of October 2017"),
        framework_map.map_,
        lambda name, _rest: name not in ("framework", "cadre"),
    ),
    Verb(
        ("gaps", "gap analysis"),
        ("écarts", "analyse des écarts"),
        Message("which priorities no group carries, and which groups serve none"),
        oversight.gaps,
    ),
    Verb(
        ("health", "state of groups"),
        ("état", "état des groupes"),
        Message("how my groups stand, and the others"),
        oversight.health,
    ),
    Verb(
        ("logic model", "logic models"),
        ("modèle logique", "modèles logiques"),
        Message("the logic model of a council: what feeds what, and what nothing feeds"),
        logic.opener(ask.question),
        lambda *_said: True,  # what names no council is a question all the same
    ),
    Verb(
        ("changes", "what changed since", "what has changed since", "what changed between", "what has changed between"),
        ("changements", "qu'est-ce qui a changé depuis", "ce qui a changé depuis", "qu'est-ce qui a changé entre", "ce qui a changé entre"),
        Message("what changed since the last in-person meeting, or since the one that you name"),
        changes.opener(ask.question),
        changes.compares,
    ),
    Verb(
        ("review", "reviews"),
        ("examen", "examens"),
        Message("what is asked of me before a meeting in person; for the secretariat, how the review stands"),
        reviews.review_,
    ),
    Verb(("snapshots",), ("instantanés",), Message("snapshots of the framework, from meetings and nights"), changes.snapshots),
    Verb(("questions",), ("questions",), Message("questions put to the Councils, and positions"), decisions.questions_),
    Verb(("decisions",), ("décisions",), Message("the register of decisions"), decisions.decisions),
    Verb(
        ("deputy ministers", "referrals"),
        ("sous-ministres", "renvois"),
        Message("what is for the Deputy Ministers' Table, or comes from it"),
        referring.referrals_,
    ),
    Verb(
        ("deck", "the deck", "slides"),
        ("présentation", "la présentation", "diapositives"),
        Message("the deck of the framework as a PowerPoint file; say “en”, “fr” or “both”, and “for” which meeting"),
        deck_making.deck,
        deck_said.takes,
    ),
    Verb(
        ("binder", "the binder"),
        ("cahier", "le cahier", "cahier de réunion"),
        Message("the binder of the next in-person meeting, or “for” which, as a PDF file, for those who are invited"),
        deck_making.binder,
        deck_said.takes,
    ),
)
_CARE: Final = (
    Verb(
        ("group",),
        ("groupe",),
        Message("a group by its name: what it is, and what I may change of it"),
        groups.opener(ask.question),
        lambda *_said: True,  # what names no single group is a question all the same
    ),
    Verb(
        ("kind", "kind of group", "which kind of group", "which kind of group do we need"),
        (
            *("type de groupe", "quel type de groupe", "de quel type de groupe avons-nous besoin", "quel type de groupe nous faut-il"),
            *("genre de groupe", "quel genre de groupe", "de quel genre de groupe avons-nous besoin"),
        ),
        Message("which kind of group do we need? A few questions, and what I recommend"),
        group_guide.kind,
    ),
    Verb(
        ("roster", "import a roster"),
        ("liste des membres", "importer une liste des membres"),
        Message("a roster as an XLSX file, to import or to change, for the secretariat"),
        rosters.roster_,
    ),
    Verb(
        ("facts", "facts to be confirmed", "to be confirmed"),
        ("à confirmer", "renseignements à confirmer"),
        Message("facts that are still to be confirmed, one by one, for the secretariat"),
        groups_doubtful.facts,
    ),
    Verb(
        ("owed", "texts owed"),
        ("textes à traduire",),
        Message("texts of the registry that are owed in one language, for the secretariat"),
        groups_owed.texts,
    ),
)


def verbs(steering: Steering) -> tuple[Verb, ...]:
    """All of them. ``steering``: of notices, which is made with the kinds that there are."""
    how = (
        Verb(("notices", "reminders"), ("avis", "rappels"), Message("when and how I write to you"), steering.notices),
        Verb(("english",), ("anglais",), Message("I write to you in English"), home.english),
        Verb(("french",), ("français",), Message("I write to you in French"), home.french),
    )
    return (*_WORK, *_MEETINGS, *_COUNCILS, *_CARE, *how)
