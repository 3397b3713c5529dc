"""What the words of an instrument are recognised by."""

from __future__ import annotations

from tiaowen.corpus.wording import Wording, containment, plain_title, similarity, wording_of

WORDS = (
    "第一条为了促进样例集群发展制定本办法第二条本办法所称集群是指在县域内聚集的中小企业群体第三条省主管部门负责认定工作"
)
OTHER = (
    "本条例规定养犬登记免疫牵引和粪便清理等事项违反规定的由公安机关处以罚款并没收犬只情节严重的吊销登记证三年内不得再养"
)


def test_blanks_punctuation_and_the_cut_into_clauses_do_not_count() -> None:
    one, other = wording_of([WORDS]), wording_of([f"{WORDS[:9]}，\n", f" {WORDS[9:]}。"])
    assert one == other
    assert similarity(one, other) == 1.0


def test_a_sketch_tells_how_much_two_texts_share() -> None:
    longer, shorter, other = wording_of([WORDS + OTHER]), wording_of([WORDS]), wording_of([OTHER])
    assert abs(similarity(longer, shorter) - len(WORDS) / len(WORDS + OTHER)) < 0.15
    assert containment(longer, shorter) > 0.8
    assert similarity(shorter, other) < 0.05
    assert wording_of([WORDS + "完"]).bands()[0]
    assert set(wording_of([WORDS + "完"]).bands()) & set(shorter.bands())


def test_no_words_are_like_none() -> None:
    assert wording_of(["，。"]) == Wording()
    assert similarity(Wording(), Wording()) == 0.0
    assert containment(Wording(), wording_of([WORDS])) == 0.0
    assert wording_of(["样例"]).bands() == ()


def test_sketches_are_the_same_whatever_made_them() -> None:
    """Those kept in a store are compared with new ones: when this fails, the store's schema needs a new version."""
    assert wording_of([WORDS]).sketch[:32] == "b24eb2c029c7e50b4f4105708558cb41"


def test_titles_are_compared_without_width_script_and_the_name_of_the_state() -> None:
    assert plain_title("中華人民共和國《樣例》法 （試行）") == plain_title("样例法(试行)") == "样例法试行"
