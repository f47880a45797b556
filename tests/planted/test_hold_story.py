"""A month whose growth waits, from the run that holds its pay to the one that releases it.

One story in one folder, told by the fixture. Three accounts: bought followers whom no profile tells from people, of
whom all stay; the same, of whom half leave within thirty days; and a burst of the daily counts, in a company that lets
these wait too (`burst_hold: all`). A fourth one grows as usual. October is run, sealed, run again when the lists reach
the twentieth of November, sealed, and run and sealed once more when they reach the end of it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from copy import deepcopy
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import comparing
import pytest
from running import run_scorecards

from pipelines.demo.follower_plants import Plant, make_plant

from . import lists, sheets
from .company import MANAGER, TARGETS, Subject, weights, write_company
from .defects_x import bought

END = dt.date(2026, 11, 30)
STAYED, FLED, COUNTED, USUAL = "stayed", "fled", "counted", "usual"
PURCHASED = 180
KPIS = ("net_follower_growth", "impressions", "engagement_rate_followers")
Run = CompletedProcess[str]


@dataclass
class Story:
    """What each step left behind.

    Attributes:
        home: the company.
        people: the cases' persons and sources.
        growth: October's growth that is right once all is known, by case.
        runs: what each command printed.
        bonus: step -> case -> the bonus of the card.
        findings: step -> case -> the reason codes of the guard `burst` with their messages.
        diffs: step -> the differences from the revision before.
    """

    home: Path
    people: dict[str, Subject]
    growth: dict[str, float]
    runs: dict[str, Run] = field(default_factory=dict)
    bonus: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    findings: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    diffs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def run(self, step: str) -> None:
        """Run October and remember what it says."""
        self.runs[step] = run_scorecards(self.home, "run", "2026-10")
        draft = self.home / "scorecards/2026-10/draft"
        traces = json.loads((draft / "traces.json").read_text(encoding="utf-8"))["traces"]
        self.bonus[step] = {trace["person_id"].removeprefix("p_"): trace["bonus"] for trace in traces}
        rows = comparing.query(
            self.home,
            "select subject_id, reason_code, message from data_quality_findings "
            "where month = date '2026-10-01' and guard = 'burst' and reason_code <> 'growth_by_lists'",
        )
        self.findings[step] = {
            case: {code: message for account, code, message in rows if account == it.account}
            for case, it in self.people.items()
        }
        if list(draft.glob("diff_vs_*.json")):
            (diff,) = draft.glob("diff_vs_*.json")
            self.diffs[step] = json.loads(diff.read_text(encoding="utf-8"))

    def seal(self, step: str) -> None:
        """Seal October's draft."""
        self.runs[step] = run_scorecards(self.home, "seal", "2026-10", "--by", MANAGER)

    def deliver(self, first: dt.date, last: dt.date) -> None:
        """Put the exports of these days in."""
        for it in self.people.values():
            for name, sheet in it.files.items():
                if first <= dt.date.fromisoformat(name.split("/")[2]) <= last:
                    path = self.home / "exports" / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    assert isinstance(sheet, sheets.Sheet)
                    path.write_bytes(sheet.data())

    def payroll(self, revision: int) -> dict[str, dict[str, str]]:
        """The payroll of a sealed revision, by case."""
        path = self.home / f"scorecards/2026-10/r{revision}/2026-10_payroll_r{revision}.csv"
        rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
        return {row["person_id"].removeprefix("p_"): row for row in rows}


def bought_like_people(it: Subject, leave: bool) -> float:
    """Give the account 180 bought followers whom no profile tells from people; its growth once all is known."""
    plant = make_plant("like_people", it.number, END)
    if leave:
        plant.follows = [
            replace(follow, left_on=follow.followed_on + dt.timedelta(days=26))
            if follow.profile.is_bought and follow.number % 2
            else follow
            for follow in plant.follows
        ]
    it.files = in_parts(plant, it)
    it.tables["account_followers"] = lists.stock(it.files, it.account)
    # nothing tells these from people: they count while they stay
    people = [replace(follow, profile=replace(follow.profile, is_bought=False)) for follow in plant.follows]
    return lists.growth(replace(plant, follows=people))


