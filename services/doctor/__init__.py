"""Is the house in order? A list of small checks, each one sentence with what to do."""

from services.desk import Desk
from services.doctor.finding import Finding as Finding
from services.doctor.finding import Level as Level
from services.doctor.machine import MACHINE_CHECKS, may_open
from services.doctor.records import RECORD_CHECKS
from settings import Settings

CHECKS = (*MACHINE_CHECKS, *RECORD_CHECKS)


def examine(desk: Desk) -> list[Finding]:
    """Every check's finding, in a fixed order."""
    return [*examine_outside(desk.settings), *(check(desk) for check in CHECKS)]


def examine_outside(settings: Settings) -> list[Finding]:
    """What is said at the start too, found without opening the house."""
    return may_open(settings)
