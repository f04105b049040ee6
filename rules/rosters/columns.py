"""What a column means, told from its heading alone."""

import re
from enum import Enum

from rules.rosters.tidy import squeeze


class Meaning(Enum):
    """Meanings of columns; BARE ones need their neighbours to be understood."""

    SERIAL = "serial"
    PERSON = "person"
    PERSON_PHONE = "person-phone"
    UNIT = "unit"
    POST = "post"
    ENTERPRISE = "enterprise"
    PLACE = "place"
    CONTACT = "contact"
    ENTERPRISE_PHONE = "enterprise-phone"
    CODE = "credit-code"
    NOTE = "note"
    SECRET = "secret"  # noqa: S105 - the name of a meaning
    ACCOUNT = "account"
    LOGIN = "account-and-secret"
    BARE_PHONE = "bare-phone"
    BARE_NAME = "bare-name"
    BARE_UNIT = "bare-unit"
    OTHER = "known-and-not-needed"
    UNKNOWN = "unknown"


_SECRET = re.compile(
    r"密码|密碼|口令|password|passwd|passcode|passwort|\bpwd|pwd\b|\bpin\b|pin码|密钥|秘钥|暗号|验证码|校验码|授权码|激活码"
)
_ACCOUNT = re.compile(
    r"[账帐賬][号户號]|用户名|用户id|用户编号|登[录陆]|user_?name|\buser\b|userid|login|account|工号"
)
_TELEPHONE = re.compile(
    r"(?:联系|移动|固定|办公)?(?:电话|手机|座机|联系方式|联系号码|telephone|phone|mobile|tel)(?:号码|号)?"
)
_PLAIN_PHONE = {"", "联系", "本人", "常用", "移动", "办公", "号码", "no"}
_JOINED = re.compile(r"及其?|和|与|、|/|\+|&|,|;|兼")
_IGNORED = re.compile(
    r"类型|类别|行业|性质|范围|规模|人数|资金|资本|日期|时间|面积|产值|情况|问题|需求|诉求|措施|数量|[户家个次]数|"
    r"邮箱|邮编|微信|身份证|年龄|性别|民族|面貌|是否|进度|结果|满意|签字|签名|许可|证号|车牌|档案|合同|型号|开户行|[经纬]度"
)
_OWN_CONTACT = re.compile(
    r"^(?:企业|商户|店铺|门店|单位|市场主体|经营主体|主体|合作社|农场|公司)(?:安全)?(?:第一)?(?:责任人|负责人)"
)
_PATTERNS: tuple[tuple[Meaning, re.Pattern[str]], ...] = (
    (Meaning.CODE, re.compile(r"信用代码|信用编码|信用码|注册号|税号|执照")),
    (Meaning.NOTE, re.compile(r"^备注|^备考|^说明|^附注")),
    (Meaning.SERIAL, re.compile(r"^(?:序号|编号|序|号|顺序号?|no\.?|#)$")),
    (Meaning.OTHER, _IGNORED),
    (
        Meaning.UNIT,
        re.compile(r"责任单位|所在单位|工作单位|单位.*职务|部门|科室|站所|(?:责任人|干部|领导)单位"),
    ),
    (Meaning.POST, re.compile(r"职务|职称|岗位|职级")),
    (Meaning.BARE_UNIT, re.compile(r"^(?:包[抓保联挂]|帮扶|联系|被包\S?)?单位(?:名称)?$")),
    (Meaning.CONTACT, _OWN_CONTACT),
    (
        Meaning.ENTERPRISE,
        re.compile(r"(?:企业|市场主体|商户|合作社|门店|店铺|农场)(?:\(?社\)?)?(?:名称|全称|简称)?$"),
    ),
    (Meaning.PERSON, re.compile(r"责任人|领导|干部|包[抓保联挂帮]人|专员|特派员|指导员|网格[员长]")),
    (Meaning.BARE_NAME, re.compile(r"^(?:姓名|名字|人员姓名|人员)$")),
    (
        Meaning.CONTACT,
        re.compile(
            r"联系人|负责人|法人|代表人|经营者|经营人|业主|店主|店长|老板|户主|社长|理事长|场长|企业主"
        ),
    ),
    (Meaning.PLACE, re.compile(r"场所|地址|村|社区|住所|位置|所在地|地点|辖区|区域|街道|乡镇")),
    (
        Meaning.ENTERPRISE,
        re.compile(
            r"企业|合作社|市场主体|经营主体|商户|店名|店铺|门店|商铺|经营户|公司|农场|工商户|个体户|对象|名称|字号|商号"
        ),
    ),
)
_PERSON_HINT = re.compile(
    r"责\s*任|领\s*导|干\s*部|包\s*\S\s*人|专\s*员|特派|指导|网格|姓\s*名|名\s*字|人\s*员"
)
_NAMES = {Meaning.PERSON, Meaning.CONTACT, Meaning.BARE_NAME}
_ENTERPRISE_SIDE = {Meaning.CONTACT, Meaning.ENTERPRISE, Meaning.PLACE}
_OPEN = {Meaning.BARE_PHONE, Meaning.BARE_NAME, Meaning.BARE_UNIT, Meaning.UNKNOWN}
LONGEST_HEADING = 24


