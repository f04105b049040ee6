"""Fill the registry: grids, households, places, posts with A and B, task forces, letters, plates, a village renamed, a shop written down twice."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from models import Area, Cadre, Contact, Enterprise, Household, Post, Seat, Team, Venue
from models.access.actor import Actor
from models.audit import record
from rules.clients import VenueKind
from rules.coverage import ChargeLevel, CoverKind
from rules.letters import LetterKind
from rules.localtime import local_day
from rules.places import AreaLevel
from rules.posts import PostKind, Rank
from rules.teams import SeatRole, TeamKind
from services import areas, coverage, tokens
from services.demo import cast
from services.demo.town import Town
from services.registry import held, letters, reshaping

CODE = "620000101"  # invented
SECRETARIES = ("冯壬山", "何甲村", "吕乙村", "施丙村", "张丁村", "孔戊村")
HEADS = "甲乙丙丁戊己庚辛"
TEAMS: dict[str, dict[str, SeatRole]] = {
    "政策解答组": {"王乙岭": SeatRole.HEAD, "钱戊实": SeatRole.MEMBER, "周己": SeatRole.MEMBER},
    "监督考核组": {"孙丙正": SeatRole.HEAD, "周己": SeatRole.MEMBER, "郑辛": SeatRole.MEMBER},
}  # 周己 sits in both: the page of gaps has something to tell
SOURCE = "责任清单（演示）"


def fill(session: Session, town: Town, since: date, *, by: Actor, now: datetime) -> None:
    """What the registers hold today; `since` is the day the township was laid out."""
    filling = _Filling(session, town, since, by, now)
    grids = filling.places()
    filling.people(grids)
    filling.homes(grids)
    filling.teams()
    filling.papers()
    record(session, "demo.registered", "demo", by=by, now=now)


class _Filling:
    def __init__(self, session: Session, town: Town, since: date, by: Actor, now: datetime) -> None:
        self.session, self.town, self.since, self.by, self.now = session, town, since, by, now
        self.day = local_day(now)
        self.holders = [town.people[name] for name in cast.HOLDERS]

    def add(self, *rows: Any) -> None:
        for row in rows:
            if isinstance(row, Post):
                row.complete()
            self.session.add(row)
            self.session.flush()

    def places(self) -> list[Area]:
        """Codes, three grids in each village but the last, and a village with a new name."""
        self.town.township.code = f"{CODE}000"
        found = []
        for n, village in enumerate(self.town.villages):
            village.code = f"{CODE}{200 + n}"
            for k in range(3) if n < 5 else ():
                name = f"{village.name.removesuffix('村')}{'一二三'[k]}组"
                code = f"{village.code}{k + 1:03d}"
                found.append(areas.add_area(self.session, name, AreaLevel.GRID, village, by=self.by, now=self.now, code=code))
        last = self.town.villages[-1]
        reshaping.rename(self.session, last, "柳湾社区", last.code or "", self.day, "县政府关于柳湾村改社区的批复（演示）", by=self.by, now=self.now)
        return found

    def people(self, grids: list[Area]) -> None:
        """Secretaries, heads of most grids, who answers for most villages, and a window with A and B, A on leave."""
        for village, name in zip(self.town.villages, SECRETARIES, strict=True):
            if name not in self.town.people:
                self.town.people[name] = Cadre(name=name, post="村党支部书记", area=village)
                self.add(self.town.people[name])
            self.add(Post(title="党支部书记", kind=PostKind.SECRETARY, cadre=self.town.people[name], area=village, since=self.since))
        for n, grid in enumerate(grids[:-2]):
            held.begin(self.session, grid, self.holders[n % 5], None, self.since, by=self.by, now=self.now)
        for village in self.town.villages[:4]:
            held.begin(self.session, village, self.town.people[cast.LEADER], ChargeLevel.VILLAGE, self.since, by=self.by, now=self.now)
        a, b = self.town.people["吴庚远"], self.town.people["郑辛"]
        for rank, cadre in ((Rank.A, a), (Rank.B, b)):
            self.add(Post(title="民政窗口", kind=PostKind.WINDOW, rank=rank, cadre=cadre, unit=a.unit, area=self.town.township, since=self.since))
        a.away_since, a.away_until = self.day - timedelta(days=1), self.day + timedelta(days=4)

    def homes(self, grids: list[Area]) -> None:
        """Households with whoever is linked to them, street fronts, further contacts, and one shop and one home written down twice."""
        for n, grid in enumerate(grids):
            for k in range(4):
                home = Household(name=f"{grid.name}{k + 1}号", head=f"样例{HEADS[(n + k) % 8]}", members=2 + (n + k) % 4, area=grid)
                home.tags = "三类户" if (n + k) % 9 == 0 else "关爱对象" if (n + k) % 7 == 0 else ""
                self.add(home)
                if (n, k) != (3, 1):
                    coverage.begin(self.session, home, self.holders[n % 5], CoverKind.HOUSEHOLD, self.since, SOURCE, by=self.by, now=self.now)
        self.add(Household(name="坡底老屋", head="样例甲", area=grids[0], members=2))
        east = self.town.villages[0]
        for n in range(4):
            place = Venue(name=f"东岭街{n + 1}号铺", venue_kind=VenueKind.SHOP_FRONT, address=f"东岭村街道{n + 1}号", area=east)
            self.add(place)
            if n:
                coverage.begin(self.session, place, self.holders[n], CoverKind.GRID, self.since, SOURCE, by=self.by, now=self.now)
        first = self.town.shops[0]
        self.add(Enterprise(name="丰禾种植专业合作社", phone=str(first.phone), address="东岭村街道9号", contact=first.contact, area=first.area))
        for shop in self.town.shops[:3]:
            self.add(Contact(client=shop, area=shop.area, name=f"{shop.contact[:1]}会计", relation="会计", phone="19900000090"))

    def teams(self) -> None:
        for name, people in TEAMS.items():
            team = Team(name=name, kind=TeamKind.GROUP, area=self.town.township, since=self.since, source="桃心窝方案（演示）")
            self.add(team)
            self.add(*(Seat(team=team, cadre=self.town.people[who], role=role, area=self.town.township, since=self.since) for who, role in people.items()))

    def papers(self) -> None:
        """Letters that most villages have signed, and plates, one of them lost and replaced."""
        for village in self.town.villages[:4]:
            letters.sign(self.session, village, LetterKind.PETITIONS, self.day.year, self.day, None, by=self.by, now=self.now)
        for shop in self.town.shops[:-4]:
            tokens.issue_plate(self.session, shop, by=self.by, now=self.now)
        self.session.flush()
        lost = tokens.issue_plate(self.session, self.town.shops[1], by=self.by, now=self.now)
        tokens.reissue_plate(self.session, lost, "店面翻修时丢失", by=self.by, now=self.now)
