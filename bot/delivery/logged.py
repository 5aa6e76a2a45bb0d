"""What the log names of a delivery: its number, whom it is for, and the keys of the notices in it. Nothing that anybody wrote."""

from __future__ import annotations

from typing import Any

from bot.logs import fields
from cadre.notices.deliveries import Prepared
from cadre.notices.facts import Job


def of_job(job: Job, **more: object) -> dict[str, Any]:
    """Of one that is not looked at yet."""
    return fields(delivery=job.id, to=job.to, via=job.via, **more)


def of(prepared: Prepared, **more: object) -> dict[str, Any]:
    """Of one that is: also the notices that it brings, those that it does not, each with its reason, and of a post its subject."""
    keys = prepared.keys
    brought = [keys[item.id] for item in prepared.items if item.id in keys]
    skipped = [f"{keys[id_]}({why})" for id_, why in prepared.skipped.items() if id_ in keys]
    return of_job(prepared.job, subject=prepared.job.subject, notices=brought or None, skipped=skipped or None, **more)
