"""A company on one platform with peers, their readings and an event; the sample company scored with them."""

from __future__ import annotations

from typing import Any

from cards_sample import content, growth, result, segment

from pipelines.company.model import Company
from pipelines.company.platform_records import Peer, PeerReading, PlatformEvent
from pipelines.company.records import Account, Assignment, Person, Position
from pipelines.periods import Period, parse_period
from pipelines.schemes import Scheme, load_scheme
from pipelines.schemes.model import PeerControl
from pipelines.scorecards.shocks import Shocks
from pipelines.scoring import PeriodResult, ShockInput

KPI = "net_follower_growth"
OCTOBER = parse_period("2026-10")
WHY = {"zh": "因为", "en": "because"}


def scheme(**more: Any) -> Scheme:
    block = {
        "req": "004-G1", "kpis": [KPI], "beta": 1, "cap": 30, "min_peers": 5, "mad_factor": 3, "base_months": 2,
        "why": WHY,
    }  # fmt: skip
    return load_scheme("000").model_copy(update={"peer_control": PeerControl.model_validate(block | more)})


def event(**more: Any) -> PlatformEvent:
    row = {
        "platform": "x", "happened_from": "2026-10-05", "kind": "algorithm", "kpis": "", "what": "<b>replies</b> sink",
        "source": "https://x.example/a", "logged_by": "E001", "logged_on": "2026-10-06", "source_row": 2,
    }  # fmt: skip
    return PlatformEvent.model_validate(row | more)


def peer(name: str, **more: Any) -> Peer:
    row = {"platform": "x", "peer_id": name, "registered_on": "2026-01-05", "registered_by": "E009"}
    return Peer.model_validate(row | more)


def readings(**by_month: int) -> tuple[PeerReading, ...]:
    """The same value of every peer in a month: `m08=1000`."""
    return tuple(
        PeerReading(month=f"2026-{name[1:]}", platform="x", peer_id=f"p{index}", kpi_id=KPI, value=value, source="page")
        for name, value in by_month.items()
        for index in range(7)
    )


def company(**more: Any) -> Company:
    """Two teams on X: li and wang grow, chen runs an account of another team."""
    rows: dict[str, Any] = {
        "people": tuple(Person(person_id=name, name=name, hired_on="2024-01-01") for name in ("li", "wang", "chen")),
        "positions": tuple(
            Position(person_id=name, role="growth", team_id=team, bonus_base="100", valid_from="2024-01-01")
            for name, team in (("li", "north"), ("wang", "north"), ("chen", "south"))
        ),
        "scheme_assignments": (),
        "accounts": tuple(
            Account(account_id=name, platform="x", handle=handle, team_id=team, active_from="2024-01-01")
            for name, handle, team in (
                ("x_north", "@North", "north"), ("x_wang", "", ""), ("x_south", "South", "south"),
            )
        ),
        "assignments": (
            Assignment(
                subject_type="account", subject_id="x_wang", person_id="wang", share="100", valid_from="2024-01-01"
            ),
        ),
        "peers": tuple(peer(f"p{index}") for index in range(5)),
        "peer_readings": readings(m08=1000, m09=1000, m10=800),
        "platform_events": (event(),),
    }  # fmt: skip
    return Company(**(rows | more))


def shock_of(given: Company, person: str = "li", period: Period = OCTOBER, **rule: Any) -> ShockInput:
    (own,) = [one for one in given.segments() if one.person_id == person]
    own = type(own)(**{**vars(own), "scheme_id": "000"})
    return Shocks(given, period, {"000": scheme(**rule)}).of(own)[KPI]


def scored(rule: Scheme | None = None, **more: Any) -> PeriodResult:
    given = company(**more)
    own = segment("E003", "growth", growth())
    touched = {KPI: shock_of(given)}
    made = type(own)(**{name: getattr(own, name) for name in own.__dataclass_fields__} | {"shocks": touched})
    return result([made, segment("E001", "content", content())], (), scheme=rule or scheme())
