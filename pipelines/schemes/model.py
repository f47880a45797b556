"""The scheme as a typed, frozen model: KPI rules, curves, roles with levels, vetoes, gates and the form of pay.

Belongs here: the shape of a scheme file, one class a block, with the meaning and unit of every key; what blocks are
made of is in `blocks`, the block `gaming` in `gaming_model`. Does not belong here: rules that look across blocks
(`checks`), reading YAML (`yaml_lines`, `loader`), arithmetic (`pipelines.scoring`).

Units: weights, attainment, points, pool factors and shares are per cent (100 = whole, or exactly at target); targets
are in the unit of their KPI.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from pipelines.schemes.blocks import Block, Identifier, Label, Requirement
from pipelines.schemes.gaming_model import Gaming
from pipelines.schemes.small import SmallNumbers

Percent = Annotated[Decimal, Field(ge=0, le=100)]
Point = tuple[Decimal, Annotated[Decimal, Field(ge=0)]]
EffectKind = Literal["zero", "cap", "multiply", "deduct"]
Scope = Literal["kpi", "component", "total"]
PeriodKind = Literal["month", "quarter", "year"]
ShareBasis = Literal["lead_cost_savings", "excess_profit"]
#: As people/communities.csv writes them.
CommunityType = Literal["content", "transaction", "service", "other"]
CommunityStage = Literal["start_up", "growth", "mature"]
#: A level as people/positions.csv writes it: the company's own word, such as `L3` or `主管`.
LevelName = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

#: Calendar months of each kind of period.
MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


class Objective(Block):
    """What the company wants of the people whom the scheme governs; its dimensions, and so its KPIs, serve one each."""

    title: Label
    req: Requirement
    why: Label


class Dimension(Block):
    """One of the scheme's dimensions; switched off, its KPIs become not applicable and their weight moves on.

    `objective` names the objective that its KPIs serve; none where the scheme states no objectives.
    """

    title: Label
    req: Requirement
    objective: Identifier | None = None
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

    @property
    def has_steps(self) -> bool:
        """Whether a hair's breadth of the input can move the output: steps, a jump, a threshold that pays at once."""
        jumps = any(low == high for (low, _), (high, _) in pairwise(self.points))
        return self.kind == "step" or jumps or self.points[0][1] > 0


class StatedRatio(Block):
    """How the published scheme writes a target of return over cost: the number as printed, and how it is read.

    `profit_per_cost` reads 1:5 as (return − cost) / cost = 5, `return_per_cost` as return / cost = 5. The target itself
    stays a number of the KPI, and must be what the two come to.
    """

    ratio: Annotated[str, StringConstraints(pattern=r"^1:\d+(\.\d+)?$")]
    convention: Literal["profit_per_cost", "return_per_cost"]


class DefaultTarget(Block):
    """The target of a KPI per person where people/targets.csv has none, in the KPI's unit.

    `threshold` and `stretch`, where given, move the first point of the curve and the first point above 100 to the
    attainment of those values. `per` says for what length of time the numbers of an additive KPI are meant, such as
    three proposals a `quarter`; a period of another length has its part of them, by months.
    """

    per: PeriodKind = "month"
    baseline: Decimal | None = None
    threshold: Decimal | None = None
    target: Decimal
    stretch: Decimal | None = None
    stated_as: StatedRatio | None = None
    why: Label


class ChannelRule(Block):
    """What one channel weighs in a cost that is weighed by channel, and its own target in the KPI's unit, if any."""

    weight: Annotated[Decimal, Field(gt=0)]
    target: Annotated[Decimal, Field(gt=0)] | None = None


class ChannelWeights(Block):
    """Weights of the paid channels in the attainment of a cost: Σ weight × attainment / Σ weight.

    `weights` names channels of `paid_channels` in company.yaml; `others` is the weight of every channel that it does
    not name, by the KPI's own target.
    """

    req: Requirement
    weights: Annotated[dict[str, ChannelRule], Field(min_length=1)]
    others: Annotated[Decimal, Field(gt=0)]
    why: Label

    def of(self, channel: str) -> ChannelRule | None:
        """Return the rule of a channel, whatever the case of its letters; None where it has none of its own."""
        return next((rule for name, rule in self.weights.items() if name.casefold() == channel.casefold()), None)


