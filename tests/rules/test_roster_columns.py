"""A column is known by what its heading means, not by where it stands."""

import pytest

from rules.rosters.columns import Meaning, classify
from rules.rosters.neighbours import settle

M = Meaning
HEADINGS = {
    M.PERSON: "责任人 包抓领导 包抓\n领导 包保干部 包抓干部 包联干部 责任领导 联系领导 干部姓名 包保人 "
    "包保企业责任人 助企专员 责任人及电话 包保干部（联系电话）",
    M.PERSON_PHONE: "责任人电话 干部联系电话 包抓领导手机号 责任人联系方式 干部电话号码",
    M.ENTERPRISE: "企业社名称 企业名称 包保企业 包抓企业 市场主体 商户 店名 合作社名称 企业（社）名称 "
    "干部包保企业 领导包抓企业名称 商户名称",
    M.ENTERPRISE_PHONE: "企业电话 企业联系电话 联系人电话 负责人手机 法人电话 经营者联系方式 店主电话",
    M.CONTACT: "企业联系人 联系人 负责人 法人 法定代表人 经营者 企业负责人 企业责任人 "
    "联系人及电话 企业联系人（电话）",
    M.PLACE: "经营场所 经营\n场所 所在村 地址 村(社区) 企业地址 经营地址",
    M.NOTE: "备注 备　注",
    M.SERIAL: "序号 编号 序",
    M.UNIT: "责任单位 所在单位 工作单位 责任人单位 单位及职务",
    M.POST: "职务 职务职级",
    M.CODE: "统一社会信用代码 信用代码",
    M.SECRET: "密码 密　码 口令 初始密码 登录密码 password Passwd pwd PIN PIN码 "
    "系统登录密码 口令词 密码（初始）",
    M.ACCOUNT: "账号 帐号 用户名 登录名 登录账号 账户（系统） account username",
    M.LOGIN: "账号密码 账号/密码 用户名及口令",
    M.BARE_PHONE: "电话 联系电话 手机 手机号 联系方式 电话号码 手机号码",
    M.BARE_NAME: "姓名",
    M.BARE_UNIT: "单位 单位名称 包保单位",
    M.OTHER: "企业类型 经营范围 入驻时间 身份证号 行业 企业数量 注册资本 许可证号 车牌",
    M.UNKNOWN: "备用 验证 监督电话 甲",
}


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [(text, meaning) for meaning, words in HEADINGS.items() for text in words.split(" ")],
)
def test_a_heading_is_understood(heading, meaning):
    assert classify(heading) is meaning


def test_a_padded_heading_is_closed_up():
    assert classify("密 码") is M.SECRET
    assert classify(" 责 任 人 ") is M.PERSON


@pytest.mark.parametrize(
    ("above", "heading", "meaning"),
    [
        ("责任人", "姓名", M.PERSON),
        ("责任人", "电话", M.PERSON_PHONE),
        ("责任人", "单位", M.UNIT),
        ("包保企业", "名称", M.ENTERPRISE),
        ("包保企业", "电话", M.ENTERPRISE_PHONE),
        ("包保企业", "姓名", M.CONTACT),
        ("系统账号", "密码", M.SECRET),
        ("平台登录", "初始", M.ACCOUNT),
    ],
)
def test_a_heading_under_another_is_read_with_it(above, heading, meaning):
    assert classify(heading, above) is meaning


@pytest.mark.parametrize(
    ("headings", "owner"),
    [
        (["责任人", "电话", "包保企业", "企业电话"], M.PERSON_PHONE),
        (["包保企业", "企业电话", "电话", "责任人"], M.PERSON_PHONE),
        (["责任人", "企业名称", "电话"], M.ENTERPRISE_PHONE),
        (["企业名称", "责任人", "联系电话"], M.PERSON_PHONE),
        (["责任人", "责任人电话", "企业名称", "地址", "手机"], M.ENTERPRISE_PHONE),
        (["电话", "企业名称", "责任人"], M.ENTERPRISE_PHONE),
    ],
)
def test_a_bare_phone_belongs_to_its_neighbour(headings, owner):
    found = settle([classify(heading) for heading in headings])
    bare = next(at for at, heading in enumerate(headings) if classify(heading) is M.BARE_PHONE)
    assert found[bare] is owner


def test_a_bare_name_is_the_person_only_when_nobody_else_is():
    assert settle([M.BARE_NAME, M.ENTERPRISE])[0] is M.PERSON
    assert settle([M.BARE_NAME, M.PERSON, M.ENTERPRISE])[0] is M.CONTACT
