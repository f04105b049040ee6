"""The people of the tests: 李经办 (clerk), 王主任 (leader), 赵包抓 and 钱包保 (cadres), 孙纪检 (discipline), 三员."""

from dataclasses import dataclass, field
from datetime import date, datetime

from models import Account, Area, Assignment, Cadre, Enterprise, Unit, db
from models.access.actor import Actor, system
from models.access.session import ActorSession, working
from models.audit import record
from rules.clients import Trade
from rules.coverage import CoverKind
from rules.places import AreaLevel, UnitKind
from rules.roles import Role
from tests.quick import made_once

PEOPLE = {
    "李经办": (Role.CLERK, "19900000001"), "王主任": (Role.LEADER, "19900000002"),
    "赵包抓": (Role.CADRE, "19900000003"), "钱包保": (Role.CADRE, "19900000004"),
    "孙纪检": (Role.DISCIPLINE, "19900000005"), "周系统": (Role.SYSTEM, "19900000006"),
    "吴安全": (Role.SECURITY, "19900000007"), "郑审计": (Role.AUDIT, "19900000008"),
}  # fmt: skip
SHOPS = (("东岭合作社", "东岭村", "赵包抓", "19900000011"), ("西沟农场", "西沟村", "赵包抓", "19900000012"),
         ("南坪小店", "东岭村", "赵包抓", "19900000013"), ("北塬饭店", "西沟村", "钱包保", "19900000014"))  # fmt: skip


@dataclass
class Town:
    """Ids by name, and an actor for each person."""

    actors: dict[str, Actor] = field(default_factory=dict)
    cadres: dict[str, int] = field(default_factory=dict)
    shops: dict[str, int] = field(default_factory=dict)
    areas: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)

    def work(self, who: str | None = None) -> ActorSession:
        """A working session for a verb; the caller closes it or lets the test end."""
        return ActorSession(db.engine, info={"actor": system(who or "测试")})


@made_once
def build_town(now: datetime) -> Town:
    town = Town()
    with working(db.engine, system("搭建测试乡镇")) as session:
        areas = _areas(session)
        unit = Unit(name="党政综合办公室", kind=UnitKind.OFFICE, area=areas["样例乡"])
        session.add(unit)
        cadres, accounts = {}, {}
        for number, (name, (role, phone)) in enumerate(PEOPLE.items(), start=1):
            cadres[name] = Cadre(name=name, phone=phone, unit=unit, area=areas["样例乡"], post=role.label)
            accounts[name] = Account(
                login=f"user{number}", role=role, cadre=cadres[name], area=areas["样例乡"], active=True,
                fs_uniquifier=f"u{number}", email=f"u{number}@invalid",
            )  # fmt: skip
        session.add_all([*cadres.values(), *accounts.values()])
        shops = {}
        for name, village, holder, phone in SHOPS:
            shops[name] = Enterprise(name=name, area=areas[village], phone=phone, trade=Trade.SHOP, contact="店主")
            session.add(shops[name])
            session.add(
                Assignment(kind=CoverKind.CADRE, client=shops[name], cadre=cadres[holder], since=date(2026, 1, 1),
                           area=areas[village], source="测试清单")
            )  # fmt: skip
        record(session, "town.built", "town", by=system("测试"), now=now)
        session.commit()
        town.areas = {name: row.id for name, row in areas.items()}
        town.cadres = {name: row.id for name, row in cadres.items()}
        town.shops = {name: row.id for name, row in shops.items()}
        town.accounts = {name: row.id for name, row in accounts.items()}
        for name, account in accounts.items():
            town.actors[name] = Actor(name, account.role, account.id, account.cadre_id, unit.id, areas["样例乡"].path)
    return town


def _areas(session: ActorSession) -> dict[str, Area]:
    township = Area(name="样例乡", level=AreaLevel.TOWNSHIP, path="1/")
    session.add(township)
    villages = [Area(name=name, level=AreaLevel.VILLAGE, parent=township, path="1/") for name in ("东岭村", "西沟村")]
    session.add_all(villages)
    session.flush()
    for area in villages:
        area.path = f"{township.path}{area.id}/"
    session.flush()
    return {area.name: area for area in (township, *villages)}
