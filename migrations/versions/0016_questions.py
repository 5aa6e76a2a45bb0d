"""decisions: questions put to the Councils, positions, what is decided on them, documents in versions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"

LADDER = ((-7, "digest", False), (-2, "alone", False), (0, "alone", False), (0, "digest", True))
"""Days, manner and halfway of the reminders to seats that are silent."""


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_document_group"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("view_id", name=op.f("uq_document_view_id")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_group"), ["group"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("council", sa.String(length=80), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=True),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("background_en", sa.Text(), nullable=True),
        sa.Column("background_fr", sa.Text(), nullable=True),
        sa.Column("background_stale", sa.String(length=2), nullable=True),
        sa.Column("rule", sa.String(length=10), nullable=False),
        sa.Column("quorum", sa.String(length=10), nullable=False),
        sa.Column("sees", sa.String(length=12), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_fr", sa.Text(), nullable=True),
        sa.Column("reason_stale", sa.String(length=2), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["category"], ["category.id"], name=op.f("fk_question_category"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["council"], ["group.id"], name=op.f("fk_question_council"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("view_id", name=op.f("uq_question_view_id")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_closes_at"), ["closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_council"), ["council"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_opens_at"), ["opens_at"], unique=False)

    op.create_table(
        "question_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_question_comment_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["question"], ["question.id"], name=op.f("fk_question_comment_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_comment")),
        sa.UniqueConstraint("view_id", name=op.f("uq_question_comment_view_id")),
    )
    with op.batch_alter_table("question_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_comment_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_comment_question"), ["question"], unique=False)

    op.create_table(
        "question_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("recommendation", sa.String(length=80), nullable=True),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(), nullable=True),
        sa.Column("set_aside_by", sa.String(length=200), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_fr", sa.Text(), nullable=True),
        sa.Column("reason_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["question"], ["question.id"], name=op.f("fk_question_item_question")),
        sa.ForeignKeyConstraint(
            ["recommendation"], ["recommendation.id"], name=op.f("fk_question_item_recommendation"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_item")),
        sa.UniqueConstraint("question", "number", name=op.f("uq_question_item_question_number")),
    )
    with op.batch_alter_table("question_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_item_recommendation"), ["recommendation"], unique=False)

    op.create_table(
        "question_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("address_en", sa.Text(), nullable=True),
        sa.Column("address_fr", sa.Text(), nullable=True),
        sa.Column("address_stale", sa.String(length=2), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["question"], ["question.id"], name=op.f("fk_question_paper_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_paper")),
        sa.UniqueConstraint("view_id", name=op.f("uq_question_paper_view_id")),
    )
    with op.batch_alter_table("question_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_paper_question"), ["question"], unique=False)

    op.create_table(
        "question_seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_question_seat_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["question"], ["question.id"], name=op.f("fk_question_seat_question")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_seat")),
        sa.UniqueConstraint("question", "jurisdiction", name=op.f("uq_question_seat_question_jurisdiction")),
    )
    with op.batch_alter_table("question_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_seat_jurisdiction"), ["jurisdiction"], unique=False)

    op.create_table(
        "late_position",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=24), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("person", sa.String(length=80), nullable=True),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["question_item.id"], name=op.f("fk_late_position_item")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_late_position_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["seat"], ["question_seat.id"], name=op.f("fk_late_position_seat")),
        sa.PrimaryKeyConstraint("item", "seat", name=op.f("pk_late_position")),
    )
    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=24), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("person", sa.String(length=80), nullable=True),
        sa.Column("taken_by", sa.String(length=200), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item"], ["question_item.id"], name=op.f("fk_position_item")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_position_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["seat"], ["question_seat.id"], name=op.f("fk_position_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint("item", "seat", name=op.f("uq_position_item_seat")),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_seat"), ["seat"], unique=False)

    op.create_table(
        "question_speaker",
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("alternate", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_question_speaker_person")),
        sa.ForeignKeyConstraint(["seat"], ["question_seat.id"], name=op.f("fk_question_speaker_seat")),
        sa.PrimaryKeyConstraint("seat", "person", name=op.f("pk_question_speaker")),
    )
    with op.batch_alter_table("question_speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_speaker_person"), ["person"], unique=False)

    op.create_table(
        "decision_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=80), nullable=False),
        sa.Column("before_en", sa.Text(), nullable=True),
        sa.Column("before_fr", sa.Text(), nullable=True),
        sa.Column("before_stale", sa.String(length=2), nullable=True),
        sa.Column("reason_en", sa.Text(), nullable=True),
        sa.Column("reason_fr", sa.Text(), nullable=True),
        sa.Column("reason_stale", sa.String(length=2), nullable=True),
        sa.Column("corrected_at", sa.DateTime(), nullable=False),
        sa.Column("corrected_by", sa.String(length=200), nullable=False),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision"], ["decision.id"], name=op.f("fk_decision_correction_decision"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_correction")),
        sa.UniqueConstraint("view_id", name=op.f("uq_decision_correction_view_id")),
    )
    with op.batch_alter_table("decision_correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_correction_decision"), ["decision"], unique=False)

    op.create_table(
        "document_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column("text_fr", sa.Text(), nullable=True),
        sa.Column("text_stale", sa.String(length=2), nullable=True),
        sa.Column("decision", sa.String(length=80), nullable=True),
        sa.Column("effective_text", sa.String(length=10), nullable=True),
        sa.Column("effective_first", sa.Date(), nullable=True),
        sa.Column("effective_last", sa.Date(), nullable=True),
        sa.Column("expires_text", sa.String(length=10), nullable=True),
        sa.Column("expires_first", sa.Date(), nullable=True),
        sa.Column("expires_last", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision"], ["decision.id"], name=op.f("fk_document_version_decision"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["document"], ["document.id"], name=op.f("fk_document_version_document"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_version")),
        sa.UniqueConstraint("document", "number", name=op.f("uq_document_version_document_number")),
        sa.UniqueConstraint("view_id", name=op.f("uq_document_version_view_id")),
    )
    with op.batch_alter_table("document_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_version_decision"), ["decision"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_version_document"), ["document"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_version_effective_first"), ["effective_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_version_effective_last"), ["effective_last"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_version_expires_first"), ["expires_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_version_expires_last"), ["expires_last"], unique=False)

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(sa.Column("year", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("council", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("outcome", sa.String(length=12), nullable=True))
        batch_op.add_column(sa.Column("question_item", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("effective_text", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("effective_first", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("effective_last", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("review_text", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("review_first", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("review_last", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("supersedes", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("paper_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("paper_fr", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("paper_stale", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("changed_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("changed_fr", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("changed_stale", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("follow_up_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("follow_up_fr", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("follow_up_stale", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("amended_en", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("amended_fr", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("amended_stale", sa.String(length=2), nullable=True))
        batch_op.add_column(sa.Column("confirmed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("confirmed_by", sa.String(length=200), nullable=True))
        batch_op.create_index(batch_op.f("ix_decision_council"), ["council"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_effective_first"), ["effective_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_effective_last"), ["effective_last"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_review_first"), ["review_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_review_last"), ["review_last"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_supersedes"), ["supersedes"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_decision_council_year_number"), ["council", "year", "number"])
        batch_op.create_unique_constraint(batch_op.f("uq_decision_question_item"), ["question_item"])
        batch_op.create_foreign_key(
            batch_op.f("fk_decision_supersedes"), "decision", ["supersedes"], ["id"], initially="DEFERRED", deferrable=True
        )
        batch_op.create_foreign_key(batch_op.f("fk_decision_question_item"), "question_item", ["question_item"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_decision_council"), "group", ["council"], ["id"], initially="DEFERRED", deferrable=True)

    op.execute('UPDATE decision SET council = (SELECT m."group" FROM meeting m WHERE m.id = decision.meeting) WHERE meeting IS NOT NULL')
    rungs = sa.table("rung", *(sa.column(name) for name in ("kind", "days", "recipients", "manner", "halfway")))
    op.bulk_insert(
        rungs,
        [
            {"kind": "question_seat", "days": days, "recipients": "speaker", "manner": manner, "halfway": halfway}
            for days, manner, halfway in LADDER
        ],
    )


def downgrade() -> None:
    op.execute("DELETE FROM rung WHERE kind = 'question_seat'")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_decision_council"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_decision_question_item"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_decision_supersedes"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_decision_question_item"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_decision_council_year_number"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_decision_supersedes"))
        batch_op.drop_index(batch_op.f("ix_decision_review_last"))
        batch_op.drop_index(batch_op.f("ix_decision_review_first"))
        batch_op.drop_index(batch_op.f("ix_decision_effective_last"))
        batch_op.drop_index(batch_op.f("ix_decision_effective_first"))
        batch_op.drop_index(batch_op.f("ix_decision_council"))
        batch_op.drop_column("confirmed_by")
        batch_op.drop_column("confirmed_at")
        batch_op.drop_column("amended_stale")
        batch_op.drop_column("amended_fr")
        batch_op.drop_column("amended_en")
        batch_op.drop_column("follow_up_stale")
        batch_op.drop_column("follow_up_fr")
        batch_op.drop_column("follow_up_en")
        batch_op.drop_column("changed_stale")
        batch_op.drop_column("changed_fr")
        batch_op.drop_column("changed_en")
        batch_op.drop_column("paper_stale")
        batch_op.drop_column("paper_fr")
        batch_op.drop_column("paper_en")
        batch_op.drop_column("supersedes")
        batch_op.drop_column("review_last")
        batch_op.drop_column("review_first")
        batch_op.drop_column("review_text")
        batch_op.drop_column("effective_last")
        batch_op.drop_column("effective_first")
        batch_op.drop_column("effective_text")
        batch_op.drop_column("question_item")
        batch_op.drop_column("outcome")
        batch_op.drop_column("council")
        batch_op.drop_column("year")

    for table in ("document_version", "decision_correction", "question_speaker", "position", "late_position", "question_seat"):
        op.drop_table(table)
    for table in ("question_paper", "question_item", "question_comment", "question", "document"):
        op.drop_table(table)
