"""The audit chain: one row per verb, each carrying the keyed hash of the one before (GB/T 22239 安全审计)."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DDL, JSON, String, event
from sqlalchemy.orm import Mapped

from models.base import Record, db, field
from models.types import Instant
from models.vault import vault

GENESIS = "0" * 64


class Event(Record, db.Model):
    __tablename__ = "events"
    __title__ = "操作日志"
    __group__ = "系统"
    __icon__ = "journal-text"
    __audited__ = False
    __label_field__ = "verb"

    at: Mapped[datetime] = field("时间", Instant, listed=True, filter=True)
    by: Mapped[str] = field("操作人", String(80), listed=True, search=True)
    account_id: Mapped[int | None] = field("账号编号", db.Integer, nullable=True, index=True)
    role: Mapped[str] = field("角色", String(20), listed=True, default="")
    verb: Mapped[str] = field("操作", String(60), listed=True, search=True, index=True)
    subject: Mapped[str] = field("对象", String(80), listed=True, search=True, index=True)
    detail: Mapped[str] = field("说明", db.Text, listed=True, default="")
    changes: Mapped[dict[str, Any]] = field("变更", JSON, default=dict)
    chain: Mapped[str] = field("链值", String(64), unique=True)

    def body(self) -> dict[str, Any]:
        """What the hash covers."""
        return {
            "at": self.at.astimezone(UTC).isoformat(), "by": self.by, "account": self.account_id, "role": self.role,
            "verb": self.verb, "subject": self.subject, "detail": self.detail, "changes": self.changes,
        }  # fmt: skip


def link_hash(before: str, body: dict[str, Any]) -> str:
    """HMAC-SHA256 over the hash before and the canonical JSON of the row."""
    text = before + json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(vault().ring.derive("audit", min(vault().ring.masters)), text.encode(), hashlib.sha256).hexdigest()


REFUSE = "审计记录只能追加"
SQLITE_TRIGGERS = [
    f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRES_TRIGGERS = [
    f"CREATE FUNCTION events_append_only() RETURNS trigger LANGUAGE plpgsql AS"
    f" $$ BEGIN RAISE EXCEPTION '{REFUSE}'; END $$",
    "CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events"
    " FOR EACH ROW EXECUTE FUNCTION events_append_only()",
    "CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events EXECUTE FUNCTION events_append_only()",
]

for dialect, statements in {"sqlite": SQLITE_TRIGGERS, "postgresql": POSTGRES_TRIGGERS}.items():
    for statement in statements:
        event.listen(Event.__table__, "after_create", DDL(statement.replace("%", "%%")).execute_if(dialect=dialect))
