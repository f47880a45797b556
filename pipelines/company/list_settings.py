"""The block `lists` of company.yaml: what the lists and reports of a period depend on, with the default of every key.

Belongs here: the keys, their defaults and what one value alone can violate. Does not belong here: the lists themselves
(`pipelines.reports`). Nothing here changes a score or an amount.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from pipelines.company.fields import Identifier, OptionalIdentifier, Text, choice, counted, nearest, ranged, wrong
from pipelines.company.list_records import ACTIVITY_KINDS
from pipelines.company.section import Section, Texts, listed

#: Fewer people than these are shown to nobody as a group, whatever company.yaml says; the lists alone may go below.
LEAST_GROUP = 5
ROUNDINGS = ("ceil", "floor", "half_up")
TIES = ("include", "exclude")
GROUPS = ("company", "team", "role")
MEASURES = ("score", "dimension", "kpi", "uplift")

Percent = Annotated[Decimal, ranged("0", "100")]
Share = Annotated[Decimal, ranged("0.01", "100")]


class Honour(Section):
    """An honour and what its shortlist is ranked by; people decide, the list only proposes.

    Attributes:
        id: short id, used in the files.
        zh: its name in Chinese.
        en: its name in English.
        measure: `score` the printed score; `dimension` the mean score of the KPIs of a dimension of the scheme, team
            KPIs left out; `kpi` the attainment of a KPI; `uplift` by how many per cent a KPI got better than a period
            before.
        of: the dimension or KPI; empty for `score`.
        places: how many places the shortlist has.
    """

    id: Identifier
    zh: Text
    en: Text
    measure: Annotated[str, choice(*MEASURES)]
    of: OptionalIdentifier = ""
    places: Annotated[int, counted(1, 100)] = 3

    @model_validator(mode="after")
    def _of_what(self) -> Self:
        if (self.measure == "score") != (self.of == ""):
            raise wrong("honour_of_what", column="of", value=self.of, measure=self.measure)
        return self


def _honour(name: str, zh: str, en: str, measure: str, of: str = "") -> Honour:
    return Honour.model_validate({"id": name, "zh": zh, "en": en, "measure": measure, "of": of})


#: The honours that schemes 000, 003 and 004 name; a company that writes its own replaces them.
DEFAULT_HONOURS = (
    _honour("creative_star", "创意之星", "Creative Star", "dimension", "content"),
    _honour("best_interaction_officer", "最佳互动官", "Best Interaction Officer", "dimension", "interaction"),
    _honour("growth_hacker", "增长黑客", "Growth Hacker", "dimension", "growth"),
    _honour("monthly_star", "月度之星", "Monthly Star", "score"),
    _honour("innovation_star", "月度创新之星", "Monthly Innovation Star", "kpi", "innovation_score"),
    _honour("conversion_uplift", "转化提升奖", "Conversion Uplift Award", "uplift", "lead_conversion"),
)


def _honours(value: object) -> tuple[object, ...]:
    items = listed(value)
    seen: set[str] = set()
    for item in items:
        name = str(item.get("id", "") if isinstance(item, dict) else getattr(item, "id", ""))
        if name and name in seen:
            raise wrong("listed_twice", item=name)
        seen.add(name)
    return items


class ListSettings(Section):
    """What the lists of a period are made by; shares are per cent, scores are points.

    Attributes:
        promotion_year_share: share of a group that the year's list of promotion candidates takes.
        promotion_quarter_share: share that a person must belong to in every one of `promotion_quarters` quarters.
        promotion_quarters: how many quarters running.
        share_rounding: how a share of a group becomes a number of people: up, down, or half up.
        top_ties: whether people who share the last place all stand on the list (`include`) or none of them does.
        group_by: among whom people are ranked: everybody under the same scheme, or of the same team or role of it.
        min_group: how many ranked people a group needs; a smaller one has no list and no distribution.
        min_days_share: share of the period's days that a person must have been eligible for to be ranked.
        support_months: how many months running somebody must be last to stand on the support list.
        behaviour_components: components of schemes that hold behaviour.
        behaviour_floor: KPI score below which a behaviour is weak.
        team_components: components whose KPIs a whole team shares; they are no ground for honours.
        eligible_score: score from which somebody counts as a high performer.
        core_months: whole months of employment from which somebody counts as a core member.
        autonomy_periods: how many periods running a high performer must have been one for autonomy rights.
        shrinkage: the k of leniency: the mean of n results counts n, the mean of all counts k.
        outcome_dimensions: dimensions of schemes that hold the outcome which other KPIs should go with.
        saturated_share: share of people at the cap (or floor) of a KPI from which it no longer tells them apart.
        flat_spread: standard deviation of a KPI's scores, in points, below which it does not tell people apart.
        withheld_share: share of withheld readings from which a KPI's data is not fit to pay by.
        target_jump: by how many per cent a target may be harder than the last result before it is doubted.
        case_attainment: attainment in per cent from which a result goes to the case library.
        drift_months: how many earlier months say what is usual for a KPI.
        drift_z: robust z-score from which a KPI's level is a shock.
        channel_gap: per cent by which a channel's lead must be dearer or cheaper than all to be told.
        attrition_months: months before and after a change of scheme that are compared.
        pilot_samples: how many people a dimension of a pilot (team, role, type and stage of community) needs at least.
        pilot_watched: how many KPIs of a pilot are watched: the heaviest ones, unless `pilot_kpis` names them.
        pilot_kpis: the KPIs that a pilot watches.
        appeal_days: calendar days from the filing of an appeal to the day by which it is to be decided.
        honours: the honours and what each is ranked by.
        expected_actions: kinds of key actions that everybody is expected to log.
        effect_members: how many, a month on average, an incentive's windows must rest on to be compared.
        administrator_roles: roles of people/positions.csv whose holders administer the schemes.
        users_per_administrator: active users for whom one administrator is needed.
    """

    promotion_year_share: Share = Decimal(10)
    promotion_quarter_share: Share = Decimal(20)
    promotion_quarters: Annotated[int, counted(1, 20)] = 3
    share_rounding: Annotated[str, choice(*ROUNDINGS)] = "ceil"
    top_ties: Annotated[str, choice(*TIES)] = "include"
    group_by: Annotated[str, choice(*GROUPS)] = "company"
    min_group: Annotated[int, counted(2, 1000)] = LEAST_GROUP
    min_days_share: Percent = Decimal(50)
    support_months: Annotated[int, counted(1, 12)] = 2
    behaviour_components: Texts = ("behaviour",)
    behaviour_floor: Annotated[Decimal, ranged("0", "1000")] = Decimal(60)
    team_components: Texts = ("team",)
    eligible_score: Annotated[Decimal, ranged("0", "1000")] = Decimal(100)
    core_months: Annotated[int, counted(0, 600)] = 24
    autonomy_periods: Annotated[int, counted(1, 12)] = 2
    shrinkage: Annotated[Decimal, ranged("0", "10000")] = Decimal(10)
    outcome_dimensions: Texts = ("conversion", "commercial", "marketing")
    saturated_share: Share = Decimal(80)
    flat_spread: Annotated[Decimal, ranged("0", "1000")] = Decimal(1)
    withheld_share: Share = Decimal(20)
    target_jump: Annotated[Decimal, ranged("0", "100000")] = Decimal(50)
    case_attainment: Annotated[Decimal, ranged("0", "100000")] = Decimal(120)
    drift_months: Annotated[int, counted(3, 60)] = 6
    drift_z: Annotated[Decimal, ranged("0.1", "100")] = Decimal("3.5")
    channel_gap: Annotated[Decimal, ranged("0", "1000")] = Decimal(25)
    attrition_months: Annotated[int, counted(1, 60)] = 6
    pilot_samples: Annotated[int, counted(1, 1000)] = 2
    pilot_watched: Annotated[int, counted(1, 100)] = 12
    pilot_kpis: Texts = ()
    appeal_days: Annotated[int, counted(1, 365)] = 15
    honours: Annotated[tuple[Honour, ...], BeforeValidator(_honours)] = DEFAULT_HONOURS
    expected_actions: Texts = ("event_planning", "user_interview")
    effect_members: Annotated[int, counted(1, 1_000_000)] = 30
    administrator_roles: Texts = ("performance_administrator",)
    users_per_administrator: Annotated[int, counted(1, 1_000_000)] = 1000

    @property
    def least_shown(self) -> int:
        """How many people a group needs outside of the lists, in the portal and in Dagster."""
        return max(LEAST_GROUP, self.min_group)

    def answer_due(self, filed_on: date) -> date:
        """Return the day by which an appeal that was filed on a day is to be decided."""
        return filed_on + timedelta(days=self.appeal_days)

    @model_validator(mode="after")
    def _actions_are_known(self) -> Self:
        for kind in self.expected_actions:
            if kind not in ACTIVITY_KINDS:
                near = nearest(kind, ACTIVITY_KINDS) or ACTIVITY_KINDS[0]
                allowed = ", ".join(ACTIVITY_KINDS)
                raise wrong("not_a_choice", column="expected_actions", value=kind, allowed=allowed, nearest=near)
        return self
