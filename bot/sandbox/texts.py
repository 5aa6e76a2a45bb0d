"""The page's own texts, by the keys that its scripts and index.html know them under.

A ``{name}`` in them is filled in by the page.
"""

from __future__ import annotations

from cadre.core.reader import Reader
from cadre.core.words import Words


def texts(reader: Reader) -> dict[str, Words]:
    """All of them, in the reader's language."""
    return {
        **_frame(reader),
        **_people(reader),
        **_clock(reader),
        **_conversation(reader),
        **_mail(reader),
        **_controls(reader),
        **_inspector(reader),
        **_faults(reader),
    }


def _later(name: str) -> Words:
    """A field that the page fills in."""
    return Words.verbatim(f"{{{name}}}")


def _frame(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "sandbox": _("Cadre's sandbox"),
        "skip": _("Skip to the conversation"),
        "open_menu": _("People, channels and clock"),
        "close": _("Close"),
        "back": _("Back"),
        "cancel": _("Cancel"),
        "places": _("Conversations"),
        "channels": _("Channels"),
        "direct_messages": _("Direct messages"),
        "app_home": _("App Home"),
        "reconnecting": _("The sandbox does not answer. Reconnecting…"),
        "offline": _("The sandbox does not answer. Is it still running?"),
        "failed": _("That did not work."),
    }


def _people(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "acting_as": _("Acting as"),
        "language": _("Language"),
        "people": _("People"),
        "demonstration": _("demonstration"),
        "demonstration_council": _("Demonstration council"),
        "other_people": _("Other people"),
        "unknown_person": _("Cadre does not know them yet"),
        "no_role": _("no confirmed role"),
        "role_lead": _("Lead"),
        "role_co_chair": _("Co-chair"),
        "role_member": _("Member"),
        "role_alternate": _("Alternate"),
        "role_observer": _("Observer"),
        "role_secretariat": _("Secretariat"),
    }


def _clock(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "clock": _("The workspace's clock"),
        "one_day": _("+1 day"),
        "one_week": _("+1 week"),
        "next_due": _("To the next thing due"),
        "nothing_due": _("Nothing is due: nothing is planned yet."),
        "date_and_time": _("Date and time"),
        "set_clock": _("Set"),
        "clock_moving": _("Moving the clock…"),
    }


def _conversation(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "messages": _("Messages"),
        "thread": _("Thread"),
        "thread_messages": _("Messages in the thread"),
        "close_thread": _("Close the thread"),
        "app": _("App"),
        "edited": _("(edited)"),
        "only_you": _("Only visible to you"),
        "earlier": _("Earlier messages"),
        "new_messages": _("New messages"),
        "replies_one": reader.ngettext("{n} reply", "{n} replies", 1, n=_later("n")),
        "replies_many": reader.ngettext("{n} reply", "{n} replies", 2, n=_later("n")),
        "reply": _("Reply in the thread"),
        "reply_to": _("Reply to {name} in a thread", name=_later("name")),
        "message_to": _("Write to {name}", name=_later("name")),
        "message_in": _("Write in {name}", name=_later("name")),
        "send": _("Send"),
        "suggestions": _("Suggestions"),
        "welcome": _("A Slack workspace to try Cadre in"),
        "welcome_cadre": _(
            "Cadre is the memory of Canada's Joint Councils. Ask it in your own words: who leads what, which groups there are, "
            "when the Councils met."
        ),
        "welcome_people": _(
            "The people whom you can act as belong to an invented council; nothing that you do here leaves this computer. "
            "Choose another one at any time, and try what they can do."
        ),
        "try_lead": _("Who leads digital identity?"),
        "try_groups": _("Which groups report to PSSDC?"),
        "try_meeting": _("When did the Councils last meet?"),
        "try_help": _("What can I ask?"),
        "help_verb": _("help"),
        "empty_channel": _("Nothing has been said here yet. Mention @Cadre to ask it something."),
        "empty_home": _("Cadre has published nothing here yet."),
        "opening": _("Opening…"),
    }


def _mail(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "mail": _("E-mail"),
        "mail_empty": _("No e-mail has come to {address} yet.", address=_later("address")),
        "mail_none": _("{name} has no e-mail address here.", name=_later("name")),
        "mail_from": _("Sent by"),
        "mail_to": _("Sent to"),
        "mail_reply_to": _("Answers go to"),
        "mail_at": _("When"),
        "mail_files": _("Attached"),
        "mail_text": _("The same letter as plain text"),
    }


def _controls(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "choices": _("Choices"),
        "choose": _("Choose"),
        "optional": _("(optional)"),
        "more_actions": _("More actions"),
        "no_result": _("Nothing found"),
        "searching": _("Searching…"),
        "type_more_one": reader.ngettext("Type {n} character or more", "Type {n} characters or more", 1, n=_later("n")),
        "type_more_many": reader.ngettext("Type {n} character or more", "Type {n} characters or more", 2, n=_later("n")),
        "remove": _("Remove {name}", name=_later("name")),
        "cannot_show": _("The sandbox cannot show this yet: {type}", type=_later("type")),
    }


def _inspector(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "inspector": _("Inspector"),
        "inspector_about": _("What goes between Slack and Cadre"),
        "close_inspector": _("Close the inspector"),
        "log": _("Calls and deliveries, newest first"),
        "log_empty": _("Nothing yet."),
        "kind_call": _("Cadre calls Slack"),
        "kind_delivery": _("Slack delivers to Cadre"),
        "kind_response": _("Cadre answers"),
        "kind_mail": _("Cadre sends e-mail"),
        "retry": _("retry {n}", n=_later("n")),
        "entry_failed": _("Failed: {reason}", reason=_later("reason")),
        "sent": _("What was sent"),
        "answered": _("What was answered"),
    }


def _faults(reader: Reader) -> dict[str, Words]:
    _ = reader.gettext
    return {
        "misbehave": _("Make something fail, or begin again"),
        "fault_method": _("Method"),
        "all_methods": _("All methods"),
        "all_connections": _("Socket Mode connections"),
        "fault_kind": _("What happens"),
        "fails_ratelimited": _("Too many requests (429)"),
        "fails_error": _("Slack refuses, or fails (500)"),
        "fails_timeout": _("No answer comes"),
        "fails_down": _("Slack is down (503)"),
        "fault_times": _("How many times"),
        "fault_error": _("Slack's error code"),
        "fault_after": _("Retry after (seconds)"),
        "fault_plan": _("Apply"),
        "fault_planned": _("The next calls fail as asked."),
        "redeliver_last": _("Latest events"),
        "redeliver": _("Deliver again"),
        "redelivered": _("The events were delivered again."),
        "reset": _("Begin again"),
        "reset_title": _("Begin again?"),
        "reset_text": _("All messages and changes are lost: the workspace and the registry become what they were at the start."),
        "reset_done": _("The workspace is as it was at the start."),
    }
