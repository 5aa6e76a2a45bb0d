"""calls: a refusal in time is kept beside what answers instead; who took up a late one, and when"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"

_KEPT = {"at": "answered_at", "by": "answered_by", "recorded_by": "recorded_by", "said_by": "said_by", "said_on": "said_on", "way": "way"}


def upgrade() -> None:
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refused_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("refused_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("refuser", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("refused_recorded_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("refused_said_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("refused_said_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("refused_way", sa.String(length=10), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_invitation_refuser"), "person", ["refuser"], ["id"], initially="DEFERRED", deferrable=True
        )

    with op.batch_alter_table("late_refusal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("settled_by", sa.String(length=200), nullable=True))

    kept = ", ".join(f"refused_{name} = {column}" for name, column in _KEPT.items())
    op.execute(f"UPDATE invitation SET {kept} WHERE declined AND state = 'declined'")  # noqa: S608  # of the names above alone


def downgrade() -> None:
    with op.batch_alter_table("late_refusal", schema=None) as batch_op:
        batch_op.drop_column("settled_by")
        batch_op.drop_column("settled_at")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invitation_refuser"), type_="foreignkey")
        for name in ("refused_way", "refused_said_on", "refused_said_by", "refused_recorded_by", "refuser", "refused_by", "refused_at"):
            batch_op.drop_column(name)
