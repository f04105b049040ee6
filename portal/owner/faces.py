"""Five drawn faces, spread over whatever scale the plan names: shape and word first, colour last."""

from collections.abc import Iterator
from dataclasses import dataclass

from rules.scale import Level, Scale


@dataclass(frozen=True)
class Face:
    """A colour of at least 4.5 to 1 on white, and the mouth (and brows) as SVG path data on a 48 × 48 field."""

    colour: str
    mouth: str
    filled: bool = False


FACES = (
    Face("#0b6b3a", "M13 27h22a11 11 0 0 1-22 0z", filled=True),
    Face("#2e7d32", "M15 29q9 9 18 0"),
    Face("#8a5a00", "M16 32h16"),
    Face("#b3440e", "M15 35q9-9 18 0"),
    Face("#b71c1c", "M14 36q10-12 20 0M12 13l8 4M36 13l-8 4"),
)


def faces(scale: Scale) -> Iterator[tuple[Level, Face]]:
    """The levels in the order of the plan, the best with the widest smile."""
    ranks = sorted((level.position for level in scale.levels), reverse=True)
    for level in scale.levels:
        yield level, FACES[round(ranks.index(level.position) * (len(FACES) - 1) / (len(ranks) - 1))]
