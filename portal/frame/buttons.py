"""One step that a page offers: its button, its text boxes, and what was typed into them."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request


@dataclass(frozen=True)
class Button:
    """`boxes`: (name, label, hint) of its text boxes."""

    move: str
    label: str
    boxes: tuple[tuple[str, str, str], ...] = ()
    tone: str = "plain"
    question: str = ""
    numbers: tuple[str, ...] = ()  # boxes that take a whole number


def typed_words(button: Button) -> list[str]:
    """What was typed into its boxes, in their order."""
    return [request.form.get(name, "") for name, _label, _hint in button.boxes]


def unsaved(buttons: Mapping[str, Button]) -> list[str]:
    """What was typed for the step that was refused; blank boxes are left out."""
    asked = buttons.get(request.form.get("move", ""))
    return [words for words in typed_words(asked) if words.strip()] if asked else []
