"""The photo behind an answer on paper: for whoever may read the answer, each look on record (§3a)."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Attachment, Ballot, Round
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.text import _
from services.rounds.reading import READERS, check_reading
from services.verbs import verb


@verb("paper.read", _("查看纸质原件"), *READERS)
def read_paper(
    session: Session, round_: Round, number: int, reason: str, folder: Path, *, by: Actor, now: datetime
) -> bytes:
    """The JPEG of the paper behind ballot `number`, as far as `session`, the reader's own, may see it.

    The caller commits the record of it before it shows anything. Raises as `reading.read`, and RuleBroken("paper-missing").
    """
    check_reading(round_, reason)
    ballot = session.scalar(select(Ballot).where(Ballot.id == number, Ballot.round_id == round_.id))
    paper = session.get(Attachment, ballot.attachment_id) if ballot and ballot.attachment_id else None
    if ballot is None or paper is None or not (folder / paper.token).is_file():
        raise RuleBroken("paper-missing", _("这份答卷没有原件照片，或不在您的范围内。"))
    record(session, "paper.read", round_, by=by, now=now, detail=f"{ballot.invitation.serial}：{reason.strip()}")
    return (folder / paper.token).read_bytes()
