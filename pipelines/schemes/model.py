"""The scheme as a typed, frozen model: KPI rules, curves, roles, vetoes, gates and the bonus pool.

Belongs here: the shape of a scheme file, one class a block, with the meaning and unit of every key. Does not belong
here: rules that look across blocks (`checks`), reading YAML (`yaml_lines`, `loader`), arithmetic (`pipelines.scoring`).

Units: weights, attainment, points, pool factors and shares are per cent (100 = whole, or exactly at target); targets
are in the unit of their KPI.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
#: One or more requirement ids, comma-separated: `000-K06, 000-K25`.
Requirement = Annotated[
    str, StringConstraints(pattern=r"^\d{3}-[A-Z]\d{1,2}(, \d{3}-[A-Z]\d{1,2})*$", strip_whitespace=True)
]
Percent = Annotated[Decimal, Field(ge=0, le=100)]
Point = tuple[Decimal, Annotated[Decimal, Field(ge=0)]]
EffectKind = Literal["zero", "cap", "multiply", "deduct"]
Scope = Literal["kpi", "component", "total"]


class Block(BaseModel):
    """Base of every block: frozen, and a key that the model does not know is an error, not a silent no-op."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Block):
    """A text that a person reads, in both languages."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]


class Dimension(Block):
    """One of the scheme's dimensions; switched off, its KPIs become not applicable and their weight moves on."""

    title: Label
    req: Requirement
    enabled: bool = True
    why: Label


class CurveRule(Block):
    """A payout curve: ascending `[input %, output %]` points.

    `linear` interpolates between neighbours; two points with the same input are a jump, and the input itself gets the
    upper one. `step` gives the output of the highest point reached. Below the first point the output is 0 (the
    threshold); from the last point on it stays (the cap).
    """

    kind: Literal["linear", "step"]
    points: Annotated[tuple[Point, ...], Field(min_length=1)]
    why: Label


class DefaultTarget(Block):
    """The target of a KPI per person and month where people/targets.csv has none, in the KPI's unit.

    `threshold` and `stretch`, where given, move the first point of the curve and the first point above 100 to the
    attainment of those values.
    """

    baseline: Decimal | None = None
    threshold: Decimal | None = None
    target: Decimal
    stretch: Decimal | None = None
    why: Label


class KpiRule(Block):
    """How a KPI's value becomes an attainment and points.

    `method`: `baseline` (actual − base)/(target − base), preferred; `ratio` actual/target, or target/actual where lower
    is better; `linear` 2 − actual/target, lower is better only; `difference` 1 ± (actual − target)/scale, for targets
    at, below or across zero. In the baseline form an empty baseline means 0 where higher is better, and twice the
    target where lower is better, which is the linear form.

    `limit` is the best value that can occur, such as 1 for a share: nothing is asked beyond it, so the curve's points
    above 100 end there.

    `direction`, `unit`, `aggregation` come from the KPI catalogue; `load_scheme` fills them in.
    """

    req: Requirement
    dimension: Identifier
    method: Literal["baseline", "ratio", "linear", "difference"]
    curve: Identifier
    attainment_cap: Annotated[Decimal, Field(ge=100)] | None = None
    limit: Decimal | None = None
    scale: Annotated[Decimal, Field(gt=0)] | None = None
    default_target: DefaultTarget | None = None
    why: Label
    direction: Literal["higher", "lower"]
    unit: str
    aggregation: str

    @property
    def is_additive(self) -> bool:
        """Whether the value grows with the length of the window, so that the target is prorated with it."""
        return self.aggregation in ("sum", "distinct")


class Component(Block):
    """A named part of a role's score; the weights of its KPIs sum to its own weight."""

    id: Identifier
    title: Label
    req: Requirement
    weight: Percent
    kpis: Annotated[dict[Identifier, Annotated[Decimal, Field(gt=0, le=100)]], Field(min_length=1)]
    why: Label


class Role(Block):
    """What a role is measured by; the weights of its components sum to 100. Monitors are shown and pay nothing."""

    title: Label
    req: Requirement
    components: Annotated[tuple[Component, ...], Field(min_length=1)]
    monitors: tuple[Identifier, ...] = ()
    why: Label


class Effect(Block):
    """What a veto or a gate does to a score when it applies.

    `zero` sets it to 0, `cap` limits it to `amount`, `multiply` multiplies it by `amount`, `deduct` takes `amount`
    points off it (never below 0). `scope` says which score: one KPI's, one component's, or the total; `of` names the
    KPI or component.
    """

    effect: EffectKind
    amount: Annotated[Decimal, Field(ge=0)] | None = None
    scope: Scope
    of: Identifier | None = None


class Veto(Effect):
    """Applies when the mean content-quality review (0..100) of a person lies in [at_least, below)."""

    id: Identifier
    title: Label
    req: Requirement
    source: Literal["content_quality_review"]
    at_least: Annotated[Decimal, Field(ge=0, le=100)] = Decimal(0)
    below: Annotated[Decimal, Field(gt=0)]
    roles: tuple[Identifier, ...] = ()
    why: Label


class Gate(Effect):
    """Applies when the value of `kpi` exceeds `at_most`.

    `when_withheld` says what a withheld reading means: `pass` leaves the gate open and prints that it could not be
    checked; `hold` holds the pay that the gate would take.
    """

    id: Identifier
    title: Label
    req: Requirement
    kpi: Identifier
    at_most: Decimal
    when_withheld: Literal["pass", "hold"]
    roles: tuple[Identifier, ...] = ()
    why: Label


class PeriodShares(Block):
    """Which share of the target bonus of their months each kind of period pays; they sum to 100."""

    month: Percent
    quarter: Percent
    year: Percent
    why: Label

    def of(self, period_type: str) -> Decimal:
        """Return the share of `month`, `quarter` or `year` in per cent."""
        return {"month": self.month, "quarter": self.quarter, "year": self.year}[period_type]


class Pool(Block):
    """The tiered bonus pool of a team: Σ target bonuses × the factor of the tier that the team reached.

    Attributes:
        shares: the share of the target bonus that a month, a quarter and a year pay.
        kpis: the team KPIs whose weighted attainment is the team's attainment, with weights that sum to 100.
        attainment_cap: the most a single KPI may bring into the team's attainment, in per cent.
        factor: team attainment -> pool factor.
        points: what is multiplied by eligible days to split the pool: `score`, or `target_weighted` (score × the
            person's target bonus, so that a team at target pays everybody the own target bonus).
        personal_cap: score -> the most a person may get, in per cent of the own prorated target bonus.
    """

    req: Requirement
    title: Label
    shares: PeriodShares
    kpis: Annotated[dict[Identifier, Annotated[Decimal, Field(gt=0, le=100)]], Field(min_length=1)]
    attainment_cap: Annotated[Decimal, Field(ge=100)]
    factor: CurveRule
    points: Literal["score", "target_weighted"]
    personal_cap: CurveRule
    why: Label


class Scheme(Block):
    """A performance scheme, whole."""

    scheme_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    effective_from: date
    title: Label
    dimensions: Annotated[dict[Identifier, Dimension], Field(min_length=1)]
    curves: Annotated[dict[Identifier, CurveRule], Field(min_length=1)]
    kpis: Annotated[dict[Identifier, KpiRule], Field(min_length=1)]
    roles: Annotated[dict[Identifier, Role], Field(min_length=1)]
    vetoes: tuple[Veto, ...] = ()
    gates: tuple[Gate, ...] = ()
    pool: Pool
