"""Numbers, curves and effects of a scheme as words of one language. Numbers are written exactly, never rounded.

Belongs here: the small sentences that several parts of the handbook share. Does not belong here: their order
(`contents`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipelines.schemes.blocks import Label
from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.model import CurveRule, Effect, Scheme
from pipelines.scorecards.formats import MINUS
from pipelines.scoring.curves import Anchor
from pipelines.texts import has_text, text


def exact(value: Decimal) -> str:
    """Write a number with all its digits, separators between thousands and a true minus sign."""
    written = f"{value:,f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written.replace("-", MINUS)


class Speaker:
    """Says the things of a scheme in one language."""

    def __init__(self, scheme: Scheme, catalogue: Mapping[str, KpiInfo], lang: str, currency: str):
        self.scheme = scheme
        self.catalogue = catalogue
        self.lang = lang
        self.currency = currency

    def t(self, key: str, **params: object) -> str:
        """Return a text of the handbook's own catalogue."""
        return text(f"handbook.{key}", self.lang, **params)

    def label(self, label: Label) -> str:
        """Return a text of the scheme file in this language."""
        return str(getattr(label, self.lang))

    def joined(self, names: Sequence[str]) -> str:
        """Join names as the language does."""
        return self.t("comma").join(names)

    def kpi(self, kpi_id: str) -> str:
        """Name a KPI as the catalogue does."""
        info = self.catalogue.get(kpi_id)
        return info.named(self.lang) if info else kpi_id

    def roles(self, roles: Sequence[str]) -> str:
        """Name the roles that a rule binds; all where it names none."""
        return self.joined([self.label(self.scheme.roles[role].title) for role in roles]) or self.t("all_roles")

    def percent(self, value: Decimal) -> str:
        """Write a number of per cent."""
        return f"{exact(value)} %"

    def value(self, value: Decimal, unit: str) -> str:
        """Write a value of a KPI in its unit; a ratio is a share of 1 and written in per cent."""
        if unit == "ratio":
            return self.percent(value * 100)
        if unit == "currency":
            return f"{self.currency} {exact(value)}" if self.currency else exact(value)
        key = f"cards.unit.{unit}"
        return f"{exact(value)} {text(key, self.lang)}" if has_text(key) else exact(value)

    def unit(self, unit: str) -> str:
        """Name the unit of a KPI."""
        if unit == "currency" and self.currency:
            return self.currency
        return self.t(f"unit.{unit}")

    def curve(self, curve: CurveRule, unit_in: str, unit_out: str, *, from_zero: bool = False) -> list[str]:
        """Tell a curve from left to right, a sentence for each stretch of it.

        Args:
            curve: the curve.
            unit_in: written behind an input, such as ` %`.
            unit_out: likewise behind an output.
            from_zero: the input is never below 0, so nothing is said of what a lower one would give.
        """
        kind, points = curve.kind, curve.points

        def low(anchor: Anchor) -> dict[str, str]:
            return {"at": exact(anchor[0]) + unit_in, "gives": exact(anchor[1]) + unit_out}

        told = []
        if not (from_zero and points[0][0] <= 0):
            told.append(self.t("curve.below", at=exact(points[0][0]) + unit_in, zero="0" + unit_out))
        for index, here in enumerate(points):
            is_last = index == len(points) - 1
            after = here if is_last else points[index + 1]
            if not is_last and after[0] == here[0]:
                continue  # the lower end of a jump: the stretch before ends there, at the input the upper counts
            if is_last:
                told.append(self.t("curve.cap", **low(here)))
            elif kind == "step":
                told.append(self.t("curve.step", **low(here), until=exact(after[0]) + unit_in))
            elif after[1] == here[1]:
                told.append(self.t("curve.level", **low(here), until=exact(after[0]) + unit_in))
            else:
                end = {"until": exact(after[0]) + unit_in, "reaches": exact(after[1]) + unit_out}
                told.append(self.t("curve.rises", **low(here), **end))
        return told

    def effect(self, effect: Effect) -> str:
        """Tell what an effect does to which score."""
        return self.t(f"effect.{effect.effect}", what=self._scope(effect), amount=exact(effect.amount or Decimal(0)))

    def _scope(self, effect: Effect) -> str:
        if effect.scope == "kpi":
            return self.t("scope.kpi", kpi=self.kpi(effect.of or ""))
        if effect.scope == "component":
            return self.t("scope.component", component=self._component(effect.of or ""))
        return self.t("scope.total")

    def _component(self, component_id: str) -> str:
        for role in self.scheme.roles.values():
            of_levels = (part for level in role.levels.values() for part in level.components)
            for component in (*role.components, *of_levels):
                if component.id == component_id:
                    return self.label(component.title)
        return component_id
