"""Pages that hold no document: challenges, error messages, indexes of links. They are refused, not read as law.

A page is refused only by what it says and shows as a whole; a short document among many links is still a document,
and one with numbered provisions (安全检查 is a duty in many) is never taken for a message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.errors import IngestError
from tiaowen.ingest.edges import LABEL
from tiaowen.ingest.line_features import PageLines

_CHALLENGE = re.compile(
    r"checking (?:your|if the site connection) |verify(?:ing)? (?:that )?you are (?:a )?human|just a moment"
    r"|enable javascript and cookies|attention required|are you a robot|unusual traffic"
    r"|请(?:完成|输入|滑动|点击).{0,10}验证|拖动(?:滑块|下方)|浏览器(?:安全)?检查"
    r"|请开启\s?javascript|waf 拦截|您的(?:访问|请求)(?:被拦截|过于频繁|存在异常)",
    re.I,
)
_ERROR = re.compile(
    r"\b(?:40[0134]|410|50[0234])\b.{0,30}(?:error|not found|forbidden|bad gateway|unavailable|错误|页面)"
    r"|(?:page|file) not found|access denied|internal server error|service unavailable"
    r"|(?:页面|网页|文件|内容|信息)(?:不存在|找不到|无法(?:访问|显示|找到)|已(?:被)?(?:删除|移除|下线))"
    r"|(?:您|你)(?:访问|查看|浏览)的(?:页面|网页|内容|信息|资源).{0,12}(?:不存在|找不到|删除|过期|错误)"
    r"|找不到(?:该|此|您).{0,8}(?:页|文件)|服务器(?:错误|繁忙|内部错误)",
    re.I,
)
_TITLES = re.compile("^(?:安全|访问|人机|身份|滑动)(?:验证|校验|检查|检测)|^(?:robot check|access denied|error)", re.I)
_MAX_NOTICE = 1_500
_LEAST_DOCUMENT = 150
_LEAST_LINKS = 25
_LINK_SHARE = 0.6


def refuse_no_document(page: PageLines, kept: Sequence[bool], title: str) -> None:
    """Raises IngestError, saying what the page is, if it is a challenge, an error message or an index of links."""
    words = " ".join(page.strings)
    width = sum(page.widths)
    document = sum(w for w, keep, share in zip(page.widths, kept, page.links, strict=True) if keep and share < 0.5)
    numbered = any(LABEL.match(string) for string in page.strings)
    if document < _MAX_NOTICE and width < 2 * _MAX_NOTICE and not numbered:
        for kind, pattern in (("challenge", _TITLES), ("challenge", _CHALLENGE), ("error message", _ERROR)):
            found = pattern.search(title) or (pattern.search(words) if pattern is not _TITLES else None)
            if found:
                raise IngestError(f"the page is a site's {kind} (“{found[0]}”), not a document: fetch it again")
    linked = sum(share > 0.5 for share in page.links)
    if document < _LEAST_DOCUMENT and linked >= _LEAST_LINKS and page.sums.linked[-1] >= _LINK_SHARE * width:
        raise IngestError(f"the page is an index of {linked} links, not a document: take in the pages it leads to")