def in_parts(plant: Plant, it: Subject) -> sheets.Files:
    """The exports with November in two: until the twentieth, and after."""
    files = lists.exports(plant, it.number, it.account, it.handle)
    (late,) = (name for name in files if "followers_2026-11" in name)
    (overview,) = (name for name in files if "overview" in name and "2026-11-30" in name)
    early = lists.exports(replace(plant, last_list=lists.LAST_LIST), it.number, it.account, it.handle)
    first = {name: sheet for name, sheet in early.items() if "2026-11-21/" in name}
    for name, column in ((late, "Snapshot date"), (overview, "Date")):
        told = {row[column] for sheet in first.values() if isinstance(sheet, sheets.Sheet) for row in sheet.rows
                if column in row}  # fmt: skip
        sheet = files[name]
        assert isinstance(sheet, sheets.Sheet)
        sheet.rows = [row for row in sheet.rows if row[column] not in told]
    return files | first


def burst_of_counts(it: Subject) -> float:
    """Two days of a thousand follows each, and the overview of November: as many leave as usual."""
    bought(it)
    november = deepcopy(it.sheet("overview", "2026-10-31"))
    november.rows = [sheets.a_day(it.number, day) for day in reversed(sheets.days(sheets.NOVEMBER, END))]
    it.files[f"x/{it.account}/2026-11-21/account_overview_analytics_2026-11-01_2026-11-29.csv"] = november
    return it.measured()["net_follower_growth"]


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    people = {
        case: Subject(number, case, "x since June" if case == COUNTED else "x with lists")
        for number, case in enumerate((STAYED, FLED, COUNTED, USUAL), start=1)
    }
    growth = {
        STAYED: bought_like_people(people[STAYED], leave=False),
        FLED: bought_like_people(people[FLED], leave=True),
        COUNTED: burst_of_counts(people[COUNTED]),
        USUAL: people[USUAL].truth["net_follower_growth"],
    }
    told = Story(tmp_path_factory.mktemp("hold") / "company", people, growth)
    everything = {case: it.files for case, it in people.items()}
    for case, it in people.items():
        it.files = {name: sheet for name, sheet in everything[case].items() if name.split("/")[2] <= "2026-11-09"}
    write_company(told.home, people.values(), {"burst_hold": "all"})
    told.run("october")
    told.seal("seal 1")
    for case, it in people.items():
        it.files = everything[case]
    told.deliver(dt.date(2026, 11, 10), dt.date(2026, 11, 30))

    told.run("november")
    told.seal("seal 2")
    told.deliver(dt.date(2026, 12, 1), dt.date(2026, 12, 31))
    told.run("december")
    told.seal("seal 3")
    told.runs["verify"] = run_scorecards(told.home, "verify", "2026-10")
    return told


def points(value: float, target: float) -> Decimal:
    """Points of the scheme's curve: the attainment up to 100 %, 20 for the next 30 %, no more."""
    attained = Decimal(100) * Decimal(repr(value)) / Decimal(repr(target))
    if attained <= 100:
        return max(Decimal(0), attained)
    return 100 + (min(attained, Decimal(130)) - 100) * 20 / 30


def pay(story: Story, case: str, growth_points: Decimal) -> Decimal:
    """A thousand by the score, with these points for growth."""
    values = story.people[case].measured()
    earned = {kpi: points(values[kpi], TARGETS[kpi]) for kpi in KPIS} | {"net_follower_growth": growth_points}
    weight = weights()
    score = sum((weight[kpi] * earned[kpi] for kpi in KPIS), Decimal(0)) / sum(weight[kpi] for kpi in KPIS)
    return (score * 10).quantize(Decimal("0.01"), ROUND_HALF_UP)


def sure(story: Story, case: str) -> Decimal:
    """What is due whatever comes of the growth."""
    return pay(story, case, Decimal(0))


def whole(story: Story, case: str) -> Decimal:
    """What is due once the growth is known."""
    return pay(story, case, points(story.growth[case], TARGETS["net_follower_growth"]))


def money(row: dict[str, Any], name: str) -> Decimal:
    return Decimal(row[name] or 0)


HELD = (STAYED, FLED, COUNTED)
TOP = Decimal(120)


