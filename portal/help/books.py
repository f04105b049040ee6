"""Which handbook a role reads, where in it a page is explained, and a handbook as a page."""

from functools import cache
from pathlib import Path

import markdown
from markdown.extensions.toc import slugify_unicode

from rules.roles import Role
from rules.text import _

ROOT = Path(__file__).resolve().parents[2] / "docs"
BOOKS = {
    "clerk": _("经办人手册"), "cadre": _("干部手册"), "leader": _("领导手册"), "discipline": _("纪委手册"),
    "security": _("安全管理员手册"), "keepers": _("系统、审计管理员手册"), "owner": _("给店主的说明"),
}  # fmt: skip
OWN = {
    Role.CLERK: "clerk", Role.LEADER: "leader", Role.DISCIPLINE: "discipline", Role.SECURITY: "security",
    Role.SYSTEM: "keepers", Role.AUDIT: "keepers",
}  # fmt: skip
LEDGERS = _("台账")
PLACES: dict[str, dict[str, str]] = {
    "clerk": {
        "imports": _("导入包抓、包保名单"), "doubts": _("导入包抓、包保名单"), "handover": _("换人包保"), "assignment": _("换人包保"),
        "rounds": _("每月测评"), "slips": _("每月测评"), "chase": _("每月测评"), "plates": _("每月测评"), "rounds.step": _("月末结账（五步）"),
    },
    "cadre": {"orders": _("收到督办单"), "sanctions": _("收到处理决定"), "boards": _("上了红黑榜"), "today": _("今日页上有什么"), "me": _("第一次登录")},
    "leader": {"boards": _("红黑榜"), "publication": _("红黑榜")},
    "discipline": {"boards": _("红黑榜"), "publication": _("红黑榜")},
    "security": {"desk": _("开账号"), "grants": _("批准角色")},
}  # fmt: skip


def book_of(role: Role) -> str:
    """Everybody who is held to something reads the cadres' book."""
    return OWN.get(role, "cadre")


def place(book: str, endpoint: str) -> str:
    """The heading that explains a page: its own, its blueprint's, for any ledger the ledgers', else the top."""
    known = PLACES.get(book, {})
    blueprint = endpoint.split(".")[0]
    heading = known.get(endpoint) or known.get(blueprint) or (LEDGERS if endpoint.endswith("_view") and book == "clerk" else "")
    return slugify_unicode(heading, "-")


@cache
def drawn(book: str) -> str:
    """The book as HTML; our own file, kept for the life of the process."""
    text = (ROOT / "handbook" / f"{book}.md").read_text("utf-8")
    text = text.replace("](../pictures/", "](/help/pictures/").replace(".md)", ")")
    return markdown.markdown(text, extensions=["tables", "toc"], extension_configs={"toc": {"slugify": slugify_unicode}})
