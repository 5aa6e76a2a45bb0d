"""calls: who declined after the closing, and hears what becomes of it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    with op.batch_alter_table("late_refusal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("refuser", sa.String(length=80), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_late_refusal_refuser"), "person", ["refuser"], ["id"], initially="DEFERRED", deferrable=True
        )


def downgrade() -> None:
    with op.batch_alter_table("late_refusal", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_late_refusal_refuser"), type_="foreignkey")
        batch_op.drop_column("refuser")
