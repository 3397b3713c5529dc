"""What an answer is: a document, a list, or something that only looks like an answer.

Sites say “not found”, “log in” and “prove that you are no robot” with status 200. Such a page taken for a document puts
nonsense into the corpus, and taken for a list it makes a province look empty. Each has a name here.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Literal

from parsel import Selector

from tiaowen.ingest.crawl.site import Site

Kind = Literal["document", "list", "refused"]


@dataclass(frozen=True)
class Judgement:
    """What a page is; for a refused one the `code` (kebab-case) and a `message` that says how it was seen.

    `title` and `number` say whether the page shows them; `laid_out` whether it has one of the site's text elements.
    """

    kind: Kind
    code: str = ""
    message: str = ""
    title: bool = False
    number: bool = False
    laid_out: bool = True


# Elements that hold the text of a document, by the software that writes them.
CONTENT = (
    "#UCAP-CONTENT",  # UCAP (开普)
    ".TRS_Editor, .TRS_UEDITOR, .trs_editor_view, .Custom_UnionStyle",  # TRS WCM (拓尔思)
    "#vsb_content, .v_news_content",  # VSB (博达)
    "#zoom, .bt_content, #con_con",  # JPage, jpaas (大汉)
    ".j-fontContent, .gzk-article",  # Longxun (龙讯)
    "#ivs_content, .article-content, .pages_content, #artibody, .news_cont_d_wrap",
)

_CHALLENGE = re.compile(
    r"\$_ts\s*=|__jsl_clearance|acw_sc__v2|arg1\s*=\s*'[0-9A-F]{40}'|safeline_bot|cf_chl_|challenge-platform"
    r"|Just a moment\.\.\.|[Ee]nable JavaScript|are you (a robot|human)|请开启JavaScript"
    r"|(安全|访问|人机|滑动|身份)验证|请(完成|进行|输入).{0,10}验证|验证码|安全检查"
    r"|访问(过于)?频繁|请求(被拦截|异常)|创宇盾|云防护|网站防火墙"
)
_LOGIN = re.compile(r"登录|登陆|用户名|统一身份认证|[Ll]og ?in|[Ss]ign ?in")
_MISSING = re.compile(
    r"(页面|网页|文件|内容|信息|文章|栏目|资源|地址).{0,8}(不存在|找不到|已(被)?(删除|移除|下线)|未找到|无法(找到|访问|显示)|丢失)"
    r"|(找不到|没有找到|未找到).{0,12}(页面|网页|文件|内容|资源)|\b404\b|[Nn]ot [Ff]ound|很抱歉.{0,20}(访问|查看)"
)
_NUMBER = re.compile(
    r"[一-鿿]{1,16}[〔\[［(（【]\s?(?:19|20)\d{2}\s?[〕\]］)）】]\s?第?\s?\d{1,5}\s?号|令\s?第?\s?[一二三四五六七八九十百零〇\d]{1,6}\s?号"
)
_CHALLENGE_STATUS = {202, 412, 468, 521}  # Ruishu 412 and 202, Jiasule 521; none is a page
_LITTLE = 600  # code points of own words: more is a document that speaks of verification, not a page that asks for it
_ENOUGH = 80
_PROSE = 200
_NO_LETTERS = re.compile(r"[\W\d_]+")  # the days and counters beside the links of a list are no prose
_INVISIBLE = "not(ancestor-or-self::script or ancestor-or-self::style or ancestor-or-self::noscript)"
_IN_LINK = "ancestor-or-self::a"


def judge(text: str, status: int, site: Site | None = None, listed: bool = False) -> Judgement:
    """What the answer `text` (markup, decoded) is. `listed` says that it was asked for as a list.

    Pure: it looks at nothing but its arguments, so that the same answer is judged the same on every day.
    """
    if status in _CHALLENGE_STATUS or (status != 200 and _CHALLENGE.search(text[:20000])):
        return Judgement("refused", "challenge-page", f"status {status}, and a page that asks for proof of a browser")
    if status != 200:
        return Judgement("refused", f"http-{status}", f"the server answered with status {status}")
    if is_data(text):
        return Judgement("list") if listed else Judgement("refused", "not-a-page", "the server sent data, not a page")
    root = Selector(text=text or " ", type="html")
    words, links = _words(root)
    refusal = _refusal(text, root, words, links)
    if refusal and not (listed and len(links) > _ENOUGH and refusal.code != "challenge-page"):
        return refusal
    if listed:
        return Judgement("list")
    return _document_or_list(text, root, words, links, site)


def is_data(text: str) -> bool:
    """Whether the text is a JSON object or array, which is no page whatever its name says."""
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False


def _refusal(text: str, root: Selector, words: str, links: str) -> Judgement | None:
    """Why a page with little to say is none; a page with many words is never refused for one of them."""
    title = " ".join(root.css("title::text").getall())[:200]
    shown = f"{title} {words}"
    if len(words) > _LITTLE or _content(root, CONTENT) >= _PROSE:
        return None
    if match := _CHALLENGE.search(shown) or (_CHALLENGE.search(text[:50000]) if len(words) < _ENOUGH else None):
        return Judgement("refused", "challenge-page", f"a page that asks for proof of a browser (“{match[0][:40]}”)")
    if root.css("input[type=password]") and (match := _LOGIN.search(shown)):
        return Judgement("refused", "login-page", f"a page that asks to log in (“{match[0]}”)")
    if match := _MISSING.search(shown):
        return Judgement("refused", "soft-404", f"status 200, but the page says “{match[0][:40]}”")
    if not words and not links:
        return Judgement("refused", "empty-page", "the page shows no words: a script may write them")
    return None


def _document_or_list(text: str, root: Selector, words: str, links: str, site: Site | None) -> Judgement:
    meta = root.xpath("//meta[translate(@name, 'ARTICLEON', 'articleon')='articletitle']/@content").get("").strip()
    headed = bool(meta or root.css("h1::text, h2::text, .title::text, title::text").get("").strip())
    laid_out = not site or not site.content or _content(root, site.content) > 0
    numbered = bool(_NUMBER.search(words))
    # The meta element ArticleTitle stands on pages of one article only (政府网站发展指引, 国办发〔2017〕47号, annex 2).
    prose = len(_NO_LETTERS.sub("", words))
    if site or meta or _content(root, CONTENT) >= _ENOUGH or prose >= max(_PROSE, len(links)):
        if len(words) + len(links) < _ENOUGH // 2 and not _content(root, CONTENT):
            return Judgement("refused", "empty-page", f"the page shows {len(words)} characters: a script may write it")
        return Judgement("document", title=headed, number=numbered, laid_out=laid_out)
    return Judgement("list", title=headed)


def _words(root: Selector) -> tuple[str, str]:
    """The page's own words, and those of its links, both without white space."""
    own = root.xpath(f"//body//text()[{_INVISIBLE} and not({_IN_LINK})]").getall()
    linked = root.xpath(f"//body//a//text()[{_INVISIBLE}]").getall()
    return "".join("".join(own).split()), "".join("".join(linked).split())


def _content(root: Selector, selectors: tuple[str, ...]) -> int:
    """Code points in the fullest of the elements that hold a document's text."""
    found = (root.css(selector) for selector in selectors)
    return max((len("".join(e.xpath(".//text()").getall()).strip()) for each in found for e in each), default=0)
