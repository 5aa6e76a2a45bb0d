"""The agenda of a meeting: its items and their order, what is missing of each in which language, and who was asked for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cadre.core import changes, clock
from cadre.core.bilingual import Bilingual
from cadre.core.errors import Invalid, Message, NotFound
from cadre.core.i18n import LANGUAGES, Language
from cadre.core.reader import Actor, named
from cadre.core.rows import by_id
from cadre.core.typed import LONGEST, edited, replaced, tidy, too_long
from cadre.decisions import service as decisions
from cadre.decisions.facts import DecisionFacts
from cadre.decisions.service import ActionView
from cadre.groups.models import Group
from cadre.meetings import approving, item_forms, queries
from cadre.meetings.facts import MeetingFacts
from cadre.meetings.item_forms import ItemForm
from cadre.meetings.models import AgendaItem, Meeting
from cadre.meetings.reading import load_one
from cadre.meetings.records import is_over
from cadre.meetings.rights import meeting_row, require_arranger, require_planned
from cadre.meetings.views import AGENDA, ITEM, MEETING, InviteeFacts, ItemFacts, ItemKind, MeetingView
from cadre.notices.posts import post, posts
from cadre.notices.service import announce, touch
from cadre.people.facts import PersonRef
from cadre.people.models import Person

KINDS: Final[tuple[ItemKind, ...]] = ("decision", "discussion", "update")
_MOST: Final = 50
"""Items of an agenda: more do not fit into a window of Slack."""
_TAB: Final = 20


@dataclass(frozen=True, slots=True)
class Missing:
    """What is not there of an item, in one language."""

    what: Literal["title", "paper"]
    language: Language


@dataclass(frozen=True, slots=True)
class AgendaView:
    """An agenda as one person sees it. ``carried``: the open actions of the group; ``mine``: the items of theirs.

    ``begun``: whether the meeting has, so that decisions and actions can be recorded; ``posted``: whether it stands in a channel.
    ``proposed``: earlier meetings whose minutes wait to be approved and stand on no item; ``approving``: how far those of items are.
    """

    meeting: MeetingView
    items: tuple[ItemFacts, ...]
    carried: tuple[ActionView, ...]
    decisions: tuple[DecisionFacts, ...]
    actions: tuple[ActionView, ...]
    invited: tuple[InviteeFacts, ...]
    mine: frozenset[int]
    begun: bool
    posted: bool
    proposed: tuple[MeetingFacts, ...] = ()
    approving: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Minutes of all items together, of those that have any."""
        return sum(item.minutes or 0 for item in self.items)

    @property
    def length(self) -> int | None:
        """Minutes of the meeting."""
        return self.meeting.facts.minutes


def missing(item: ItemFacts) -> tuple[Missing, ...]:
    """What is not there of an item: a title in each language, and a paper in each where it needs one, or has one in the other."""
    titles = [Missing("title", language) for language in item.title.owed()]
    if not (item.needs_paper or item.paper):
        return tuple(titles)
    papers = item.paper.owed() if item.paper else LANGUAGES
    return (*titles, *(Missing("paper", language) for language in papers))


def agenda(session: Session, id_: str, seen_by: Actor) -> AgendaView:
    """The agenda of a meeting. Raises NotFound; Forbidden for whoever is neither invited nor may arrange it."""
    invited = queries.invitees(session, id_, seen_by)
    row = meeting_row(session, id_)
    found = items(session, id_)
    return AgendaView(
        meeting=load_one(session, row, seen_by),
        items=found,
        carried=tuple(each for each in decisions.open_actions(session, group=row.group, seen_by=seen_by) if each.facts.meeting != id_),
        decisions=decisions.decisions_of(session, id_),
        actions=decisions.actions_of(session, id_, seen_by),
        invited=invited,
        mine=frozenset(item.id for item in found if item.owner and item.owner.id == seen_by.person),
        begun=is_over(session, row),
        posted=bool(posts(session, f"{AGENDA}:{id_}")),
        proposed=tuple(each for each in approving.unapproved(session, row) if each.id not in {item.approves for item in found}),
        approving=approving.states(session, [item.approves for item in found if item.approves]),
    )


