"""Field names as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.errors import UsageError
from gongkai.search.fields import report_fields
from gongkai.search.names import FieldNames

NAMES = FieldNames(report_fields())


@pytest.mark.parametrize(
    "written",
    [
        "requests.outcome.granted.total",
        " requests.outcome.granted.total ",
        "予以公开·总计",
        "予以公开・总计",
        "予以公开 总计",
        "（一）予以公开·总计",
        "(一)予以公开·总计",
        "１．予以公开·总计",
        "三、本年度办理结果·予以公开·总计",
        "Granted, total",
    ],
)
def test_a_field_has_many_names(written: str) -> None:
    assert NAMES.find(written).path == "requests.outcome.granted.total"


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("（三）不予公开·1.属于国家秘密·总计", "requests.outcome.denied.state_secret.total"),
        ("其他处理·其他·总计", "requests.outcome.other.other.total"),
        ("（七）总计·自然人", None),
        ("年度", "year"),
        ("机关名称", "agency.name"),
        ("本年收费金额", "proactive.fees.amount"),
        ("行政复议·总计", "disputes.reconsideration.total"),
        (
            "部分公开(区分处理的,只计这一情形,不计其他情形)·总计",
            "requests.outcome.partially_granted.total",
        ),
    ],
)
def test_labels(written: str, path: str | None) -> None:
    if path is None:
        path = "requests.outcome.total.natural_person"
    assert NAMES.find(written).path == path


def test_every_label_and_path_finds_its_own_field() -> None:
    for field in report_fields().values():
        for name in (field.path, field.label, field.label_en):
            assert NAMES.find(name) is field, name


def test_a_name_of_several_fields_is_refused_with_all_of_them() -> None:
    with pytest.raises(UsageError) as refused:
        NAMES.find("予以公开")
    for applicant in ("自然人", "总计"):
        assert f"予以公开·{applicant}" in str(refused.value) or "granted" in str(refused.value)
    assert str(refused.value).count("requests.outcome.granted.") == 7


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("requests.recieved.total", "requests.received.total"),
        ("予以公布·总计", "requests.outcome.granted.total"),
        ("agency.nane", "agency.name"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest(written: str, nearest: str) -> None:
    with pytest.raises(UsageError) as refused:
        NAMES.find(written)
    assert nearest in str(refused.value)
    assert str(refused.value).count("\n") == 5


@given(st.text(max_size=30))
def test_any_text_is_a_field_or_a_usage_error(text: str) -> None:
    try:
        found = NAMES.find(text)
    except UsageError:
        return
    assert found.path in report_fields()
