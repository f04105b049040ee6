"""The template of the spot-check report (SJ-3.2, QY-2.3c): method, proof, results, orders."""

from docx.document import Document as Paper

from documents.letters.page import HEAD, Line, add_table, repeat, say, write, written

BEFORE: tuple[Line, ...] = (
    *HEAD,
    ("公文标题", "{{ title }}"),
    ("公文空行", ""),
    ("公文正文", "按照有关文件要求，{{ township }}开展了本次抽查（编号{{ number }}）。现将有关情况报告如下。"),
    ("公文一级标题", "一、抽查办法"),
    ("公文正文", "方式为{{ method }}。抽样名单为{{ frame }}，共{{ frame_size }}个，先冻结名单、公布名单指纹和承诺值，"
     "再现场掷骰子，由两者共同决定次序，任何人可以用公布的名单复算。{{ size_how }}"),
    ("公文正文", "{%p if redraw %}"),
    ("公文正文", "本次为重新抽样，理由：{{ redraw }}。原抽样仍保留可查。"),
    ("公文正文", "{%p endif %}"),
    ("公文一级标题", "二、抽查结果"),
    ("公文正文", "{%p for line in results %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文一级标题", "三、替换和未应答"),
    ("公文正文", "{%p for line in replaced %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文一级标题", "四、督办情况"),
    ("公文正文", "{%p for line in orders %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文一级标题", "五、依据"),
    ("公文正文", "{%p for line in basis %}"),
    ("公文正文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文空行", ""),
    ("公文正文", "附件：1. 抽样凭据"),
    ("公文正文", "　　　2. 按干部汇总表"),
    ("公文空行", ""),
    ("公文空行", ""),
    ("公文落款", "{{ issuer }}"),
    ("公文落款", "{{ day }}"),
    ("公文附件", "附件1"),
    ("公文标题", "抽样凭据"),
    ("公文空行", ""),
    ("公文正文", "{%p for line in proof %}"),
    ("公文表文", "{{ line }}"),
    ("公文正文", "{%p endfor %}"),
    ("公文附件", "附件2"),
    ("公文标题", "按干部汇总表"),
    ("公文空行", ""),
)  # fmt: skip
COLUMNS = (("干部", "name", 40), ("应答户数", "n", 26), ("与台账不一致", "hits", 32), ("比率（95%区间）", "rate", 56))


def spot_form() -> Paper:
    """The report with the people as its second appendix, in the order of their names unless the numbers rank them."""
    paper = written(BEFORE)
    table = add_table(paper, [width for _head, _name, width in COLUMNS], 4)
    repeat(table.rows[0])
    for cell, (head, _name, _width) in zip(table.rows[0].cells, COLUMNS, strict=True):
        say(cell, "公文表头", head)
    say(table.cell(1, 0), "公文表格", "{%tr for row in rows %}")
    for cell, (_head, name, _width) in zip(table.rows[2].cells, COLUMNS, strict=True):
        say(cell, "公文表格", f"{{{{ row.{name} }}}}")
    say(table.cell(3, 0), "公文表格", "{%tr endfor %}")
    write(paper, [("公文表注", "{{ note }}")])
    return paper
