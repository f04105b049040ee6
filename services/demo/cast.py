"""Who and what lives in the invented township; names and numbers stand for nobody."""

from rules.roles import Role

TOWNSHIP = "样例乡"
VILLAGES = ("东岭村", "西沟村", "南坪村", "北塬村", "青禾村", "柳湾村")

# login, role, name, unit, post
PEOPLE: tuple[tuple[str, Role, str, str, str], ...] = (
    ("bangongshi", Role.CLERK, "李甲经", "党政综合办公室", "主任"),
    ("fenguan", Role.LEADER, "王乙岭", "乡党委", "分管领导"),
    ("jiwei", Role.DISCIPLINE, "孙丙正", "乡纪委", "纪委副书记"),
    ("ganbu", Role.CADRE, "赵丁", "农业农村综合服务中心", "干部"),
    ("ganbu2", Role.CADRE, "钱戊实", "农业农村综合服务中心", "干部"),
    ("ganbu3", Role.CADRE, "周己", "社会治安综合治理中心", "干部"),
    ("ganbu4", Role.CADRE, "吴庚远", "便民服务中心", "干部"),
    ("ganbu5", Role.CADRE, "郑辛", "退役军人服务站", "干部"),
    ("cunzhishu", Role.VILLAGE, "冯壬山", "东岭村村委会", "村党支部书记"),
    ("xitong", Role.SYSTEM, "陈系统", "党政综合办公室", "系统管理员"),
    ("anquan", Role.SECURITY, "褚安全", "党政综合办公室", "安全管理员"),
    ("shenji", Role.AUDIT, "卫审计", "党政综合办公室", "审计管理员"),
)
HOLDERS = ("赵丁", "钱戊实", "周己", "吴庚远", "郑辛")
LEADER = "王乙岭"

STEMS = (
    "丰禾", "绿源", "春晖", "金穗", "万顺", "兴旺", "禾香", "同福", "百惠", "乐家", "康泰", "永盛", "福满", "和顺",
    "宏达", "益民", "富康", "安康", "瑞丰", "嘉禾", "双泉", "青松", "红果", "白云", "向阳", "清泉", "石榴", "枣香",
    "荞麦", "山杏", "桃源", "梨花", "槐树", "松柏", "长青", "家常",
)  # fmt: skip
ENDINGS = ("种植农民专业合作社", "养殖家庭农场", "便利店", "餐饮店", "食品加工有限公司", "农资门市部")
CONTACTS = "子丑寅卯辰巳午未申酉戌亥"
