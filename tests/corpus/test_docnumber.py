"""Document numbers: the forms that are met, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiaowen.corpus.docnumber import canonical_number, find_numbers, read_number


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("样信部企业〔2030〕119号", "样信部企业〔2030〕119号"),
        ("样发(1985)49号", "样发〔1985〕49号"),
        ("样社部发[2008]3号", "样社部发〔2008〕3号"),
        ("样薪发［1995］32号", "样薪发〔1995〕32号"),
        ("样发【2009】36号", "样发〔2009〕36号"),
        ("样发〔2009〕第36号", "样发〔2009〕36号"),
        ("样政办发 〔2009〕 22 号", "样政办发〔2009〕22号"),
        ("样发〔２００７〕１９号", "样发〔2007〕19号"),
        ("主席令第80号", "主席令第80号"),
        ("主席令第四十五号", "主席令第45号"),
        ("示例省人民政府令第239号", "示例省人民政府令第239号"),
        ("示例省人民政府令 第239号", "示例省人民政府令第239号"),
        ("中华人民共和国国务院令第7号", "中华人民共和国国务院令第7号"),
        ("示例总局公告2023年第39号", "示例总局公告2023年第39号"),
        ("示例部令2021年第3号", "示例部令2021年第3号"),
        ("第17号令", "令第17号"),
        ("Sample Ministry of Industry [2030] No. 119", "Sample Ministry of Industry [2030] No. 119"),
        ("Yang Zhengban [2009] No.22", "Yang Zhengban [2009] No. 22"),
    ],
)
def test_every_form_has_one_canonical_form(text: str, canonical: str) -> None:
    assert canonical_number(text) == canonical


@pytest.mark.parametrize(
    "text",
    [
        *("（2013）样民终字第497号", "(2013)样刑初字第12号", "GB/T 9704—2012", "京ICP备08008382号-3", "2022年第5期"),
        *("第5期", "样例街17号", "二〇二二年", "[2022]", "No. 5", "（2021）样01民初123号"),
    ],
)
def test_what_is_no_document_number(text: str) -> None:
    assert not list(find_numbers(text))


def test_in_running_text_the_words_before_it_are_left_out_as_far_as_they_are_known() -> None:
    (plain,) = find_numbers("根据样政发〔2030〕5号文件")
    assert plain.canonical == "样政发〔2030〕5号"
    (greedy,) = find_numbers("样例市人民政府样政发〔2030〕5号")
    assert greedy.trimmed({"政发", "样政发"}).canonical == "样政发〔2030〕5号"
    assert greedy.trimmed({"样政发"}).span.start == 7


def test_in_another_language_year_and_serial_say_whether_it_is_the_same() -> None:
    one, other = read_number("样信部企业〔2030〕119号"), read_number("Sample Ministry [2030] No. 119")
    assert one
    assert other
    assert one.same_as(other)


@given(st.text(alphabet="发令第号〔〕[]（）0123456789 年公告主席样No.A"))
def test_any_text_can_be_searched(text: str) -> None:
    for number in find_numbers(text):
        assert number.span.end <= len(text)
        assert canonical_number(number.canonical) == number.canonical
