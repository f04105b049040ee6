"""Pick-lists of rows at the far end of a link: at most 20, always through the person's own session."""

from typing import Any

from flask_admin.model.ajax import AjaxModelLoader
from sqlalchemy import false, inspect, or_, select

from admin.gate import Gate
from models.columns import Col, columns_of, label_key, pk_of
from rules import typed
from services.lists.filters import like
from services.lists.hunting import near
from services.lists.keyset import unserved
from services.lists.query import standing
from services.lists.reader import Reader

MOST = 20
RARE = 500  # beyond it, walking along the names meets twenty sooner than gathering all


class LinkLoader(AjaxModelLoader):
    """Finds by the label, and by `pinyin` where the far class has that column."""

    def __init__(self, col: Col, db: Any, gate: Gate) -> None:
        super().__init__(col.key, {})
        self.db, self.gate, self.model = db, gate, col.target
        self.pk = pk_of(col.target)
        self.label, self.words = search_of(col.target)

    def get_one(self, pk: Any) -> Any:
        """The row this person sees under `pk`, or None."""
        found = typed.key(str(pk))
        if found is None:
            return None
        with self.db.session.no_autoflush:
            return self.db.session.scalar(standing(self.model, select(self.model)).where(self.pk == found))

    def get_list(self, query: str, offset: int = 0, limit: int = MOST) -> list[Any]:
        """By name; few hits are gathered and sorted, of many the first are met by walking along the names."""
        if self.label is not None and Reader(self.gate).sight(self.model, self.label.key) != "plain":
            return []
        asked = typed.short(query).split()
        rare = near(self.db.session, self.model, self.words, asked, few=RARE)
        found = standing(self.model, select(self.model)).where(*rare)
        for word in asked:
            found = found.where(or_(false(), *(like(attr, word) for attr in self.words)))
        if not rare and found.whereclause is not None:
            found = select(self.model).where(unserved(found.whereclause))
        by = (self.pk.desc(),) if self.label is None else (self.label, self.pk)
        found = found.order_by(*by).limit(min(max(limit, 1), MOST)).execution_options(walk=not rare)
        return list(self.db.session.scalars(found))

    def format(self, model: Any) -> tuple[Any, str] | None:
        return (getattr(model, self.pk.key), Reader(self.gate).title(model)) if model is not None else None


def search_of(model: type) -> tuple[Any, list[Any]]:
    """The column that names a row, None where the name is put together in Python; and the columns that find it."""
    label = inspect(model).column_attrs.get(label_key(model))
    if label is not None:
        return label.class_attribute, [label.class_attribute, *([model.pinyin] if hasattr(model, "pinyin") else [])]
    return None, [col.attr for col in columns_of(model) if col.has("search") and col.kind == "text"]
