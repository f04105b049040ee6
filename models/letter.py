"""责任状: one a year for each village or shop, printed blank, signed, its scan kept (SGD-4.3a, HJ-2.1a)."""

from datetime import date

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped

from models.base import InArea, Record, choice, db, field, link
from rules.letters import LetterKind
from rules.text import _


class Letter(InArea, Record, db.Model):
    __tablename__ = "letters"
    __title__ = "责任状"
    __group__ = "台账"
    __icon__ = "file-earmark-text"
    __help__ = "每村（门店）每年一份；签订后登记日期，上传照片"
    __label_field__ = "words"
    __match__ = (("area", "kind", "year", "client"),)
    chips = {
        "unsigned": (_("未签订"), lambda found: found.where(Letter.signed_on.is_(None))),
        "signed": (_("已签订"), lambda found: found.where(Letter.signed_on.is_not(None))),
        "unscanned": (_("没有扫描件"), lambda found: found.where(Letter.signed_on.is_not(None), Letter.attachment_id.is_(None))),
    }

    kind: Mapped[LetterKind] = field("种类", choice(LetterKind), listed=True, filter=True)
    year: Mapped[int] = field("年度", db.Integer, listed=True, filter=True)
    cadre: Mapped["Cadre | None"] = link("责任人", "Cadre", listed=True, filter=True)  # noqa: F821
    client: Mapped["Client | None"] = link("门店（单位）", "Client", listed=True, help="“三包六禁”责任书按门店签；信访责任状不填")  # noqa: F821
    cadre_id: Mapped[int | None] = field("责任人", ForeignKey("cadres.id"), nullable=True, index=True, form=False)
    client_id: Mapped[int | None] = field("门店（单位）", ForeignKey("clients.id"), nullable=True, index=True, form=False)
    content: Mapped[str] = field("责任内容", Text, default="")
    signed_on: Mapped[date | None] = field("签订日期", db.Date, nullable=True, listed=True)
    attachment_id: Mapped[int | None] = field("扫描件", ForeignKey("attachments.id"), nullable=True, form=False)
    slot: Mapped[str] = field("唯一键", String(80), unique=True, form=False, mask="hidden", audit=False)

    def complete(self) -> None:
        """One letter of a kind and year for each place or shop."""
        self.slot = f"{self.kind.value}:{self.year}:{f'c{self.client.id}' if self.client else f'a{self.area.id}'}"

    @property
    def words(self) -> str:
        return f"{self.year}年{self.kind.label}"
