"""Names to sign in with: how they look, how a free one is found, whose account a typed name or phone means."""

import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models import Account, Cadre
from models.pinyin import syllables
from models.vault import vault
from rules.errors import RuleBroken
from rules.text import _

SHAPE = re.compile(r"[a-z][a-z0-9._-]{2,30}")
PHONE = re.compile(r"(?:\+?86)?(1\d{10})")


def tidy(typed: str) -> str:
    """What a person typed as login name or phone, without width, case, blanks and dashes of a phone."""
    text = "".join(sign for sign in unicodedata.normalize("NFKC", typed) if sign.isprintable()).strip().casefold()
    phone = PHONE.fullmatch(re.sub(r"[\s-]", "", text))
    return phone[1] if phone else text


def check_login(login: str) -> str:
    """The tidy login; raises RuleBroken("login-shape")."""
    login = tidy(login)
    if not SHAPE.fullmatch(login):
        raise RuleBroken("login-shape", _("登录名要用 3 到 31 个小写字母、数字、点或横线，以字母开头，例如 zhangsan。"))
    return login


def check_free(session: Session, login: str) -> None:
    """Raise RuleBroken("login-taken") when somebody has it."""
    if session.scalar(select(Account.id).where(Account.login == login)) is not None:
        raise RuleBroken("login-taken", _("登录名“{login}”已有人使用，请换一个，例如在后面加数字。"), login=login)


def free_login(session: Session, name: str) -> str:
    """The name's pinyin, with a number behind when somebody has it."""
    stem = re.sub(r"[^a-z]", "", "".join(syllables(name)).casefold())[:24]
    stem = stem if len(stem) >= 3 else f"user{stem}"
    taken = set(session.scalars(select(Account.login).where(Account.login.startswith(stem))))
    return next(login for login in (stem, *(f"{stem}{n}" for n in range(2, 10_000))) if login not in taken)


def account_of(session: Session, typed: str) -> Account | None:
    """The account meant by a login name, or by a phone that exactly one cadre with an account has."""
    text = tidy(typed)
    query = select(Account).options(joinedload(Account.cadre), joinedload(Account.area))
    if not PHONE.fullmatch(text):
        return session.scalars(query.where(Account.login == text)).one_or_none()
    holders = select(Cadre.id).where(Cadre.phone_index == vault().index(text, "phone"))
    found = session.scalars(query.where(Account.cadre_id.in_(holders)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def known_facts(account: Account) -> list[str]:
    """What anybody in the town knows of the person: no password may consist of it."""
    cadre = account.cadre
    name = cadre.name if cadre else account.holder
    spoken = syllables(name)
    initials = "".join(word[:1] for word in spoken)
    area = account.area.name
    facts = [account.login, name, *spoken, "".join(spoken), initials, area, *syllables(area)]
    facts += ["".join(syllables(area)), *([cadre.phone] if cadre and cadre.phone else [])]
    return [fact for fact in facts if fact]
