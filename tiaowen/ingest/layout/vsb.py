"""Sites made with Visual SiteBuilder (博达), mostly of universities and counties."""

from tiaowen.ingest.layout import Layout

plugin = Layout(
    marks=("#vsb_content", ".v_news_content"),
    body=("[id^=vsb_content]", ".v_news_content"),
    title=("h1", "h2", ".title", ".contenttitle"),
)
