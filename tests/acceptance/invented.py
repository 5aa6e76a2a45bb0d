"""A registry that has nothing of the Joint Councils in it: harbours, lighthouses and ferries. All names are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def registry_file() -> str:
    """The registry file. One source is of last month, one of 2014; one meeting is to come."""
    today = datetime.now(UTC).date()
    return (
        FILE.replace("LAST_MONTH", f"{today - timedelta(days=35):%Y-%m}")
        .replace("COMING_DAY", next_meeting())
        .replace("LAST_WEEK", f"{today - timedelta(days=7):%Y-%m-%d}")
    )


def next_meeting() -> str:
    """The day of the meeting that is to come, ISO."""
    return f"{datetime.now(UTC).date() + timedelta(days=90):%Y-%m-%d}"


FILE = """\
format: 1

sources:
  - id: minutes
    origin: seed
    title: {en: "Minutes of the Harbours Council", fr: "Procès-verbal du Conseil des ports"}
    attested: "LAST_MONTH"
  - id: old
    origin: seed
    title: {en: "Yearbook of 2014", fr: "Annuaire de 2014"}
    attested: "2014"

jurisdictions:
  - id: NL
    kind: province
    name: {en: Newfoundland and Labrador, fr: Terre-Neuve-et-Labrador}
    short: {en: "N.L.", fr: "T.-N.-L."}
    locative: {en: in Newfoundland and Labrador, fr: à Terre-Neuve-et-Labrador}
    zone: America/St_Johns
    provenance: {record: {source: minutes}}
  - id: "NO"
    kind: organization
    name: {en: Northern Ocean Agency, fr: Agence de l'océan du Nord}
    article: l'
    provenance: {record: {source: minutes}}
  - id: NB
    kind: province
    name: {en: New Brunswick, fr: Nouveau-Brunswick}
    short: {en: "N.B.", fr: "N.-B."}
    article: le
    locative: {en: in New Brunswick, fr: au Nouveau-Brunswick}
    zone: America/Moncton
    provenance: {record: {source: minutes}}

people:
  - {id: marie-tremblay, name: Marie Tremblay, jurisdiction: NB, provenance: {record: {source: minutes}}}
  - id: marie-okonkwo
    name: Marie Okonkwo
    jurisdiction: NL
    email: marie.okonkwo@harbours.example.org
    phone: "709 555-0101"
    visibility: members
    provenance: {record: {source: minutes}}
  - id: zoe-lachance
    name: Zoé Lachance
    jurisdiction: NB
    email: zoe.lachance@harbours.example.org
    visibility: public
    provenance: {record: {source: minutes}}
  - id: tom-penashue
    name: Tom Penashue
    jurisdiction: NL
    email: tom.penashue@harbours.example.org
    visibility: secretariat
    provenance: {record: {source: minutes}}
  - {id: ingrid-sorensen, name: Ingrid Sorensen, jurisdiction: "NO", provenance: {record: {source: minutes}}}

group_kinds:
  - id: council
    name: {en: council, fr: conseil}
    plural: {en: councils, fr: conseils}
    provenance: {record: {source: minutes}}
  - id: working_group
    name: {en: working group, fr: groupe de travail}
    plural: {en: working groups, fr: groupes de travail}
    needs_mandate: true
    provenance: {record: {source: minutes}}
  - id: committee
    name: {en: committee, fr: comité}
    plural: {en: committees, fr: comités}
    provenance: {record: {source: minutes}}

groups:
  - id: harbours
    name: {en: Harbours Council, fr: Conseil des ports}
    kind: council
    state: active
    acronyms: {en: [HC], fr: [CP]}
    provenance: {record: {source: minutes}}
  - id: lighthouse
    name: {en: Lighthouse Automation Working Group, fr: Groupe de travail sur l'automatisation des phares}
    kind: working_group
    state: active
    owner: harbours
    mandate: {en: Automate every lighthouse by 2030., fr: Automatiser tous les phares d'ici 2030.}
    acronyms: {en: [LAWG], fr: [GTAP]}
    provenance: {record: {source: minutes}}
  - id: ferry
    name: {en: Ferry Safety Committee, fr: Comité de la sécurité des traversiers}
    kind: committee
    state: dormant
    owner: harbours
    provenance:
      record: {source: minutes}
      owner:
        source: minutes
        standing: corrected
        words: "Cour du Havre"
        note: {en: "The minutes read Harbour Court, most likely the Harbours Council.", fr: "Le procès-verbal dit « Cour du Havre »."}
  - id: kelp
    name: {en: Kelp Research Working Group, fr: Groupe de travail sur la recherche sur le varech}
    kind: working_group
    state: sunset
    owner: harbours
    provenance: {record: {source: minutes}}
  - id: fog
    name: {en: Fog Signals Working Group, fr: Groupe de travail sur les signaux de brume}
    kind: working_group
    owner: harbours
    provenance: {record: {source: old}}

priorities:
  - id: safe-passage
    name: {en: Safe Passage, fr: Passage sécuritaire}
    number: 1
    owner: harbours
    description: {en: Nobody is lost at sea., fr: Personne ne disparaît en mer.}
    provenance: {record: {source: minutes}}

roles:
  - id: lighthouse.first
    person: marie-tremblay
    role: lead
    group: lighthouse
    jurisdiction: NB
    since: "2015"
    until: "2018-06"
    provenance: {record: {source: minutes}}
  - id: lighthouse.second
    person: marie-okonkwo
    role: lead
    group: lighthouse
    jurisdiction: NL
    since: "2018-07"
    provenance: {record: {source: minutes}}
  - {id: lighthouse.alternate, person: zoe-lachance, role: alternate, group: lighthouse, jurisdiction: NB,
     provenance: {record: {source: minutes}}}
  - {id: lighthouse.observer, person: ingrid-sorensen, role: observer, group: lighthouse, jurisdiction: "NO",
     provenance: {record: {source: minutes}}}
  - {id: lighthouse.member, person: tom-penashue, role: member, group: lighthouse, jurisdiction: NL,
     provenance: {record: {source: minutes}}}
  - id: ferry.chair
    person: zoe-lachance
    role: co_chair
    group: ferry
    jurisdiction: NB
    provenance: {record: {source: old}}
  - id: fog.lead
    person: tom-penashue
    role: lead
    group: fog
    jurisdiction: NL
    provenance: {record: {source: old}}
  - id: fog.secretariat
    person: ingrid-sorensen
    role: secretariat
    group: fog
    provenance:
      record: {source: old, standing: confirmed, confirmed_by: Pat Secretary, confirmed_on: "LAST_WEEK"}
  - {id: passage.lead, person: tom-penashue, role: lead, priority: safe-passage, jurisdiction: NL, provenance: {record: {source: minutes}}}

alignments:
  - {id: lighthouse.passage, group: lighthouse, priority: safe-passage, strength: supports, provenance: {record: {source: minutes}}}

meetings:
  - id: gander
    kind: in_person
    group: harbours
    held: "2024-06-12"
    place: {en: Gander, fr: Gander}
    jurisdiction: NL
    provenance: {record: {source: minutes}}
  - id: shediac
    kind: in_person
    group: harbours
    held: "COMING_DAY"
    place: {en: Shediac, fr: Shediac}
    jurisdiction: NB
    provenance: {record: {source: minutes}}

categories:
  - id: sunset
    number: 1
    label: {en: Officially sunset, fr: Dissolution officielle}
    question: {en: Shall these groups be sunset?, fr: Ces groupes doivent-ils être dissous?}
    short: {en: be officially sunset, fr: être officiellement dissous}
    provenance: {record: {source: minutes}}
  - id: continue
    number: 2
    label: {en: Continue, fr: Poursuite des travaux}
    question: {en: Shall these groups continue?, fr: Ces groupes doivent-ils continuer?}
    short: {en: continue, fr: poursuivre leurs travaux}
    provenance: {record: {source: minutes}}

recommendations:
  - {id: kelp, topic: groups, status: approved, number: 1, category: sunset, group: kelp, provenance: {record: {source: minutes}}}
  - {id: ferry, topic: groups, status: declined, number: 2, category: sunset, group: ferry, provenance: {record: {source: minutes}}}
  - {id: lighthouse, topic: groups, status: proposed, number: 3, category: continue, group: lighthouse,
     provenance: {record: {source: minutes}}}
  - id: requirements
    topic: requirements
    status: approved
    number: 4
    wording: {en: Shall every group have a mandate?, fr: Chaque groupe doit-il avoir un mandat?}
    provenance: {record: {source: minutes}}

rules:
  - id: R1
    number: R1
    recommendation: requirements
    requires: mandate
    wording: {en: Each group has a written mandate., fr: Chaque groupe a un mandat écrit.}
    provenance: {record: {source: minutes}}

decisions:
  - id: foghorns
    number: 7
    wording: {en: Foghorns are to be tested every month., fr: Les cornes de brume sont mises à l'essai chaque mois.}
    meeting: gander
    taken: "2024-06-12"
    provenance: {record: {source: minutes}}

actions:
  - id: buoys
    wording: {en: Count the buoys., fr: Compter les bouées.}
    group: lighthouse
    owner: tom-penashue
    due: "2031-05"
    provenance: {record: {source: minutes}}
"""
