"""Whom the township serves: kinds and states of a client."""

import re

from rules.choices import Choice
from rules.text import _

_TAG_GAP = re.compile(r"[、,，;；\s]+")


class ClientKind(Choice):
    ENTERPRISE = "enterprise", _("企业")
    HOUSEHOLD = "household", _("农户")
    VENUE = "venue", _("场所")


class Trade(Choice):
    """Type of an enterprise; a care home or a branch counts too (clauses.md §4)."""

    COOPERATIVE = "cooperative", _("合作社")
    FAMILY_FARM = "family_farm", _("家庭农场")
    SHOP = "shop", _("门店")
    CATERING = "catering", _("餐饮")
    COMPANY = "company", _("公司")
    BRANCH = "branch", _("分公司")
    INSTITUTION = "institution", _("养老等机构")
    OTHER = "other", _("其他")


class VenueKind(Choice):
    """Places that are no enterprise: a street front, a square, a care point."""

    SHOP_FRONT = "shop_front", _("临街门店")
    STREET = "street", _("街区路段")
    CARE = "care", _("养老托幼点")
    PUBLIC = "public", _("公共场所")
    OFFICE = "office", _("乡直单位")
    OTHER = "other", _("其他")


class ClientState(Choice):
    ACTIVE = "active", _("在营")
    PAUSED = "paused", _("停业")
    CLOSED = "closed", _("注销")


ENDINGS = (
    (Trade.COOPERATIVE, ("合作社",)),
    (Trade.FAMILY_FARM, ("家庭农场", "农场")),
    (Trade.BRANCH, ("分公司",)),
    (Trade.COMPANY, ("公司", "厂")),
    (Trade.INSTITUTION, ("敬老院", "养老院", "幼儿园", "卫生室", "医院", "学校")),
    (Trade.CATERING, ("餐饮店", "餐馆", "饭店", "面馆", "餐饮")),
    (Trade.SHOP, ("店", "超市", "门市部", "商行", "经营部", "便利店", "加油站")),
)


TAG_WORDS = ("三类户", "关爱对象", "监测户", "低保户", "特困户", "独居老人", "留守儿童", "军属烈属")
MOST_TAGS = 8


def tags_of(text: str) -> str:
    """“三类户，关爱对象 三类户” → “三类户、关爱对象”: each once, in the order written, at most eight."""
    return "、".join(list(dict.fromkeys(_TAG_GAP.split(text.strip("、,，;； "))))[:MOST_TAGS])


def trade_of(name: str) -> Trade:
    """The type a name ends on, else OTHER; a person may correct it."""
    plain = name.rstrip("）)」 ")
    return next((trade for trade, ends in ENDINGS if plain.endswith(ends)), Trade.OTHER)
