"""Pictures handed in: re-made from their pixels, so that place, camera and anything hidden stay behind."""

import hashlib
import io
import os
import secrets
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError
from sqlalchemy.orm import Session

from models import Area, Attachment
from models.access.actor import Actor
from models.audit import record
from rules.errors import RuleBroken
from rules.roles import Role
from rules.text import _
from services.verbs import verb

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2000
KINDS = ("JPEG", "PNG", "WEBP")


@verb("attachment.take", _("上传照片"), Role.CLERK, Role.DISCIPLINE, Role.LEADER)
def take_picture(
    session: Session, data: bytes, filename: str, area: Area, folder: Path, *, by: Actor, now: datetime
) -> Attachment:
    """Keep one picture as a new JPEG under an opaque name in `folder`.

    Raises RuleBroken("picture-unreadable") or ("picture-too-large").
    """
    if len(data) > MOST_BYTES:
        raise RuleBroken("picture-too-large", _("照片超过10兆，请压缩后再传。"))
    clean = _remade(data)
    row = Attachment(
        token=secrets.token_hex(16), filename=Path(filename).name[:160] or "照片.jpg", media_type="image/jpeg",
        size=len(clean), digest=hashlib.sha256(clean).hexdigest(), account_id=by.account_id, at=now,
        area_id=area.id, area_path=area.path,
    )  # fmt: skip
    _keep(folder / row.token, clean)
    session.add(row)
    session.flush()
    record(session, "attachment.taken", row, by=by, now=now)
    return row


def _keep(path: Path, data: bytes) -> None:
    """On the disk before the row that names it; a disk without room leaves no half file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _remade(data: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise RuleBroken("picture-too-large", _("照片尺寸太大，请缩小后再传。"))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            out = io.BytesIO()
            upright.save(out, "JPEG", quality=85)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as trouble:
        raise RuleBroken("picture-unreadable", _("这个文件不是能打开的照片（支持 JPG、PNG、WEBP），请重新拍照或换一张。")) from trouble
    return out.getvalue()
