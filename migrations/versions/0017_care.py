"""care of the registry: standing seats of councils, how groups are reached, which kind the guide recommended"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0016"


def upgrade() -> None:
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("email", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("phone", sa.String(length=40), nullable=True))
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("council", sa.String(length=80), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["council"], ["group.id"], name=op.f("fk_seat_council"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_seat_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint("council", "jurisdiction", name=op.f("uq_seat_council_jurisdiction")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_council"), ["council"], unique=False)
        batch_op.create_index(batch_op.f("ix_seat_jurisdiction"), ["jurisdiction"], unique=False)
    op.create_table(
        "kind_advice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_kind_advice_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["kind"], ["group_kind.id"], name=op.f("fk_kind_advice_kind"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kind_advice")),
        sa.UniqueConstraint("group", name=op.f("uq_kind_advice_group")),
    )


def downgrade() -> None:
    op.drop_table("kind_advice")
    op.drop_table("seat")
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.drop_column("phone")
        batch_op.drop_column("email")