@pytest.mark.req("000-K01", "000-G4", "000-P2")
@pytest.mark.parametrize("case", HELD)
def test_what_may_still_become_due_is_held_and_the_rest_is_paid(story: Story, case: str) -> None:
    bonus = story.bonus["october"][case]
    assert (money(bonus, "payable"), money(bonus, "held")) == (
        sure(story, case),
        pay(story, case, TOP) - sure(story, case),
    )
    row = story.payroll(1)[case]
    assert (money(row, "amount_payable"), money(row, "bonus_held")) == (money(bonus, "payable"), money(bonus, "held"))


def test_who_grows_as_usual_is_paid_at_once(story: Story) -> None:
    for step in ("october", "november", "december"):
        bonus = story.bonus[step][USUAL]
        assert (money(bonus, "payable"), money(bonus, "held")) == (whole(story, USUAL), 0)


@pytest.mark.parametrize(
    ("case", "code", "until"),
    [(STAYED, "burst_of_settled", "2026-11-06"), (FLED, "burst_of_settled", "2026-11-06"),
     (COUNTED, "burst_unexplained", "2026-11-14")],
)  # fmt: skip
def test_the_card_says_why_and_until_when_in_both_languages(story: Story, case: str, code: str, until: str) -> None:
    assert f"Who stays is known on {until}: run the month again then." in story.findings["october"][case][code]
    folder = story.home / "scorecards/2026-10/r1"
    for lang, why, then in (
        ("en", f"Who stays is known on {until}", f"Put the exports of the days up to {until} into exports/"),
        ("zh", f"{until} 可知留存情况", f"将截至 {until} 的导出文件放入 exports/"),
    ):
        card = (folder / f"2026-10_p_{case}_scorecard_{lang}_r1.html").read_text(encoding="utf-8")
        assert why in card and then in card


@pytest.mark.parametrize("case", [STAYED, COUNTED])
def test_who_stayed_is_paid_when_the_day_has_passed(story: Story, case: str) -> None:
    bonus = story.bonus["november"][case]
    assert (money(bonus, "payable"), money(bonus, "held")) == (whole(story, case), 0)
    assert set(story.findings["november"][case]) == {"burst_over"}


def test_of_whom_half_fled_the_rest_waits_until_it_is_known_too(story: Story) -> None:
    told = story.findings["november"][FLED]
    assert set(told) == {"burst_over", "burst_fled"}
    assert "Who of the others stays is known on 2026-11-30" in told["burst_fled"]
    assert (
        "of the followers who came on 3 days, 2026-10-05 to 2026-10-07, 90 left within thirty days"
        in told["burst_fled"]
    )
    assert story.bonus["november"][FLED] == story.bonus["october"][FLED]
    bonus = story.bonus["december"][FLED]
    assert (money(bonus, "payable"), money(bonus, "held")) == (whole(story, FLED), 0)
    assert set(story.findings["december"][FLED]) == {"burst_over", "burst_fled_over"}


def test_each_release_is_a_revision_with_the_exact_difference(story: Story) -> None:
    released = {"november": (STAYED, COUNTED), "december": (FLED,)}
    for step, cases in released.items():
        due = {f"p_{case}": whole(story, case) - sure(story, case) for case in cases}
        told = {
            row["person_id"]: Decimal(row["difference"])
            for row in story.diffs[step]["differences"]
            if row["field"] == "bonus payable"
        }
        assert told == due
        assert Decimal(story.diffs[step]["payable_change"]) == sum(due.values())
    # the third is still held, by another reason
    assert "differ from the sealed revision r1 for 3 people" in story.runs["november"].stdout
    assert "differ from the sealed revision r2 for 1 people" in story.runs["december"].stdout


def test_nobody_is_paid_twice_and_nothing_is_left_held(story: Story) -> None:
    for case in story.people:
        last = story.payroll(3)[case]
        assert (money(last, "amount_payable"), money(last, "bonus_held")) == (whole(story, case), 0)
        assert sure(story, case) <= whole(story, case) <= pay(story, case, TOP)


def test_every_revision_verifies(story: Story) -> None:
    said = story.runs["verify"].stdout
    assert all(f"ok      r{revision}: chain of revisions holds" in said for revision in (1, 2, 3))
    assert "ok      r3: recomputed from the archived inputs: the same results to the cent" in said
    assert "PROBLEM" not in said
