"""What the handbook of a scheme says, part by part, in one language.

Belongs here: which facts of the scheme stand where. Does not belong here: their small sentences (`words`), the worked
examples (`example`), files (`files`). A new block of the scheme file gets its part here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipelines.schemes.catalogue import KpiInfo
from pipelines.schemes.model import (
    CommunityLayer,
    Component,
    Gate,
    Individual,
    KpiRule,
    Level,
    PeriodShares,
    Pool,
    Role,
    Scheme,
    Slot,
    Veto,
)
from pipelines.scorecards.formats import separated
from pipelines.scorecards.handbook.decisions import bonus_points, decisions, pieces
from pipelines.scorecards.handbook.document import Block, Bullets, Document, Heading, Para, Table
from pipelines.scorecards.handbook.example import BONUS, REVIEW, Example, example_of
from pipelines.scorecards.handbook.gaming import gaming
from pipelines.scorecards.handbook.peers import peer_control
from pipelines.scorecards.handbook.team import team_shares
from pipelines.scorecards.handbook.words import Speaker, exact
from pipelines.scoring.numbers import shown
from pipelines.scoring.trace import LineTrace
from pipelines.texts import text


def handbook(
    scheme: Scheme, catalogue: Mapping[str, KpiInfo], lang: str, currency: str = "", example: Example | None = None
) -> Document:
    """Tell a scheme in one language.

    Args:
        scheme: a scheme that loads.
        catalogue: the KPIs, by id.
        lang: zh or en.
        currency: of the company; empty where the scheme is read without one.
        example: the worked example, where several languages share it; computed when None.

    Raises:
        InputError: when a default target bends its curve out of order.
    """
    speaker = Speaker(scheme, catalogue, lang, currency)
    worked = example or example_of(scheme)
    facts = [
        (speaker.t("fact.id"), scheme.scheme_id),
        (speaker.t("fact.version"), scheme.version),
        (speaker.t("fact.from"), scheme.effective_from.isoformat()),
        (speaker.t("fact.roles"), str(len(scheme.roles))),
        (speaker.t("fact.kpis"), str(len(scheme.kpis))),
    ]
    document = Document(lang, speaker.label(scheme.title), speaker.t("eyebrow"), facts)
    for part in _PARTS:
        document.blocks.extend(part(speaker, worked))
    return document


def _overview(say: Speaker, worked: Example) -> Iterator[Block]:
    yield Para(say.t("intro"))
    yield Heading(2, say.t("how.title"))
    pay = "bonus" if say.scheme.pool else "own_bonus"
    yield Bullets([say.t(f"how.{step}") for step in ("value", "attainment", "points", "score", pay)])


def _roles(say: Speaker, worked: Example) -> Iterator[Block]:
    yield Heading(2, say.t("roles.title"))
    yield Para(say.t("roles.intro"), hint=True)
    for role in say.scheme.roles.values():
        yield Heading(3, say.label(role.title), role.req)
        yield _weights(say, role.components)
        yield Bullets([*_component_reasons(say, role.components), say.label(role.why)])
        yield from _monitors(say, role.monitors)
        for level, names in _levels_of(role):
            yield Heading(4, say.t("roles.level", role=say.label(role.title), level=say.joined(names)), level.req)
            yield _weights(say, level.components)
            yield Bullets([*_component_reasons(say, level.components), say.label(level.why)])
            if level.monitors is not None:
                yield from _monitors(say, level.monitors)


def _communities(say: Speaker, worked: Example) -> Iterator[Block]:
    policies = say.scheme.communities
    if policies is None:
        return
    roles = [say.label(role.title) for role in say.scheme.roles.values() if role.by_community]
    yield Heading(2, say.t("communities.title"), policies.req)
    yield Para(say.t("communities.intro", roles=say.joined(roles)))
    yield Bullets([say.t(f"communities.{rule}") for rule in ("several", "own", "person", "target")])
    yield Para(say.label(policies.why), hint=True)
    kinds: tuple[tuple[str, Mapping[Any, CommunityLayer]], ...] = (
        ("type", policies.types),
        ("stage", policies.stages),
        ("single", policies.single),
    )
    for kind, layers in kinds:
        for name, layer in layers.items():
            named = name if kind == "single" else text(f"cards.community_{kind}.{name}", say.lang)
            yield Heading(3, say.t(f"communities.{kind}", name=named), layer.req)
            yield _weights(say, layer.components)
            yield Bullets([*_component_reasons(say, layer.components), say.label(layer.why)])


def _levels_of(role: Role) -> list[tuple[Level, list[str]]]:
    """The levels of a role, those that are measured alike together."""
    found: list[tuple[Level, list[str]]] = []
    for name, level in role.levels.items():
        alike = next((names for other, names in found if other == level), None)
        if alike is None:
            found.append((level, [name]))
        else:
            alike.append(name)
    return found


def _weights(say: Speaker, components: Sequence[Component]) -> Block:
    rows = []
    for component in components:
        for kpi, weight in component.kpis.items():
            off = "" if _is_on(say.scheme, kpi) else say.t("roles.off")
            rows.append([say.kpi(kpi) + off, say.label(component.title), say.percent(weight), _target(say, kpi)])
        if component.slot:
            rows.append(
                [_slot(say, component.slot), say.label(component.title), say.percent(component.slot.weight), "–"]
            )
    head = [say.t(f"column.{name}") for name in ("kpi", "component", "weight", "target")]
    return Table(head, rows, frozenset({2, 3}))


def _slot(say: Speaker, slot: Slot) -> str:
    choices = say.joined([f"{say.kpi(kpi)} ({_target(say, kpi)})" for kpi in slot.choices])
    return say.t("roles.slot", choices=choices, default=say.kpi(slot.default))


def _monitors(say: Speaker, monitors: Sequence[str]) -> Iterator[Block]:
    if monitors:
        yield Para(say.t("roles.monitors", kpis=say.joined([say.kpi(kpi) for kpi in monitors])), hint=True)


def _component_reasons(say: Speaker, components: Sequence[Component]) -> Iterator[str]:
    for component in components:
        yield say.t(
            "roles.component",
            title=say.label(component.title),
            weight=say.percent(component.weight),
            req=component.req,
            why=say.label(component.why),
        )
        if component.slot:
            yield say.t("roles.slot_why", req=component.slot.req, why=say.label(component.slot.why))


def _objectives(say: Speaker, worked: Example) -> Iterator[Block]:
    if not say.scheme.objectives:
        return
    yield Heading(2, say.t("objectives.title"))
    yield Para(say.t("objectives.intro"), hint=True)
    rows = [[say.label(one.title), say.label(one.why), one.req] for one in say.scheme.objectives.values()]
    yield Table([say.t(f"column.{name}") for name in ("objective", "why", "req")], rows)


def _dimensions(say: Speaker, worked: Example) -> Iterator[Block]:
    yield Heading(2, say.t("dimensions.title"))
    rows = []
    for name, dimension in say.scheme.dimensions.items():
        kpis = [say.kpi(kpi) for kpi, rule in say.scheme.kpis.items() if rule.dimension == name]
        state = say.t("dimensions.on" if dimension.enabled else "dimensions.off")
        wanted = say.scheme.objectives.get(dimension.objective or "")
        serves = say.label(wanted.title) if wanted else "–"
        rows.append(
            [
                say.label(dimension.title),
                serves,
                state,
                say.joined(kpis) or "–",
                say.label(dimension.why),
                dimension.req,
            ]
        )
    yield Table([say.t(f"column.{name}") for name in ("dimension", "objective", "state", "kpis", "why", "req")], rows)
    yield Para(say.t("dimensions.note"), hint=True)


def _kpis(say: Speaker, worked: Example) -> Iterator[Block]:
    yield Heading(2, say.t("kpis.title"))
    yield Para(say.t("kpis.intro"), hint=True)
    yield Para(say.t("kpis.targets"), hint=True)
    for kpi, rule in say.scheme.kpis.items():
        yield Heading(3, say.kpi(kpi), f"{kpi} · {rule.req}")
        yield Bullets(list(_kpi_facts(say, kpi, rule)))
        line = worked.lines.get(kpi)
        if line is not None and line.goal is not None:
            yield _levels(say, rule, line)
            yield Para(_kpi_example(say, rule, line))
        yield Para(say.label(rule.why), hint=True)


def _kpi_facts(say: Speaker, kpi: str, rule: KpiRule) -> Iterator[str]:
    info = say.catalogue.get(kpi)
    if info is not None and info.formula.get(say.lang):
        yield say.t("kpis.formula", formula=info.formula[say.lang])
    if info is not None and info.caveat.get(say.lang):
        yield say.t("kpis.caveat", caveat=info.caveat[say.lang])
    yield say.t(f"kpis.direction.{rule.direction}", unit=say.unit(rule.unit))
    if not _is_on(say.scheme, kpi):
        yield say.t("kpis.off")
    if rule.period != "month":
        yield say.t(f"kpis.counts_in.{rule.period}")
    if rule.measured_on == "team":
        yield say.t("kpis.measured_on_team")
    yield from _channel_facts(say, rule)
    yield say.t(f"method.{rule.method}.{rule.direction}")
    if rule.attainment_cap is not None:
        yield say.t("kpis.attainment_cap", cap=say.percent(rule.attainment_cap))
    if rule.scale is not None:
        yield say.t("kpis.scale", scale=say.value(rule.scale, rule.unit))
    if rule.limit is not None:
        yield say.t("kpis.limit", limit=say.value(rule.limit, rule.unit))
    yield from _size_facts(say, rule)
    yield from _target_facts(say, rule)


def _size_facts(say: Speaker, rule: KpiRule) -> Iterator[str]:
    """Tell what few records make of a KPI: the minimum, the mean that it is drawn to, its interval."""
    block = rule.small_numbers
    least = block.at_least if block is not None and block.at_least is not None else rule.min_denominator
    if least is not None:
        yield say.t(f"small.least.{block.below if block is not None else 'provisional'}", least=exact(least))
    if block is not None and block.shrinkage is not None:
        yield say.t("small.shrinkage", k=exact(block.shrinkage.k))
    if rule.interval:
        yield say.t("small.interval")
    if block is not None:
        yield say.label(block.why)


def _channel_facts(say: Speaker, rule: KpiRule) -> Iterator[str]:
    if rule.channels is None:
        return
    yield say.t("kpis.channels", others=exact(rule.channels.others), why=say.label(rule.channels.why))
    whole = rule.default_target.target if rule.default_target else None
    for channel, one in rule.channels.weights.items():
        target = one.target if one.target is not None else whole
        shown_target = "–" if target is None else say.value(target, rule.unit)
        yield say.t("kpis.channel", channel=channel, weight=exact(one.weight), target=shown_target)


def _target_facts(say: Speaker, rule: KpiRule) -> Iterator[str]:
    default = rule.default_target
    if rule.method == "baseline" and (default is None or default.baseline is None):
        yield say.t(f"kpis.own_baseline.{rule.direction}")
    if default is None:
        yield say.t("kpis.no_default")
        return
    yield say.t(f"kpis.default.{default.per}", target=say.value(default.target, rule.unit), why=say.label(default.why))
    if default.stated_as is not None:
        stated, target = default.stated_as, say.value(default.target, rule.unit)
        yield say.t(f"kpis.stated.{stated.convention}", ratio=stated.ratio, target=target)
    if default.baseline is not None:
        yield say.t("kpis.baseline", baseline=say.value(default.baseline, rule.unit))
    if default.threshold is not None:
        yield say.t("kpis.threshold", threshold=say.value(default.threshold, rule.unit))
    if default.stretch is not None:
        yield say.t("kpis.stretch", stretch=say.value(default.stretch, rule.unit))
    yield say.t("kpis.additive" if rule.is_additive else "kpis.not_additive")


def _levels(say: Speaker, rule: KpiRule, line: LineTrace) -> Block:
    """The curve of a KPI in values of the KPI: what brings how many points at the default target."""
    goal = line.goal
    if goal is None:
        raise ValueError(f"{line.kpi_id} has no goal")
    rows = []
    for at, points in goal.points:
        unreachable = rule.method == "ratio" and rule.direction == "lower" and at <= 0
        value = "–" if unreachable else say.value(Decimal(shown(goal.value_at(at))), rule.unit)
        rows.append([value, f"{separated(shown(at))} %", exact(points)])
    return Table([say.t(f"column.{name}") for name in ("value", "attainment", "points")], rows, frozenset({0, 1, 2}))


def _kpi_example(say: Speaker, rule: KpiRule, line: LineTrace) -> str:
    written = line.to_dict()
    value = line.reading.value if line.reading else None
    return say.t(
        "kpis.example",
        value=say.value(value or Decimal(0), rule.unit),
        attainment=separated(str(written["attainment_formula"])),
        points=separated(str(written["interpolation"])),
    )


def _longer(say: Speaker, worked: Example) -> Iterator[Block]:
    rule = say.scheme.longer_kpis
    if rule is None:
        return
    longer = [say.kpi(kpi) for kpi, one in say.scheme.kpis.items() if one.period != "month"]
    yield Heading(2, say.t("longer.title"), rule.req)
    yield Para(say.t(f"longer.{rule.in_shorter}", kpis=say.joined(longer)))
    yield Para(say.label(rule.why), hint=True)


def _curves(say: Speaker, worked: Example) -> Iterator[Block]:
    yield Heading(2, say.t("curves.title"))
    for name, curve in say.scheme.curves.items():
        kpis = [say.kpi(kpi) for kpi, rule in say.scheme.kpis.items() if rule.curve == name]
        yield Heading(3, say.t("curves.name", name=name))
        yield Para(say.t("curves.used", kpis=say.joined(kpis)), hint=True)
        yield Bullets(say.curve(curve, " %", say.t("unit_points")))
        yield Para(say.label(curve.why), hint=True)


def _effects(say: Speaker, worked: Example) -> Iterator[Block]:
    if not say.scheme.vetoes and not say.scheme.gates:
        return
    yield Heading(2, say.t("effects.title"))
    yield Para(say.t("effects.order"), hint=True)
    for veto in say.scheme.vetoes:
        yield Heading(3, say.label(veto.title), veto.req)
        yield Bullets(list(_veto_facts(say, veto)))
        yield Para(say.label(veto.why), hint=True)
    for gate in say.scheme.gates:
        yield Heading(3, say.label(gate.title), gate.req)
        yield Bullets(list(_gate_facts(say, gate)))
        yield Para(say.label(gate.why), hint=True)


def _veto_facts(say: Speaker, veto: Veto) -> Iterator[str]:
    yield say.t("veto.when", at_least=exact(veto.at_least), below=exact(veto.below))
    yield say.effect(veto)
    yield say.t("effects.roles", roles=say.roles(veto.roles))
    yield say.t("veto.none")


def _gate_facts(say: Speaker, gate: Gate) -> Iterator[str]:
    info = say.catalogue.get(gate.kpi)
    unit = info.unit if info else ""
    if gate.at_most is not None:
        yield say.t("gate.when", kpi=say.kpi(gate.kpi), at_most=say.value(gate.at_most, unit))
    if gate.at_least is not None:
        yield say.t("gate.when_below", kpi=say.kpi(gate.kpi), at_least=say.value(gate.at_least, unit))
    yield say.effect(gate)
    yield say.t("effects.roles", roles=say.roles(gate.roles))
    yield say.t(f"gate.withheld.{gate.when_withheld}")


def _bonus(say: Speaker, worked: Example) -> Iterator[Block]:
    if say.scheme.pool is not None:
        yield from _pool_bonus(say, say.scheme.pool)
    if say.scheme.individual is not None:
        yield from _own_bonus(say, say.scheme.individual)
    yield Heading(3, say.t("bonus.end"))
    yield Para(say.t("bonus.adjustments"))
    yield from _bonus_example(say, worked)
    yield from team_shares(say)


def _shares(say: Speaker, shares: PeriodShares) -> Block:
    parts = {name: say.percent(getattr(shares, name)) for name in ("month", "quarter", "year")}
    return Bullets([say.t("bonus.shares", **parts), say.t("bonus.proration"), say.label(shares.why)])


def _true_up(say: Speaker, worked: Example) -> Iterator[Block]:
    rule = say.scheme.true_up
    if rule is None:
        return
    yield Heading(2, say.t("true_up.title"), rule.req)
    yield Para(say.t(f"true_up.{rule.of}"))
    yield Bullets([say.t(f"true_up.{name}") for name in (f"negative.{rule.negative}", "sealed", "withheld")])
    yield Para(say.label(rule.why), hint=True)


def _own_bonus(say: Speaker, own: Individual) -> Iterator[Block]:
    yield Heading(2, say.t("bonus.title"), own.req)
    yield Para(f"{say.label(own.title)}{say.t('colon')}{say.label(own.why)}")
    yield _shares(say, own.shares)
    yield Heading(3, say.t("bonus.amount"))
    yield Para(say.t(f"bonus.by.{own.by}"))
    if own.classes:
        rows = [
            [
                say.label(one.title),
                say.joined(one.levels) if one.at_least is None else say.t("bonus.from", score=exact(one.at_least)),
                say.value(one.amount, "currency"),
                say.label(one.why),
            ]
            for one in own.classes
        ]
        condition = "score" if own.by == "band" else "level"
        yield Table([say.t(f"column.{name}") for name in ("class", condition, "amount", "why")], rows, frozenset({2}))
    if own.payout is not None:
        yield Heading(3, say.t("bonus.payout"))
        yield Bullets(say.curve(own.payout, say.t("unit_points"), " %", from_zero=True))
        yield Para(say.label(own.payout.why), hint=True)


def _pool_bonus(say: Speaker, pool: Pool) -> Iterator[Block]:
    yield Heading(2, say.t("bonus.title"), pool.req)
    yield Para(f"{say.label(pool.title)}{say.t('colon')}{say.label(pool.why)}")
    yield _shares(say, pool.shares)
    yield Heading(3, say.t("bonus.factor"))
    weights = say.joined([f"{say.kpi(kpi)} {say.percent(weight)}" for kpi, weight in pool.kpis.items()])
    yield Para(say.t("bonus.team", kpis=weights, cap=say.percent(pool.attainment_cap)))
    yield Bullets(say.curve(pool.factor, " %", " %", from_zero=True))
    yield Para(say.label(pool.factor.why), hint=True)
    yield Heading(3, say.t("bonus.split"))
    yield Para(say.t(f"bonus.points.{pool.points}"))
    yield Heading(3, say.t("bonus.cap"))
    yield Para(say.t("bonus.cap_intro"))
    yield Bullets(say.curve(pool.personal_cap, say.t("unit_points"), " %", from_zero=True))
    yield Para(say.label(pool.personal_cap.why), hint=True)


def _bonus_example(say: Speaker, worked: Example) -> Iterator[Block]:
    person, pool = worked.person, worked.pool
    if person is None or not person.segments[0].target:
        yield Para(say.t("bonus.no_month"), hint=True)
        return
    segment = person.segments[0]
    role = say.scheme.roles[segment.segment.role]
    yield Heading(3, say.t("bonus.example"))
    yield Para(
        say.t(
            "bonus.example_intro" if pool else "bonus.example_intro_own",
            n=len(pool.members) if pool else 1,
            bonus=say.value(BONUS, "currency"),
            level=segment.segment.level or "–",
            review=exact(REVIEW),
            role=say.label(role.title),
            kpis=say.joined([say.kpi(kpi) for kpi in worked.worse]),
            days=worked.days,
        )
    )
    lines = []
    for line in segment.lines:
        written = line.to_dict()
        attained = "–" if line.attainment is None else f"{separated(shown(line.attainment))} %"
        points = "–" if line.score is None else shown(line.score)
        lines.append(
            [
                say.kpi(line.kpi_id),
                attained,
                points,
                f"{separated(shown(line.effective_weight))} %",
                written["printed_points"] or "–",
            ]
        )
    head = [say.t(f"column.{name}") for name in ("kpi", "attainment", "points", "effective", "printed")]
    yield Table(head, lines, frozenset({1, 2, 3, 4}))
    rows = [
        [text(f"schemes.step.{step.code}", say.lang), separated(step.formula), separated(step.value)]
        for step in person.steps
    ]
    yield Table([say.t(f"column.{name}") for name in ("step", "formula", "result")], rows, frozenset({2}))


def _data(say: Speaker, worked: Example) -> Iterator[Block]:
    yield Heading(2, say.t("data.title"))
    form = "" if say.scheme.pool else "_own"
    names = (
        *("withheld", f"held{form}", "not_applicable", "provisional", "no_target"),
        *(f"nothing{form}", "segments", "sealed"),
    )
    yield Bullets([say.t(f"data.{name}") for name in names])


def _target(say: Speaker, kpi: str) -> str:
    rule = say.scheme.kpis[kpi]
    default = rule.default_target
    if default is None:
        return "–"
    value = say.value(default.target, rule.unit)
    return say.t(f"roles.target.{default.per}", value=value) if rule.is_additive else value


def _is_on(scheme: Scheme, kpi: str) -> bool:
    return scheme.dimensions[scheme.kpis[kpi].dimension].enabled


_PARTS: tuple[Callable[[Speaker, Example], Iterator[Block]], ...] = (
    _overview,
    _objectives,
    _roles,
    _communities,
    _kpis,
    _longer,
    peer_control,
    _curves,
    _effects,
    gaming,
    bonus_points,
    _bonus,
    _true_up,
    pieces,
    decisions,
    _data,
    _dimensions,
)
