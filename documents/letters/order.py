"""督办单 on paper (QY-2.3d): the form filled as far as the case has come."""

from pathlib import Path

from documents.letters.fill import fill
from documents.letters.words import on, paragraphs
from documents.reports_data import OrderLetter
from rules.text import _


def order_letter(order: OrderLetter, own: Path | None = None) -> bytes:
    """The form as .docx; what has not happened yet stays blank to be written by hand.

    Raises RuleBroken("letter-template").
    """
    words = {
        **{
            name: getattr(order, name)
            for name in ("township", "number", "source", "matter", "cadre", "unit", "issued_by", "state")
        },
        **{name: on(getattr(order, name)) for name in ("issued_on", "received_on", "replied_on", "ended_on")},
        **{name: paragraphs([getattr(order, name)]) for name in ("basis", "feedback", "request", "reply", "remark")},
        "due": paragraphs([on(order.due_on, _("签发后计算")), *order.due_steps]),
    }
    return fill("order", words, own)
