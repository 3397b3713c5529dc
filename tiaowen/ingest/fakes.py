"""Pages of lottery sites dressed as policies, numbered 一、（一） and all: refused, not read as law.

A rule on lotteries speaks of them in sentences; the fake says 精准资料, 免费大全 and 今晚开奖 over and over. Refused is
what has several such words, lures among them, in every few lines; a document into which they were injected is not.
"""

from __future__ import annotations

from tiaowen.errors import IngestError
from tiaowen.ingest.page import Page
from tiaowen.ingest.spam.gambling import patterns, words_in

_LEAST = 6
_DIFFERENT = 3
_LURES = 4
_BESIDE = 8
_PER_THOUSAND = 4.0
_THROUGHOUT = 20.0


def refuse_fake(page: Page, cleaned: Page) -> None:
    """Raises IngestError for a page whose own words, or whose words before cleaning, advertise gambling throughout."""
    _refuse(page, _THROUGHOUT)
    _refuse(cleaned, _PER_THOUSAND)


def _refuse(page: Page, per_thousand: float) -> None:
    _, lure = patterns()
    found = words_in(page.folded)
    words = {place.of(page.folded) for place in found}
    if len(found) < _LEAST or len(words) < _DIFFERENT or len(found) * 1000 < per_thousand * len(page.text):
        return
    lured = sum(bool(lure.search(page.folded, max(0, p.start - _BESIDE), p.end + _BESIDE)) for p in found)
    if lured >= _LURES:
        said = "、".join(sorted(words)[:4])
        raise IngestError(f"the page advertises gambling ({said}) in the shape of a policy: not taken in")
