"""A sweep's turn: what is due, one transaction an item; one that fails is logged and counted, the rest goes on."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from models.access.actor import system
from models.access.session import working
from rules.errors import RuleBroken
from rules.text import _

CLOCKWORK = system(_("到日自动办理"))
log = logging.getLogger("lianxin.turns")
T = TypeVar("T")
MORE = "more"


def each(engine: Engine, items: Iterable[T], do: Callable[[Session, T], str]) -> dict[str, int]:
    """One transaction an item, or several while there is more of it; counts by what came of it."""
    counts: Counter[str] = Counter()
    for item in items:
        while (outcome := _one(engine, item, do)) == MORE:
            continue
        counts[outcome] += 1
    return dict(counts)


def _one(engine: Engine, item: T, do: Callable[[Session, T], str]) -> str:
    with working(engine, CLOCKWORK) as session:
        try:
            outcome = do(session, item)
            session.commit()
            return outcome
        except RuleBroken as refusal:
            session.rollback()
            log.info("%s: %s", item, refusal.code)
            return refusal.code
        except IntegrityError:
            session.rollback()
            return "already"  # another worker was faster
        except SQLAlchemyError:
            session.rollback()
            log.exception("%s was left for the next turn", item)
            return "failed"
