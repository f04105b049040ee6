"""The monthly round: what was asked of whom about whom, frozen when it opened."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, WithUid, choice, db, field, link, sealed
from models.types import Instant
from rules.channels import Channel
from rules.invitations import OPEN as SILENT
from rules.invitations import InvitationState
from rules.rounds import FLOW, RoundState
from rules.text import _


class Round(InArea, Record, db.Model):
    """`frame`: numbers of the responsibilities still to be invited, kept while the round is OPENING."""

    __tablename__ = "rounds"
    __title__ = "测评轮次"
    __group__ = "测评监督"
    __icon__ = "emoji-smile"
    __help__ = "每月一轮；到日自动开启，截止、核对、归档按向导办"
    __label_field__ = "title"
    __page__ = "/rounds/{id}"
    __in_menu__ = False  # its pages are in the daily part of the menu
    __tones__ = {"opening": "warn", "withdrawing": "warn", "open": "info", "closed": "warn", "checked": "warn", "frozen": "ok"}
    __table_args__ = (UniqueConstraint("rule_id", "area_id", "month"),)
    flow = FLOW

    rule_id: Mapped[int] = field("规则", ForeignKey("rules.id"), form=False)
    month: Mapped[str] = field("月份", String(7), listed=True, search=True)
    state: Mapped[RoundState] = field("状态", choice(RoundState), listed=True, filter=True, default=RoundState.PLANNED)
    opens_at: Mapped[datetime] = field("开启时间", Instant, listed=True)
    closes_at: Mapped[datetime] = field("截止时间", Instant, listed=True)
    frame_size: Mapped[int] = field("应评数", db.Integer, listed=True, default=0)
    frame_hash: Mapped[str] = field("名单指纹", String(64), default="")
    frame: Mapped[str] = field("应评名单", Text, default="", server_default="", form=False, mask="hidden", audit=False, deferred=True)
    reminded: Mapped[list[str]] = field("已催日期", JSON, default=list)
    closed_at: Mapped[datetime | None] = field("实际截止", Instant, nullable=True)

    rule: Mapped["Rule"] = link("规则", "Rule", form=False)  # noqa: F821

    @property
    def title(self) -> str:
        year, month = self.month.split("-")
        return f"{year}年{int(month)}月测评"


class Invitation(WithUid, InArea, Record, db.Model):
    """One enterprise asked about one cadre in one round."""

    __tablename__ = "invitations"
    __title__ = "测评邀请"
    __group__ = "测评监督"
    __icon__ = "envelope-paper"
    __help__ = "谁还没评、怎么送达；看不到评了什么"
    __label_field__ = "serial"
    __tones__ = {"answered": "ok", "invited": "info", "refused": "warn", "unreachable": "warn", "excluded": "bad"}
    chips = {
        "silent": (_("还没评"), lambda found: found.where(Invitation.state.in_(SILENT))),
        "excluded": (_("暂不纳入"), lambda found: found.where(Invitation.state == InvitationState.EXCLUDED)),
        "by-hand": (_("发不了短信"), lambda found: found.where(Invitation.phone_ok.is_(False))),
    }
    __table_args__ = (
        UniqueConstraint("round_id", "assignment_id"), Index("ix_invitations_round_state", "round_id", "state", "area_path", "cadre_id"),
        Index("ix_invitations_scope", "area_path", "cadre_id"), Index("ix_invitations_state_scope", "state", "area_path", "cadre_id"),
        Index("ix_invitations_area_scope", "area_id", "area_path", "cadre_id"),
    )  # fmt: skip

    round_id: Mapped[int] = field("轮次", ForeignKey("rounds.id"), form=False)
    assignment_id: Mapped[int] = field("包保关系", ForeignKey("assignments.id"), form=False)
    client_id: Mapped[int] = field("企业", ForeignKey("clients.id"), index=True, form=False)
    cadre_id: Mapped[int] = field("被评干部", ForeignKey("cadres.id"), index=True, form=False)
    serial: Mapped[str] = field("编号", String(20), listed=True, search=True, unique=True)
    state: Mapped[InvitationState] = field(
        "状态", choice(InvitationState), listed=True, filter=True, default=InvitationState.PENDING
    )
    channel: Mapped[Channel | None] = field("送达方式", choice(Channel), listed=True, filter=True, nullable=True)
    phone_ok: Mapped[bool] = field("可发短信", db.Boolean, default=False)
    why: Mapped[str] = field("送达说明", String(300), default="")
    token_hash: Mapped[str] = field("码", String(32), unique=True, mask="hidden", audit=False, form=False)
    reminders: Mapped[int] = field("已催次数", db.Integer, listed=True, default=0)
    told_by: Mapped[str] = field("登记人", String(80), default="", form=False)

    round: Mapped["Round"] = link("轮次", "Round", listed=True, filter=True, form=False)
    assignment: Mapped["Assignment"] = link("包保关系", "Assignment", form=False)  # noqa: F821
    client: Mapped["Client"] = link("企业", "Client", listed=True, filter=True, form=False)  # noqa: F821
    cadre: Mapped["Cadre"] = link("被评干部", "Cadre", listed=True, filter=True, form=False)  # noqa: F821


class Ballot(WithUid, InArea, Record, db.Model):
    """One answer; the level is a position on the rule's scale. Read by few, each read logged (design §3a)."""

    __tablename__ = "ballots"
    __title__ = "答卷"
    __group__ = "测评监督"
    __icon__ = "card-checklist"
    __help__ = "仅纪委和分管领导可看，每次查看留痕；与本人有关的看不到"
    __audited__ = False  # the verbs announce the invitation: row differences would tell who added reasons, hence was low

    invitation_id: Mapped[int] = field("邀请", ForeignKey("invitations.id"), unique=True, form=False)
    round_id: Mapped[int] = field("轮次", ForeignKey("rounds.id"), index=True, form=False)
    cadre_id: Mapped[int] = field("被评干部", ForeignKey("cadres.id"), index=True, form=False)
    level: Mapped[int] = field("等次", db.Integer, mask="hidden", audit=False, form=False)
    reasons: Mapped[list[Any]] = field("原因", JSON, mask="hidden", audit=False, form=False, default=list)
    remark: Mapped[str | None] = sealed("意见", mask="hidden", form=False)
    cast_at: Mapped[datetime] = field("时间", Instant, audit=False)
    channel: Mapped[Channel] = field("收回方式", choice(Channel), listed=True, filter=True)
    on_behalf: Mapped[str] = field("代录人", String(80), listed=True, default="")
    attachment_id: Mapped[int | None] = field("原件照片", ForeignKey("attachments.id"), nullable=True, form=False)
    changes_made: Mapped[int] = field("改评次数", db.Integer, default=0, audit=False)
    voided_at: Mapped[datetime | None] = field("判无效时间", Instant, nullable=True, audit=False, form=False)
    voided_by: Mapped[str] = field("判无效人", String(80), default="", audit=False, form=False)
    voided_why: Mapped[str] = field("判无效理由", String(200), default="", audit=False, form=False)
    device: Mapped[str] = field("设备摘要", String(32), mask="hidden", audit=False, index=True, default="")

    invitation: Mapped["Invitation"] = link("邀请", "Invitation", form=False)


