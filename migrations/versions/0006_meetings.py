"""meetings: their times, series, invitations, agendas, minutes, polls and calendars; decisions and actions of meetings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quorum", sa.String(length=20), nullable=True))

    op.create_table(
        "calendar_feed",
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_calendar_feed_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )
    op.create_table(
        "meeting_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("every", sa.String(length=20), nullable=False),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("made_to", sa.Date(), nullable=False),
        sa.Column("joining", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_meeting_series_group"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
        sa.UniqueConstraint("view_id", name=op.f("uq_meeting_series_view_id")),
    )
    with op.batch_alter_table("meeting_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_series_group"), ["group"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("tab", sa.String(length=20), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("paper_en", sa.Text(), nullable=True),
        sa.Column("paper_fr", sa.Text(), nullable=True),
        sa.Column("paper_stale", sa.String(length=2), nullable=True),
        sa.Column("needs_paper", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_agenda_item_meeting"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_agenda_item_owner"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("view_id", name=op.f("uq_agenda_item_view_id")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_meeting"), ["meeting"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_owner"), ["owner"], unique=False)

    op.create_table(
        "meeting_invitee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("stands_in", sa.String(length=80), nullable=True),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("said_by", sa.String(length=200), nullable=True),
        sa.Column("way", sa.String(length=20), nullable=True),
        sa.Column("diet", sa.Text(), nullable=True),
        sa.Column("access", sa.Text(), nullable=True),
        sa.Column("interpretation", sa.Boolean(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meeting.id"], name=op.f("fk_meeting_invitee_meeting"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_meeting_invitee_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["stands_in"], ["person.id"], name=op.f("fk_meeting_invitee_stands_in"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_invitee")),
        sa.UniqueConstraint("meeting", "person", name=op.f("uq_meeting_invitee_meeting_person")),
    )
    with op.batch_alter_table("meeting_invitee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_invitee_meeting"), ["meeting"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_invitee_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_invitee_stands_in"), ["stands_in"], unique=False)

    op.create_table(
        "minutes",
        sa.Column("meeting", sa.String(length=80), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_fr", sa.Text(), nullable=True),
        sa.Column("text_stale", sa.String(length=2), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("circulated_at", sa.DateTime(), nullable=True),
        sa.Column("sent_en", sa.Text(), nullable=True),
        sa.Column("sent_fr", sa.Text(), nullable=True),
        sa.Column("sent_stale", sa.String(length=2), nullable=True),
        sa.Column("approved_at", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["approved_at"], ["meeting.id"], name=op.f("fk_minutes_approved_at"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_minutes_meeting")),
        sa.PrimaryKeyConstraint("meeting", name=op.f("pk_minutes")),
    )
    with op.batch_alter_table("minutes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_approved_at"), ["approved_at"], unique=False)

    op.create_table(
        "poll",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("arranger", sa.String(length=80), nullable=True),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("joining", sa.Text(), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["arranger"], ["person.id"], name=op.f("fk_poll_arranger"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_poll_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_poll_meeting"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll")),
        sa.UniqueConstraint("view_id", name=op.f("uq_poll_view_id")),
    )
    with op.batch_alter_table("poll", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_meeting"), ["meeting"], unique=False)

    op.create_table(
        "poll_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], name=op.f("fk_poll_slot_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_slot")),
        sa.UniqueConstraint("poll", "day", "at", name=op.f("uq_poll_slot_poll_day_at")),
    )
    with op.batch_alter_table("poll_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_slot_poll"), ["poll"], unique=False)

    op.create_table(
        "poll_voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("poll", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("must", sa.Boolean(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_poll_voice_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["poll"], ["poll.id"], name=op.f("fk_poll_voice_poll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_poll_voice")),
        sa.UniqueConstraint("poll", "person", name=op.f("uq_poll_voice_poll_person")),
    )
    with op.batch_alter_table("poll_voice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_voice_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_poll_voice_poll"), ["poll"], unique=False)

    op.create_table(
        "poll_answer",
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("voice", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["slot"], ["poll_slot.id"], name=op.f("fk_poll_answer_slot")),
        sa.ForeignKeyConstraint(["voice"], ["poll_voice.id"], name=op.f("fk_poll_answer_voice")),
        sa.PrimaryKeyConstraint("slot", "voice", name=op.f("pk_poll_answer")),
    )
    with op.batch_alter_table("poll_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_poll_answer_voice"), ["voice"], unique=False)

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("meeting", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("settled_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("view_id", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_action_meeting"), ["meeting"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_action_view_id"), ["view_id"])
        batch_op.create_foreign_key(batch_op.f("fk_action_meeting"), "meeting", ["meeting"], ["id"], initially="DEFERRED", deferrable=True)

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("item", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("view_id", sa.String(length=40), nullable=True))
        batch_op.alter_column("number", existing_type=sa.INTEGER(), nullable=True)
        batch_op.create_unique_constraint(batch_op.f("uq_decision_view_id"), ["view_id"])
        batch_op.create_foreign_key(batch_op.f("fk_decision_item"), "agenda_item", ["item"], ["id"])

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_council"))
        batch_op.drop_constraint(batch_op.f("fk_meeting_council"), type_="foreignkey")
        batch_op.alter_column("council", new_column_name="group", existing_type=sa.String(length=80), existing_nullable=False)

    op.execute("UPDATE provenance SET field = 'group' WHERE subject = 'meeting' AND field = 'council'")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("title_fr", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("title_stale", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("at", sa.Time(), nullable=True))
        batch_op.add_column(sa.Column("fold", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("zone", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("starts_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("last_day", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("link", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("joining", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("state", sa.String(length=10), server_default="planned", nullable=False))
        batch_op.add_column(sa.Column("reason_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reason_fr", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reason_stale", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("changed_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("made_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("series", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("occurrence", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("view_id", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("prompted_for", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("quorum_met", sa.Boolean(), nullable=True))
        batch_op.create_index(batch_op.f("ix_meeting_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_series"), ["series"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_starts_at"), ["starts_at"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_meeting_series_occurrence"), ["series", "occurrence"])
        batch_op.create_unique_constraint(batch_op.f("uq_meeting_view_id"), ["view_id"])
        batch_op.create_foreign_key(batch_op.f("fk_meeting_series"), "meeting_series", ["series"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_meeting_group"), "group", ["group"], ["id"], initially="DEFERRED", deferrable=True)

    op.execute("UPDATE sign_up SET endorsed = 'yes' WHERE endorsed IS NULL AND state IN ('offered', 'accepted')")  # as it counted before
    rungs = sa.table("rung", *(sa.column(name) for name in ("kind", "days", "every", "recipients", "manner")))
    columns = ("kind", "days", "every", "recipients", "manner")
    op.bulk_insert(rungs, [dict(zip(columns, rung, strict=True)) for rung in LADDERS])


LADDERS: tuple[tuple[str, int, int | None, str, str], ...] = (
    ("meeting_ahead", -56, None, "coming", "digest"),
    ("meeting", -7, None, "coming", "alone"),
    ("meeting", -1, None, "coming", "alone"),
    ("voice", -3, None, "asked", "alone"),
    ("voice", -1, None, "asked", "alone"),
    ("voice", 0, None, "asked", "alone"),
    ("poll", 0, None, "arranger", "alone"),
    ("poll", 7, None, "arranger", "alone"),
    ("agenda", -5, None, "chair", "alone"),
    ("agenda_item", -14, None, "owner", "alone"),
    ("minutes", 0, None, "chair", "alone"),
    ("minutes", 7, None, "secretariat", "digest"),
    ("action", -7, None, "owner", "digest"),
    ("action", -1, None, "owner", "digest"),
    ("action", 0, None, "owner", "alone"),
    ("action", 7, 7, "owner chair", "digest"),
)
"""Meetings that come; polls that wait for an answer or a choice; agendas, papers and minutes that are missing; actions agreed on."""


def downgrade() -> None:
    rungs = sa.table("rung", sa.column("kind"))
    op.execute(rungs.delete().where(rungs.c.kind.in_({kind for kind, *_ in LADDERS})))
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_meeting_group"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_meeting_series"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_meeting_view_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_meeting_series_occurrence"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_meeting_starts_at"))
        batch_op.drop_index(batch_op.f("ix_meeting_series"))
        batch_op.drop_index(batch_op.f("ix_meeting_group"))
        batch_op.drop_column("quorum_met")
        batch_op.drop_column("prompted_for")
        batch_op.drop_column("view_id")
        batch_op.drop_column("occurrence")
        batch_op.drop_column("series")
        batch_op.drop_column("made_by")
        batch_op.drop_column("changed_by")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("revision")
        batch_op.drop_column("reason_stale")
        batch_op.drop_column("reason_fr")
        batch_op.drop_column("reason_en")
        batch_op.drop_column("state")
        batch_op.drop_column("joining")
        batch_op.drop_column("link")
        batch_op.drop_column("last_day")
        batch_op.drop_column("starts_at")
        batch_op.drop_column("minutes")
        batch_op.drop_column("zone")
        batch_op.drop_column("fold")
        batch_op.drop_column("at")
        batch_op.drop_column("title_stale")
        batch_op.drop_column("title_fr")
        batch_op.drop_column("title_en")
        batch_op.alter_column("group", new_column_name="council", existing_type=sa.String(length=80), existing_nullable=False)

    op.execute("UPDATE provenance SET field = 'council' WHERE subject = 'meeting' AND field = 'group'")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_council"), ["council"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_meeting_council"), "group", ["council"], ["id"], initially="DEFERRED", deferrable=True)

    op.execute("DELETE FROM decision WHERE number IS NULL")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_item"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_decision_view_id"), type_="unique")
        batch_op.alter_column("number", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("view_id")
        batch_op.drop_column("item")
        batch_op.drop_column("state")

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_action_meeting"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_action_view_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_action_meeting"))
        batch_op.drop_column("view_id")
        batch_op.drop_column("settled_by")
        batch_op.drop_column("settled_at")
        batch_op.drop_column("state")
        batch_op.drop_column("meeting")

    for table in (
        "poll_answer",
        "poll_voice",
        "poll_slot",
        "poll",
        "minutes",
        "meeting_invitee",
        "agenda_item",
        "meeting_series",
        "calendar_feed",
    ):
        op.drop_table(table)

    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.drop_column("quorum")