def public(session: Session, id_: str) -> AgendaView:
    """The agenda as the channel of the group reads it: without who comes, and without what is to be done by whom."""
    row = meeting_row(session, id_)
    view = load_one(session, row, Actor(""))
    return AgendaView(view, items(session, id_), (), (), (), (), frozenset(), is_over(session, row), posted=True)


def items(session: Session, meeting: str) -> tuple[ItemFacts, ...]:
    """The items of one meeting, in their order."""
    return _facts(session, _in_order(session, meeting))


def items_by_id(session: Session, ids: Collection[int]) -> Mapping[int, ItemFacts]:
    """Items of any meetings; those that are gone are left out."""
    return {each.id: each for each in _facts(session, by_id(session, AgendaItem, ids).values())}


def item(session: Session, id_: int, seen_by: Actor) -> ItemFacts:
    """One item. Raises NotFound; Forbidden for whoever neither owns it, nor is invited, nor may arrange the meeting."""
    row = _row(session, id_)
    if row.owner is None or row.owner != seen_by.person:
        queries.invitees(session, row.meeting, seen_by)
    return _facts(session, [row])[0]


def save_item(session: Session, form: ItemForm, *, shown: Mapping[str, str] | None = None, view_id: str | None = None) -> ItemFacts:
    """Put an item on the agenda, last; or change it. Sent twice, it is one.

    ``shown``: marks of the values that the window showed: what somebody else changed since, and this one did not, stays. Raises
    NotFound; Forbidden for anyone who may not arrange the meeting; Conflict where it was cancelled; Invalid with all that cannot be taken,
    or that somebody else changed meanwhile.
    """
    meeting = _open(session, form.meeting)
    same = session.scalar(select(AgendaItem).where(AgendaItem.view_id == view_id)) if view_id else None
    if same:
        return _facts(session, [same])[0]
    _check(session, form)
    row = _row(session, form.id) if form.id else None
    if row is not None and row.meeting != meeting.id:
        raise NotFound(str(form.id))
    if row is None:
        there = session.scalar(select(func.count()).where(AgendaItem.meeting == meeting.id)) or 0
        if there >= _MOST:
            raise Invalid(title_en=Message("An agenda has {n} items at most.", {"n": _MOST}))
        last = session.scalar(select(func.max(AgendaItem.number)).where(AgendaItem.meeting == meeting.id)) or 0
        row = AgendaItem(meeting=meeting.id, number=last + 1, view_id=view_id)
        row.title = Bilingual(tidy(form.title_en) or None, tidy(form.title_fr) or None)
        session.add(row)
        typed = item_forms.typed(form)
    else:
        typed = item_forms.of_both(_facts(session, [row])[0], item_forms.typed(form), shown or {})
    row.title = replaced(row.title, typed["title_en"], typed["title_fr"]) or row.title
    row.kind, row.tab, row.owner = typed["kind"], typed["tab"] or None, typed["owner"] or None
    row.minutes, row.needs_paper = int(typed["minutes"] or 0) or None, typed["needs_paper"] == str(True)
    row.paper = _paper(typed["paper_en"], typed["paper_fr"])
    return _saved(session, row)


