"""company.yaml: every defect with its line and key; none of YAML's own surprises."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipelines.company import load_company
from pipelines.company.collector import Collector
from pipelines.company.yamlfile import read_yaml

KPIS = frozenset({"impressions", "engagement_rate_followers", "net_follower_growth"})


def parsed(tmp_path: Path, text: str):
    path = tmp_path / "one.yaml"
    path.write_text(text, encoding="utf-8")
    collector = Collector()
    return read_yaml(path, "one.yaml", collector), collector.findings


def test_values_are_what_a_reader_sees(tmp_path):
    document, findings = parsed(
        tmp_path,
        "time: 18:00\nearly: 09:00\nno: no\non: on\nday: 2026-10-01\nint: -12\nrate: 0.95\nyes: true\nnone: ~\n"
        'empty:\ntext: "007"\ncode: 007\nlist: [a, 1]\nbig: 1_000\nexp: 1e3\n',
    )
    assert findings == []
    assert document.data == {
        "time": "18:00",
        "early": "09:00",
        "no": "no",
        "on": "on",
        "day": "2026-10-01",
        "int": -12,
        "rate": Decimal("0.95"),
        "yes": True,
        "none": None,
        "empty": None,
        "text": "007",
        "code": "007",
        "list": ["a", 1],
        "big": "1_000",
        "exp": "1e3",
    }
    assert document.line(("rate",)) == 7
    assert document.line(("list", 1)) == 13
    assert document.line(("list", 7, "x")) == 13
    assert document.line(("absent",)) == 1


@pytest.mark.parametrize(
    ("text", "row", "column", "problem"),
    [
        ("a: 1\nb: [1\n", 3, "", "the file is no readable YAML"),
        ("a: 1\n\tb: 2\n", 2, "", "the file is no readable YAML"),
        ("a: \x07\n", 0, "", "the file is no readable YAML"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "b.c", "the key stands twice"),
        ("a: !!python/name:os.system x\n", 1, "a", "has a type tag that is not allowed"),
        ("a: &x\n  b: *x\n", 1, "a.b", "the anchor holds itself"),
    ],
)
def test_broken_yaml(tmp_path, text, row, column, problem):
    _, findings = parsed(tmp_path, text)
    assert [(found.row, found.column) for found in findings] == [(row, column)]
    assert findings[0].problem.startswith(problem)


def test_yaml_that_is_not_utf8(tmp_path):
    path = tmp_path / "one.yaml"
    path.write_bytes("name: 公司\n".encode("gb18030"))
    collector = Collector()
    assert read_yaml(path, "one.yaml", collector) is None
    assert [found.problem for found in collector.findings] == ["the file is not UTF-8 text"]


@pytest.mark.parametrize(
    ("append", "row", "column", "value", "problem"),
    [
        ("holiday: x\n", 10, "holiday", "holiday", "the key is unknown"),
        ("calender: cn\n", 10, "calender", "calender", "the key is unknown; the nearest is calendar"),
        ("  viral_zz: 3\n", 10, "settings.viral_zz", "viral_zz", "the key is unknown; the nearest is viral_z"),
        ("  viral_min_posts: 2.5\n", 10, "settings.viral_min_posts", "2.5", "is not a whole number"),
        ("  viral_min_posts: many\n", 10, "settings.viral_min_posts", "many", "is not a plain number"),
        ("  original_min_coverage: 95\n", 10, "settings.original_min_coverage", "95", "is outside 0 to 1"),
        ("  content_formats: text\n", 10, "settings.content_formats", "text", "is not a list"),
        ("  content_formats: [text]\n", 10, "settings.content_formats", "text", "diversity needs at least two formats"),
        ("  x_utm_sources: [x, X]\n", 10, "settings.x_utm_sources", "", "lists X twice"),
        ("  utm_channels: {a: [x]}\n", 10, "settings.utm_channels", "x", "x is no pair of UTM source and medium"),
        ("  utm_channels: {a: [x / b], c: [X / B]}\n", 10, "settings.utm_channels", "X / B", "already means a"),
        ("languages: [en]\n", 10, "languages", "en", "does not hold the locale zh"),
        ("languages: [zh, fr]\n", 10, "languages.1", "fr", "is none of: zh, en"),
        ("calendar: us\n", 10, "calendar", "us", "no calendar has this name; there are cn, weekdays"),
        ("sources: []\n", 10, "sources", "", "is not a mapping of keys"),
        ("sources:\n  a:\n    dayfirst: perhaps\n", 12, "sources.a.dayfirst", "perhaps", "is neither yes nor no"),
        ("sources:\n  a:\n    alias: {}\n", 12, "sources.a.alias", "alias", "unknown; the nearest is aliases"),
        ("deal_stages:\n  won: [Won]\n  lost: [' won ']\n", 12, "deal_stages.lost", "won", "already means won"),
        ("deal_orders:\n  crm: shop_y\n", 11, "deal_orders.crm", "shop_y", "no account has this id"),
        ("deal_orders:\n  hubspt: acme_x\n", 11, "deal_orders.hubspt", "hubspt", "unknown; the nearest is hubspot"),
        ("lists:\n  min_grup: 3\n", 11, "lists.min_grup", "min_grup", "the key is unknown; the nearest is min_group"),
        ("lists:\n  share_rounding: up\n", 11, "lists.share_rounding", "up", "is none of: ceil, floor, half_up"),
        (
            "lists:\n  expected_actions: [event_planing]\n",
            11,
            "lists.expected_actions",
            "event_planing",
            "is none of: event_planning, user_interview",
        ),
        ("lists:\n  min_group: 1\n", 11, "lists.min_group", "1", "is outside 2 to 1000"),
        (
            "lists:\n  honours:\n    - {id: a, zh: 一, en: A, measure: kpi}\n",
            12,
            "lists.honours.0.of",
            "",
            "an honour by kpi and '' do not go together",
        ),
        (
            "lists:\n  honours:\n    - {id: a, zh: 一, en: A, mesure: score, measure: score}\n",
            12,
            "lists.honours.0.mesure",
            "mesure",
            "the nearest is measure",
        ),
        (
            "lists:\n  honours: [{id: a, zh: 一, en: A, measure: score}, {id: a, zh: 二, en: B, measure: score}]\n",
            11,
            "lists.honours",
            "",
            "lists a twice",
        ),
        (
            "expected_sources:\n  - {family: x_posts, account_id: acme_y, cadence: range, from: 2026-01-01}\n",
            11,
            "expected_sources.0.account_id",
            "acme_y",
            "no account has this id; the nearest is acme_x",
        ),
        (
            "expected_sources:\n  - {family: x_posts, cadence: range, from: 2026-01-01, to: 2026-01-01}\n",
            11,
            "expected_sources.0.to",
            "2026-01-01",
            "does not lie after from (2026-01-01)",
        ),
        (
            "expected_sources:\n  - {family: x_posts, cadence: weekly, from: 2026-01-01}\n",
            11,
            "expected_sources.0.cadence",
            "weekly",
            "is none of: daily, range, events",
        ),
        ("expected_sources:\n  - {family: x_posts, cadence: range}\n", 11, "expected_sources.0.from", "", "is missing"),
    ],
)
def test_one_defect_of_company_yaml(findings_of, append, row, column, value, problem):
    findings = findings_of("company.yaml", append=append)
    assert [(found.file, found.row, found.column, found.value) for found in findings] == [
        ("company.yaml", row, column, value)
    ]
    assert problem in findings[0].problem


@pytest.mark.parametrize(
    ("replace", "row", "column", "problem"),
    [
        (("name: Acme\n", ""), 1, "name", "the key is missing"),
        (("Asia/Shanghai", "Asia/Shanghay"), 2, "timezone", "is no time zone of the IANA list"),
        (("CNY", "RMB"), 3, "currency", "is no ISO 4217 currency"),
        (("locale: zh", "locale: cn"), 4, "locale", "is none of: zh, en"),
        (("[chen]", "[chen, lin]"), 5, "approvers", "no person has this id"),
        (("18:00", "08:00"), 8, "settings.business_end", "does not lie after business_start (09:00:00)"),
        (("18:00", "24:00"), 8, "settings.business_end", "is not a time of day"),
    ],
)
def test_one_wrong_value_of_company_yaml(findings_of, replace, row, column, problem):
    findings = [found for found in findings_of("company.yaml", replace=replace) if found.file == "company.yaml"]
    assert [(found.row, found.column) for found in findings] == [(row, column)]
    assert problem in findings[0].problem


def test_a_list_is_no_company(findings_of, home):
    (home / "company.yaml").write_text("- a\n", encoding="utf-8")
    assert [found.problem for found in findings_of("company.yaml")] == ["is not a mapping of keys"]
    (home / "company.yaml").write_text("", encoding="utf-8")
    assert [found.column for found in findings_of("company.yaml")] == ["currency", "name", "timezone"]
    (home / "company.yaml").unlink()
    assert "the file is missing" in str(findings_of("people/people.csv", append="")[0])


def test_the_shop_that_books_the_deals_of_a_crm(home):
    with (home / "company.yaml").open("a", encoding="utf-8") as file:
        file.write("deal_orders:\n  crm: acme_x\n")
    company = load_company(home, kpi_ids=KPIS)
    assert company.file.deal_orders.model_dump() == {"crm": "acme_x", "hubspot": ""}


def test_expected_sources_and_overrides_as_written(home):
    path = home / "company.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "sources:\n  crm_opportunities:\n    aliases: {opportunity_id: [Deal No.]}\n    dayfirst: true\n"
        + "expected_sources:\n  - {family: leads, cadence: events, max_silence_days: 3, from: 2026-01-01}\n"
        + "ticket_activities:\n  resolved: [Resolve ticket]\n",
        encoding="utf-8",
    )
    company = load_company(home, kpi_ids=KPIS)
    assert company.sources["crm_opportunities"].aliases == {"opportunity_id": ("Deal No.",)}
    assert company.sources["crm_opportunities"].dayfirst is True
    only = company.expected_sources[0]
    assert (only.family, only.account_id, only.max_silence_days) == ("leads", "", 3)
    assert (only.active_from, only.active_to) == (date(2026, 1, 1), None)
    assert company.ticket_activities.resolved == ("Resolve ticket",)


def test_no_expected_sources_is_meant_when_written(home):
    path = home / "company.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "expected_sources: []\n", encoding="utf-8")
    assert load_company(home, kpi_ids=KPIS).expected_sources == ()
