"""What was asked: patterns over the concepts and the kinds of thing that a question holds.

A pattern is a row: the intent, and what must be there. ``A B`` both, ``A|B`` either, ``!A`` not. Capitals are concepts
(``cadre.ask.concepts``); small letters are what is mentioned: group, council, priority, person, jurisdiction, meeting, term, rule;
also ``a_kind``, ``two_kinds`` (of group), ``number``, ``date``, ``acronym`` (an acronym is what was mentioned), ``bare``
(nothing was asked, only named), ``alone`` (the same, with its kind), ``some_group`` ("the working group", without a name),
``either`` (a name that a group and a priority share).
The first row that fits counts: rows go from the special to the general.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    ("who_leads", "CONTACT priority|group !person"),
    ("contact", "CONTACT !meeting !ACRONYM !SUPPORT"),
    # -- questions put to the Councils
    ("silent_seats", "SEAT SILENT !CALL !CALLS !SIGNUP"),
    ("silent_seats", "SEAT ANSWERED|STANCE NONE|negated !CALL !CALLS !SIGNUP"),
    ("silent_seats", "STANCE NONE|negated WHO|JURISDICTION !jurisdiction !person !CALL !CALLS !SIGNUP"),
    ("our_position", "STANCE !person !CALL !CALLS !SIGNUP"),
    ("questions_open", "QUESTIONS OPEN|PUT|STILL|COUNCIL|council !CALL !CALLS !SIGNUP"),
    # -- calls for participation: what is so of them at this moment
    ("call_mine", "SELF SIGNUP|ANSWERED|CALLS|SEATS|WAITING !jurisdiction"),
    ("call_answered", "jurisdiction ANSWERED|SILENT|DECLINED|SIGNUP !OWNER !DECISION"),
    ("call_declined", "DECLINED"),
    ("call_silent", "SILENT"),
    ("call_silent", "ANSWERED NONE|negated WHO|WHAT|JURISDICTION|HOWMANY|CALLS !OWNER"),
    ("call_seats", "SEATS LEFT|OPEN|CALLS|CALL|SIGNUP"),
    ("calls_open", "CALLS|CALL|SIGNUP UNTIL|DEADLINE"),
    ("calls_open", "CALLS|CALL|SIGNUP WHEN !NEXTSTEPS !WHO"),
    ("call_signed_up", "SIGNUP|WAITING"),
    ("call_responses", "ANSWERED WHO|JURISDICTION|HOWMANY|CALLS|CALL !OWNER"),
    ("calls_open", "CALLS OPEN"),
    ("calls_open", "CALLS priority|group|council !CALL !NEXTSTEPS !WHO !LEAD !MEETING"),
    ("calls_open", "MANYCALLS !NEXTSTEPS !LEAD !MEETING !DECISION"),
    # -- meetings and what came of them: who comes, what changed, what is still to be done
    ("my_meetings", "MINE"),
    ("meeting_minutes", "MINUTES !HOWMANY"),
    ("past_meetings", "PASTMEETINGS !INPERSON !DECISION !WHERE"),
    ("meeting_people", "CAME MEETING|TELECONF|meeting|day !DECISION"),
    ("meeting_coming", "COMING WHO|WHAT|PEOPLE|HOWMANY|MEETING|TELECONF|JURISDICTION|jurisdiction|person !COMESFROM !FROM"),
    ("meeting_coming", "COME jurisdiction|person !COMESFROM !FROM !WHERE !WITH !REPRESENT"),
    ("open_actions", "MYACTIONS"),
    ("meeting_changed", "CANCELLED|MOVED MEETING|TELECONF|meeting"),
    ("decisions_at", "DECISION LAST MEETING|TELECONF"),
    ("decisions_at", "DECISION MEETING|TELECONF group|PERIOD !SUNSET !OFTEN !MUST"),
    ("meeting_list", "PERIOD MEETING|TELECONF"),
    ("open_actions", "OPENACTIONS !MUST"),
    # -- acronyms
    ("acronym", "ACRONYM !person !OFTEN !DECISION !REPRESENT"),
    ("group_owner", "group council bare"),
    ("acronym", "acronym bare !term !WHO"),
    ("unclear", "some_group !MUST !NOTE !council !person !jurisdiction !HOWMANY !NEXTSTEPS !term"),
    ("group_successors", "SUCCESSOR group !person !council !COCHAIR !LEAD !MEETING !TELECONF !ALTERNATE"),
    # -- how groups stand by the rules, and what nobody works on
    ("no_council_chair", "NONE COCHAIR COUNCIL|council GROUP|KIND:working_group|KIND:committee|WHAT !group !priority !MUST !ACRONYM"),
    ("priorities_without_group", "OFPRIORITIES NONE GROUP|KIND:working_group|SUPPORT !LEAD !COCHAIR !group !priority !person"),
    ("what_changed", "CHANGED group|priority|council !MEETING !TELECONF !meeting !CALL !CALLS"),
    ("what_changed", "HAPPENED SINCE group|priority|council !MEETING !TELECONF !meeting !CALL !CALLS"),
    ("what_changed", "CHANGED SINCE !MEETING !TELECONF !meeting !CALL !CALLS !jurisdiction !person"),
    ("group_health", "HEALTH|TOCOMPLETE group !EVERYGROUP"),
    ("groups_health", "HEALTH|TOCOMPLETE GROUP|WHAT|WHO|LIST|HOWMANY|council|negated !priority !person !MEETING !WORKPLAN"),
    ("decisions_carried", "CARRIED DECISION !WORKPLAN !RULE"),
    # -- the logic model: what feeds its outcomes
    ("logic_unfed", "UNFED LOGICPARTS !group !priority !person"),
    ("logic_feeds", "FEEDS LOGICPARTS WHAT|WHO|HOWMANY|LIST !group !priority !person !meeting !DECISION"),
    # -- rules that every group must meet, and what is to be drafted
    ("call", "CALL"),
    ("call", "BECOMEWG"),
    ("call", "PRIORITY TRANSITION KIND:working_group !priority !group"),
    ("guidelines", "GUIDELINES !person"),
    ("plan_activities", "ACTIVITY LATE|me !council !MEETING !jurisdiction"),
    ("plan_activities", "ACTIVITY group|priority WHAT|LIST|WORKPLAN !council !MANDATE !MEETING"),
    ("late_workplans", "WORKPLAN LATE !group !priority !OFTEN !MUST !RULE"),
    ("late_workplans", "WORKPLAN LATE council !priority !OFTEN !MUST !RULE"),
    ("group_workplan", "WORKPLAN group|priority !council !OFTEN !DECISION !NEXTSTEPS"),
    ("my_workplans", "WORKPLAN me !council !OFTEN !MUST !RULE !DECISION !NEXTSTEPS"),
    ("workplan_list", "WORKPLAN WHO|WHAT|LIST|HOWMANY|negated SUBMITTED|RETURNED !OFTEN !MUST !RULE !DECISION !NEXTSTEPS !EVERYGROUP"),
    ("workplan_list", "WORKPLAN WHAT|LIST|HOWMANY APPROVED|LIST|DEADLINE|negated|council !OFTEN !MUST !RULE !DECISION !NEXTSTEPS"
        " !EVERYGROUP"),
    ("governance_rule", "WORKPLAN !DECISION !NEXTSTEPS !LEAD"),
    ("governance_rule", "rule"),
    ("governance_rule", "WORKPLAN OFTEN|MUST|RULE"),
    ("objective", "OFTEN REVIEWED group"),
    ("governance_rule", "OFTEN MEETING|APPROVED|group|GROUP"),
    ("governance_rule", "COCHAIR MEMBER COUNCIL|council !person !group !WHO"),
    ("governance_rule", "RULE !person !DECISION !priority"),
    ("governance_rule", "MUST COCHAIR|COUNCIL|council !SUNSET !LEVERAGE !CONTINUE !TRANSITION !group"),
    ("governance_rule", "MUST MANDATE|MEETING|EVERYGROUP !group !priority !SUNSET !CONTINUE !TRANSITION !LEVERAGE"),
    ("governance_rule", "MUST MEMBER COCHAIR"),
    ("group_kinds", "TYPE GROUP RECOMMENDED|MUST|NEXT|STATE:proposed !group !priority"),
    ("group_kinds", "TYPE GROUP !group !priority !council"),
    # -- decisions and next steps
    ("still_proposed", "RECOMMENDATIONS APPROVED negated !group !priority !person"),
    ("still_proposed", "RECOMMENDATIONS STATE:proposed|OPEN|STILL !group !priority !person"),
    ("decisions_at", "DECISION meeting"),
    ("decisions_at", "DECISION day"),
    ("decision", "DECISION number"),
    ("next_steps", "NEXTSTEPS"),
    ("next_steps", "NEXT STEP"),
    ("list_by_recommendation", "GONE GROUP|KIND:working_group|a_kind|WHAT|LIST|HOWMANY !group !priority !person !COCHAIR !LEAD"),
    ("decision_outcome", "APPROVED SUNSET|CONTINUE|LEVERAGE|TRANSITION|RECOMMENDED !person"),
    ("decision_outcome", "APPROVED group !council !LEAD !COCHAIR !WORKPLAN !MEMBER !OWNER !OBJECTIVE"),
    ("decision", "DECISION !group !SUNSET !RECOMMENDED"),
    ("decision", "DECISION group|PROVISIONAL !SUNSET !CONTINUE !LEVERAGE !TRANSITION !RECOMMENDED !LEAD !COCHAIR !MEMBER !OWNER !WORKPLAN"),
    ("expected_results", "EXPECTED !person"),
    # -- meetings
    ("next_meeting", "MEETING|WHEN NEXT !NEXTSTEPS"),
    ("meeting_hour", "MEETING TIME"),
    ("meeting_people", "ATTEND MEETING|meeting"),
    ("meeting_people", "MEETING WHO|PEOPLE|MEMBER !group !MUST"),
    ("meeting_time", "MEETING group !council !priority"),
    ("meeting_count", "HOWMANY MEETING"),
    ("meeting_info", "MEETING meeting|date"),
    ("meeting_info", "MEETING LAST|FIRST"),
    ("meeting_info", "meeting WHEN !CONTACT"),
    ("meeting_info", "date WHERE !person !group !jurisdiction !priority"),
    ("meeting_list", "TELECONF !NEXTSTEPS"),
    ("meeting_list", "MEETING !person"),
    # -- objectives, mandate
    ("objective", "OBJECTIVE !priority"),
    ("mandate", "MANDATE group|council"),
    ("mandate", "MANDATE SUPPORT|GROUP !NONE"),
    # -- oversight
    ("unrepresented", "NONE JURISDICTION|REPRESENT !group !person !MEETING !COCHAIR"),
    ("oversight", "OVERSIGHT !person !council"),
    ("secretariat", "SECRETARIAT council !KIND:working_group !person"),
    ("secretariat", "SECRETARIAT WHO|MEMBER|PEOPLE|LIST !group !priority !person !jurisdiction"),
    ("oversight", "SECRETARIAT group|priority"),
    # -- people and the places that they come from
    ("shared_role", "person WITH"),
    ("shared_role", "person COCHAIR WHO !group !priority"),
    ("shared_role", "WITH LEAD|COCHAIR|MEMBER !group !priority !jurisdiction"),
    ("person_on", "person group|priority|council !FROM !ROLE"),
    ("person_on", "person group|priority LEAD|COCHAIR|MEMBER"),
    ("person_from", "person FROM !ROLE"),
    ("person_from", "person jurisdiction !group !priority"),
    ("person_info", "person"),
    ("set_reps", "MUNICIPAL|FEDERAL !jurisdiction"),
    ("co_chairs", "COCHAIR council !GROUP !group !person !MUST !jurisdiction"),
    ("jurisdiction_reps", "jurisdiction WHO|LEAD|COCHAIR|MEMBER|REPRESENT|LIST|alone|ROLE|HOWMANY|group|priority !OWNER !term"),
    # -- groups of a council, of a recommendation, of a kind, of a state
    ("members", "OBSERVER|ALTERNATE group"),
    ("member_count", "HOWMANY group !council !OBJECTIVE !MEETING !PRIORITY !SUPPORT"),
    ("priorities_without_lead", "NONE LEAD PRIORITY !priority !group"),
    ("leaderless", "NONE LEAD|COCHAIR GROUP|KIND:working_group|WHAT|WHO !group !priority !council !MUST"),
    ("without_mandate", "NONE MANDATE GROUP|KIND:working_group !group"),
    ("co_chairs", "COCHAIR group"),
    ("co_chairs", "COCHAIR !MUST"),
    ("group_owner", "OWNER group !council !NOTE !PRIORITY"),
    ("priority_description", "OWNER|GOAL priority"),
    ("group_note", "group NOTE|UPDATE !council"),
    ("group_term", "term group"),
    ("groups_by_term", "term GROUP !group"),
    ("mandate", "GOAL group !priority !council"),
    ("group_type", "group TYPE"),
    ("group_type", "group two_kinds"),
    ("group_status", "group RECOMMENDED !council"),
    ("priority_groups", "SUPPORT|LIST|GROUP priority !group !LEAD !DESCRIBE !WHO"),
    ("priority_groups", "SUPPORT priority !LEAD !WHO"),
    ("priority_groups", "GROUP SUPPORT priority !group !LEAD"),
    ("priority_groups", "priority GROUP !LEAD !COCHAIR !WHO"),
    ("unaligned_groups", "NONE SUPPORT|PRIORITY GROUP|KIND:working_group|WHAT !group !LEAD"),
    ("group_priority", "group SUPPORT|PRIORITY !LEAD !council"),
    ("group_status", "group SUNSET|CONTINUE|LEVERAGE|TRANSITION|RECOMMENDED !council !WHO"),
    ("note_search", "NOTE !group"),
    ("list_by_recommendation", "SUNSET|CONTINUE|LEVERAGE|TRANSITION !group !priority !LEAD"),
    ("list_by_recommendation", "RECOMMENDED KIND:community_of_practice !group"),
    ("people_count", "HOWMANY PEOPLE !GROUP"),
    ("priority_list", "HOWMANY PRIORITY !GROUP"),
    ("priority_list", "PRIORITY council !GROUP !KIND:working_group"),
    ("council_info", "MEMBER council COUNCIL"),
    ("recommendations", "HOWMANY RECOMMENDED GROUP|REVIEWED|WHAT|alone !group !KIND:community_of_practice !SUNSET !CONTINUE !LEVERAGE"),
    ("group_count", "HOWMANY GROUP|REVIEWED|a_kind !group"),
    ("groups_by_council", "GROUP|OWNER|LIST|HOWMANY council !LEAD !STATE"),
    ("who_leads", "LEAD priority|group"),
    ("members", "MEMBER group|council"),
    ("who_leads", "LEAD PRIORITY|alone|GROUP|LIST|WHO !FEDERAL !MUNICIPAL"),
    ("members", "MEMBER !jurisdiction"),
    ("group_state", "group STATE !council"),
    ("list_by_state", "STATE:active|STATE:dormant|STATE:proposed|STATE:sunset GROUP|KIND:working_group !group"),
    ("list_by_kind", "LIST|WHAT|WHO|HOWMANY a_kind !group !council !priority"),
    ("recommendations", "RECOMMENDED !priority !group"),
    ("priority_list", "PRIORITY !priority !group"),
    # -- what something is
    ("group_info", "either bare"),
    ("who_leads", "WHO priority"),
    ("who_is_in", "WHO group !OWNER"),
    ("priority_description", "priority"),
    ("council_info", "council"),
    ("group_info", "group"),
    ("jurisdiction_reps", "jurisdiction"),
    ("meeting_people", "meeting WHO !CONTACT"),
    ("meeting_info", "meeting"),
    ("term", "term"),
    ("group_list", "GROUP LIST|WHAT|REVIEWED"),
    ("council_list", "COUNCIL LIST|WHAT|HOWMANY"),
    ("decision_outcome", "APPROVED"),
    ("help", "HELP"),
    ("source", "SOURCE|DECK"),
)  # fmt: skip


@cache
def _compiled() -> tuple[tuple[str, tuple[frozenset[str], ...], frozenset[str]], ...]:
    rows = []
    for intent, pattern in PATTERNS:
        wanted = [part for part in pattern.split() if not part.startswith("!")]
        unwanted = frozenset(part[1:] for part in pattern.split() if part.startswith("!"))
        rows.append((intent, tuple(frozenset(part.split("|")) for part in wanted), unwanted))
    return tuple(rows)


@lru_cache(maxsize=4096)
def intent(features: frozenset[str]) -> str | None:
    """What a question with these concepts and kinds of thing asks; None if no pattern fits."""
    for name, wanted, unwanted in _compiled():
        if features.isdisjoint(unwanted) and all(not features.isdisjoint(either) for either in wanted):
            return name
    return None
