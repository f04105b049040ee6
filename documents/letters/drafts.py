"""The built-in templates, word for word; bin/letter-templates writes them as .docx for clerks to edit."""

from collections.abc import Callable

from docx.document import Document as Paper

from documents.letters.order_form import order_form
from documents.letters.page import HEAD, add_table, repeat, say, written
from documents.letters.spot_form import spot_form

SIGNED = (
    ("公文空行", ""),
    ("公文空行", ""),
    ("公文落款", "{{ issuer }}"),
    ("公文落款", "{{ day }}"),
)
NOTICE = (
    *HEAD,
    ("公文标题", "关于{{ month }}企业满意度测评情况的通报"),
    ("公文空行", ""),
    ("公文主送", "各村党支部、村委会，乡直各单位："),
    ("公文正文", "按照有关文件要求，{{ month }}企业对包抓干部满意度测评已经结束。现将有关情况通报如下。"),
    ("公文一级标题", "一、测评办法"),
    ("公文正文", "测评自{{ opened }}开始，至{{ closed }}截止，由企业对包抓干部逐一评价，一家企业对一名干部评价一次。"
     "答卷内容不向被评干部及其所在单位公开；评价不足{{ floor }}份的，不计算平均分。"),
    ("公文正文", "{%p if reason %}"),
    ("公文正文", "本通报为第{{ edition }}版，更正理由：{{ reason }}。此前各版以本版为准。"),
    ("公文正文", "{%p endif %}"),
    ("公文一级标题", "二、测评情况"),
    ("公文二级标题", "（一）收回情况"),
    ("公文正文", "应评{{ totals.invited }}家次，收回{{ totals.n }}份，拒答{{ totals.refused }}家次，停业{{ totals.closed }}家次，"
     "未能送达{{ totals.unreachable }}家次，未答{{ totals.silent }}家次；另有{{ totals.excluded }}家次按规定不计入应评。"
     "收回率（收回份数除以应评减停业的家次）为{{ totals.response }}。各村收回情况见附件。"),
    ("公文二级标题", "（二）评价结果"),
    ("公文正文", "{%p for line in results %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文一级标题", "三、结果运用"),
    ("公文正文", "{{ followed }}"),
    ("公文一级标题", "四、下步要求"),
    ("公文正文", "各包抓干部要主动上门听取企业意见，对反映的困难逐件登记、逐件答复；收到督办单的，要在期限内整改并书面答复。"
     "任何单位和个人不得打听、追问企业的评价内容，不得因评价对企业区别对待。"),
    ("公文正文", "各村、各单位要督促未参加测评的企业在下月按时评价，停业、迁出的及时更正台账。"),
    ("公文一级标题", "五、依据"),
    ("公文正文", "{%p for line in basis %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文空行", ""),
    ("公文正文", "附件：{{ month }}企业满意度测评各村收回情况表"),
    *SIGNED,
    ("公文附件", "附件"),
    ("公文标题", "{{ month }}企业满意度测评各村收回情况表"),
    ("公文空行", ""),
)  # fmt: skip
SANCTION = (
    *HEAD,
    ("公文标题", "干部管理处理决定告知书"),
    ("公文空行", ""),
    ("公文主送", "{{ cadre }}同志（{{ unit }}）："),
    ("公文正文", "经研究，决定对你作出如下处理，现予告知。"),
    ("公文一级标题", "一、处理决定"),
    ("公文正文", "{{ title }}。{{ validity }}"),
    ("公文一级标题", "二、事实"),
    ("公文正文", "{%p for line in facts %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文一级标题", "三、依据和理由"),
    ("公文正文", "{%p for line in basis %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文正文", "{{ decided }}"),
    ("公文一级标题", "四、你的权利"),
    ("公文正文", "（一）陈述。你可以就事实和理由作出说明，本单位将如实记录并予以答复。"),
    ("公文正文", "（二）复核。对本决定不服的，可以自知道之日起30日内，即{{ review_until }}以前，向本单位书面申请复核。"),
    ("公文正文", "（三）申诉。对复核结果不服的，可以自接到复核决定之日起15日内提出申诉；"
     "也可以不经复核，自知道本决定之日起30日内，即{{ appeal_until }}以前，直接提出申诉。"),
    ("公文正文", "（四）复核、申诉期间不停止决定的执行；不会因申请复核、提出申诉而加重处理。"
     "以上依据《中华人民共和国公务员法》第九十五条、第九十六条；不适用该法的人员，按照所适用的规定办理。"),
    *SIGNED[1:],
    ("公文主送", "本人签收：　　　　　　签收日期：　　　年　　月　　日"),
)  # fmt: skip
COLUMNS = (
    ("序号", "at", 14),
    ("村（社区）", "name", 50),
    ("应评", "invited", 21),
    ("停业", "closed", 21),
    ("收回", "n", 21),
    ("收回率", "response", 29),
)


def notice() -> Paper:
    """月度企业满意度测评情况通报, with the villages as appendix."""
    paper = written(NOTICE)
    table = add_table(paper, [width for _head, _name, width in COLUMNS], 4)
    repeat(table.rows[0])
    for cell, (head, _name, _width) in zip(table.rows[0].cells, COLUMNS, strict=True):
        say(cell, "公文表头", head)
    say(table.cell(1, 0), "公文表格", "{%tr for row in rows %}")
    for cell, (_head, name, _width) in zip(table.rows[2].cells, COLUMNS, strict=True):
        say(cell, "公文表格", f"{{{{ row.{name} }}}}")
    say(table.cell(3, 0), "公文表格", "{%tr endfor %}")
    paper.add_paragraph("{{ note }}", "公文表注")
    return paper


def sanction() -> Paper:
    """处理决定告知书 (SQ-2.3b)."""
    return written(SANCTION)


DRAFTS: dict[str, Callable[[], Paper]] = {"notice": notice, "order": order_form, "sanction": sanction, "spot_check": spot_form}
