"""The portal: sealed scorecards for HR, managers and each person, on a web server of their own (`scorecards serve`).

Belongs here: who may see what (`access`), who somebody is (`accounts`, `identity`, `oidc`, `sessions`), what is sealed
(`sealed`), what was done and shown (`ledger`), the pages (`*_pages`, `templates/`), objections (`objections`). Does not
belong here: making or sealing cards (`scorecards`), settling an objection (people, in reviews/appeals.csv). The web
libraries are imported by the command alone, so that no other verb waits for them.
"""
