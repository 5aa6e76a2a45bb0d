"""answers to calls that came after the closing stand beside those given in time"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stood", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.add_column(sa.Column("spoken_late", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("nominator", sa.String(length=80), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_sign_up_nominator"), "person", ["nominator"], ["id"], initially="DEFERRED", deferrable=True
        )
    op.create_table(
        "late_refusal",
        sa.Column("call", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=False),
        sa.Column("answered_by", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("said_by", sa.String(length=200), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("taken_up", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["call"], ["call.id"], name=op.f("fk_late_refusal_call")),
        sa.ForeignKeyConstraint(["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_late_refusal_jurisdiction")),
        sa.PrimaryKeyConstraint("call", "jurisdiction", name=op.f("pk_late_refusal")),
    )
    op.execute(
        "UPDATE invitation SET stood = true WHERE state NOT IN ('silent', 'delegated') "
        "AND call IN (SELECT id FROM call WHERE state IN ('closed', 'concluded'))"
    )


def downgrade() -> None:
    op.drop_table("late_refusal")
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_sign_up_nominator"), type_="foreignkey")
        batch_op.drop_column("nominator")
        batch_op.drop_column("spoken_late")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_column("stood")
