"""Is the house in order? A list of small checks, each one sentence with what to do."""

from services.desk import Desk
from services.doctor.finding import Finding as Finding
from services.doctor.finding import Level as Level
from services.doctor.machine import MACHINE_CHECKS
from services.doctor.records import RECORD_CHECKS

CHECKS = (*MACHINE_CHECKS, *RECORD_CHECKS)


def examine(desk: Desk) -> list[Finding]:
    """Every check's finding, in a fixed order."""
    return [check(desk) for check in CHECKS]
