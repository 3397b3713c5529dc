"""Government sites that name the document's element after what it is, as news sites do too."""

from tiaowen.ingest.layout import Layout

_BODIES = (
    ".article-body",
    ".article_body",
    ".article-content",
    ".article_content",
    ".Article_content",
    ".xxgk_content",
    ".bt_content",
    ".bt-content",
    ".wzcon",
    "#articleContent",
    "#articlecontent",
    "#NewsContent",
    "#news_content",
    "#mainText",
    "#ivs_content",
    "#detailContent",
)

# Every site in China links to beian.miit.gov.cn and its like, where it is registered.
plugin = Layout(
    marks=_BODIES,
    body=_BODIES,
    title=("h1", ".article-title", ".title"),
    among=(r"gov\.cn(?<!beian\.gov\.cn)(?<!miit\.gov\.cn)", "政府网", "政府信息公开", "规范性文件", "政策文件"),
)
