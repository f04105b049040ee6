"""No table may lose the lock against two people saving at once."""

from models import db


def test_every_version_column_is_a_lock():
    mappers = [m for m in db.Model.registry.mappers if "version" in m.columns]
    assert len(mappers) > 10
    assert [m.class_.__name__ for m in mappers if m.version_id_col is None] == []
