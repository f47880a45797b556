"""A damaged export gives one clear message, withholds what it touches and nothing else, and no byte of it is lost."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import comparing
import pytest
from running import Scorecards, twin_home

from pipelines.company.keys import Pseudonymiser

WEB = "exports/web/2026-11-09/traffic_acquisition_2026-10.csv"
LEADS = "exports/crm/2026-11-09/leads_2026-10.csv"
ORDERS = "exports/shopify/shop_cn/2026-11-09/orders_export.csv"
INBOX = "exports/zendesk/2026-11-12/tickets_2026-10.csv"
POSTS = "exports/x/x_brand/2026-11-09/account_analytics_content_2026-10-01_2026-10-31.csv"
ZEROS = "exports/x/x_brand/2026-11-20/account_analytics_content_2026-10-01_2026-10-31.csv"
BROKEN_ROWS = (11, 21, 31)

# What may change by each damage: KPIs of the families that it is in.
TOUCHED = {"web", "leads", "orders", "tickets", "x_posts"}


def truncated(data: bytes) -> bytes:
    """Two thirds of the rows, the last one cut in its middle."""
    lines = data.splitlines(keepends=True)
    kept = len(lines) * 2 // 3
    return b"".join(lines[:kept]) + lines[kept][: len(lines[kept]) // 2]


def broken_rows(data: bytes) -> bytes:
    """Three rows with a word where the date should be."""
    rows = list(csv.reader(io.StringIO(data.decode())))
    for number in BROKEN_ROWS:
        rows[number - 1][rows[0].index("Created at")] = "soon"
    return as_csv(rows)


def wrong_header(data: bytes) -> bytes:
    """Headers that somebody renamed."""
    header, rest = data.split(b"\n", 1)
    for old, new in ((b"Created at", b"Made at"), (b"Total,", b"Sum,"), (b"Financial Status", b"Money")):
        header = header.replace(old, new, 1)
    return header + b"\n" + rest


def empty(data: bytes) -> bytes:
    """Nothing at all."""
    return b""


def zeros(data: bytes) -> bytes:
    """The same posts with every number zero."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    first = rows[0].index("Impressions")
    return as_csv([rows[0], *([*row[:first], *["0"] * (len(row) - first)] for row in rows[1:])])


def as_csv(rows: list[list[str]]) -> bytes:
    """Rows as CSV bytes."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()


DAMAGES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    WEB: (WEB, truncated),
    LEADS: (LEADS, broken_rows),
    ORDERS: (ORDERS, wrong_header),
    INBOX: (INBOX, empty),
    ZEROS: (POSTS, zeros),
}


@dataclass(frozen=True)
class Damaged:
    """A company whose exports of October are damaged, as its run and its status tell it."""

    home: Path
    run: CompletedProcess[str]
    status: str


@pytest.fixture(scope="module")
def damaged(small_home: Path, tmp_path_factory: pytest.TempPathFactory, scorecards: Scorecards) -> Damaged:
    home = twin_home(small_home, tmp_path_factory.mktemp("damaged"))
    for label, (source, damage) in DAMAGES.items():
        data = damage((home / source).read_bytes())
        (home / label).parent.mkdir(exist_ok=True)
        (home / label).write_bytes(data)
    run = scorecards(home, "run", "2026-10", "--strict", check=False)
    return Damaged(home, run, scorecards(home, "status").stdout)


def of_family(home: Path, family: str) -> set[str]:
    """KPIs of a family."""
    rows = comparing.query(home, "select kpi_id, families from kpi_catalogue")
    return {kpi for kpi, families in rows if family in families.split(";")}


def person(home: Path, person_id: str) -> str:
    """A person's key in the published warehouse."""
    return Pseudonymiser.from_home(home).person(person_id)


def test_the_run_publishes_and_strict_tells_that_lines_are_withheld(damaged: Damaged) -> None:
    assert damaged.run.returncode == 4, damaged.run.stderr
    withheld = comparing.query(damaged.home, "select count(*) from fct_person_kpi where status = 'withheld'")
    assert withheld[0][0] > 0
    assert "score lines withheld" in damaged.run.stdout


def test_each_damaged_file_has_one_line_in_the_status(damaged: Damaged) -> None:
    told = [line for line in damaged.status.splitlines() if line.startswith(("quarantine:", "broken rows:"))]
    assert [line.split(": ")[:2] for line in told] == [
        ["broken rows", LEADS],
        ["broken rows", WEB],
        ["quarantine", ORDERS],
        ["quarantine", INBOX],
    ]
    leads, web, orders, inbox = told
    assert "3 of 114 rows set aside -> quarantine/" in leads
    assert "1 of 85 rows set aside -> quarantine/" in web
    assert "the nearest is shopify_orders, which misses financial_status, created_at, total" in orders
    assert "headers not known: Money, Sum, Made at" in orders
    assert "the file is empty. export the file again and replace it" in inbox