class KpiRule(Block):
    """How a KPI's value becomes an attainment and points.

    `method`: `baseline` (actual − base)/(target − base), preferred; `ratio` actual/target, or target/actual where lower
    is better; `linear` 2 − actual/target, lower is better only; `difference` 1 ± (actual − target)/scale, for targets
    at, below or across zero. In the baseline form an empty baseline means 0 where higher is better, and twice the
    target where lower is better, which is the linear form.

    `limit` is the best value that can occur, such as 1 for a share: nothing is asked beyond it, so the curve's points
    above 100 end there.

    `period` is the shortest kind of period in which the KPI counts; what a shorter one does is `longer_kpis` of the
    scheme.

    `measured_on: team` scores everybody by the team's reading, made of all members' numerators and denominators.

    `channels` weighs the attainment of a cost by paid channel.

    `small_numbers` says what few units make of a ratio.

    `direction`, `unit`, `aggregation`, `of_community` (whether each community has a reading of its own), `interval` and
    `min_denominator` come from the KPI catalogue; `load_scheme` fills them in.
    """

    req: Requirement
    dimension: Identifier
    period: PeriodKind = "month"
    measured_on: Literal["person", "team"] = "person"
    method: Literal["baseline", "ratio", "linear", "difference"]
    curve: Identifier
    attainment_cap: Annotated[Decimal, Field(ge=100)] | None = None
    limit: Decimal | None = None
    scale: Annotated[Decimal, Field(gt=0)] | None = None
    default_target: DefaultTarget | None = None
    channels: ChannelWeights | None = None
    small_numbers: SmallNumbers | None = None
    why: Label
    direction: Literal["higher", "lower"]
    unit: str
    aggregation: str
    of_community: bool = False
    interval: str = ""
    min_denominator: Decimal | None = None

    @property
    def is_shrunk(self) -> bool:
        """Whether the scheme draws the KPI to the mean of the team."""
        return self.small_numbers is not None and self.small_numbers.shrinkage is not None

    @property
    def is_additive(self) -> bool:
        """Whether the value grows with the length of the window, so that the target is prorated with it."""
        return self.aggregation in ("sum", "distinct")

    def counts_in(self, period_type: str) -> bool:
        """Whether the KPI counts in a `month`, `quarter` or `year` by that period's own readings."""
        return MONTHS_OF[self.period] <= MONTHS_OF[period_type]


class Slot(Block):
    """A place for a KPI that each person agrees on: people/individual_kpis.csv says which of `choices`.

    Whoever has agreed on none has `default`.
    """

    req: Requirement
    weight: Annotated[Decimal, Field(gt=0, le=100)]
    choices: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    default: Identifier
    why: Label


class Component(Block):
    """A named part of a role's score; the weights of its KPIs, and of its individual slot, sum to its own weight."""

    id: Identifier
    title: Label
    req: Requirement
    weight: Percent
    kpis: dict[Identifier, Annotated[Decimal, Field(gt=0, le=100)]] = Field(default_factory=dict)
    slot: Slot | None = None
    why: Label

    @model_validator(mode="after")
    def _has_something(self) -> Self:
        if not self.kpis and self.slot is None:
            raise PydanticCustomError("missing", "Field required")
        return self

    def chosen(self, own_kpi: str) -> dict[str, Decimal]:
        """Return the weights of the KPIs for somebody who has agreed on a KPI; empty for nobody's choice."""
        if self.slot is None:
            return self.kpis
        kpi = own_kpi if own_kpi in self.slot.choices else self.slot.default
        return self.kpis | {kpi: self.slot.weight}


class LongerKpis(Block):
    """What a period does with a KPI that counts in longer periods only, such as a yearly rating in a monthly score.

    `leave_out`: the line is not applicable and its weight goes to the others, so that these are renormalised to 100.
    `carry_last`: the line is scored by the reading and target of the last whole quarter (year) that ended before the
    period began, or ends with it; before there is one it is not applicable.
    """

    req: Requirement
    in_shorter: Literal["leave_out", "carry_last"]
    why: Label


class Level(Block):
    """What people of one level of a role are measured by, in place of the role's own components.

    Without `monitors` those of the role are shown.
    """

    req: Requirement
    components: Annotated[tuple[Component, ...], Field(min_length=1)]
    monitors: tuple[Identifier, ...] | None = None
    why: Label


class CommunityLayer(Block):
    """What communities of one type or stage, or one single community, are measured by.

    Each component stands in the place of the component of the same id that the layers before it have.
    """

    req: Requirement
    components: Annotated[tuple[Component, ...], Field(min_length=1)]
    why: Label


