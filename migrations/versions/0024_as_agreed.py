"""decisions: how a recommendation reads as a decision; what of a decision was corrected; drafts of documents as papers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision: str | None = "0023"

TEXTS = ("agreed", "otherwise")


def upgrade() -> None:
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        for name in TEXTS:
            batch_op.add_column(sa.Column(f"{name}_en", sa.Text(), nullable=True))
            batch_op.add_column(sa.Column(f"{name}_fr", sa.Text(), nullable=True))
            batch_op.add_column(sa.Column(f"{name}_stale", sa.String(length=2), nullable=True))
    with op.batch_alter_table("decision_correction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("fields", sa.String(length=120), server_default="wording", nullable=False))
    with op.batch_alter_table("question_paper", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_question_paper_version"), ["version"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_question_paper_version"), "document_version", ["version"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("question_paper", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_question_paper_version"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_question_paper_version"))
        batch_op.drop_column("version")
    with op.batch_alter_table("decision_correction", schema=None) as batch_op:
        batch_op.drop_column("fields")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        for name in TEXTS:
            for part in ("stale", "fr", "en"):
                batch_op.drop_column(f"{name}_{part}")