def test_the_quarantine_folder_says_the_same(damaged: Damaged) -> None:
    files = {
        told["file"]: told["reason"]
        for path in (damaged.home / "quarantine").glob("*.json")
        for told in [json.loads(path.read_text(encoding="utf-8"))]
    }
    assert files.keys() == {ORDERS, INBOX}
    rows = [
        row
        for path in (damaged.home / "quarantine").glob("*_rows.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]
    assert sorted((row["column"], row["row"], row["value"], row["reason"]) for row in rows) == [
        ("", "95", "", "the last row is cut off: the file seems truncated"),
        *(("Created at", str(row), "soon", "the value is not a date that is understood") for row in BROKEN_ROWS),
    ]


def test_every_byte_is_in_the_archive(damaged: Damaged) -> None:
    for label in [*DAMAGES, POSTS]:
        data = (damaged.home / label).read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        assert (damaged.home / "archive" / digest[:2] / digest).read_bytes() == data, label


def test_each_damage_is_a_finding(damaged: Damaged, small_home: Path) -> None:
    assert comparing.findings(damaged.home) - comparing.findings(small_home) == {
        ("web", "website", "gap", "withhold"),
        ("web", "website", "coverage", "withhold"),
        ("leads", "lead_forms", "coverage", "withhold"),
        ("orders", "shop_cn", "late", "withhold"),
        ("tickets", "inbox_shop", "late", "withhold"),
        ("x_posts", "x_brand", "contradiction", "withhold"),
        ("x_posts", "x_brand", "duplicate", "note"),
    }


@pytest.mark.parametrize(
    ("person_id", "kpi", "reason"),
    [
        ("P002", "site_clicks", "web website: 10 of 31 days are missing, from 2026-10-22 to 2026-10-31."),
        ("P002", "leads_submitted", "leads lead_forms: 3 rows could not be read (2.6 % of the worst file)."),
        ("P006", "conversion_revenue", "orders shop_cn: the source ends on 2026-10-09, 22 days before the end"),
        ("P004", "first_reply_minutes_p50", "tickets inbox_shop: the source ends on 2026-10-12, 19 days before"),
        ("P005", "first_reply_minutes_p50", "tickets inbox_shop: the source ends on 2026-10-12, 19 days before"),
        ("P003", "impressions", "x_brand: 63 records have different values in files of the same date, or zeros over"),
    ],
)
def test_what_it_touches_is_withheld_and_not_zero(damaged: Damaged, person_id: str, kpi: str, reason: str) -> None:
    value, _, _, _, status, told = comparing.kpis(damaged.home)[person(damaged.home, person_id), kpi]
    assert (value, status) == (None, "withheld")
    assert told.startswith(reason)


def test_zeros_replace_no_value(damaged: Damaged, small_home: Path) -> None:
    """The sums beside the withheld KPI are those of the real values."""
    ours, theirs = comparing.kpis(damaged.home), comparing.kpis(small_home)
    key = person(small_home, "P002"), "impressions"
    assert ours[key][1] == theirs[key][1] > 0


def test_nobody_is_paid_by_a_part_of_the_data(damaged: Damaged, small_home: Path) -> None:
    """Whatever value is still published is the value of the undamaged company."""
    ours, theirs = comparing.kpis(damaged.home), comparing.kpis(small_home)
    assert ours.keys() == theirs.keys()
    wrong = [key for key, row in ours.items() if row[0] is not None and row[0] != theirs[key][0]]
    assert wrong == []


def test_other_data_is_published_unchanged(damaged: Damaged, small_home: Path) -> None:
    ours, theirs = comparing.kpis(damaged.home), comparing.kpis(small_home)
    touched = {kpi for family in TOUCHED for kpi in of_family(small_home, family)}
    untouched = {key for key in theirs if key[1] not in touched}
    assert {key[1] for key in untouched} >= {"net_follower_growth", "won_revenue", "deals_won", "security_incidents"}
    assert [key for key in sorted(untouched) if ours[key] != theirs[key]] == []


def test_withheld_pay_is_held_and_not_lost(damaged: Damaged) -> None:
    bundle = json.loads((damaged.home / "scorecards/2026-10/draft/traces.json").read_text(encoding="utf-8"))
    held = {trace["person_id"]: float(trace["bonus"]["held"] or 0) for trace in bundle["traces"]}
    assert all(held[person_id] > 0 for person_id in ("P002", "P003", "P004", "P006")), held
