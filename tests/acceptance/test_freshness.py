"""What is changed in one process is seen in the others, which go on running."""

from __future__ import annotations

from tests.acceptance.conftest import Cadre, asking
from tests.acceptance.invented import registry_file

# What is changed in the file; a question; what its answer holds before, and after.
CHANGES = (
    (("Marie Okonkwo", "Marie Adeyemi"), "Who leads LAWG?", "Marie Okonkwo", "Marie Adeyemi"),
    (("{en: [LAWG]", "{en: [LAWG, XQZ]"), "What does XQZ stand for?", "not in the registry", "Lighthouse Automation"),
    (("{en: Kelp Research", "{en: Walrus Census"), "Tell me about the Walrus Census Working Group", "not in the registry", "Walrus Census"),
    (
        ("person: zoe-lachance\n    role: co_chair", "person: tom-penashue\n    role: co_chair"),
        "Qui copréside le comité de la sécurité des traversiers?",
        "Zoé Lachance",
        "Tom Penashue",
    ),
    (("status: declined", "status: approved"), "What is recommended for the Ferry Safety Committee?", "declined", "approved"),
)


def test_another_process_sees_it_without_restart(cadre: Cadre, invented_url: str) -> None:
    """Names, acronyms, roles and states, changed by an import, are told by a process that was asked before."""
    text = registry_file()
    with asking(invented_url) as running:
        for change, question, before, after in CHANGES:
            assert before in running(question).text
            assert change[0] in text
            text = text.replace(*change)
            assert cadre("import", "-", url=invented_url, typed=text).code == 0
            told = running(question).text
            assert after in told
            assert before not in told
