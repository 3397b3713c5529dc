"""State Council documents on www.gov.cn: a table of facts, then the document in a cell of its own."""

from tiaowen.ingest.layout import Layout

plugin = Layout(marks=("#UCAP-CONTENT", ".pages_content"), body=("#UCAP-CONTENT", ".pages_content"))