class CommunityPolicies(Block):
    """One community, one policy: what people of some roles are measured by depends on the communities that they run.

    The components of a community are those of the role (one with `by_community`), then of its type, then of its stage,
    then of the community itself, the later replacing the earlier by component id. Somebody who runs several communities
    is measured by each for its part of the days (a day counts by the person's share of it); without any the role's
    components hold.
    """

    req: Requirement
    types: dict[CommunityType, CommunityLayer] = Field(default_factory=dict)
    stages: dict[CommunityStage, CommunityLayer] = Field(default_factory=dict)
    single: dict[Identifier, CommunityLayer] = Field(default_factory=dict)
    why: Label

    def layers_of(self, type_: str, stage: str, community_id: str) -> tuple[CommunityLayer, ...]:
        """Return the layers of one community, from the most general to the most specific."""
        wanted: tuple[tuple[Mapping[Any, CommunityLayer], str], ...] = (
            (self.types, type_),
            (self.stages, stage),
            (self.single, community_id),
        )
        return tuple(block[name] for block, name in wanted if name in block)


class Role(Block):
    """What a role is measured by; the weights of its components sum to 100. Monitors are shown and pay nothing.

    `levels` replaces the components for people of a level; a level that it does not name uses the role's own.
    `by_community` lets the scheme's `communities` replace single components; a role has one of the two.
    """

    title: Label
    req: Requirement
    components: Annotated[tuple[Component, ...], Field(min_length=1)]
    monitors: tuple[Identifier, ...] = ()
    levels: dict[LevelName, Level] = Field(default_factory=dict)
    by_community: bool = False
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
    """Applies when the value of `kpi` exceeds `at_most`, or lies below `at_least`; a gate has exactly one of the two.

    `when_withheld` says what a withheld reading means: `pass` leaves the gate open and prints that it could not be
    checked; `hold` holds the pay that the gate would take. `interval` comes from the KPI catalogue.
    """

    id: Identifier
    title: Label
    req: Requirement
    kpi: Identifier
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    when_withheld: Literal["pass", "hold"]
    roles: tuple[Identifier, ...] = ()
    why: Label
    interval: str = ""

    def is_broken_by(self, value: Decimal) -> bool:
        """Whether a value lies beyond the gate's bound."""
        if self.at_least is not None:
            return value < self.at_least
        return self.at_most is not None and value > self.at_most


class BonusPoints(Block):
    """Points that people are granted for what no KPI counts: reviews/bonus_point_nominations.csv.

    They are added to the weighted score of a person, `max` of them a period at most, before the effects on the total:
    a score that a veto or gate sets to 0 stays 0. A scheme without this block takes none.
    """

    req: Requirement
    max: Annotated[Decimal, Field(gt=0, le=100)]
    why: Label


class PieceRate(Block):
    """An amount for each unit of a KPI, paid beside the bonus: `amount` for every `per` units, in proportion.

    `cap` is the most that a whole period brings, in the company's currency; who is there for part of it has that part
    of the cap. Only periods of the kind `period` pay it, so that nothing is paid twice.
    """

    id: Identifier
    title: Label
    req: Requirement
    kpi: Identifier
    per: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    amount: Annotated[Decimal, Field(gt=0)]
    cap: Annotated[Decimal, Field(gt=0)] | None = None
    period: PeriodKind = "month"
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


class PeerControl(Block):
    """KPIs whose targets move with what a platform did to everybody, as peer accounts of others show.

    Their targets are multiplied by exp(median over peers of ln(now / base))^`beta`, at most `cap` per cent up or down,
    where an event of the platform is logged, or the effect exceeds `mad_factor` times the median absolute deviation of
    the peers' changes. With fewer than `min_peers` nothing moves and people decide. `base_months` are the months before
    the period, or before the event where that began earlier. A scheme without this block moves no target.
    """

    req: Requirement
    kpis: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    beta: Annotated[Decimal, Field(ge=0, le=1)]
    cap: Annotated[Decimal, Field(gt=0, lt=100)]
    min_peers: Annotated[int, Field(ge=5)]
    mad_factor: Annotated[Decimal, Field(gt=0)]
    base_months: Annotated[int, Field(ge=1, le=12)]
    why: Label


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


class PayClass(Block):
    """A class of employees (`levels`, for `by: category`) or a band of the score (`at_least`, for `by: band`).

    `amount` is what a whole month is worth, in the company's currency.
    """

    id: Identifier
    title: Label
    levels: tuple[LevelName, ...] = ()
    at_least: Annotated[Decimal, Field(ge=0)] | None = None
    amount: Annotated[Decimal, Field(ge=0)]
    why: Label


