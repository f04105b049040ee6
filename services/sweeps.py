"""The timetable of the house on one page: what is done how often, and whether missed turns are made up."""

from collections.abc import Callable
from datetime import datetime, time

from sqlalchemy import Engine

from rules.periods import Daily, Hourly, Minutely, Monthly, Period
from services.anchors import write_anchor
from services.backup.nightly import copy_tonight, drill
from services.boards.pressing import press_objections
from services.boards.sweeps import expire_boards, propose_boards
from services.desk import Desk
from services.draws.monthly import draw_due
from services.exports.making import clean_old
from services.followup.laddering import climb
from services.followup.pressing import press_for_answers
from services.intake.drafts import drop_stale as drop_stale_sheets
from services.registry.doubles import propose
from services.reminders import remind_of_ledgers
from services.rosters.drafts import drop_stale
from services.rounds.sweeps import close_due, expire_sanctions, invite_due, open_due, remind_due
from services.sweeping import Counts, Sweep
from services.tidying import tidy


def asking(question: Callable[[Engine, datetime, str], Counts]) -> Callable[[Desk, Period], Counts]:
    """A sweep that only asks what is due now and where the house is reached."""
    return lambda desk, period: question(desk.engine, desk.clock(), desk.settings.public_url)


SWEEPS: tuple[Sweep, ...] = (
    Sweep("round-close", Minutely(5), asking(close_due)),
    Sweep("round-open", Minutely(5), asking(open_due)),
    Sweep("round-invite", Minutely(5), asking(invite_due)),
    Sweep("round-remind", Minutely(5), asking(remind_due)),
    Sweep("sanction-expire", Hourly(), asking(expire_sanctions)),
    Sweep("sanction-press", Daily(time(8, 35)), asking(press_for_answers)),
    Sweep("order-press", Daily(time(8, 45)), asking(climb)),
    Sweep("draw-open", Daily(time(8, 40)), asking(draw_due)),
    Sweep("board-expire", Daily(time(0, 5)), asking(expire_boards)),
    Sweep("board-press", Daily(time(8, 35)), asking(press_objections)),
    Sweep("board-propose", Daily(time(8, 45)), asking(propose_boards)),
    Sweep("roster-drafts", Daily(time(3, 0)), asking(drop_stale)),
    Sweep("doubles", Daily(time(2, 30)), asking(propose)),
    Sweep("anchor", Hourly(), write_anchor),
    Sweep("ledgers", Daily(time(8, 30)), remind_of_ledgers),
    Sweep("intake-drafts", Daily(time(3, 5)), asking(drop_stale_sheets)),
    Sweep("exports", Daily(time(3, 10)), clean_old),
    Sweep("tidy", Daily(time(3, 30)), tidy),
    Sweep("backup", Daily(time(2, 10)), copy_tonight),
    Sweep("drill", Monthly(1, time(4, 10)), drill),
)
