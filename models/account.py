"""Logins: one person, one account, one role; no default password anywhere."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import Record, choice, db, field, link
from models.types import Instant
from rules.administrators import Purpose
from rules.roles import PRIVILEGED, Role


class Account(Record, db.Model):
    __tablename__ = "accounts"
    __title__ = "账号"
    __group__ = "安全"
    __icon__ = "person-badge"
    __help__ = "一人一号；停用即时生效，不删除"
    __label_field__ = "login"

    login: Mapped[str] = field("登录名", String(40), listed=True, search=True, unique=True)
    role: Mapped[Role] = field("角色", choice(Role), listed=True, filter=True)
    cadre_id: Mapped[int | None] = field("干部", ForeignKey("cadres.id"), nullable=True, unique=True, form=False)
    holder: Mapped[str] = field("持有人", String(40), listed=True, default="", help="没有干部名册时填写本人姓名")
    area_id: Mapped[int] = field("管辖区域", ForeignKey("areas.id"), form=False)
    active: Mapped[bool] = field("启用", db.Boolean, listed=True, filter=True, default=False)
    password: Mapped[str | None] = field("密码", String(255), form=False, mask="hidden", audit=False, nullable=True)
    fs_uniquifier: Mapped[str] = field("标识", String(64), form=False, mask="hidden", audit=False, unique=True)
    email: Mapped[str] = field("占位", String(80), form=False, mask="hidden", audit=False, unique=True)
    tf_primary_method: Mapped[str | None] = field("双因素", String(20), form=False, nullable=True)
    tf_totp_secret: Mapped[str | None] = field("密钥", String(255), form=False, mask="hidden", audit=False, nullable=True)
    totp_counter: Mapped[int | None] = field("计数", db.Integer, form=False, mask="hidden", audit=False, nullable=True)
    recovery_codes: Mapped[str | None] = field("恢复码", Text, form=False, mask="hidden", audit=False, nullable=True)
    activation_hash: Mapped[str | None] = field("激活", String(64), form=False, mask="hidden", audit=False, nullable=True)
    activation_until: Mapped[datetime | None] = field("激活期限", Instant, form=False, nullable=True)

    cadre: Mapped["Cadre | None"] = link("干部", "Cadre", listed=True)  # noqa: F821
    area: Mapped["Area"] = link("管辖区域", "Area", listed=True)  # noqa: F821

    @property
    def person(self) -> str:
        """The name of whoever holds the account, as lists and events show it."""
        return self.cadre.name if self.cadre else self.holder or self.login

    @property
    def privileged(self) -> bool:
        return self.role in PRIVILEGED


class LoginSession(Record, db.Model):
    """One signed-in device; the cookie holds only the key whose hash is here."""

    __tablename__ = "login_sessions"
    __title__ = "登录设备"
    __audited__ = False

    account_id: Mapped[int] = field("账号", ForeignKey("accounts.id"), index=True)
    key_hash: Mapped[str] = field("键", String(64), unique=True, mask="hidden")
    started_at: Mapped[datetime] = field("登录时间", Instant)
    seen_at: Mapped[datetime] = field("最近使用", Instant)
    proven_at: Mapped[datetime | None] = field("最近验证", Instant, nullable=True)
    ended_at: Mapped[datetime | None] = field("结束时间", Instant, nullable=True)
    address: Mapped[str] = field("地址", String(60), default="")
    agent: Mapped[str] = field("设备", String(120), default="")


class Attempt(Record, db.Model):
    """One failed try of a password or code, for throttling that survives restarts."""

    __tablename__ = "attempts"
    __title__ = "失败尝试"
    __audited__ = False

    kind: Mapped[str] = field("种类", String(20))
    subject: Mapped[str] = field("对象", String(80), index=True)
    at: Mapped[datetime] = field("时间", Instant, index=True)


class Grant(Record, db.Model):
    """What one security administrator asks for an account and another agrees to: a role, or a reset."""

    __tablename__ = "grants"
    __title__ = "授权申请"
    __group__ = "安全"
    __icon__ = "shield-check"

    account_id: Mapped[int] = field("账号", ForeignKey("accounts.id"), index=True, form=False)
    purpose: Mapped[Purpose] = field("事项", choice(Purpose), listed=True, default=Purpose.ROLE)
    role: Mapped[Role] = field("角色", choice(Role), listed=True)
    reason: Mapped[str] = field("理由", String(200), listed=True)
    asked_by: Mapped[int] = field("申请人", ForeignKey("accounts.id"), form=False)
    asked_at: Mapped[datetime] = field("申请时间", Instant, listed=True, form=False)
    decided_by: Mapped[int | None] = field("批准人", ForeignKey("accounts.id"), nullable=True, form=False)
    decided_at: Mapped[datetime | None] = field("批准时间", Instant, nullable=True, listed=True, form=False)
    agreed: Mapped[bool | None] = field("结果", db.Boolean, nullable=True, listed=True, form=False)

    account: Mapped["Account"] = link("账号", "Account", listed=True, foreign_keys="Grant.account_id")
