"""Which rows of a ledger a sheet means, found by natural key in a few statements, through the person's own session."""

from collections import defaultdict
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import joinedload

from rules.intake.cells import variants
from rules.text import _
from services.intake.columns import Target, row_key
from services.intake.entries import ROW, Entry
from services.lists.query import standing

AT_A_TIME = 400


class Known:
    def __init__(self, session: Any, target: Target, entries: list[Entry]) -> None:
        self.session, self.target = session, target
        self.by_key: list[dict[tuple[Any, ...], list[Any]]] = [self._read(keys, entries) for keys in target.keys]

    def parts(self, entry: Entry, keys: tuple[str, ...]) -> list[Any] | None:
        """The values of one natural key; None where the sheet doesn't fill it (the last key may hold blanks)."""
        values = [entry.values.get(key, self.target.col(key).default) for key in keys]
        is_last = keys is self.target.keys[-1]
        return values if values[0] is not None and (is_last or None not in values) else None

    def row_of(self, entry: Entry) -> Any:
        """The one row meant, or None for a new one; what is not certain is written on the entry."""
        for at, keys in enumerate(self.target.keys):
            parts = self.parts(entry, keys)
            rows = self.by_key[at].get(row_key(parts), []) if parts is not None else []
            if len(rows) > 1:
                entry.wrong[ROW] = _("台账里有{n}条同名的记录，分不清是哪一条，请在台账里逐条修改。").format(n=len(rows))
                return None
            if rows:
                self._check_other_keys(entry, rows[0], at)
                return rows[0]
        return None

    def _check_other_keys(self, entry: Entry, row: Any, at: int) -> None:
        """Found by name although the sheet gives a number of its own: another number means another one."""
        for (key,) in (keys for keys in self.target.keys[:at] if len(keys) == 1):
            given, now = entry.values.get(key), getattr(row, key)
            if given is not None and now not in (None, "") and given != now:
                label = self.target.col(key).label
                entry.wrong[key] = _("同名的已经登记了另一个{label}“{now}”，请核对是不是同一家。").format(label=label, now=now)

    def _read(self, keys: tuple[str, ...], entries: list[Entry]) -> dict[tuple[Any, ...], list[Any]]:
        found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
        wanted = {row_key(parts) for entry in entries if (parts := self.parts(entry, keys)) is not None}
        lead = self._lead(keys, entries)
        links = [joinedload(col.attr) for col in self.target.cols if col.kind == "link"]
        for start in range(0, len(lead), AT_A_TIME):
            attr, values = self._attr(keys[0]), lead[start : start + AT_A_TIME]
            rows = self.session.scalars(standing(self.target.model, select(self.target.model)).where(attr.in_(values)).options(*links))
            for row in rows:
                key = row_key([getattr(row, one) for one in keys])
                if key in wanted:
                    found[key].append(row)
        return found

    def _lead(self, keys: tuple[str, ...], entries: list[Entry]) -> list[Any]:
        """All values of the key's first column, in each spelling, by which the rows are narrowed down."""
        values = {parts[0] for entry in entries if (parts := self.parts(entry, keys)) is not None}
        if self.target.col(keys[0]).kind == "link":
            return sorted(value.id for value in values)
        return list(dict.fromkeys(one for value in values for one in (variants(value) if type(value) is str else [value])))

    def _attr(self, key: str) -> Any:
        """The column behind the key; a link's foreign key."""
        attr: Any = getattr(self.target.model, key)
        if self.target.col(key).kind != "link":
            return attr
        (column,) = attr.property.local_columns
        return inspect(self.target.model).get_property_by_column(column).class_attribute
