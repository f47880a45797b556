"""What a person may do with a card: say that it was read, object to it, sign it on paper.

Belongs here: the words of these sections. Does not belong here: appeals that were filed (decided), the portal.
"""

from __future__ import annotations

from pipelines.scorecards.words import Words

SIGNERS = ("person", "manager", "hr")


def respond(words: Words, is_draft: bool) -> list[str]:
    """Return how to acknowledge and to object: until when, to whom, with what, and when an answer is due.

    A bundle of before there was a time to object has none.
    """
    rights = words.bundle["company"].get("objections")
    if not rights:
        return []
    said = [words.t("respond.draft")] if is_draft else []
    if rights["portal"]:
        said.append(words.t("respond.portal", url=rights["portal"]))
    else:
        said.append(words.t("respond.hr"))
    return [
        *said,
        words.t("respond.until", days=rights["working_days"]),
        words.t("respond.what"),
        words.t("respond.answer", days=rights["answer_days"]),
    ]


def signatures(words: Words) -> list[str]:
    """Return who signs a printed card."""
    return [words.t(f"sign.{who}") for who in SIGNERS]
