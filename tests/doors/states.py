"""What makes a row a running one, a draft, or one that is over; tables that aren't named have no draft and no end."""

from datetime import UTC, date, datetime
from typing import Any

from rules.boards import BoardState
from rules.checks import CheckState
from rules.clients import ClientState
from rules.draws import DrawState, PickState
from rules.importing import BatchState, Decision
from rules.invitations import InvitationState
from rules.jobs import JobState
from rules.orders import OrderState
from rules.publications import PublicationState
from rules.rounds import RoundState
from rules.sanctions import SanctionState

THEN = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)

TOTALS = {
    "states": {}, "villages": {}, "floor": 0, "invited": 0, "n": 0, "refused": 0, "closed_shops": 0,
    "response": [0, 0], "satisfied": None, "mean": None, "distribution": {},
}  # fmt: skip
Facts = dict[str, dict[str, Any]]
RUNNING: Facts = {
    "Order": {"state": OrderState.ISSUED, "issued_at": THEN, "due_on": date(2026, 11, 25)},
    "Sanction": {"state": SanctionState.NOTIFIED, "notified_at": THEN},
    "Round": {"state": RoundState.OPEN, "opens_at": THEN, "closes_at": datetime(2026, 12, 1, tzinfo=UTC)},
    "Snapshot": {"totals": TOTALS},
    "Draw": {"state": DrawState.DRAWN},
    "BoardEntry": {"state": BoardState.TOLD, "told_at": THEN},
    "Publication": {"state": PublicationState.LIVE, "public": True, "from_on": date(2026, 11, 2), "until_on": date(2027, 2, 2)},
}
DRAFT: Facts = {
    "Order": {"state": OrderState.DRAFT, "issued_at": None},
    "Sanction": {"state": SanctionState.PROPOSED, "notified_at": None},
    "BoardEntry": {"state": BoardState.PROPOSED, "told_at": None},
}
ENDED: Facts = {
    "Client": {"state": ClientState.CLOSED},
    "Assignment": {"until": date(2026, 10, 31)},
    "Order": {"state": OrderState.VOIDED, "issued_at": THEN, "ended_at": THEN},
    "Sanction": {"state": SanctionState.LIFTED, "notified_at": THEN, "ended_at": THEN},
    "BoardEntry": {"state": BoardState.WITHDRAWN, "told_at": THEN, "ended_at": THEN},
    "Round": {"state": RoundState.FROZEN, "opens_at": THEN, "closes_at": THEN, "closed_at": THEN},
    "Invitation": {"state": InvitationState.EXCLUDED},
    "Pick": {"state": PickState.DONE},
    "Check": {"state": CheckState.CLOSED},
    "Draw": {"state": DrawState.CLOSED},
    "Recusal": {"until": date(2026, 10, 31)},
    "Post": {"until": date(2026, 10, 31)},
    "Seat": {"until": date(2026, 10, 31)},
    "Charge": {"until": date(2026, 10, 31)},
    "Plate": {"revoked_at": THEN},
    "ImportBatch": {"state": BatchState.UNDONE},
    "ReviewItem": {"decision": Decision.DIFFERENT, "decided_at": THEN},
    "LoginSession": {"ended_at": THEN},
    "Grant": {"agreed": True, "decided_at": THEN},
    "Job": {"state": JobState.DONE},
    "Notice": {"read_at": THEN},
}
