"""The fields of two rows that become one: blanks are filled, nothing written is changed, and all of it can be put back."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models import Client, Contact
from rules.clients import ClientState, tags_of
from rules.text import _

FILLED = ("contact", "phone", "address", "note", "trade", "credit_code", "head", "members", "venue_kind", "relation")
LONGEST_NAMES = 300
WHY = _("档案合并")
Put = dict[str, Any]


def take_over(session: Session, kept: Any, gone: Any) -> Put:
    """Fill what is blank in `kept`; the other name stays findable. Gives what is needed to put it back."""
    blank = [name for name in FILLED if hasattr(kept, name) and not getattr(kept, name) and getattr(gone, name, None)]
    before = {"filled": blank, "former_names": kept.former_names, "tags": getattr(kept, "tags", "")}
    values = {name: getattr(gone, name) for name in blank}
    if "credit_code" in blank:
        gone.credit_code = None  # a code stands on one row only
        session.flush()
    for name, value in values.items():
        setattr(kept, name, str(value) if name == "phone" else value)
    if gone.name != kept.name:
        kept.former_names = joined(kept.former_names, gone.former_names, gone.name)
    if isinstance(kept, Client):
        kept.tags = tags_of(f"{kept.tags}、{gone.tags}")
    return before


def give_back(session: Session, kept: Any, gone: Any, before: Put) -> None:
    """What came from `gone` and is still as it came goes back."""
    code = kept.credit_code if "credit_code" in before["filled"] else None
    for name in before["filled"]:
        if name == "credit_code" or getattr(kept, name) == getattr(gone, name):
            setattr(kept, name, "" if name in {"contact", "address", "note", "relation"} else None)
    session.flush()
    if code:
        gone.credit_code = code
    kept.former_names = before["former_names"]
    if isinstance(kept, Client):
        kept.tags = before["tags"]


def close(gone: Any, kept: Any, day: date) -> Put:
    """Leave `gone` as a pointer; gives how it stood."""
    before: Put = {}
    if isinstance(gone, Client):
        before = {"state": gone.state.value, "on": gone.state_on and gone.state_on.isoformat(), "why": gone.state_reason}
        gone.state, gone.state_on, gone.state_reason = ClientState.CLOSED, day, f"{WHY}：并入{kept.name}"[:200]
    if isinstance(gone, Contact):
        before, gone.until = {"until": gone.until and gone.until.isoformat()}, gone.until or day
    gone.merged_into_id = kept.id
    return before


def reopen(gone: Any, before: Put) -> None:
    gone.merged_into_id = None
    if isinstance(gone, Client):
        gone.state, gone.state_reason = ClientState(before["state"]), before["why"]  # type: ignore[call-arg]
        gone.state_on = date.fromisoformat(before["on"]) if before["on"] else None
    if isinstance(gone, Contact):
        gone.until = date.fromisoformat(before["until"]) if before["until"] else None


def joined(*names: str) -> str:
    """Each name once, in the order given, as many as fit."""
    text = "、".join(dict.fromkeys(one for text in names for one in text.split("、") if one))
    return text if len(text) <= LONGEST_NAMES else text[:LONGEST_NAMES].rpartition("、")[0]
