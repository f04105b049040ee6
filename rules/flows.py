"""States and moves as a table: one `step` for every ledger."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from rules.choices import Choice
from rules.errors import RuleBroken
from rules.text import _

S = TypeVar("S", bound=Choice)


@dataclass(frozen=True)
class Move(Generic[S]):
    """One named step: from any of `sources` to `target`."""

    name: str
    label: str
    sources: frozenset[S]
    target: S


@dataclass(frozen=True)
class Flow(Generic[S]):
    """Where a record starts and which moves it knows."""

    start: S
    moves: tuple[Move[S], ...]

    @property
    def states(self) -> frozenset[S]:
        """Every state that the moves name."""
        return frozenset({self.start}).union(*(move.sources | {move.target} for move in self.moves))

    @property
    def ends(self) -> frozenset[S]:
        """States that no move leaves."""
        return self.states.difference(*(move.sources for move in self.moves))

    def allowed(self, state: S) -> tuple[Move[S], ...]:
        """Moves that may be made from `state`, in the order written."""
        return tuple(move for move in self.moves if state in move.sources)

    def step(self, state: S, name: str) -> S:
        """The state after move `name`; raises RuleBroken("move-not-allowed")."""
        for move in self.moves:
            if move.name == name and state in move.sources:
                return move.target
        label = next((move.label for move in self.moves if move.name == name), name)
        raise RuleBroken(
            "move-not-allowed", _("当前为“{state}”，不能“{move}”。"), state=state.label, move=label
        )
