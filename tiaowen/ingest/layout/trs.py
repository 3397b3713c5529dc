"""Sites made with TRS WCM and sites that took over its names."""

from tiaowen.ingest.layout import Layout

plugin = Layout(
    marks=("TRS_Editor", "TRS_UEDITOR", "trs_editor_view", 'id="zoom"', "id='zoom'", "id=zoom", 'id="Zoom"'),
    body=("#zoom", "#Zoom", ".trs_editor_view", ".TRS_UEDITOR", ".TRS_Editor"),
    title=("h1", ".title", ".tit"),
)
