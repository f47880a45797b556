"""What changed between two schemes, told in plain words: the page of `scorecards render SCHEME --against OTHER`.

Belongs here: naming each change for the people whom the scheme governs. Does not belong here: finding the changes
(`pipelines.schemes.changes`), what they would have paid (`simulation`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipelines.schemes.blocks import Label
from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.changes import GROUPS, Change, scheme_changes
from pipelines.schemes.model import Scheme
from pipelines.scorecards.handbook.document import Block, Document, Heading, Para, Table
from pipelines.scorecards.handbook.words import Speaker
from pipelines.texts import has_text, text

#: Numbers of these keys are in the unit of the KPI that stands before them in the path.
_IN_UNIT = frozenset({"target", "baseline", "threshold", "stretch", "limit"})


def changes_document(
    old: Scheme, new: Scheme, catalogue: Mapping[str, KpiInfo], lang: str, currency: str = ""
) -> Document:
    """Tell what changed from one scheme to another, in one language.

    Args:
        old: the scheme that is compared with.
        new: the scheme that is told about.
        catalogue: the KPIs, by id.
        lang: zh or en.
        currency: of the company; empty where the schemes are read without one.
    """
    told = _Told(old, new, catalogue, lang, currency)
    changes = scheme_changes(old, new)
    blocks: list[Block] = []
    if not changes:
        blocks.append(Para(told.t("none")))
    head = [told.t("column.what"), told.t("column.before"), told.t("column.after")]
    for group in GROUPS:
        own = [change for change in changes if change.group == group]
        if own:
            blocks += [Heading(2, told.t(f"group.{group}")), Table(head, [told.row(change) for change in own])]
    return Document(
        lang,
        told.t("title", new=new.scheme_id, old=old.scheme_id),
        told.t("eyebrow"),
        [
            (told.t("fact.old"), told.version(old)),
            (told.t("fact.new"), told.version(new)),
            (told.t("fact.count"), str(len(changes))),
        ],
        blocks,
    )


class _Told:
    """Names and values of changes in one language; the new scheme's names go before the old one's."""

    def __init__(self, old: Scheme, new: Scheme, catalogue: Mapping[str, KpiInfo], lang: str, currency: str):
        self.lang = lang
        self.speaker = Speaker(new, catalogue, lang, currency)
        self.catalogue = catalogue
        self.titles: dict[tuple[str, str], str] = {}
        for scheme in (old, new):
            self._take(scheme)

    def t(self, key: str, **params: object) -> str:
        return text(f"changes.{key}", self.lang, **params)

    def version(self, scheme: Scheme) -> str:
        since = scheme.effective_from.isoformat()
        title = self.speaker.label(scheme.title)
        return self.t("version", id=scheme.scheme_id, version=scheme.version, since=since, title=title)

    def row(self, change: Change) -> Sequence[str]:
        """What changed, before and after; a whole block is said to be new or gone."""
        before, after = (self._value(change.path, written) for written in (change.before, change.after))
        if change.kind == "added":
            before, after = "–", after or self.t("added")
        elif change.kind == "removed":
            before, after = before or self.t("was_there"), self.t("removed")
        return [self._where(change.path), before, after]

    def _where(self, path: tuple[str, ...]) -> str:
        parts: list[str] = []
        for index, step in enumerate(path):
            before = path[index - 1] if index else ""
            named = self._named(before, step)
            if named:
                if parts and parts[-1] == self._key(before):
                    parts[-1] = self.t("named", kind=parts[-1], name=named)
                else:
                    parts.append(named)
            else:
                parts.append(self._key(step))
        return self.t("joiner").join(parts)

    def _named(self, before: str, step: str) -> str:
        """The name of an id, by the key that stands before it; empty where the step is a key itself."""
        if before == "kpis":
            return self.speaker.kpi(step)
        if before == "rules" and has_text(f"gaming.rule.{step}"):
            return text(f"gaming.rule.{step}", self.lang)
        if (before, step) in self.titles:
            return self.titles[before, step]
        return step if before in ("levels", "single", "types", "stages", "classes", "curves") else ""

    def _key(self, step: str) -> str:
        key = f"changes.key.{step}"
        return text(key, self.lang) if has_text(key) else step

    def _value(self, path: tuple[str, ...], written: str) -> str:
        if not written:
            return ""
        if path[-1] in _IN_UNIT and path[0] == "kpis" and path[1] in self.catalogue:
            return self.speaker.value(Decimal(written), self.catalogue[path[1]].unit)
        key = f"changes.value.{written}"
        if has_text(key):
            return text(key, self.lang)
        return self.speaker.kpi(written)

    def _take(self, scheme: Scheme) -> None:
        """Note the titles of everything in a scheme that has one."""
        parts = [part for role in scheme.roles.values() for part in role.components]
        parts += [part for role in scheme.roles.values() for level in role.levels.values() for part in level.components]
        named: list[tuple[str, str, Label]] = [("roles", key, role.title) for key, role in scheme.roles.items()]
        named += [("dimensions", key, one.title) for key, one in scheme.dimensions.items()]
        named += [("objectives", key, one.title) for key, one in scheme.objectives.items()]
        named += [("components", part.id, part.title) for part in parts]
        named += [("vetoes", one.id, one.title) for one in scheme.vetoes]
        named += [("gates", one.id, one.title) for one in scheme.gates]
        named += [("gates", one.id, one.title) for share in scheme.team_shares for one in share.gates]
        named += [("piece_rates", one.id, one.title) for one in scheme.piece_rates]
        named += [("team_shares", one.id, one.title) for one in scheme.team_shares]
        named += [("classes", one.id, one.title) for one in scheme.individual.classes] if scheme.individual else []
        self.titles |= {(kind, key): self.speaker.label(title) for kind, key, title in named}
