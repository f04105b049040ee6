"""The one way to declare a table: label, help, list, search, filter and mask stand on the column."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Mapper, declared_attr, mapped_column, relationship
from sqlalchemy.types import TypeEngine

from models.access.session import ActorSession
from models.types import PATH, ChoiceType, SealedText, bind_sealed
from rules.choices import Choice

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Base, session_options={"class_": ActorSession})


def field(
    label: str,
    type_: TypeEngine[Any] | type[TypeEngine[Any]] | ForeignKey,
    *,
    listed: bool = False,
    search: bool = False,
    filter: bool = False,
    form: bool = True,
    help: str = "",
    mask: str | None = None,
    audit: bool = True,
    words: Mapping[str, str] | None = None,
    **column: Any,
) -> Any:
    """A column with its Chinese label; mask is phone, id_number, name or hidden; audit=False keeps it out of events; words name its codes."""
    info: dict[str, Any] = {"label": label, "listed": listed, "search": search, "filter": filter}
    info |= {"form": form, "help": help, "mask": mask, "audit": audit, "words": words or {}}
    info["required"] = not column.get("nullable") and "default" not in column
    return mapped_column(type_, info=info, **column)


def sealed(label: str, *, index: str | None = None, mask: str = "phone", **more: Any) -> Any:
    """An encrypted text column; `index` names the column that takes its keyed hash."""
    column = field(label, SealedText, mask=mask, audit=False, nullable=True, **more)
    column.column.info["index"] = index
    return column


def blind(label: str) -> Any:
    """The keyed hash beside a sealed column: equality only, never shown."""
    return field(label, String(32), form=False, mask="hidden", audit=False, nullable=True, index=True)


def link(label: str, target: str, *, listed: bool = False, filter: bool = False, help: str = "", **more: Any) -> Any:
    """A relationship shown by the target's title, picked by search."""
    info = {"label": label, "listed": listed, "filter": filter, "form": more.pop("form", True), "help": help}
    return relationship(target, info=info, **more)


def choice(choices: type[Choice]) -> ChoiceType:
    """The column type of an enumeration."""
    return ChoiceType(choices)


class Record:
    """What every table has: a number, a version against lost updates, and how it is shown."""

    __title__: ClassVar[str] = ""
    __group__: ClassVar[str] = ""
    __icon__: ClassVar[str] = "table"
    __help__: ClassVar[str] = ""
    __label_field__: ClassVar[str] = "id"
    __audited__: ClassVar[bool] = True
    __page__: ClassVar[str] = ""
    __in_menu__: ClassVar[bool] = True
    __tones__: ClassVar[dict[str, str]] = {}
    chips: ClassVar[dict[str, tuple[str, Callable[[Any], Any]]]] = {}
    flow: ClassVar[Any] = None
    __match__: ClassVar[tuple[tuple[str, ...], ...]] = ()  # by what an imported row is known again; see models/columns

    id: Mapped[int] = mapped_column(primary_key=True, info={"label": "编号", "form": False})
    version: Mapped[int] = mapped_column(default=1, info={"label": "版本", "form": False, "audit": False})

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}

    def __str__(self) -> str:
        return str(getattr(self, self.__label_field__))


class WithUid:
    """Tables with sealed columns: a random row id that the ciphertext is bound to."""

    uid: Mapped[str] = mapped_column(String(32), info={"label": "行标识", "form": False, "mask": "hidden", "audit": False})


class InArea:
    """Rows that hang on an area; the path copy makes the scope one index range."""

    area_id: Mapped[int] = mapped_column(
        ForeignKey("areas.id"), index=True, info={"label": "所在村", "form": False}
    )
    area_path: Mapped[str] = mapped_column(
        PATH, index=True, info={"label": "区划路径", "form": False, "mask": "hidden", "audit": False}
    )

    @declared_attr
    def area(cls) -> Mapped["Area"]:  # noqa: F821
        return link("所在村", "Area", listed=True, filter=True)


@event.listens_for(Mapper, "after_configured")
def _bind_sealed_columns() -> None:
    for mapper in db.Model.registry.mappers:
        if not mapper.class_.__dict__.get("_sealed_bound"):
            mapper.class_._sealed_bound = True
            bind_sealed(mapper, mapper.class_)


@event.listens_for(Mapper, "init")
def _give_uid(target: Any, args: Any, kwargs: dict[str, Any]) -> None:
    if isinstance(target, WithUid):
        target.uid = kwargs.pop("uid", None) or secrets.token_hex(16)


@event.listens_for(Mapper, "before_insert")
@event.listens_for(Mapper, "before_update")
def _copy_area_path(mapper: Any, connection: Any, target: Any) -> None:
    if isinstance(target, InArea) and target.area is not None and target.area_path != target.area.path:
        target.area_path = target.area.path
