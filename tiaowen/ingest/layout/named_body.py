"""Government sites that name the document's element after what it is, as news sites do too."""

from tiaowen.ingest.layout import Layout

plugin = Layout(
    marks=(".article-body", ".article_body", ".article-content", ".article_content", "#news_content"),
    body=(
        ".article-body",
        ".article_body",
        ".article-content",
        ".article_content",
        "#news_content",
    ),
    title=("h1",),
    among=("gov.cn", "政府网", "政府信息公开", "规范性文件", "政策文件"),
)
