"""Teams manned as their papers say, nobody answering and examining at once, and whose word counts while A is away."""

import hashlib
from dataclasses import fields
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models import Area, Cadre, Post, Rule, Seat, Team, db
from models.access.actor import system
from models.access.session import working
from models.audit import record
from rules.plan import mark_text
from rules.plan_load import load_pack
from rules.posts import PostKind, Rank
from rules.roster_rule import RosterRule
from rules.survey import Party
from rules.teams import SeatRole, TeamKind, TeamNeed
from services import plans
from services.registry.standing_in import standing_in
from services.registry.teams import findings
from tests.homes import NOW
from tests.policy import load_plans
from tests.rules.packs import national, text

SYSTEM = system("测试")
DAY = date(2026, 11, 20)
OLD_MARK = "RosterRule(target=<Party.ENTERPRISE: 'enterprise'>, holder=<Party.CADRE: 'cadre'>, least=1, most=1, load_least=0, load_most=0)"


def change(work):
    with working(db.engine, SYSTEM) as session:
        found = work(session)
        record(session, "test.changed", "test", by=SYSTEM, now=NOW)
        session.commit()
        return found


@pytest.fixture
def papers(town):
    load_plans(NOW)

    def load(session):
        for name in ("taoling", "shangpuxi"):
            plans.load_plan(session, text(name), f"{name}.toml", by=SYSTEM, now=NOW)

    change(load)
    return town


def seat(town, **teams):
    """`seat(town, 政策解答组={"赵": "head"})`: the team with its people, who are put on the roll when they are new."""

    def work(session):
        area = session.get_one(Area, town.areas["样例乡"])
        for name, people in teams.items():
            team = session.scalar(select(Team).where(Team.name == name)) or Team(name=name, kind=TeamKind.TASK, area=area)
            session.add(team)
            for who, role in people.items():
                cadre = session.scalar(select(Cadre).where(Cadre.name == who)) or Cadre(name=who, area=area)
                session.add(Seat(team=team, cadre=cadre, role=SeatRole(role), area=area, since=date(2026, 1, 1)))
                session.flush()

    change(work)


def found(town):
    with working(db.engine, SYSTEM) as session:
        return [(one.team, one.what, str(one.why), one.clause) for one in findings(session, town.actors["李经办"].area_path, DAY)]


@pytest.mark.clause("TL-2.1")
def test_a_leading_group_has_one_head_and_fourteen_deputies(papers):
    assert found(papers) == []  # nothing registered, nothing to check
    seat(papers, 为民服务领导小组={"书记": "head", **{f"副{n}": "deputy" for n in range(13)}})
    assert found(papers) == [("为民服务领导小组", "副组长", "应有14名，现有13名", "TL-2.1")]
    seat(papers, 为民服务领导小组={"副13": "deputy"})
    assert found(papers) == []
    seat(papers, 为民服务领导小组={"副14": "deputy"})
    assert found(papers) == [("为民服务领导小组", "副组长", "至多14名，现有15名", "TL-2.1")]


@pytest.mark.clause("TL-2.2")
def test_nobody_answers_and_examines_at_once(papers):
    seat(papers, 政策解答组={"甲": "head", **{f"解{n}": "member" for n in range(10)}}, 监督考核组={"乙": "head", **{f"考{n}": "member" for n in range(3)}})
    assert found(papers) == [("监督考核组", "成员", "应有4名，现有3名", "TL-2.2")]
    seat(papers, 监督考核组={"解3": "member"})
    assert found(papers) == [("政策解答组、监督考核组", "解3", "同一人不得兼任", "TL-2.2")]
    change(lambda session: setattr(session.scalar(select(Seat).join(Team).where(Team.name == "政策解答组", Seat.cadre.has(name="解3"))), "until", date(2026, 11, 19)))
    assert found(papers) == [("政策解答组", "成员", "应有10名，现有9名", "TL-2.2")]


@pytest.mark.clause("SPX-5.1")
def test_a_task_force_has_its_office(papers):
    seat(papers, 五个到户工作专班={"书记": "head", "乡长": "deputy", "副书记": "deputy", "委员": "member"},
         五个到户工作专班党建办公室={"副书记": "office_head", "党建": "office_deputy", **{f"办{n}": "member" for n in range(4)}})  # fmt: skip
    assert found(papers) == []
    change(lambda session: setattr(session.scalar(select(Cadre).where(Cadre.name == "党建")), "until", DAY - timedelta(days=1)))
    assert found(papers) == [("五个到户工作专班党建办公室", "办公室副主任", "应有1名，现有0名", "SPX-5.1")]


def test_the_page_tells_who_is_missing(browse, papers):
    seat(papers, 监督考核组={"乙": "head"})
    assert "应有4名，现有0名" in browse("王主任").get("/coverage/").text


def test_rules_that_use_nothing_new_keep_the_mark_they_were_stored_with(papers):
    with working(db.engine, SYSTEM) as session:
        row = session.scalar(select(Rule).where(Rule.code == "enterprise-roster"))
        assert (row.params["mark"], row.params["text"]) == (hashlib.sha256(OLD_MARK.encode()).hexdigest(), OLD_MARK)
    plain = RosterRule(Party.ENTERPRISE, Party.CADRE)
    using = RosterRule(Party.TEAM, Party.CADRE, teams=(TeamNeed("甲组", SeatRole.HEAD),))
    assert mark_text(plain) == OLD_MARK
    assert "甲组" in mark_text(using)
    every = [rule for name in ("wuqingyuan", "national") for rule in load_pack(text(name), name, (national(),) if name != "national" else ()).rules]
    others = [rule.params for rule in every if not any(one.metadata.get("later") for one in fields(rule.params))]
    assert len(others) > 5
    assert [one for one in others if mark_text(one) != repr(one)] == []


def test_a_team_rule_without_seats_is_refused():
    assert list(RosterRule(Party.TEAM, Party.CADRE).problems())
    assert list(RosterRule(Party.ENTERPRISE, Party.CADRE, teams=(TeamNeed("甲组", SeatRole.HEAD),)).problems())


@pytest.mark.parametrize(
    ("a", "b", "says"), [((None, None), None, None), ((1, 5), None, ""), ((1, 5), (None, None), "钱包保"), ((1, 5), (2, None), ""), ((5, 9), (None, None), None)]
)
def test_while_a_is_away_b_has_the_word(app, town, a, b, says):
    def day(n):
        return None if n is None else DAY + timedelta(days=n - 3)

    def work(session):
        area = session.get_one(Area, town.areas["样例乡"])
        for who, rank, away in (("赵包抓", Rank.A, a), ("钱包保", Rank.B, b)):
            if away is not None:
                cadre = session.get_one(Cadre, town.cadres[who])
                cadre.away_since, cadre.away_until = day(away[0]), day(away[1])
                post = Post(title="民政窗口", kind=PostKind.WINDOW, rank=rank, cadre=cadre, area=area, since=date(2026, 1, 1))
                post.complete()
                session.add(post)

    change(work)
    with working(db.engine, SYSTEM) as session:
        lines = standing_in(session, town.actors["李经办"].area_path, DAY)
    assert [one.acting for one in lines] == ([] if says is None else [says])