class Signal(InArea, Record, db.Model):
    """Something about an answer that an inspector should look at; it never blocks anybody."""

    __tablename__ = "signals"
    __title__ = "异常信号"
    __group__ = "测评监督"
    __icon__ = "flag"
    __help__ = "只作提示，不影响答卷有效"
    __table_args__ = (UniqueConstraint("invitation_id", "kind"),)

    invitation_id: Mapped[int] = field("邀请", ForeignKey("invitations.id"), form=False)
    round_id: Mapped[int] = field("轮次", ForeignKey("rounds.id"), index=True, form=False)
    kind: Mapped[str] = field("种类", String(30), listed=True, filter=True)
    message: Mapped[str] = field("说明", String(200), listed=True)
    at: Mapped[datetime] = field("时间", Instant, listed=True)

    invitation: Mapped["Invitation"] = link("邀请", "Invitation", listed=True, form=False)


class Plate(WithUid, Record, db.Model):
    """The permanent QR on an enterprise's wall; its token is derived, never stored."""

    __tablename__ = "plates"
    __title__ = "墙牌"

    client_id: Mapped[int] = field("企业", ForeignKey("clients.id"), index=True, form=False)
    token_hash: Mapped[str] = field("码", String(32), unique=True, mask="hidden", audit=False, form=False)
    issued_at: Mapped[datetime] = field("制发时间", Instant, listed=True)
    revoked_at: Mapped[datetime | None] = field("作废时间", Instant, listed=True, nullable=True)
    revoked_why: Mapped[str] = field("作废原因", String(120), listed=True, default="", server_default="")

    client: Mapped["Client"] = link("企业", "Client", listed=True, form=False)  # noqa: F821
