"""Who and what is there when a test begins; phones are all of the invented block."""

import datetime as dt

from flask import Flask

from tests.ledgers.tables import Officer, Shop, Sort, State, Village
from tests.ledgers.town import NOW


def settle(app: Flask, shops: int = 57) -> None:
    """Villages, officers and `shops` shops."""
    names = [
        "丰禾种植农民专业合作社",
        "绿源养殖家庭农场",
        "春晖食品门市部",
        "金穗餐饮店",
        "万顺食品加工有限公司",
    ]
    with app.app_context():
        villages = [
            Village(name=n, pinyin=p)
            for n, p in (
                ("柳湾村", "lww"),
                ("东岭村", "dlc"),
                ("石桥村", "sqc"),
                ("梨园社区", "lysq"),
                ("青禾村", "qhc"),
            )
        ]
        officers = [
            Officer(name=n, phone=f"199000000{i:02}", village=villages[i % 5])
            for i, n in enumerate(("王庚", "周丁", "钱甲", "冯辛", "吴戊"))
        ]
        app.db.session.add_all([*villages, *officers])
        app.db.session.flush()
        for n in range(shops):
            app.db.session.add(
                Shop(
                    name=f"样例县{names[n % 5]}" if n < 5 else f"第{n}号{names[n % 5]}",
                    sort=list(Sort)[n % 5],
                    village=villages[n % 5],
                    officer=officers[n % 5] if n % 7 else None,
                    owner="赵钱孙李周吴郑王"[n % 8] + "某",
                    phone=f"199000000{n % 100:02}",
                    id_card=f"62000019800101{n:04}",
                    address=f"{villages[n % 5].name}{n % 6 + 1}组",
                    visited_at=NOW.replace(hour=0, minute=30) if n == 3 else None,
                    filed_on=dt.date(2019, 1, 1) + dt.timedelta(days=37 * n),
                    state=State.SHUT if n % 9 == 0 else State.OPEN,
                )
            )
        app.db.session.commit()
