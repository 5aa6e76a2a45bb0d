"""oversight: editions of the gap analysis, how groups stood at each meeting in person; the priority that a recommendation is about"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision: str | None = "0017"


def upgrade() -> None:
    op.create_table(
        "gap_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=True),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=200), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_edition")),
        sa.UniqueConstraint("draft", name=op.f("uq_gap_edition_draft")),
    )
    op.create_table(
        "gap_entry",
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("priority", sa.String(length=80), nullable=False),
        sa.Column("strength", sa.String(length=20), nullable=False),
        sa.Column("rationale_en", sa.Text(), nullable=True),
        sa.Column("rationale_fr", sa.Text(), nullable=True),
        sa.Column("rationale_stale", sa.String(length=2), nullable=True),
        sa.Column("source", sa.String(length=80), nullable=True),
        sa.Column("stated_by", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["edition"], ["gap_edition.id"], name=op.f("fk_gap_entry_edition")),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_gap_entry_group")),
        sa.ForeignKeyConstraint(["priority"], ["priority.id"], name=op.f("fk_gap_entry_priority")),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name=op.f("fk_gap_entry_source"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("edition", "group", "priority", name=op.f("pk_gap_entry")),
    )
    with op.batch_alter_table("gap_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_entry_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_gap_entry_priority"), ["priority"], unique=False)
    op.create_table(
        "health_kept",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("states", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_health_kept_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_health_kept_meeting"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_kept")),
        sa.UniqueConstraint("meeting", "group", name=op.f("uq_health_kept_meeting_group")),
    )
    with op.batch_alter_table("health_kept", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_health_kept_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_health_kept_meeting"), ["meeting"], unique=False)
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f("ix_recommendation_priority"), ["priority"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_recommendation_priority"), "priority", ["priority"], ["id"], initially="DEFERRED", deferrable=True
        )


def downgrade() -> None:
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_recommendation_priority"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_recommendation_priority"))
        batch_op.drop_column("priority")
    op.drop_table("health_kept")
    op.drop_table("gap_entry")
    op.drop_table("gap_edition")
