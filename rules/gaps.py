"""Duties that somebody must hold, and what can be wrong with each: nobody, too many, expired (QY-2.1a, SPX-1.1, SPX-2.1, HJ-1.1, SGD-1.1, SGD-4.3a)."""

from dataclasses import dataclass

from rules.clients import ClientKind
from rules.coverage import ChargeLevel, CoverKind
from rules.places import AreaLevel
from rules.text import _


@dataclass(frozen=True)
class Duty:
    """`subject` is what must be held: a client kind or an area level; the rest says by whom."""

    code: str
    title: str
    clause: str
    subject: ClientKind | AreaLevel
    kinds: tuple[CoverKind, ...] = ()
    level: ChargeLevel | None = None


E, H, V = ClientKind.ENTERPRISE, ClientKind.HOUSEHOLD, ClientKind.VENUE
OF_CLIENTS = (
    Duty("enterprise", _("企业有一名包抓干部"), "QY-2.1a", E, (CoverKind.LEADER, CoverKind.CADRE)),
    Duty("household", _("每户有联户人"), "SPX-1.1", H, (CoverKind.HOUSEHOLD,)),
    Duty("venue", _("场所有责任人"), "HJ-1.1", V, (CoverKind.LEADER, CoverKind.CADRE, CoverKind.GRID)),
)
OF_PLACES = (
    Duty("village-lead", _("每村有科级干部包村"), "HJ-1.1", AreaLevel.VILLAGE, level=ChargeLevel.VILLAGE),
    Duty("group-lead", _("每组有村干部包组"), "HJ-1.1", AreaLevel.GRID, level=ChargeLevel.GROUP),
    Duty("patch-lead", _("辖区有组干部负责"), "HJ-1.1", AreaLevel.GRID, level=ChargeLevel.PATCH),
    Duty("cleaner", _("片区有保洁员"), "HJ-1.1", AreaLevel.GRID, level=ChargeLevel.CLEANER),
)
GRID_HEAD = Duty("grid-head", _("每个网格有一名网格长"), "SPX-2.1b", AreaLevel.GRID)
GRIDDED = Duty("gridded", _("每村都划了网格"), "SGD-1.1", AreaLevel.VILLAGE)
LINKED = Duty("linked", _("联户人全部编入网格"), "SPX-2.1a", AreaLevel.GRID)
LETTER = Duty("letter", _("每村签订本年信访工作责任状"), "SGD-4.3a", AreaLevel.VILLAGE)
DUTIES = {duty.code: duty for duty in (*OF_CLIENTS, GRID_HEAD, *OF_PLACES, GRIDDED, LINKED, LETTER)}
