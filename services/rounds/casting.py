"""An owner's answer: one ballot per invitation, replaced until the close, never lost, never doubled."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Attachment, Ballot, Client, Invitation
from models.access.actor import Actor
from models.audit import record
from rules.channels import Channel
from rules.clients import ClientState
from rules.errors import RuleBroken
from rules.invitations import FLOW, InvitationState
from rules.plan import Rule
from rules.roles import Role
from rules.rounds import RoundState
from rules.scale import Scale
from rules.survey import SurveyRule
from rules.text import _
from services.locking import lock
from services.rounds.signals import watch
from services.rounds.survey import survey_of
from services.verbs import verb

REMARK_LIMIT = 500


@dataclass(frozen=True)
class Answer:
    """What was answered and how it came in; `device` is a digest, `office` says it came from the office network."""

    level: str
    reasons: tuple[str, ...] = ()
    remark: str = ""
    channel: Channel = Channel.SLIP
    device: str = ""
    office: bool = False


@verb("ballot.cast", _("提交评价"))
def cast(session: Session, invitation: Invitation, answer: Answer, *, by: Actor, now: datetime) -> Ballot:
    """Take or replace the answer; the same answer twice is one answer.

    Raises RuleBroken("round-not-open"), ("invitation-excluded"), ("client-closed"), ("level-unknown"),
    ("reason-unknown"), ("no-change").
    """
    lock(session, invitation)
    _check_open(session, invitation, now)
    survey, scale = survey_of(session, invitation.round)
    level = scale.level(answer.level).position
    ballot = _ballot(session, invitation)
    if ballot.id and not survey.params.change_until_close:
        raise RuleBroken("no-change", _("本月已经评过，不能再改。"))
    changed = ballot.id is not None and ballot.level != level
    before = ballot.device if changed else ""
    _fill(ballot, answer, level, survey, scale, now)
    ballot.changes_made = (ballot.changes_made or 0) + changed
    _mark_answered(session, invitation, ballot, changed, by, now)
    watch(session, invitation, ballot, office=answer.office, before=before, by=by, now=now)
    return ballot


@verb("ballot.enter", _("代录评价"), Role.CLERK)
def enter(
    session: Session, invitation: Invitation, answer: Answer, photo: Attachment | None, *, by: Actor, now: datetime
) -> Ballot:
    """A paper or phone answer typed in by the office, marked so for ever.

    Raises as `cast`, NotAllowed for the rated person, RuleBroken("photo-missing"), ("already-answered").
    """
    lock(session, invitation)
    check_not_rated(invitation, by)
    if answer.channel not in {Channel.PAPER, Channel.CALL}:
        raise RuleBroken("channel-not-by-hand", _("代录只能选“纸质代录”或“电话代录”。"))
    if answer.channel is Channel.PAPER and photo is None:
        raise RuleBroken("photo-missing", _("代录纸质评价单要附原件照片。"))
    if invitation.state is InvitationState.ANSWERED:
        raise RuleBroken("already-answered", _("这家企业已经自己评过，不能代录覆盖。"))
    _check_open(session, invitation, now)
    survey, scale = survey_of(session, invitation.round)
    ballot = _ballot(session, invitation)
    _fill(ballot, answer, scale.level(answer.level).position, survey, scale, now)
    ballot.on_behalf, ballot.attachment_id = by.name, photo.id if photo else None
    _mark_answered(session, invitation, ballot, True, by, now)
    return ballot


def check_not_rated(invitation: Invitation, by: Actor) -> None:
    """Nobody touches the ratings of himself."""
    if by.cadre_id is not None and by.cadre_id == invitation.cadre_id:
        raise RuleBroken("own-rating", _("这是对您本人的测评，请交由其他同志办理。"))


def _check_open(session: Session, invitation: Invitation, now: datetime) -> None:
    if invitation.round.state is not RoundState.OPEN or now >= invitation.round.closes_at:
        raise RuleBroken("round-not-open", _("{round}已经截止，不能再评。"), round=invitation.round.title)
    if invitation.state is InvitationState.EXCLUDED:
        raise RuleBroken("invitation-excluded", _("这份评价还有情况要核实，请联系乡镇办公室。"))
    client = session.get(Client, invitation.client_id)
    if client is None or client.state is ClientState.CLOSED:
        raise RuleBroken("client-closed", _("登记显示这家店已经注销，如有出入请联系乡镇办公室。"))


def _ballot(session: Session, invitation: Invitation) -> Ballot:
    row = session.scalar(select(Ballot).where(Ballot.invitation_id == invitation.id))
    return row or Ballot(
        invitation_id=invitation.id, round_id=invitation.round_id, cadre_id=invitation.cadre_id,
        area_id=invitation.area_id, area_path=invitation.area_path,
    )  # fmt: skip


def _fill(
    ballot: Ballot, answer: Answer, level: int, survey: Rule[SurveyRule], scale: Scale, now: datetime
) -> None:
    known = {reason.code for reason in survey.params.reasons}
    if not set(answer.reasons) <= known:
        raise RuleBroken("reason-unknown", _("选了表上没有的原因，请重新选择。"))
    asked = survey.params.ask_reason_at and scale.at_or_below(level, survey.params.ask_reason_at)
    if ballot.level != level or answer.reasons or answer.remark:  # the same answer sent again takes no words back
        ballot.reasons = sorted(set(answer.reasons)) if asked else []
        ballot.remark = answer.remark[:REMARK_LIMIT]
    ballot.level = level
    ballot.channel, ballot.device, ballot.cast_at = answer.channel, answer.device, now


def _mark_answered(
    session: Session, invitation: Invitation, ballot: Ballot, changed: bool, by: Actor, now: datetime
) -> None:
    """Only a new level is an event: a line for added reasons would tell the log's reader that the answer was low."""
    first = ballot.id is None
    invitation.state = FLOW.step(invitation.state, "answer")
    session.add(ballot)
    session.flush()
    if first or changed:
        record(session, "ballot.cast" if first else "ballot.changed", invitation, by=by, now=now)
