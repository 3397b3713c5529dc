"""Pages that hold no document: challenges, messages, log-ins, empty lists, indexes of links. They are refused.

A page is refused only by what it says and shows as a whole; a short document among many links is still a document. One
with numbered provisions (安全检查 is a duty in many), or under the heading of an official document (a notice that the
site will be under maintenance), is never taken for a message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tiaowen.errors import IngestError
from tiaowen.ingest.edges import LABEL, kinds_of
from tiaowen.ingest.line_features import PageLines
from tiaowen.ingest.official import headings, is_attachment, names_instrument

_TITLES = re.compile("^(?:安全|访问|人机|身份|滑动)(?:验证|校验|检查|检测)|^(?:robot check|access denied|error)", re.I)
_CHALLENGE = re.compile(
    r"checking (?:your|if the site connection) |verify(?:ing)? (?:that )?you are (?:a )?human|just a moment"
    r"|enable javascript and cookies|attention required|are you a robot|unusual traffic"
    r"|请(?:完成|输入|滑动|点击).{0,10}验证|拖动(?:滑块|下方)|浏览器(?:安全)?检查"
    r"|请(?:开启|启用)\s?javascript|waf\s?拦截|您的(?:访问|请求)(?:被(?:拦截|阻断|拒绝)|过于频繁|存在异常)"
    r"|对网站造成安全威胁",
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
_MAINTENANCE = re.compile(
    r"(?:网站|系统|平台|服务|页面).{0,8}(?:升级|维护).{0,20}(?:暂时?(?:无法|停)|稍后|敬请谅解)|(?:系统|网站)维护中"
    r"|(?:down|closed|unavailable|under(?:going)?)\b.{0,20}\bmaintenance",
    re.I,
)
_LOGIN = re.compile(
    r"(?:尚未|还没有)登录|登录(?:已)?(?:超时|失效|过期)|(?:请|需)(?:先)?登录后?(?:再|才|查看|浏览)|忘记密码|"
    r"(?:please|you must|you need to) (?:log|sign) in|forgot(?:ten)? (?:your )?password",
    re.I,
)
_REDIRECT = re.compile(r"正在(?:为您)?跳转|(?:没有|未)自动跳转|秒后(?:将)?(?:自动)?跳转|you are being redirected", re.I)
_EMPTY = re.compile(
    r"暂无(?:数据|内容|信息|记录|相关)|(?:没有|未)(?:找到|查询到|搜索到|检索到).{0,10}(?:记录|数据|结果|信息|文件)"
    r"|\bno (?:results?|records?|data|documents?) (?:were )?(?:found|available)",
    re.I,
)
_SEARCH = re.compile(r"(?:搜索|检索|查询|找到).{0,30}(?:结果|记录)|search results|\d+ results", re.I)
_MESSAGES = (
    ("challenge", _TITLES, 0),
    ("challenge", _CHALLENGE, 1_500),
    ("error message", _ERROR, 1_500),
    ("maintenance message", _MAINTENANCE, 400),
    ("log-in page", _LOGIN, 400),
    ("redirect", _REDIRECT, 400),
    ("empty list", _EMPTY, 200),
)
"""Kinds of messages, their words, and the width up to which a page with them in its text is one; 0: in <title> only."""

_MAX_NOTICE = 1_500
_LEAST_DOCUMENT = 150
_LEAST_NOTICE = 20
_LEAST_LINKS = 25
_LEAST_RESULTS = 8
_LINK_SHARE = 0.6


def refuse_no_document(page: PageLines, kept: Sequence[bool], title: str) -> None:
    """Raises IngestError, saying what the page is, if it is a message, a log-in, an empty list or an index of links."""
    width = sum(page.widths)
    document = sum(
        page.widths[i]
        for i, keep in enumerate(kept)
        if keep and (page.links[i] < 0.5 or is_attachment(page.strings[i]))
    )
    if document < _MAX_NOTICE and width < 2 * _MAX_NOTICE and not _is_document(page, title):
        _refuse_message(page, title)
    heads = headings(page) if document < _MAX_NOTICE else []
    least = _LEAST_NOTICE + sum(page.widths[i] for i in heads) if heads else _LEAST_DOCUMENT
    if document < least and _is_index(page, width):
        linked = sum(share > 0.5 for share in page.links)
        raise IngestError(f"the page is an index of {linked} links, not a document: take in the pages it leads to")


def _is_index(page: PageLines, width: int) -> bool:
    """Whether a page is made of links, or says that its links are what was searched for."""
    linked = sum(share > 0.5 for share in page.links)
    if linked >= _LEAST_LINKS and page.sums.linked[-1] >= _LINK_SHARE * width:
        return True
    return linked >= _LEAST_RESULTS and any(_SEARCH.search(s) for s in _said(page)[:_LEAST_LINKS])


def _refuse_message(page: PageLines, title: str) -> None:
    words = " ".join(page.strings)
    said = sum(len(string) for string in _said(page)) * 2
    for kind, pattern, most in _MESSAGES:
        found = pattern.search(title) or (pattern.search(words) if said <= most else None)
        if found:
            raise IngestError(f"the page is a site's {kind} (“{found[0]}”), not a document: fetch it again")


def _is_document(page: PageLines, title: str) -> bool:
    """Whether a page shows by its numbers or its heading that it is no message of the site's."""
    return names_instrument(title) or any(LABEL.match(string) for string in page.strings) or bool(headings(page))


def _said(page: PageLines) -> list[str]:
    """The lines of a page that are neither links nor furniture."""
    return [s for s, share in zip(page.strings, page.links, strict=True) if share < 0.5 and not kinds_of(s.strip())]
