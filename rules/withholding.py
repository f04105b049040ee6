"""Which means of a table must stay out so that no small one can be worked out from the total.

Basis: floor of the survey rule (design: secrecy of ratings). A cell below the floor is withheld; if the cells
withheld together hold too few ballots, or there is only one of them, total minus the rest would give it away.
"""

from collections.abc import Collection, Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def withheld(counts: Mapping[K, int], floor: int, besides: Collection[K] = ()) -> frozenset[K]:
    """Keys whose mean is not shown; `counts`: ballots per key, `besides`: keys withheld for another reason.

    Keys without ballots have no mean and are not named. Among equals the first by order of `counts` goes first.
    """
    given = {key: n for key, n in counts.items() if n}
    hidden = {key for key, n in given.items() if n < floor or key in besides}
    rest = sorted((key for key in given if key not in hidden), key=lambda key: given[key])
    for key in rest:
        if not hidden or (len(hidden) > 1 and sum(given[one] for one in hidden) >= floor):
            break
        hidden.add(key)
    return frozenset(hidden)
