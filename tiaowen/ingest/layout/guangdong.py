"""City and district sites of Guangdong on the province's common platform (集约化平台), and its rule library."""

from tiaowen.ingest.layout import Layout

plugin = Layout(
    marks=("#zoomcon", ".policy-article-content", ".info_cont", ".conNews"),
    body=("#zoomcon", ".policy-article-content", ".info_cont", ".conNews"),
    title=(".article-title h1", "h1.content_title", ".content_title", ".contop h1", "h1.title", "h1"),
)
