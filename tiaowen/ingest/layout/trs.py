"""Sites made with TRS WCM and sites that took over its names."""

from tiaowen.ingest.layout import Layout

plugin = Layout(
    marks=("#zoom", "#Zoom", ".trs_editor_view", ".TRS_UEDITOR", ".TRS_Editor"),
    body=("#zoom", "#Zoom", ".trs_editor_view", ".TRS_UEDITOR", ".TRS_Editor"),
    title=("h1", ".title", ".tit"),
)
