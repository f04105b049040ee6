"""Kinds of long work on one page: the name given to `enqueue`, and the function that does it."""

from collections.abc import Mapping

from services.exports import making
from services.intake import confirming
from services.jobs import Handler, Kind
from services.registry import doubles
from services.rounds import chasing, filling, going_on, withdrawing

JOBS: Mapping[str, Handler] = {
    confirming.KIND: Kind(confirming.run, confirming.given_up),
    making.KIND: Kind(making.run, making.given_up),
    chasing.KIND: chasing.run,
    going_on.OPENING: Kind(filling.run, filling.given_up),
    going_on.WITHDRAWING: Kind(withdrawing.run, filling.given_up),
    "doubles": doubles.run,
}
