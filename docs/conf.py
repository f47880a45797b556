"""How the pages of docs/ become a site (`make site`). Belongs here: settings of Sphinx. Words belong in the pages."""

project = "KPI Scorecards"
html_title = project
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["questions"]
# samples of CSV and of templates have no lexer: they are shown as they are
suppress_warnings = ["misc.highlighting_failure"]
html_theme = "furo"
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_last_updated_fmt = None
# links to a heading: the names that the page has where it is read as it stands in the repository
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_inline"]
# a page says in which language it is read by its own name: for-hr.zh.md
language = "en"
html_search_language = "en"
