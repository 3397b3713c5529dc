"""What stands below a document and is not of its text: 附件说明, 附注, 版记 (GB/T 9704—2012, 7.3.5, 7.3.7, 7.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.ingest.lines import TextLine
from tiaowen.ingest.roles import DATE, role_of

_NOTE = re.compile(
    r"[（(](?:此件|本文有删|内部资料|注意保存|联系[人方电])[^（）()。；]{0,60}[）)]$"
    r"|(?:公开方式|公开属性|公开形式|公开类别|信息公开\w{0,4}|是否公开)\s*[:：]?\s*(?:主动公开|依申请公开|不予公开|公开)?$"
    r"|(?:抄送|抄报|主送|分送|发送|主题词)\s*[:：][^。；]{0,400}[。.]?$"
    r"|(?:相关附件|附件下载|相关文件下载|浏览次数\s*[:：]?\s*[-\d]*)$"
)
_IMPRINT = re.compile(rf"(?:[\u4e00-\u9fff]{{4,40}}[ \u3000\xa0]*)?{DATE.pattern}[ \u3000\xa0]*印发$")
_ANNEXES = re.compile(r"附\s*件\s*[:：]\s*(?:1[.．、]\s*)?[^。；]{2,120}$")
_NEXT = re.compile(r"([0-9]{1,2})\s*[.．、]\s*[^。；]{2,120}$")
MOST_ANNEXES = 20


def text_ends(lines: Sequence[TextLine]) -> int:
    """How many of the lines of a document are its text: those after them are notes about it. At least one is."""
    end = _without_notes(lines, len(lines))
    named = _annexes(lines, end)
    return end if named == end else _without_notes(lines, named)


def _without_notes(lines: Sequence[TextLine], end: int) -> int:
    while end > 1 and _is_note(lines, end):
        end -= 1
    return end


def _is_note(lines: Sequence[TextLine], end: int) -> bool:
    """Whether the line before `end` is a note. Who printed it, and when, may stand on one line or two."""
    line = lines[end - 1].text
    above = end < len(lines) and bool(re.match(rf"{DATE.pattern}\s*印发$", lines[end].text))
    return bool(_NOTE.match(line) or _IMPRINT.match(line)) or (above and role_of(line) == "issuer")


def _annexes(lines: Sequence[TextLine], end: int) -> int:
    """Where 附件：1. … 2. … begins, the names of what is attached, if it stands right before `end`; else `end`."""
    for at in range(end - 1, max(0, end - 1 - MOST_ANNEXES), -1):
        if _ANNEXES.match(lines[at].text):
            numbers = [match[1] for line in lines[at + 1 : end] if (match := _NEXT.match(line.text))]
            wanted = [str(number) for number in range(2, 2 + end - at - 1)]
            return at if numbers == wanted else end
        if not _NEXT.match(lines[at].text):
            return end
    return end
