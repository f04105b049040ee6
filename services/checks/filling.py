"""What is seen and said goes onto the sheet as often as needed, until the first signature."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models import Area, Attachment, Check, CheckPhoto, Signer
from models.access.actor import Actor
from models.audit import record
from rules.checks import CheckState, PhotoWhen, check_picture, check_unsigned, check_version
from rules.errors import NotAllowed, RuleBroken
from rules.roles import Role
from rules.sheets import Method, checked
from rules.text import _
from services.attachments import take_picture
from services.checks.sheets import Sheet, sheet_of
from services.locking import lock
from services.verbs import verb

MOST_PHOTOS = 60
NEUTRAL = "照片.jpg"  # the name of a file could tell where it was taken


@verb("check.save", _("填写检查表"), Role.DISCIPLINE, Role.LEADER)
def save(session: Session, check: Check, answers: Mapping[str, str], remark: str, version: int, *, by: Actor, now: datetime) -> None:
    """Keep what is filled in so far; the same again is quiet.

    Raises RuleBroken("check-over", "check-signed", "check-changed") or as `rules.sheets.checked`, NotAllowed("not-named").
    """
    held = hold(session, check, by)
    given = checked(held.rule.params, answers, held.levels, whole=False)
    if (given, remark.strip()) == (check.answers, check.remark):
        return
    check_unsigned(signed(session, check))
    check_version(version, check.version)
    check.answers, check.remark = given, remark.strip()[:2000]
    record(session, "check.save", check, by=by, now=now)


@verb("check.photo", _("拍检查照片"), Role.DISCIPLINE, Role.LEADER)
def add_photo(session: Session, check: Check, item: str, when: PhotoWhen, data: bytes, folder: Path, *, by: Actor, now: datetime) -> CheckPhoto:
    """One picture of an item; a file that is none is refused and leaves nothing.

    Raises RuleBroken("item-unknown", "photos-many", "check-signed", "picture-early", "photo-used") or as `take_picture`.
    """
    held = hold(session, check, by)
    if item not in {one.code for one in held.items}:
        raise RuleBroken("item-unknown", _("检查表里没有“{item}”这一项，请刷新页面后重填。"), item=item)
    check_picture(when, check.state, signed(session, check))
    if session.scalar(select(func.count(CheckPhoto.id)).where(CheckPhoto.check_id == check.id)) >= MOST_PHOTOS:  # type: ignore[operator]
        raise RuleBroken("photos-many", _("一张检查表最多{most}张照片。"), most=MOST_PHOTOS)
    picture = take_picture(session, data, NEUTRAL, session.get_one(Area, check.area_id), folder, by=by, now=now)
    if session.scalar(_elsewhere(picture.digest, check)) is not None:
        (folder / picture.token).unlink(missing_ok=True)
        raise RuleBroken("photo-used", _("这张照片已经用在另一张检查表上，请现场重新拍。"))
    row = CheckPhoto(check_id=check.id, item=item, when=when, attachment_id=picture.id, by=by.name, at=now)
    session.add(row)
    session.flush()
    record(session, "check.photo", check, by=by, now=now)
    return row


def _elsewhere(digest: str, check: Check) -> Select[int]:
    """A picture of the same pixels on another sheet, void ones too."""
    same = select(CheckPhoto.id).join(Attachment, Attachment.id == CheckPhoto.attachment_id)
    return same.where(Attachment.digest == digest, CheckPhoto.check_id != check.id).limit(1)


def hold(session: Session, check: Check, by: Actor) -> Sheet:
    """The sheet, with the row held until the commit and the actor named on it.

    Raises NotAllowed("not-named"), RuleBroken("check-over"), ("kept-by-phone") for answers that only the desk explains.
    """
    lock(session, check)
    if check.state in {CheckState.CLOSED, CheckState.VOIDED}:
        raise RuleBroken("check-over", _("这次检查{state}，不能再改。"), state=check.state.label)
    if session.scalar(select(Signer.id).where(Signer.check_id == check.id, Signer.account_id == by.account_id)) is None:
        raise NotAllowed("not-named", _("您不是这次检查的检查人员，不能填写。"))
    sheet = sheet_of(session, check)
    if check.state is CheckState.DRAFT and sheet.rule.params.method is Method.PHONE:
        raise RuleBroken("kept-by-phone", _("电话回答保存后不能再改；请回抽查核查页写明与台账不一致的情况。"))
    return sheet


def signed(session: Session, check: Check) -> int:
    """How many have signed."""
    return session.scalar(select(func.count(Signer.id)).where(Signer.check_id == check.id, Signer.signed_at.is_not(None))) or 0
