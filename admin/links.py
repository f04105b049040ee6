"""Pick-lists of rows at the far end of a link: at most 20, always through the person's own session."""

from typing import Any

from flask_admin.model.ajax import AjaxModelLoader
from sqlalchemy import or_, select

from admin.gate import Gate
from models.columns import Col, label_key, pk_of
from rules import typed
from services.lists.filters import like
from services.lists.query import standing
from services.lists.reader import Reader

MOST = 20


class LinkLoader(AjaxModelLoader):
    """Finds by the label, and by `pinyin` where the far class has that column."""

    def __init__(self, col: Col, db: Any, gate: Gate) -> None:
        super().__init__(col.key, {})
        self.db, self.gate, self.model = db, gate, col.target
        self.pk = pk_of(col.target)
        self.label = getattr(col.target, label_key(col.target))
        self.words = [self.label, *([col.target.pinyin] if hasattr(col.target, "pinyin") else [])]

    def get_one(self, pk: Any) -> Any:
        """The row this person sees under `pk`, or None."""
        found = typed.key(str(pk))
        if found is None:
            return None
        with self.db.session.no_autoflush:
            return self.db.session.scalar(standing(self.model, select(self.model)).where(self.pk == found))

    def get_list(self, query: str, offset: int = 0, limit: int = MOST) -> list[Any]:
        reader, stmt = Reader(self.gate), standing(self.model, select(self.model)).order_by(self.label, self.pk)
        if reader.sight(self.model, self.label.key) != "plain":
            return []
        for word in typed.short(query).split():
            stmt = stmt.where(or_(*(like(attr, word) for attr in self.words)))
        return list(self.db.session.scalars(stmt.limit(min(max(limit, 1), MOST))))

    def format(self, model: Any) -> tuple[Any, str] | None:
        return (getattr(model, self.pk.key), Reader(self.gate).title(model)) if model is not None else None
