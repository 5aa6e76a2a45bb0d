"""notices and workplans"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    op.create_table(
        "planning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=True),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("free_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planning")),
    )
    op.create_table(
        "rung",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column("recipients", sa.String(length=200), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rung")),
        sa.UniqueConstraint("kind", "days", "manner", name=op.f("uq_rung_kind_days_manner")),
    )
    op.create_table(
        "touched",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touched")),
    )
    op.create_table(
        "pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_fr", sa.Text(), nullable=True),
        sa.Column("reason_stale", sa.String(length=2), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_pause_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pause")),
        sa.UniqueConstraint("view_id", name=op.f("uq_pause_view_id")),
    )
    with op.batch_alter_table("pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pause_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_pause_last"), ["last"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("via", sa.String(length=10), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("once", sa.String(length=160), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Boolean(), nullable=False),
        sa.Column("leased_by", sa.String(length=80), nullable=True),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("posted_in", sa.String(length=30), nullable=True),
        sa.Column("ts", sa.String(length=30), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_delivery_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("once", name=op.f("uq_delivery_once")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_person"), ["person"], unique=False)
        batch_op.create_index("ix_delivery_state_at", ["state", "at"], unique=False)

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_extension_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension")),
        sa.UniqueConstraint("view_id", name=op.f("uq_extension_view_id")),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extension_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_extension_subject"), ["subject"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("occurrence", sa.Date(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("manner", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_notice_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_person_state", ["person", "state", "at"], unique=False)
        batch_op.create_index("ix_notice_state_at", ["state", "at"], unique=False)
        batch_op.create_index("ix_notice_subject_occurrence", ["subject", "occurrence"], unique=False)

    op.create_table(
        "outcome",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("council", sa.String(length=80), nullable=False),
        sa.Column("term", sa.String(length=10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["group.id"], name=op.f("fk_outcome_council"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
    )
    with op.batch_alter_table("outcome", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outcome_council"), ["council"], unique=False)

    op.create_table(
        "preference",
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("rhythm", sa.String(length=10), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("off", sa.String(length=200), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_preference_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_preference")),
    )
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("occurrence", sa.Date(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_snooze_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snooze")),
        sa.UniqueConstraint("subject", "occurrence", "person", name=op.f("uq_snooze_subject_occurrence_person")),
    )
    with op.batch_alter_table("snooze", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_snooze_person"), ["person"], unique=False)

    op.create_table(
        "cycle",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("council", sa.String(length=80), nullable=False),
        sa.Column("half", sa.String(length=6), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("offset", sa.Integer(), nullable=False),
        sa.Column("moved_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["group.id"], name=op.f("fk_cycle_council"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_cycle_meeting"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("council", "half", name=op.f("uq_cycle_council_half")),
    )
    with op.batch_alter_table("cycle", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cycle_council"), ["council"], unique=False)
        batch_op.create_index(batch_op.f("ix_cycle_meeting"), ["meeting"], unique=False)

    op.create_table(
        "delivery_item",
        sa.Column("delivery", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["delivery"], ["delivery.id"], name=op.f("fk_delivery_item_delivery")),
        sa.ForeignKeyConstraint(["notice"], ["notice.id"], name=op.f("fk_delivery_item_notice")),
        sa.PrimaryKeyConstraint("delivery", "notice", name=op.f("pk_delivery_item")),
    )
    with op.batch_alter_table("delivery_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_item_notice"), ["notice"], unique=False)

    op.create_table(
        "workplan",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("cycle", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=True),
        sa.Column("priority", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("aim_en", sa.Text(), nullable=True),
        sa.Column("aim_fr", sa.Text(), nullable=True),
        sa.Column("aim_stale", sa.String(length=2), nullable=True),
        sa.Column("moved_to", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.Column("approved_at", sa.String(length=80), nullable=True),
        sa.CheckConstraint('("group" IS NULL) <> (priority IS NULL)', name=op.f("ck_workplan_one_target")),
        sa.ForeignKeyConstraint(
            ["approved_at"], ["meeting.id"], name=op.f("fk_workplan_approved_at"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["cycle"], ["cycle.id"], name=op.f("fk_workplan_cycle"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_workplan_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["priority"], ["priority.id"], name=op.f("fk_workplan_priority"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplan")),
    )
    with op.batch_alter_table("workplan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workplan_approved_at"), ["approved_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_workplan_cycle"), ["cycle"], unique=False)
        batch_op.create_index(batch_op.f("ix_workplan_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_workplan_priority"), ["priority"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workplan", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_fr", sa.Text(), nullable=True),
        sa.Column("note_stale", sa.String(length=2), nullable=True),
        sa.Column("outcome", sa.String(length=80), nullable=True),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column("told_by", sa.String(length=200), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["outcome"], ["outcome.id"], name=op.f("fk_activity_outcome"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["workplan"], ["workplan.id"], name=op.f("fk_activity_workplan"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("view_id", name=op.f("uq_activity_view_id")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_outcome"), ["outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_activity_workplan"), ["workplan"], unique=False)

    op.create_table(
        "workplan_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("workplan", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_fr", sa.Text(), nullable=True),
        sa.Column("text_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_workplan_text_meeting"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["workplan"], ["workplan.id"], name=op.f("fk_workplan_text_workplan"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workplan_text")),
        sa.UniqueConstraint("workplan", "version", name=op.f("uq_workplan_text_workplan_version")),
    )
    with op.batch_alter_table("workplan_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workplan_text_meeting"), ["meeting"], unique=False)
        batch_op.create_index(batch_op.f("ix_workplan_text_workplan"), ["workplan"], unique=False)

    op.create_table(
        "activity_owner",
        sa.Column("activity", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["activity"], ["activity.id"], name=op.f("fk_activity_owner_activity")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_activity_owner_person")),
        sa.PrimaryKeyConstraint("activity", "person", name=op.f("pk_activity_owner")),
    )
    with op.batch_alter_table("activity_owner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_owner_person"), ["person"], unique=False)

    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("locale", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("zone", sa.String(length=40), nullable=True))

    op.execute(
        sa.insert(sa.table("planning", sa.column("id"), sa.column("fence"), sa.column("revision"))).values(id=1, fence=0, revision=-1)
    )
    rungs = sa.table("rung", *(sa.column(name) for name in ("kind", "days", "every", "recipients", "manner")))
    op.bulk_insert(rungs, [row for kind, who in (("workplan", "lead"), ("activity", "owner")) for row in ladder(kind, who)])


def ladder(kind: str, who: str) -> list[dict[str, object]]:
    """Where everybody begins: 30, 14, 7 and 1 days before, on the day, then weekly; more people from 7 days late; a draft from 21."""
    more = "lead co_chair alternate" if who == "lead" else f"{who} lead co_chair alternate"
    rows: list[tuple[int, int | None, str, str]] = [(days, None, who, "digest") for days in (-30, -14, -7, -1)]
    rows += [(0, None, who, "alone"), (7, 7, more, "digest"), (21, 14, "secretariat", "draft")]
    return [{"kind": kind, "days": d, "every": every, "recipients": people, "manner": manner} for d, every, people, manner in rows]


def downgrade() -> None:
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_column("zone")
        batch_op.drop_column("locale")
    for table in (
        "activity_owner",
        "workplan_text",
        "activity",
        "workplan",
        "delivery_item",
        "cycle",
        "snooze",
        "preference",
        "outcome",
        "notice",
        "extension",
        "delivery",
        "pause",
        "touched",
        "rung",
        "planning",
    ):
        op.drop_table(table)
