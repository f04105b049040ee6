"""What became of an invitation when nobody answered: refused, closed shop, not reached; each can be taken back."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Invitation
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.invitations import FLOW
from rules.roles import Role
from rules.rounds import RoundState
from rules.text import _
from services.rounds.casting import check_not_rated
from services.rounds.reach import choose, directory, self_dealing
from services.rounds.survey import survey_of
from services.verbs import verb

NAMES = frozenset({"invite", "refuse", "close_shop", "miss", "restore"})  # nobody excludes a rater by hand


@verb("invitation.tell", _("登记测评情况"), Role.CLERK)
def tell(session: Session, invitation: Invitation, move: str, *, by: Actor, now: datetime, note: str = "") -> None:
    """Make one of the moves of the invitation flow by hand while the round is open.

    Raises RuleBroken("round-not-open"), ("own-rating") or ("move-not-allowed").
    """
    _check(invitation, by)
    if move not in NAMES:
        raise RuleBroken("move-not-allowed", _("不能这样登记，请刷新页面后重试。"))
    invitation.state = FLOW.step(invitation.state, move)
    invitation.told_by = by.name
    record(session, f"invitation.{move}", invitation, by=by, now=now, detail=note)


@verb("invitation.include", _("核清后纳入测评"), Role.CLERK)
def include(session: Session, invitation: Invitation, *, by: Actor, now: datetime) -> None:
    """Ask an enterprise again once the doubt is settled, by the way that now reaches it.

    Raises RuleBroken("doubt-open") while it isn't, ("round-not-open"), ("own-rating").
    """
    _check(invitation, by)
    people, client = directory(session), invitation.client
    doubt = self_dealing(people, invitation.assignment, client)
    if doubt:
        raise RuleBroken("doubt-open", _("{doubt}。请先更正档案或在“待核事项”中定夺。"), doubt=doubt)
    invitation.state = FLOW.step(invitation.state, "include")
    survey, _scale = survey_of(session, invitation.round)
    choosing = choose(survey.params, people, client, invitation.cadre_id)
    invitation.channel, invitation.why = choosing.channel, "；".join(map(str, choosing.reasons))[:300]
    invitation.phone_ok = people.may_text(client.phone_index, invitation.cadre_id)
    record(session, "invitation.included", invitation, by=by, now=now)


def _check(invitation: Invitation, by: Actor) -> None:
    check_not_rated(invitation, by)
    if invitation.round.state is not RoundState.OPEN:
        raise RuleBroken("round-not-open", _("{round}不在进行中，不能登记。"), round=invitation.round.title)
