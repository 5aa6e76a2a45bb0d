"""meetings: stand-ins agree or refuse; corrections of minutes wait for an answer; items that approve minutes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    with op.batch_alter_table("meeting_invitee", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stand_in_agreed", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("approves", sa.String(length=80), nullable=True))
        batch_op.create_index(batch_op.f("ix_agenda_item_approves"), ["approves"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_agenda_item_approves"), "meeting", ["approves"], ["id"], initially="DEFERRED", deferrable=True
        )

    op.create_table(
        "minutes_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=True),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meeting.id"], name=op.f("fk_minutes_correction_meeting"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["person.id"], name=op.f("fk_minutes_correction_person"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_correction")),
    )
    with op.batch_alter_table("minutes_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_minutes_correction_meeting"), ["meeting"], unique=False)
        batch_op.create_index(batch_op.f("ix_minutes_correction_person"), ["person"], unique=False)


def downgrade() -> None:
    op.drop_table("minutes_correction")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_agenda_item_approves"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_agenda_item_approves"))
        batch_op.drop_column("approves")

    with op.batch_alter_table("meeting_invitee", schema=None) as batch_op:
        batch_op.drop_column("stand_in_agreed")