def classify(heading: str, above: str = "") -> Meaning:
    """Meaning of a heading; `above` is the heading that spans it in a two-row header."""
    whole, context = squeeze(heading), squeeze(above)
    named = _credential(whole)
    if named is not Meaning.UNKNOWN:
        return named
    meaning = _of_heading(whole)
    if not context or not (meaning in _OPEN or whole == "名称"):
        return meaning
    named = _credential(context)
    return named if named is not Meaning.UNKNOWN else _in_context(meaning, whole, _of_heading(context))


def may_be_header(texts: list[str]) -> bool:
    """A quick no for rows of data: nothing in them names a responsible person's column."""
    return any(_PERSON_HINT.search(text[: 2 * LONGEST_HEADING]) for text in texts)


def _credential(text: str) -> Meaning:
    has_secret, has_account = bool(_SECRET.search(text)), bool(_ACCOUNT.search(text))
    if has_secret and has_account:
        only_stage = re.fullmatch(r"[^账帐号户]*登[录陆]\S*(?:密码|口令)\S*", text)
        return Meaning.SECRET if only_stage else Meaning.LOGIN
    if has_secret:
        return Meaning.SECRET
    return Meaning.ACCOUNT if has_account else Meaning.UNKNOWN


def _of_heading(text: str) -> Meaning:
    head = re.split(r"[(\[【]", text, maxsplit=1)[0]
    meaning = _match(head)
    return meaning if meaning is not Meaning.UNKNOWN else _match(text)


def _match(text: str) -> Meaning:
    if not text or len(text) > LONGEST_HEADING:
        return Meaning.UNKNOWN
    if "身份证" in text:
        return Meaning.OTHER
    if _TELEPHONE.search(text):
        return _phone_column(text)
    return next((meaning for meaning, pattern in _PATTERNS if pattern.search(text)), Meaning.UNKNOWN)


def _phone_column(text: str) -> Meaning:
    first = _JOINED.split(text, maxsplit=1)[0]
    if first != text and not _TELEPHONE.search(first) and _match(first) in _NAMES:
        return _match(first)
    rest = _TELEPHONE.sub("", text).strip("()[]【】.:")
    if rest in _PLAIN_PHONE:
        return Meaning.BARE_PHONE
    owner = _match(rest)
    if owner is Meaning.PERSON:
        return Meaning.PERSON_PHONE
    if owner in _ENTERPRISE_SIDE:
        return Meaning.ENTERPRISE_PHONE
    return Meaning.BARE_PHONE if owner in (Meaning.BARE_NAME, Meaning.BARE_UNIT) else Meaning.UNKNOWN


_BY_PERSON = {
    Meaning.BARE_PHONE: Meaning.PERSON_PHONE,
    Meaning.BARE_NAME: Meaning.PERSON,
    Meaning.BARE_UNIT: Meaning.UNIT,
}
_BY_ENTERPRISE = {
    Meaning.BARE_PHONE: Meaning.ENTERPRISE_PHONE,
    Meaning.BARE_NAME: Meaning.CONTACT,
    Meaning.BARE_UNIT: Meaning.ENTERPRISE,
}


def _in_context(meaning: Meaning, text: str, context: Meaning) -> Meaning:
    if context is Meaning.PERSON:
        return Meaning.PERSON if text == "名称" else _BY_PERSON.get(meaning, meaning)
    if context in _ENTERPRISE_SIDE:
        return Meaning.ENTERPRISE if text == "名称" else _BY_ENTERPRISE.get(meaning, meaning)
    return meaning
