"""One sheet: filled in and pictured with the thumb, signed, ordered from, closed, or read."""

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from models import Cadre, Check, CheckPhoto, Signer, db
from portal.checks.blueprint import INSPECTORS, checks
from portal.edge.numbers import whole
from portal.frame.acting import carry_out, note_reading, only, seen
from rules.checks import CheckState, PhotoWhen
from rules.sheets import Method
from rules.text import _
from services.attachments import MOST_BYTES
from services.checks import filling, ordering, signing
from services.checks.sheets import sheet_of

S = CheckState
MOVES = {"save": _("保存"), "sign": _("签字"), "after": _("上传整改照片"), "order": _("拟督办单"), "close": _("结束检查"), "void": _("作废")}


@checks.get("/sheets/<int:number>")
@only(*INSPECTORS)
def show(number: int) -> str:
    row = seen(Check, number)
    if g.actor.account_id not in {one.account_id for one in _signers(row)}:
        page = _page(row)
        note_reading("check.read", f"checks:{number}")
        return page
    return _page(row)


@checks.post("/sheets/<int:number>")
@only(*INSPECTORS)
def act(number: int) -> Response | tuple[str, int]:
    """One step; what was typed stays when it is refused, and each good picture is kept whatever the others are."""
    row, move = seen(Check, number), request.form.get("move", "")
    if move not in MOVES:
        abort(400)
    if not STEPS[move](row):
        return _page(seen(Check, number), request.form), 409
    flash(gettext("已办理：%(move)s。", move=gettext(MOVES[move])), "success")
    return redirect(url_for(".show", number=number), 303)


def _save(row: Check) -> bool:
    """Words first, then the pictures one by one."""
    number, kept = row.id, carry_out(filling.save, row, _answers(), request.form.get("remark", ""), request.form.get("version", 0, whole))
    return _photos(number, PhotoWhen.BEFORE) and kept


def _photos(number: int, when: PhotoWhen) -> bool:
    done = True
    for name, picture in request.files.items(multi=True):
        if picture.filename and name.startswith("photo-"):
            done = _photo(number, name.removeprefix("photo-"), when, picture) and done
    return done


def _photo(number: int, item: str, when: PhotoWhen, picture: FileStorage) -> bool:
    data, folder = picture.stream.read(MOST_BYTES + 1), current_app.config["LIANXIN"].files
    return carry_out(filling.add_photo, seen(Check, number), item, when, data, folder)


def _sign(row: Check) -> bool:
    """What is on the page is saved before it is signed."""
    number = row.id
    if row.state is S.DRAFT and not begun_to_sign(row) and not _save(row):
        return False
    row = seen(Check, number)
    return carry_out(signing.sign, row, row.version)


def begun_to_sign(row: Check) -> bool:
    """Whether the page had no boxes to fill, because somebody has signed."""
    return any(one.signed_at for one in _signers(row))


STEPS: dict[str, Any] = {
    "save": _save,
    "sign": _sign,
    "after": lambda row: _photos(row.id, PhotoWhen.AFTER),
    "order": lambda row: carry_out(ordering.order, row, request.form.get("cadre", 0, whole)),
    "close": lambda row: carry_out(signing.close, row),
    "void": lambda row: carry_out(signing.void, row, request.form.get("why", "")),
}


def _answers() -> dict[str, str]:
    return {name.removeprefix("item-"): value for name, value in request.form.items() if name.startswith("item-")}


def _signers(row: Check) -> list[Signer]:
    return list(db.session.scalars(select(Signer).where(Signer.check_id == row.id).order_by(Signer.id)))


def _page(row: Check, typed: Any = None) -> str:
    sheet, signers = sheet_of(db.session(), row), _signers(row)
    photos = db.session.scalars(select(CheckPhoto).where(CheckPhoto.check_id == row.id).order_by(CheckPhoto.id)).all()
    mine = next((one for one in signers if one.account_id == g.actor.account_id), None)
    by_phone = sheet.rule.params.method is Method.PHONE
    unsigned = not by_phone and not any(one.signed_at for one in signers)
    return render_template(
        "portal/checks/sheet.html", check=row, sheet=sheet, signers=signers, photos=photos, mine=mine, by_phone=by_phone, subject=ordering.subject_of(row),
        open=mine is not None and unsigned and row.state is S.DRAFT, typed=typed, cadres=_responsible(row), findings=ordering.findings(sheet.rule.params, row.answers),
    )  # fmt: skip


def _responsible(row: Check) -> list[Cadre]:
    """Who may answer for what was found in a unit: the people who serve there."""
    if row.unit_id is None or row.state is not S.SIGNED:
        return []
    serving = select(Cadre).where(Cadre.unit_id == row.unit_id, Cadre.until.is_(None))
    return list(db.session.scalars(serving.order_by(Cadre.pinyin).limit(200)))
