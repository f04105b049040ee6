"""督办单 out of a signed sheet: what was found, on what basis, for whom, in one step and once."""

from datetime import datetime

from sqlalchemy.orm import Session

from models import Cadre, Check, Order
from models.access.actor import Actor
from models.audit import record
from rules.checks import CheckState
from rules.errors import NotAllowed, RuleBroken
from rules.order_source import OrderSource
from rules.roles import Role
from rules.sheets import findings
from rules.text import _
from services.checks.sheets import Sheet, sheet_of
from services.followup.clocks import clock_for
from services.followup.drafting import draft
from services.locking import lock
from services.same_person import is_cadre
from services.verbs import verb


@verb("check.order", _("由检查结果拟督办单"), Role.DISCIPLINE)
def order(session: Session, check: Check, cadre_id: int | None, *, by: Actor, now: datetime) -> Order:
    """The draft for whoever answers for it; asked again it is the same one.

    Raises RuleBroken("order-by-draw", "not-signed", "nothing-found", "cadre-missing"), NotAllowed("own-order").
    """
    lock(session, check)
    if check.pick_id is not None:
        raise RuleBroken("order-by-draw", _("抽中对象的问题，在抽查结束后由“抽查结果”页按干部一并拟督办单，免得看出是谁说的。"))
    if check.state not in {CheckState.SIGNED, CheckState.CLOSED}:
        raise RuleBroken("not-signed", _("检查人员都签字以后，才能拟督办单。"))
    if not (check.found or check.differing):
        raise RuleBroken("nothing-found", _("这次检查没有发现问题，不用拟督办单。"))
    cadre = session.get(Cadre, check.cadre_id or cadre_id or 0)
    if cadre is None:
        raise RuleBroken("cadre-missing", _("请选择这件事由谁负责。"))
    if is_cadre(session, by, cadre.id):
        raise NotAllowed("own-order", _("这件事涉及您本人，请交由其他人办理。"))
    sheet = sheet_of(session, check)
    row = draft(
        session, source=OrderSource.CHECK, clock=clock_for(session, sheet.rule.params, now), key=f"check:{check.id}", area_id=check.area_id, cadre_id=cadre.id,
        matter=_matter(check, sheet)[:200], request=told(check, sheet), basis=str(sheet.rule.basis),
        evidence=[{"check": check.id}], by=by, now=now,
    )  # fmt: skip
    check.cadre_id, check.order_id = cadre.id, row.id
    record(session, "check.order", check, by=by, now=now)
    return row


def subject_of(check: Check) -> str:
    """Who was looked at, by name."""
    subject = check.unit or check.client
    return subject.name if subject else ""


def told(check: Check, sheet: Sheet) -> str:
    """What was found, item by item."""
    return "\n".join([*found_lines(check, sheet), *([check.remark] if check.remark else [])])


def found_lines(check: Check, sheet: Sheet) -> list[str]:
    """Question and answer of every finding, without words that somebody typed."""
    return [f"{item.question}：{sheet.said(item, check.answers[item.code])}" for item in findings(sheet.rule.params, check.answers)]


def _matter(check: Check, sheet: Sheet) -> str:
    return _("{subject}：{sheet}发现{n}项问题").format(subject=subject_of(check), sheet=sheet.rule.title, n=check.found + check.differing)