def give_paper(
    session: Session, id_: int, *, title: tuple[str, str], paper: tuple[str, str], shown: Mapping[str, str] | None = None
) -> ItemFacts:
    """What is missing of an item, each in English and French, from whoever owns it, or may arrange the meeting.

    What is left empty stays as it is; ``shown`` as in ``save_item``. Raises NotFound; Forbidden; Conflict; Invalid for what cannot be
    taken.
    """
    row = _row(session, id_)
    actor = changes.actor(session)
    meeting = meeting_row(session, row.meeting, lock=True)
    row = _row(session, id_)
    if row.owner != actor.person or actor.person is None:
        require_arranger(session, meeting.group)
    require_planned(session, meeting)
    texts = {
        f"{name}_{language}": tidy(text)
        for name, pair in (("title", title), ("paper", paper))
        for language, text in zip(LANGUAGES, pair, strict=True)
    }
    if wrong := too_long(texts) | _wrong_papers(texts["paper_en"], texts["paper_fr"]):
        raise Invalid(**wrong)
    texts |= item_forms.of_both(_facts(session, [row])[0], {name: text for name, text in texts.items() if text}, shown or {})
    row.title = edited(row.title, texts["title_en"], texts["title_fr"]) or row.title
    held = row.paper or Bilingual(None, None)
    row.paper = _paper(texts["paper_en"] or held.en or "", texts["paper_fr"] or held.fr or "")
    return _saved(session, row)


def move_item(session: Session, id_: int, *, up: bool) -> None:
    """One place up or down; the first stays first, the last last. Raises NotFound, Forbidden, Conflict."""
    meeting = _meeting_of(session, id_)
    order = _in_order(session, meeting.id)
    place = next(at for at, each in enumerate(order) if each.id == id_)
    other = place - 1 if up else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    _number(order)
    _touched(session, meeting.id, id_)


def propose_approval(session: Session, id_: str, earlier: str) -> ItemFacts:
    """Put the approval of an earlier meeting's minutes on the agenda, first, as a decision. Asked for twice, it is one.

    Raises NotFound also where these minutes do not wait to be approved; Forbidden, Conflict.
    """
    meeting = _open(session, id_)
    there = session.scalar(select(AgendaItem).where(AgendaItem.meeting == id_, AgendaItem.approves == earlier))
    if there:
        return _facts(session, [there])[0]
    found = next((each for each in approving.unapproved(session, meeting) if each.id == earlier), None)
    if found is None:
        raise NotFound(earlier)
    row = AgendaItem(meeting=id_, number=0, kind="decision", approves=earlier, title=approving.heading(session, found))
    session.add(row)
    session.flush()
    _number(_in_order(session, id_))
    return _saved(session, row)


def _in_order(session: Session, meeting: str) -> list[AgendaItem]:
    return list(session.scalars(_ORDER.where(AgendaItem.meeting == meeting)))


_ORDER: Final = select(AgendaItem).order_by(AgendaItem.number, AgendaItem.id).execution_options(populate_existing=True)


def _number(order: Iterable[AgendaItem]) -> None:
    for number, each in enumerate(order, 1):
        each.number = number


def remove_item(session: Session, id_: int) -> None:
    """Take an item off the agenda. Raises NotFound, Forbidden, Conflict; Invalid for one under which a decision is recorded."""
    meeting = _meeting_of(session, id_)
    if any(each.item == id_ for each in decisions.decisions_of(session, meeting.id)):
        raise Invalid(item=Message("A decision is recorded under this item: it stays on the agenda."))
    session.delete(_row(session, id_))
    session.flush()
    _touched(session, meeting.id, id_)


def ask_owner(session: Session, id_: int) -> ItemFacts:
    """Ask the owner of an item for what is missing; once a day. ``asked_on`` says when.

    Raises NotFound, Forbidden, Conflict; Invalid where nobody owns it or nothing is missing.
    """
    meeting, row = _meeting_of(session, id_), _row(session, id_)
    facts = _facts(session, [row])[0]
    if row.owner is None:
        raise Invalid(item=Message("Nobody owns this item yet: choose an owner first."))
    if not missing(facts):
        raise Invalid(item=Message("Nothing is missing of this item."))
    today = clock.today(session)
    if row.asked_on == today:
        return facts
    row.asked_on = today
    announce(session, "item_asked", f"{ITEM}:{id_}", [row.owner], {"by": named(changes.actor(session).label)})
    _touched(session, meeting.id, id_)
    return _facts(session, [row])[0]


