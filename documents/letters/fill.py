"""A letter is a Word template with named places; a township may keep its own copy of a template."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from rules.errors import RuleBroken
from rules.text import _

TEMPLATES = Path(__file__).parents[1] / "templates"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def fill(name: str, words: Mapping[str, Any], own: Path | None = None) -> bytes:
    """`<name>.docx` from the folder `own` if it lies there, else ours, with `words` in its places.

    `words`: texts, lists of texts or of mappings. Raises RuleBroken("letter-template").
    """
    path = own / f"{name}.docx" if own and (own / f"{name}.docx").exists() else TEMPLATES / f"{name}.docx"
    letter = DocxTemplate(path)
    try:
        letter.render(printable(dict(words)), SandboxedEnvironment(undefined=StrictUndefined, autoescape=True))
    except TemplateError as error:
        raise RuleBroken(
            "letter-template",
            _("文书模板“{name}”里有系统不认识的内容：{what}。请在 WPS 中改回原来的写法，或换回自带的模板。"),
            name=path.name,
            what=error.message or type(error).__name__,
        ) from error
    out = BytesIO()
    letter.save(out)
    return out.getvalue()


def printable(value: Any) -> Any:
    """The same value with what no paper can show taken out of its texts."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, Mapping):
        return {key: printable(one) for key, one in value.items()}
    return [printable(one) for one in value] if isinstance(value, list | tuple) else value