class Individual(Block):
    """Pay by the own score, without a pool.

    Attributes:
        shares: the share of the months' amounts that a month, a quarter and a year pay.
        by: where the amount of a month comes from. `base`: the target bonus of the position. `category`: the class
            that lists the person's level. `band`: the highest band that the score reaches; below all of them nothing.
        classes: the classes or bands; none for `base`.
        payout: score -> per cent of the amount; for `base` and `category` only, a band's amount is whole.
    """

    req: Requirement
    title: Label
    shares: PeriodShares
    by: Literal["base", "category", "band"]
    classes: tuple[PayClass, ...] = ()
    payout: CurveRule | None = None
    why: Label

    def class_of_level(self, level: str) -> PayClass | None:
        """Return the class that lists a level, or None where no class covers it."""
        return next((one for one in self.classes if level in one.levels), None)

    def band_of(self, score: Decimal) -> PayClass | None:
        """Return the highest band that a score reaches, or None below all of them."""
        reached = [one for one in self.classes if one.at_least is not None and one.at_least <= score]
        return max(reached, key=lambda one: one.at_least or Decimal(0), default=None)


class TrueUp(Block):
    """What a quarter or a year settles of the pay of its months, once its own result is known.

    The months pay their share of the amount by their own scores; the longer period then pays the difference between
    what that same share comes to by its own score and what the months paid.

    Attributes:
        of: the kind of period that settles.
        negative: what becomes of a difference below 0. `offset`: a negative line, taken from what is paid next.
            `floor`: nothing, the months keep it. `carry`: a balance, which later true-ups are reduced by.
    """

    req: Requirement
    of: Literal["quarter", "year"]
    negative: Literal["offset", "floor", "carry"]
    why: Label


class ShareGate(Block):
    """A condition on the whole team: the value of `kpi` is at most `at_most`, or at least `at_least`; exactly one.

    The team's value is Σ numerators / Σ denominators of a ratio, and the sum of an additive KPI, over the team.
    """

    id: Identifier
    title: Label
    req: Requirement
    kpi: Identifier
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    why: Label

    def is_met_by(self, value: Decimal) -> bool:
        """Whether the team's value lies on the good side of the bound, which itself is good."""
        if self.at_least is not None:
            return value >= self.at_least
        return self.at_most is not None and value <= self.at_most


class TeamShare(Block):
    """A share of what a team gained for the company, paid to the team beside `pool` or `individual`.

    Attributes:
        rate: per cent of the gain; a gain below 0 is 0.
        of: `lead_cost_savings`, the team's own KPI of that name, netted over its channels; `excess_profit`, profit less
            its target, from reviews/finance.csv.
        period: the kind of period that pays it, by that period's own gain.
        gates: conditions that the team must meet, else nothing is paid.
        points: what is multiplied by eligible days to split it: `score`, or `target_weighted` (score × the person's
            target bonus).
    """

    id: Identifier
    title: Label
    req: Requirement
    rate: Annotated[Decimal, Field(gt=0, le=100)]
    of: ShareBasis
    period: PeriodKind
    gates: tuple[ShareGate, ...] = ()
    points: Literal["score", "target_weighted"]
    why: Label


class Scheme(Block):
    """A performance scheme, whole. It pays by exactly one of `pool` and `individual`, and any number of shares."""

    scheme_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")]
    effective_from: date
    title: Label
    objectives: dict[Identifier, Objective] = Field(default_factory=dict)
    dimensions: Annotated[dict[Identifier, Dimension], Field(min_length=1)]
    curves: Annotated[dict[Identifier, CurveRule], Field(min_length=1)]
    kpis: Annotated[dict[Identifier, KpiRule], Field(min_length=1)]
    roles: Annotated[dict[Identifier, Role], Field(min_length=1)]
    vetoes: tuple[Veto, ...] = ()
    gates: tuple[Gate, ...] = ()
    communities: CommunityPolicies | None = None
    longer_kpis: LongerKpis | None = None
    peer_control: PeerControl | None = None
    bonus_points: BonusPoints | None = None
    gaming: Gaming | None = None
    piece_rates: tuple[PieceRate, ...] = ()
    true_up: TrueUp | None = None
    pool: Pool | None = None
    individual: Individual | None = None
    team_shares: tuple[TeamShare, ...] = ()

    @property
    def shares(self) -> PeriodShares:
        """What share of the bonus each kind of period pays, whichever form of pay the scheme has.

        Raises:
            ValueError: when the scheme has no form of pay, which `load_scheme` refuses.
        """
        pay = self.pool or self.individual
        if pay is None:
            raise ValueError(f"scheme {self.scheme_id} has no form of pay")
        return pay.shares
