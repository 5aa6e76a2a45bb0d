"""calls: who confirmed an offer; which co-chairs were added after the opening"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.add_column(sa.Column("endorsed_by", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("endorser", sa.String(length=80), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_sign_up_endorser"), "person", ["endorser"], ["id"], initially="DEFERRED", deferrable=True
        )
    with op.batch_alter_table("call_chair", schema=None) as batch_op:
        batch_op.add_column(sa.Column("added", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("call_chair", schema=None) as batch_op:
        batch_op.drop_column("added")
    with op.batch_alter_table("sign_up", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_sign_up_endorser"), type_="foreignkey")
        batch_op.drop_column("endorser")
        batch_op.drop_column("endorsed_by")
