"""first"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    op.create_table(
        "alias",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alias")),
        sa.UniqueConstraint(
            "subject", "subject_id", "kind", "language", "text", name=op.f("uq_alias_subject_subject_id_kind_language_text")
        ),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=True),
        sa.Column("label_fr", sa.Text(), nullable=True),
        sa.Column("label_stale", sa.String(length=2), nullable=True),
        sa.Column("question_en", sa.Text(), nullable=True),
        sa.Column("question_fr", sa.Text(), nullable=True),
        sa.Column("question_stale", sa.String(length=2), nullable=True),
        sa.Column("short_en", sa.Text(), nullable=True),
        sa.Column("short_fr", sa.Text(), nullable=True),
        sa.Column("short_stale", sa.String(length=2), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("decision", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_change_at"), ["at"], unique=False)
        batch_op.create_index("ix_change_subject", ["subject", "subject_id"], unique=False)

    op.create_table(
        "group_kind",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_fr", sa.Text(), nullable=True),
        sa.Column("name_stale", sa.String(length=2), nullable=True),
        sa.Column("plural_en", sa.Text(), nullable=True),
        sa.Column("plural_fr", sa.Text(), nullable=True),
        sa.Column("plural_stale", sa.String(length=2), nullable=True),
        sa.Column("needs_mandate", sa.Boolean(), nullable=False),
        sa.Column("needs_workplan", sa.Boolean(), nullable=False),
        sa.Column("needs_meetings", sa.Boolean(), nullable=False),
        sa.Column("needs_council_co_chair", sa.Boolean(), nullable=False),
        sa.Column("proposed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_kind")),
    )
    op.create_table(
        "jurisdiction",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_fr", sa.Text(), nullable=True),
        sa.Column("name_stale", sa.String(length=2), nullable=True),
        sa.Column("short_en", sa.Text(), nullable=True),
        sa.Column("short_fr", sa.Text(), nullable=True),
        sa.Column("short_stale", sa.String(length=2), nullable=True),
        sa.Column("article", sa.String(length=3), nullable=True),
        sa.Column("locative_en", sa.Text(), nullable=True),
        sa.Column("locative_fr", sa.Text(), nullable=True),
        sa.Column("locative_stale", sa.String(length=2), nullable=True),
        sa.Column("parent", sa.String(length=80), nullable=True),
        sa.Column("association", sa.String(length=80), nullable=True),
        sa.Column("section_en", sa.Text(), nullable=True),
        sa.Column("section_fr", sa.Text(), nullable=True),
        sa.Column("section_stale", sa.String(length=2), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["association"], ["jurisdiction.id"], name=op.f("fk_jurisdiction_association"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["parent"], ["jurisdiction.id"], name=op.f("fk_jurisdiction_parent"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jurisdiction")),
    )
    with op.batch_alter_table("jurisdiction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jurisdiction_association"), ["association"], unique=False)
        batch_op.create_index(batch_op.f("ix_jurisdiction_parent"), ["parent"], unique=False)

    op.create_table(
        "registry_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("clock_offset", sa.Float(), nullable=False),
        sa.Column("sandbox", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registry_state")),
    )
    op.create_table(
        "seen_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=30), nullable=False),
        sa.Column("event", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seen_event")),
        sa.UniqueConstraint("team", "event", name=op.f("uq_seen_event_team_event")),
    )
    with op.batch_alter_table("seen_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seen_event_at"), ["at"], unique=False)

    op.create_table(
        "source",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("title_fr", sa.Text(), nullable=True),
        sa.Column("title_stale", sa.String(length=2), nullable=True),
        sa.Column("attested_text", sa.String(length=10), nullable=True),
        sa.Column("attested_first", sa.Date(), nullable=True),
        sa.Column("attested_last", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
    )
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_attested_first"), ["attested_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_source_attested_last"), ["attested_last"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_fr", sa.Text(), nullable=True),
        sa.Column("name_stale", sa.String(length=2), nullable=True),
        sa.Column("definition_en", sa.Text(), nullable=True),
        sa.Column("definition_fr", sa.Text(), nullable=True),
        sa.Column("definition_stale", sa.String(length=2), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    op.create_table(
        "excerpt",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name=op.f("fk_excerpt_source"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_excerpt")),
    )
    with op.batch_alter_table("excerpt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_excerpt_source"), ["source"], unique=False)

    op.create_table(
        "group",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_fr", sa.Text(), nullable=True),
        sa.Column("name_stale", sa.String(length=2), nullable=True),
        sa.Column("kind", sa.String(length=80), nullable=True),
        sa.Column("target_kind", sa.String(length=80), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("parent", sa.String(length=80), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_fr", sa.Text(), nullable=True),
        sa.Column("description_stale", sa.String(length=2), nullable=True),
        sa.Column("mandate_en", sa.Text(), nullable=True),
        sa.Column("mandate_fr", sa.Text(), nullable=True),
        sa.Column("mandate_stale", sa.String(length=2), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_fr", sa.Text(), nullable=True),
        sa.Column("note_stale", sa.String(length=2), nullable=True),
        sa.Column("article", sa.String(length=3), nullable=True),
        sa.ForeignKeyConstraint(["kind"], ["group_kind.id"], name=op.f("fk_group_kind"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["owner"], ["group.id"], name=op.f("fk_group_owner"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["parent"], ["group.id"], name=op.f("fk_group_parent"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["target_kind"], ["group_kind.id"], name=op.f("fk_group_target_kind"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group")),
    )
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_group_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_owner"), ["owner"], unique=False)
        batch_op.create_index(batch_op.f("ix_group_parent"), ["parent"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("jurisdiction", sa.String(length=80), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=True),
        sa.Column("visibility", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_person_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_jurisdiction"), ["jurisdiction"], unique=False)

    op.create_table(
        "provenance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("note_fr", sa.Text(), nullable=True),
        sa.Column("note_stale", sa.String(length=2), nullable=True),
        sa.Column("confirmed_by", sa.String(length=200), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["source"], ["source.id"], name=op.f("fk_provenance_source"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provenance")),
        sa.UniqueConstraint("subject", "subject_id", "field", name=op.f("uq_provenance_subject_subject_id_field")),
    )
    with op.batch_alter_table("provenance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provenance_source"), ["source"], unique=False)

    op.create_table(
        "action",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.Column("group", sa.String(length=80), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("due_text", sa.String(length=10), nullable=True),
        sa.Column("due_first", sa.Date(), nullable=True),
        sa.Column("due_last", sa.Date(), nullable=True),
        sa.Column("about", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["about"], ["group.id"], name=op.f("fk_action_about"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_action_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_action_owner"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_due_first"), ["due_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_due_last"), ["due_last"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_action_owner"), ["owner"], unique=False)

    op.create_table(
        "identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(length=30), nullable=False),
        sa.Column("user", sa.String(length=30), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_identity_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
        sa.UniqueConstraint("team", "person", name=op.f("uq_identity_team_person")),
        sa.UniqueConstraint("team", "user", name=op.f("uq_identity_team_user")),
    )
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_identity_person"), ["person"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("source_group", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target_group", sa.String(length=80), nullable=False),
        sa.Column("capacity_en", sa.Text(), nullable=True),
        sa.Column("capacity_fr", sa.Text(), nullable=True),
        sa.Column("capacity_stale", sa.String(length=2), nullable=True),
        sa.Column("purpose_en", sa.Text(), nullable=True),
        sa.Column("purpose_fr", sa.Text(), nullable=True),
        sa.Column("purpose_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["source_group"], ["group.id"], name=op.f("fk_link_source_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["target_group"], ["group.id"], name=op.f("fk_link_target_group"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_source_group"), ["source_group"], unique=False)
        batch_op.create_index(batch_op.f("ix_link_target_group"), ["target_group"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("council", sa.String(length=80), nullable=False),
        sa.Column("held_text", sa.String(length=10), nullable=True),
        sa.Column("held_first", sa.Date(), nullable=True),
        sa.Column("held_last", sa.Date(), nullable=True),
        sa.Column("place_en", sa.Text(), nullable=True),
        sa.Column("place_fr", sa.Text(), nullable=True),
        sa.Column("place_stale", sa.String(length=2), nullable=True),
        sa.Column("jurisdiction", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["council"], ["group.id"], name=op.f("fk_meeting_council"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_meeting_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_council"), ["council"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_held_first"), ["held_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_held_last"), ["held_last"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_jurisdiction"), ["jurisdiction"], unique=False)

    op.create_table(
        "objective",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_objective_group"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objective_group"), ["group"], unique=False)

    op.create_table(
        "priority",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("name_fr", sa.Text(), nullable=True),
        sa.Column("name_stale", sa.String(length=2), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=80), nullable=True),
        sa.Column("description_en", sa.Text(), nullable=True),
        sa.Column("description_fr", sa.Text(), nullable=True),
        sa.Column("description_stale", sa.String(length=2), nullable=True),
        sa.Column("group", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_priority_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["owner"], ["group.id"], name=op.f("fk_priority_owner"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
    )
    with op.batch_alter_table("priority", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_priority_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_priority_owner"), ["owner"], unique=False)

    op.create_table(
        "recommendation",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("category", sa.String(length=80), nullable=True),
        sa.Column("group", sa.String(length=80), nullable=True),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.Column("consequence_en", sa.Text(), nullable=True),
        sa.Column("consequence_fr", sa.Text(), nullable=True),
        sa.Column("consequence_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["category"], ["category.id"], name=op.f("fk_recommendation_category"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_recommendation_group"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_category"), ["category"], unique=False)
        batch_op.create_index(batch_op.f("ix_recommendation_group"), ["group"], unique=False)

    op.create_table(
        "alignment",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=False),
        sa.Column("priority", sa.String(length=80), nullable=False),
        sa.Column("strength", sa.String(length=20), nullable=False),
        sa.Column("rationale_en", sa.Text(), nullable=True),
        sa.Column("rationale_fr", sa.Text(), nullable=True),
        sa.Column("rationale_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_alignment_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["priority"], ["priority.id"], name=op.f("fk_alignment_priority"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alignment")),
    )
    with op.batch_alter_table("alignment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_alignment_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_alignment_priority"), ["priority"], unique=False)

    op.create_table(
        "claim",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("view_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["identity"], ["identity.id"], name=op.f("fk_claim_identity")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_claim_person"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim")),
        sa.UniqueConstraint("view_id", name=op.f("uq_claim_view_id")),
    )
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_identity"), ["identity"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_person"), ["person"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("taken_text", sa.String(length=10), nullable=True),
        sa.Column("taken_first", sa.Date(), nullable=True),
        sa.Column("taken_last", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_decision_meeting"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_meeting"), ["meeting"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_taken_first"), ["taken_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_taken_last"), ["taken_last"], unique=False)

    op.create_table(
        "expected_result",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=80), nullable=True),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting"], ["meeting.id"], name=op.f("fk_expected_result_meeting"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_result")),
    )
    with op.batch_alter_table("expected_result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_expected_result_meeting"), ["meeting"], unique=False)

    op.create_table(
        "role",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("person", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("group", sa.String(length=80), nullable=True),
        sa.Column("priority", sa.String(length=80), nullable=True),
        sa.Column("jurisdiction", sa.String(length=80), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=80), nullable=True),
        sa.Column("since_text", sa.String(length=10), nullable=True),
        sa.Column("since_first", sa.Date(), nullable=True),
        sa.Column("since_last", sa.Date(), nullable=True),
        sa.Column("until_text", sa.String(length=10), nullable=True),
        sa.Column("until_first", sa.Date(), nullable=True),
        sa.Column("until_last", sa.Date(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.CheckConstraint('("group" IS NULL) <> (priority IS NULL)', name=op.f("ck_role_one_target")),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_role_group"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["jurisdiction"], ["jurisdiction.id"], name=op.f("fk_role_jurisdiction"), initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["on_behalf_of"], ["group.id"], name=op.f("fk_role_on_behalf_of"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_role_person"), initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["priority"], ["priority.id"], name=op.f("fk_role_priority"), initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
    )
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_group"), ["group"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_person"), ["person"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_priority"), ["priority"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_since_first"), ["since_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_since_last"), ["since_last"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_until_first"), ["until_first"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_until_last"), ["until_last"], unique=False)

    op.create_table(
        "rule",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=10), nullable=False),
        sa.Column("recommendation", sa.String(length=80), nullable=False),
        sa.Column("requires", sa.String(length=20), nullable=True),
        sa.Column("wording_en", sa.Text(), nullable=True),
        sa.Column("wording_fr", sa.Text(), nullable=True),
        sa.Column("wording_stale", sa.String(length=2), nullable=True),
        sa.ForeignKeyConstraint(
            ["recommendation"], ["recommendation.id"], name=op.f("fk_rule_recommendation"), initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule")),
    )
    with op.batch_alter_table("rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rule_recommendation"), ["recommendation"], unique=False)

    op.create_table(
        "claim_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("ts", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.id"], name=op.f("fk_claim_message_claim")),
        sa.ForeignKeyConstraint(["identity"], ["identity.id"], name=op.f("fk_claim_message_identity")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_message")),
        sa.UniqueConstraint("channel", "ts", name=op.f("uq_claim_message_channel_ts")),
    )
    with op.batch_alter_table("claim_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_message_claim"), ["claim"], unique=False)
        batch_op.create_index(batch_op.f("ix_claim_message_identity"), ["identity"], unique=False)
    op.execute("INSERT INTO registry_state (id, revision, clock_offset, sandbox) VALUES (1, 0, 0, false)")


def downgrade() -> None:
    with op.batch_alter_table("claim_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_message_identity"))
        batch_op.drop_index(batch_op.f("ix_claim_message_claim"))

    op.drop_table("claim_message")
    with op.batch_alter_table("rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rule_recommendation"))

    op.drop_table("rule")
    with op.batch_alter_table("role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_until_last"))
        batch_op.drop_index(batch_op.f("ix_role_until_first"))
        batch_op.drop_index(batch_op.f("ix_role_since_last"))
        batch_op.drop_index(batch_op.f("ix_role_since_first"))
        batch_op.drop_index(batch_op.f("ix_role_priority"))
        batch_op.drop_index(batch_op.f("ix_role_person"))
        batch_op.drop_index(batch_op.f("ix_role_jurisdiction"))
        batch_op.drop_index(batch_op.f("ix_role_group"))

    op.drop_table("role")
    with op.batch_alter_table("expected_result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_expected_result_meeting"))

    op.drop_table("expected_result")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_taken_last"))
        batch_op.drop_index(batch_op.f("ix_decision_taken_first"))
        batch_op.drop_index(batch_op.f("ix_decision_meeting"))

    op.drop_table("decision")
    with op.batch_alter_table("claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_person"))
        batch_op.drop_index(batch_op.f("ix_claim_identity"))

    op.drop_table("claim")
    with op.batch_alter_table("alignment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_alignment_priority"))
        batch_op.drop_index(batch_op.f("ix_alignment_group"))

    op.drop_table("alignment")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_group"))
        batch_op.drop_index(batch_op.f("ix_recommendation_category"))

    op.drop_table("recommendation")
    with op.batch_alter_table("priority", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_priority_owner"))
        batch_op.drop_index(batch_op.f("ix_priority_group"))

    op.drop_table("priority")
    with op.batch_alter_table("objective", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objective_group"))

    op.drop_table("objective")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_jurisdiction"))
        batch_op.drop_index(batch_op.f("ix_meeting_held_last"))
        batch_op.drop_index(batch_op.f("ix_meeting_held_first"))
        batch_op.drop_index(batch_op.f("ix_meeting_council"))

    op.drop_table("meeting")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_target_group"))
        batch_op.drop_index(batch_op.f("ix_link_source_group"))

    op.drop_table("link")
    with op.batch_alter_table("identity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_identity_person"))

    op.drop_table("identity")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_owner"))
        batch_op.drop_index(batch_op.f("ix_action_group"))
        batch_op.drop_index(batch_op.f("ix_action_due_last"))
        batch_op.drop_index(batch_op.f("ix_action_due_first"))
        batch_op.drop_index(batch_op.f("ix_action_about"))

    op.drop_table("action")
    with op.batch_alter_table("provenance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provenance_source"))

    op.drop_table("provenance")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_jurisdiction"))
        batch_op.drop_index(batch_op.f("ix_person_email"))

    op.drop_table("person")
    with op.batch_alter_table("group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_group_parent"))
        batch_op.drop_index(batch_op.f("ix_group_owner"))
        batch_op.drop_index(batch_op.f("ix_group_kind"))

    op.drop_table("group")
    with op.batch_alter_table("excerpt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_excerpt_source"))

    op.drop_table("excerpt")
    op.drop_table("term")
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_attested_last"))
        batch_op.drop_index(batch_op.f("ix_source_attested_first"))

    op.drop_table("source")
    with op.batch_alter_table("seen_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seen_event_at"))

    op.drop_table("seen_event")
    op.drop_table("registry_state")
    with op.batch_alter_table("jurisdiction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_jurisdiction_parent"))
        batch_op.drop_index(batch_op.f("ix_jurisdiction_association"))

    op.drop_table("jurisdiction")
    op.drop_table("group_kind")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_subject")
        batch_op.drop_index(batch_op.f("ix_change_at"))

    op.drop_table("change")
    op.drop_table("category")
    op.drop_table("alias")