def publish(session: Session, id_: str, *, channel: str = "") -> MeetingView:
    """Post the agenda in the group's channel, in both languages; it is kept true there. Asked for twice, there is one.

    ``channel``: that of a group of which none was known; one that is known stays.
    Raises NotFound, Forbidden, Conflict; Invalid for a group without a channel, or an agenda without items.
    """
    row = _open(session, id_)
    group = session.get_one(Group, row.group)
    group.channel = group.channel or channel or None
    view = load_one(session, row, changes.actor(session))
    if view.channel is None:
        raise Invalid(channel=Message("This group has no channel of which I know: choose it in the window of the agenda."))
    if not items(session, id_):
        raise Invalid(channel=Message("There is nothing on the agenda yet."))
    post(session, f"{AGENDA}:{id_}", [view.channel])
    touch(session, AGENDA, f"{AGENDA}:{id_}")
    return view


def _check(session: Session, form: ItemForm) -> None:
    texts = {"title_en": tidy(form.title_en), "title_fr": tidy(form.title_fr)}
    found = too_long(texts) | _wrong_papers(tidy(form.paper_en), tidy(form.paper_fr))
    if not any(texts.values()):
        found["title"] = Message("Write it in one language at least.")
    if form.kind not in KINDS:
        found["kind"] = Message("Choose one of those offered.")
    if len(tidy(form.tab)) > _TAB:
        found["tab"] = Message("Use {n} characters at most.", {"n": _TAB})
    if form.minutes is not None and not 0 < form.minutes <= 12 * 60:
        found["minutes"] = Message("Between a minute and twelve hours.")
    if form.owner and session.get(Person, form.owner) is None:
        found["owner"] = Message("Choose one of those offered.")
    if found:
        raise Invalid(**found)


def _wrong_papers(english: str, french: str) -> dict[str, Message]:
    texts = {"paper_en": english, "paper_fr": french}
    wrong = {name: Message("An address begins with https://.") for name, text in texts.items() if text and not text.startswith("https://")}
    return wrong | {name: Message("Use {n} characters at most.", {"n": LONGEST}) for name, text in texts.items() if len(text) > LONGEST}


def _paper(english: str, french: str) -> Bilingual | None:
    english, french = tidy(english), tidy(french)
    return Bilingual(english or None, french or None) if english or french else None


def _row(session: Session, id_: int) -> AgendaItem:
    found = session.get(AgendaItem, id_, populate_existing=True)
    if found is None:
        raise NotFound(str(id_))
    return found


def _open(session: Session, id_: str) -> Meeting:
    """The meeting whose agenda is to be written, its row locked: two who move items do it one after the other."""
    row = meeting_row(session, id_, lock=True)
    require_arranger(session, row.group)
    require_planned(session, row)
    return row


def _meeting_of(session: Session, item: int) -> Meeting:
    """The same, of an item that is there still once the row is locked."""
    meeting = _open(session, _row(session, item).meeting)
    _row(session, item)
    return meeting


def _saved(session: Session, row: AgendaItem) -> ItemFacts:
    session.flush()
    _touched(session, row.meeting, row.id)
    return _facts(session, [row])[0]


def _touched(session: Session, meeting: str, item_id: int) -> None:
    session.flush()
    touch(session, AGENDA, f"{AGENDA}:{meeting}")
    touch(session, ITEM, f"{ITEM}:{item_id}")
    touch(session, MEETING, f"{MEETING}:{meeting}")


def _facts(session: Session, rows: Collection[AgendaItem]) -> tuple[ItemFacts, ...]:
    owners = by_id(session, Person, {row.owner for row in rows if row.owner})
    return tuple(
        ItemFacts(
            id=row.id,
            meeting=row.meeting,
            number=row.number,
            kind=cast("ItemKind", row.kind),
            title=row.title,
            tab=row.tab,
            owner=PersonRef(row.owner, owners[row.owner].name) if row.owner else None,
            minutes=row.minutes,
            paper=row.paper,
            needs_paper=row.needs_paper,
            asked_on=row.asked_on,
            approves=row.approves,
        )
        for row in rows
    )
