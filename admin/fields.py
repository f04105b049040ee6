"""Form fields that never guess and never lose: blank stays blank, an unknown row is an error, not NULL."""

import datetime as dt
from typing import Any

from flask_babel import gettext
from wtforms import Field, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import StopValidation

from admin.links import LinkLoader
from rules import typed
from rules.text import _
from services.lists.reader import local

BLANK = ""
YES_NO = {"yes": True, "no": False}


class Filled:
    """The field must be answered; says so with the field's own name."""

    def __call__(self, form: Any, field: Any) -> None:
        given = field.raw_data and any(typed.clean(part) for part in field.raw_data)
        if given or (not field.raw_data and field.data is not None):
            return
        field.errors = []
        pick = isinstance(field, SelectField | LinkField)
        text = gettext("请选择%(label)s。") if pick else gettext("请填写%(label)s。")
        raise StopValidation(text % {"label": gettext(field.label.text)})


class SaneYear:
    """A year of this or a neighbouring century: `0024-07-28` is a slip of the finger."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data is not None and field.data.year not in typed.YEARS:
            raise StopValidation(gettext("年份不对，请写成 2024-07-28 的样子。"))


class LinkField(Field):
    """A row of another table. A posted id that this person can't see is refused."""

    def __init__(self, label: str, validators: Any = None, *, loader: LinkLoader, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.loader, self.given = loader, ""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            self.given = typed.clean(valuelist[0])
            self.data = self.loader.get_one(self.given) if self.given else None

    def pre_validate(self, form: Any) -> None:
        if self.given and self.data is None:
            text = gettext("所选的%(label)s不存在，或不在您的范围内，请重新选择。")
            raise StopValidation(text % {"label": gettext(self.label.text)})

    @property
    def picked(self) -> tuple[Any, str] | None:
        return self.loader.format(self.data)


class ChoiceField(SelectField):
    """One member of a Choice class; nothing is chosen until somebody chooses."""

    def __init__(self, label: str, validators: Any = None, *, kind: Any, **kwargs: Any) -> None:
        options = choices((BLANK, _("请选择")), *kind.options())
        super().__init__(label, validators, choices=options, coerce=lambda code: kind(code) if code else None, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as broken:
            raise ValueError(gettext("没有这个选项，请重新选择。")) from broken


class YesNoField(RadioField):
    """Yes, no and, where the column may be empty, not answered: three states stay three."""

    def __init__(self, label: str, validators: Any = None, *, nullable: bool, **kwargs: Any) -> None:
        options = choices(("yes", _("是")), ("no", _("否")), *([(BLANK, _("未填"))] if nullable else []))
        super().__init__(label, validators, choices=options, coerce=yes_no, validate_choice=False, **kwargs)


def choices(*pairs: tuple[str, str]) -> list[SelectChoice]:
    return [SelectChoice(code, text) for code, text in pairs]


def yes_no(value: Any) -> bool | None:
    return value if isinstance(value, bool) else YES_NO.get(value)


class MomentField(StringField):
    """`2024-07-28 09:30` in local time; the value is an aware instant, or naive where the column is."""

    def __init__(self, label: str, validators: Any = None, *, zone: dt.tzinfo | None, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self.zone = zone

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return local(self.data).strftime("%Y-%m-%d %H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = typed.clean(valuelist[0]) if valuelist else None
        if text is None:
            return
        try:
            self.data = dt.datetime.fromisoformat(text).replace(tzinfo=self.zone) if text else None
        except ValueError as broken:
            self.data = None
            raise ValueError(gettext("时间请写成 2024-07-28 09:30 的样子。")) from broken
