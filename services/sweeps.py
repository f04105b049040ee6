"""The timetable of the house on one page: what is done how often, and whether missed turns are made up."""

from datetime import time

from rules.periods import Daily, Hourly
from services.anchors import write_anchor
from services.reminders import remind_of_ledgers
from services.sweeping import Sweep
from services.tidying import tidy

SWEEPS: tuple[Sweep, ...] = (
    Sweep("anchor", Hourly(), write_anchor),
    Sweep("ledgers", Daily(time(8, 30)), remind_of_ledgers),
    Sweep("tidy", Daily(time(3, 30)), tidy),
)
