"""A security administrator doesn't become the only one, or the other one, by shutting his colleague."""

from datetime import timedelta

import pytest

from models import Account, Area, Notice
from models.access.actor import Actor
from models.audit import record
from rules.errors import NotAllowed, RuleBroken
from rules.roles import Role
from services import role_grants
from services.accounts import disable
from services.activation import issue_activation

LATER = timedelta(hours=72)


@pytest.fixture
def work(town):
    with town.work() as session:
        yield session


@pytest.fixture
def first(town):
    return town.actors["吴安全"]


@pytest.fixture
def second(work, first, now):
    """A colleague at work, with a password."""
    account = Account(login="user9", role=Role.SECURITY, holder="陈二安", area=work.get_one(Area, 1), active=True,
                      password="x", fs_uniquifier="u9", email="u9@invalid")  # fmt: skip
    work.add(account)
    work.flush()
    record(work, "test.second", account, by=Actor("测试"), now=now)
    work.commit()
    return account


def shut(work, account, first, now):
    disable(work, account, reason="试一试", by=first, now=now)
    work.commit()


def asked(work, town, first, now):
    account = work.get_one(Account, town.accounts["赵包抓"])
    grant = role_grants.ask_role(work, account, Role.LEADER, reason="会议纪要", by=first, now=now)
    work.commit()
    return grant


def test_shutting_the_colleague_does_not_make_one_alone_at_once(work, town, first, second, now):
    shut(work, second, first, now)
    grant = asked(work, town, first, now)
    with pytest.raises(NotAllowed, match="另一名"):
        role_grants.agree_role(work, grant, by=first, now=now + LATER - timedelta(seconds=1))
    role_grants.agree_role(work, grant, by=first, now=now + LATER)
    assert grant.account.role == Role.LEADER


def test_it_is_told_to_everybody_in_charge(work, first, second, now):
    shut(work, second, first, now)
    told = [row for row in work.query(Notice) if row.subject == "安全管理员被停用"]
    assert len(told) >= 3


def test_of_two_neither_takes_over_the_other_with_a_slip(work, first, second, now):
    with pytest.raises(RuleBroken, match="72"):
        issue_activation(work, second, by=first, now=now)
    shut(work, second, first, now)
    with pytest.raises(RuleBroken, match="72"):
        issue_activation(work, second, by=first, now=now + LATER - timedelta(seconds=1))
    assert issue_activation(work, second, by=first, now=now + LATER).login == "user9"
