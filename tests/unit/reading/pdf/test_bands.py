"""Pages in two columns are read column by column; tables without rules are none."""

from tests.unit.reading.pdf.test_reader import HEIGHT, Page, X, outline

LEFT = [
    "全年主动公开政府信息，回应群众关切",
    "并且完善各项制度，加强监督检查工作",
    "同时做好平台建设和日常维护工作。",
]
RIGHT = [
    "存在的问题主要是解读形式比较单一",
    "下一步将增加图表动漫等多种形式的",
    "解读，做到每件文件都有人来解读。",
]
STEP = 250


def columns(page: Page, top: float, right: float = 0.0) -> None:
    """Print two columns; the lines of the right one stand lower by so many points."""
    for n, (one, other) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page.text(X, top - 20 * n, one)
        page.text(X + STEP, top - 20 * n - right, other)


def test_columns_between_whole_lines() -> None:
    page = Page()
    title = "东山县水务局二〇二三年政府信息公开工作年度报告全文"
    page.text(X + 70, 700, title)
    columns(page, 660)
    page.text(X, 560, "六、其他需要报告的事项和本年度的收费情况以及其他需要说明的情况。")
    assert "".join(map(str, outline(page.read()))) == (
        title
        + "".join(LEFT + RIGHT)
        + "六、其他需要报告的事项和本年度的收费情况以及其他需要说明的情况。"
    )


def test_columns_whose_lines_are_not_level() -> None:
    page = Page()
    columns(page, 660, right=9)
    assert "".join(map(str, outline(page.read()))) == "".join(LEFT + RIGHT)


def test_a_table_in_the_right_column() -> None:
    page = Page()
    for n, text in enumerate(LEFT):
        page.text(X, 690 - 20 * n, text)
    page.canvas.translate(STEP, 0)
    page.grid(2, 2)
    page.cell(0, 0, "规章")
    page.cell(0, 1, "1")
    page.cell(1, 0, "许可")
    page.cell(1, 1, "2")
    blocks = outline(page.read())
    assert "".join(map(str, blocks[:-1])) == "".join(LEFT)
    assert blocks[-1] == [["规章", "1"], ["许可", "2"]]


def test_few_lines_are_columns_where_pages_before_had_them() -> None:
    page = Page()
    columns(page, 660)
    page.next()
    page.text(X, 660, "六、其他需要报告的事项")
    page.text(X + STEP, 660, "无。")
    assert outline(page.read())[-2:] == ["六、其他需要报告的事项", "无。"]


def test_rows_of_a_table_without_rules_are_whole() -> None:
    page = Page()
    for n, label in enumerate(("属于国家秘密", "重复申请", "其他")):
        page.text(X, 690 - HEIGHT * n, f"{n + 1}.{label}")
        for column in range(4):
            page.text(X + 200 + 60 * column, 690 - HEIGHT * n, str(column))
    page.text(X, 500, "这是表格之后的一行文字，它让页面有足够的文字，并且写满了整整一行。")
    assert outline(page.read())[0] == "1.属于国家秘密  0  1  2  3"


def test_a_table_without_rules_below_columns_is_whole() -> None:
    page = Page()
    columns(page, 690)
    page.text(X, 600, "信息内容")
    page.text(X + STEP, 600, "数量")
    for n, label in enumerate(("规章", "许可")):
        page.text(X, 580 - 20 * n, label)
        page.text(X + STEP, 580 - 20 * n, str(n))
    assert outline(page.read())[-2:] == ["规章  0", "许可  1"]


def test_rows_with_long_labels_are_no_columns() -> None:
    page = Page()
    rows = ["一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
    page.text(X, 740, "本列数据的勾稽关系为第一项加第二项")
    for n, names in enumerate((("申请人情况",), ("自然人", "商业", "总计"), ("", "企业"))):
        for column, name in enumerate(names):
            page.text(X + STEP + 60 * column, 740 - 20 * n, name)
    for n, label in enumerate(rows):
        page.text(X, 680 - 20 * n, label)
        for column in range(3):
            page.text(X + STEP + 60 * column, 680 - 20 * n, f"{n}{column}")
    page.text(X, 630, "六、其他需要报告的事项和本年度的收费情况以及其他需要说明的情况。")
    columns(page, 560)
    texts = [str(text) for text in outline(page.read())]
    assert [text for text in texts if text[0] in "一二"] == [
        f"{label}  {n}0  {n}1  {n}2" for n, label in enumerate(rows)
    ]


def test_a_heading_between_two_texts_in_columns() -> None:
    page = Page()
    columns(page, 700)
    page.text(X, 630, "二、主动公开政府信息情况")
    columns(page, 600)
    assert "".join(map(str, outline(page.read()))) == "".join(
        [*LEFT, *RIGHT, "二、主动公开政府信息情况", *LEFT, *RIGHT]
    )


def test_a_heading_in_the_left_column_is_part_of_it() -> None:
    page = Page()
    columns(page, 700)
    page.text(X, 640, "二、主动公开政府信息情况")
    page.text(X + STEP, 632, "以上情况说明完毕，没有其他事项。")
    columns(page, 610)
    assert "".join(map(str, outline(page.read()))) == "".join(
        [
            *LEFT,
            "二、主动公开政府信息情况",
            *LEFT,
            *RIGHT,
            "以上情况说明完毕，没有其他事项。",
            *RIGHT,
        ]
    )
