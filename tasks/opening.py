"""A serving process enters the house: it says that it is there, or ends with every reason why it must not open."""

import os
import sys

from rules.errors import RuleBroken
from services.alone import stand_in
from services.starting import refuse
from settings import Settings
from tasks.supervisor import SETUP_FAILED


def open_house(settings: Settings) -> None:
    """Ends the process with SETUP_FAILED, which the supervisor doesn't start again."""
    os.umask(0o077)
    stand_in(settings.home)
    try:
        refuse(settings)
    except RuleBroken as reasons:
        print(reasons, file=sys.stderr, flush=True)  # noqa: T201
        sys.exit(SETUP_FAILED)
