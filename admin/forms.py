"""A form class made from a model's columns."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_admin.form import BaseForm
from sqlalchemy import inspect
from wtforms import DateField, DecimalField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from admin.fields import ChoiceField, Filled, LinkField, MomentField, SaneYear, YesNoField
from admin.links import LinkLoader
from models.columns import Col
from rules import typed
from services.lists.reader import TOWN

LONGEST_TEXT = 20_000
Groups = list[tuple[str, list[tuple[Col, Any]]]]


def form_class(model: type, cols: tuple[Col, ...], loaders: Mapping[str, LinkLoader]) -> type[BaseForm]:
    """The form of `cols`; a model with a `version` gets it as a hidden field against lost updates."""
    fields = {col.key: field_of(col, loaders) for col in cols}
    if hasattr(model, "version"):
        fields["version"] = HiddenField()
    return type(f"{model.__name__}Form", (BaseForm,), fields)


def field_of(col: Col, loaders: Mapping[str, LinkLoader]) -> Any:
    checks = [Filled()] if col.required else [Optional()]
    make, more = MAKERS[col.kind]
    return make(col.label, [*checks, *more(col)], **options(col, loaders))


def options(col: Col, loaders: Mapping[str, LinkLoader]) -> dict[str, Any]:
    """What each kind of field needs beside label and checks, with the column's own plain default."""
    if col.kind == "link":
        return {"loader": loaders[col.key]}
    given: dict[str, Any] = {"default": col.default}
    if col.kind == "choice":
        return given | {"kind": col.python}
    if col.kind == "bool":
        return given | {"nullable": not col.required}
    if col.kind == "datetime":
        return given | {"zone": TOWN}
    blank = blank_to_none if col.nullable else typed.clean
    return given | {"filters": [blank]} if col.kind in {"text", "longtext"} else given


def blank_to_none(text: str | None) -> str | None:
    return typed.clean(text) or None


def lengths(col: Col) -> list[Any]:
    longest = col.length or LONGEST_TEXT
    return [Length(max=longest, message=f"最多 {longest} 个字，请删减。")]


def bounds(col: Col) -> list[Any]:
    """Whole numbers of 32 bits; decimals as wide as their column."""
    digits, scale = getattr(col.attr.type, "precision", None), getattr(col.attr.type, "scale", None) or 0
    most = 10 ** (digits - scale) - 1 if digits else typed.BIGGEST
    return [NumberRange(-most, most, message="数字太大或太小，请核对。")]


def years(col: Col) -> list[Any]:
    return [SaneYear()]


def nothing(col: Col) -> list[Any]:
    return []


MAKERS: dict[str, tuple[Any, Callable[[Col], list[Any]]]] = {
    "text": (StringField, lengths),
    "longtext": (TextAreaField, lengths),
    "choice": (ChoiceField, nothing),
    "bool": (YesNoField, nothing),
    "date": (DateField, years),
    "datetime": (MomentField, years),
    "int": (IntegerField, bounds),
    "decimal": (DecimalField, bounds),
    "link": (LinkField, nothing),
}


def unseen_far_end(row: Any, col: Col) -> bool:
    """The row points to something this person does not see: it must be left as it is."""
    keys = [inspect(type(row)).get_property_by_column(c).key for c in col.attr.property.local_columns]
    return getattr(row, col.key) is None and any(getattr(row, key) is not None for key in keys)


def hide_value(field: Any, shown: str) -> None:
    """Shows a masked value beside an empty box: left blank, the stored value stays."""
    field.masked = shown
    field.validators = (Optional(),)
    if not field.raw_data:
        field.data = None


def left_blank(field: Any) -> bool:
    return bool(getattr(field, "masked", "")) and not any(typed.clean(part) for part in field.raw_data or ())


def groups_of(model: type, cols: tuple[Col, ...], form: Any) -> Groups:
    """The form's parts as the model's `form_groups` says; what it forgets comes last."""
    pairs = {col.key: (col, form[col.key]) for col in cols if col.key in form}
    parts = [(title, [pairs.pop(k) for k in keys if k in pairs]) for title, keys in getattr(model, "form_groups", ())]
    return [part for part in [*parts, ("", list(pairs.values()))] if part[1]]
