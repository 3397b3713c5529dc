"""Articles of public accounts on WeChat, where many agencies publish first and some only."""

from tiaowen.ingest.layout import Layout

plugin = Layout(marks=("#js_content",), body=("#js_content",), title=("#activity-name", "h1"))
