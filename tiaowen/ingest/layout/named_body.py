"""Sites that name the document's element after what it is."""

from tiaowen.ingest.layout import Layout

plugin = Layout(
    marks=("article-body", "article_body", "articleBody", "article-content", "article_content", "news_content"),
    body=(
        ".article-body",
        ".article_body",
        "[itemprop=articleBody]",
        ".article-content",
        ".article_content",
        "#news_content",
    ),
    title=("h1",),
)
