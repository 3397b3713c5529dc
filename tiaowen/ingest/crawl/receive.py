"""From an answer to a judgement: what its bytes are and say, and what that makes it for the role it was asked in."""

from __future__ import annotations

from tiaowen.corpus.ledger_records import Role
from tiaowen.corpus.warc import charset_of
from tiaowen.errors import IngestError
from tiaowen.ingest.crawl.fetch import Answer
from tiaowen.ingest.crawl.judge import Judgement, is_data, judge
from tiaowen.ingest.crawl.site import Site
from tiaowen.ingest.decode import decode
from tiaowen.ingest.extract import EXTRACTORS
from tiaowen.ingest.media import media_type_of

MARKUP = ("text/html", "application/xhtml+xml")
UNREAD = "application/octet-stream"
"""The media type of what no extractor reads."""


def read(answer: Answer) -> tuple[str, str]:
    """The media type of the answer, by its bytes, and its text where it is one, else ""."""
    try:
        media_type = media_type_of(answer.url, answer.body)
    except IngestError:
        return UNREAD, ""
    if not media_type.startswith("text/") and media_type not in MARKUP:
        return media_type, ""
    try:
        return media_type, decode(answer.body, charset_of(answer.header("content-type"))).text
    except IngestError:
        return UNREAD, ""


def judgement(site: Site | None, role: Role, answer: Answer, media_type: str, text: str) -> Judgement:
    """What the answer is for somebody who asked for a `role`."""
    if answer.status != 200:
        return judge(text, answer.status)
    if not answer.body:
        return _refused("empty-answer", "the server sent no bytes")
    if role == "list":
        return judge(text, 200, site, listed=True) if text else _refused("not-a-list", f"it is {media_type}")
    if media_type not in MARKUP:
        return _of_file(answer, media_type, text)
    judged = judge(text, 200, site)
    if role == "attachment" and judged.kind != "refused":
        return _refused("soft-404", "a file was asked for, and a page came")
    return judged


def _of_file(answer: Answer, media_type: str, text: str) -> Judgement:
    if media_type == UNREAD or not _is_read(media_type):
        return _refused("no-extractor", f"archived; no extractor reads it ({answer.header('content-type')[:80]})")
    if is_data(text):
        return _refused("not-a-page", "the server sent data, not a page")
    return Judgement("document", title=True, number=True)


def _refused(code: str, message: str) -> Judgement:
    return Judgement("refused", code, message)


def _is_read(media_type: str) -> bool:
    return any(media_type in extractor.media_types for _, extractor in EXTRACTORS.all())
