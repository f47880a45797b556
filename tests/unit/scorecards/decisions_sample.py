"""The sample company with something decided about everybody: points, awards, calibration, appeals; pay by the piece.

E001 more points than count, an award, an appeal of a KPI; E002 a capped piece rate, a decision while data is withheld;
E003 calibrated in two parts; E004 points and a decision after a veto; E005 points past a gate, a stale decision; E006 a
piece rate whose data is withheld.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cards_sample import Case, evidence, result

from pipelines.schemes import Scheme, load_scheme
from pipelines.schemes.model import PieceRate
from pipelines.scorecards.evidence import EvidenceRow
from pipelines.scoring import AppealInput, AwardInput, CalibrationInput, DecisionInput, PeriodResult, PointsInput

D = Decimal
WHY = {"zh": "因为", "en": "because"}
HOSTILE_WORDS = "=1+1 <script>alert(2)</script>"


def scheme() -> Scheme:
    """Scheme 000 with two piece rates, one of them capped."""
    rates = [
        {"id": "views", "title": {"zh": "曝光计件", "en": "By views"}, "req": "003-K24", "kpi": "impressions",
         "per": D(1000), "amount": D("0.5"), "roles": ["content"], "why": WHY},
        {"id": "tickets", "title": {"zh": "工单计件", "en": "By tickets"}, "req": "003-K24", "kpi": "tickets_resolved",
         "amount": D(2), "cap": D(300), "roles": ["customer_service"], "why": WHY},
    ]  # fmt: skip
    return load_scheme("000").model_copy(
        update={"piece_rates": tuple(PieceRate.model_validate(rate) for rate in rates)}
    )


def decisions() -> list[DecisionInput]:
    """One or two about everybody; calibrations that apply are about the scores that are computed."""
    given: list[DecisionInput] = [
        PointsInput("E001", D(4), "新算法测试并写成策略", "E004", "E009", 2),
        PointsInput("E001", D(3), HOSTILE_WORDS, "E004", "E009", 3),
        AwardInput("E001", "创意之星", D("500.00"), "本月活动", "E009", 2),
        AwardInput("E001", "=Viral", D("88.50"), HOSTILE_WORDS, "E009", 3),
        AppealInput("E001", "posting_frequency", "two posts are missing", date(2026, 11, 5), "open", row=2),
        AppealInput("E001", "", HOSTILE_WORDS, date(2026, 11, 6), "rejected", "E009", "both are there", 3),
        AppealInput("E001", "site_clicks", "the links were not tagged", date(2026, 11, 7), "withdrawn", row=4),
        PointsInput("E003", D("1.5"), "hand-over tested", "E001", "E009", 4),
        PointsInput("E004", D(2), "quick test", "E001", "E009", 5),
        PointsInput("E005", D(2), "quick test", "E001", "E009", 6),
    ]
    computed = {person.person_id: person.printed_score for person in result(decisions=given, scheme=scheme()).people}
    for person, decided, seen in (
        ("E002", "90", computed["E002"]),
        ("E003", "91.25", computed["E003"]),
        ("E004", "70", computed["E004"]),
        ("E005", "80", D("1.00")),
    ):
        assert seen is not None
        given.append(CalibrationInput(person, seen, D(decided), "carried two launches", "E009", "2026-11-03"))
    return given


def decided() -> PeriodResult:
    """The scored sample with all of it."""
    return result(decisions=decisions(), scheme=scheme())


def case() -> Case:
    """The arguments of build_draft, with records behind the tickets."""
    tickets = [
        EvidenceRow(
            "ticket_resolve", f"T-{i}", "", "2026-10-05 02:00", D(1), None, None, D(1), "ef" * 16, i + 2, "t.csv"
        )
        for i in range(205)
    ]
    return Case(scored=decided(), evidence=evidence() | {("E002", "tickets_resolved"): tickets})
