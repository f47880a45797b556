"""Exports of ad platforms, GA4, app stores, touchpoints and registers as their vendors write them.

Belongs here: true headers and quirks: money in millionths, lines of description above a header, comments between
tables, UTF-16. Does not belong here: the invention of the events (`marketing_events`).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from pipelines.demo.deliveries import export_day
from pipelines.demo.events import SHANGHAI, UTC, AdDay, WebDay, World, local_month
from pipelines.demo.files import csv_text, write_text
from pipelines.demo.marketing_events import X_CAMPAIGN
from pipelines.demo.x_events import month_bounds

GA4_MONTH = "2026-09"  # this month's visits come from GA4's own export
PARTNER_FROM = "2026-09"  # from here on a measurement partner tells where installs come from
DOLLAR_MONTH = "2026-05"  # a LinkedIn test in another currency
X_ADS_HEADER = (
    "Time period", "Campaign name", "Campaign ID", "Funding source name", "Currency", "billed_charge_local_micro",
    "Impressions", "Link clicks", "Results",
)  # fmt: skip
LINKEDIN_HEADER = (
    "Start Date (in UTC)", "Account Name", "Currency", "Campaign Name", "Total Spent", "Impressions", "Clicks", "Leads",
)  # fmt: skip
GA4_HEADER = (
    "Date", "Session source / medium", "Session campaign", "Session manual ad content", "Sessions", "Engaged sessions",
    "Session key event rate", "Total revenue",
)  # fmt: skip
PLAY_HEADER = ("Date", "Package Name", "Daily Device Installs", "Daily User Installs", "Total User Installs")
PARTNER_HEADER = ("Date", "App Name", "Platform", "Media Source (pid)", "Campaign (c)", "Installs")
TOUCH_HEADER = ("Contact email", "Event time", "Source", "Medium", "Campaign", "Content")
INTERVIEW_HEADER = ("访谈编号", "访谈时间", "访谈人", "纪要")
REPORT_HEADER = ("Report", "Due", "Delivered", "Analyst")
FUNNEL_HEADER = ("Month", "Funnel step", "Reported", "Analyst")


def month_before(month: str) -> str:
    """The month before one, both as 2026-10."""
    return (month_bounds(month)[0] - dt.timedelta(days=1)).strftime("%Y-%m")


def first_billed(spend: Decimal) -> Decimal:
    """What X says of a day's spend before it restates it: 4 % too little."""
    return (spend * Decimal("0.96")).quantize(Decimal("0.01"))


def write_marketing(exports: Path, world: World, months: list[str], funnel: list[tuple[str, str, int, str]]) -> None:
    """Write the files of all marketing sources.

    Args:
        exports: the folder of all exports.
        world: what happened.
        months: local months, ascending.
        funnel: what was reported: month, step, number, login.
    """
    for month in months:
        dated = export_day(month).isoformat()
        _write_x_ads(exports / "x_ads" / dated / f"x_ads_{month}.csv", world.x_ad_days, month)
        if month == DOLLAR_MONTH:
            _write_linkedin(exports / "linkedin_ads" / dated / "campaign_performance.csv", month)
        if month == GA4_MONTH:
            visits = [day for day in world.web_days if day.day.strftime("%Y-%m") == month]
            _write_ga4(exports / "web" / dated / "ga4_traffic_acquisition.csv", visits, month)
        _write_apps(exports / "apps" / dated, world, month)
        rows = [
            [touch.email, f"{touch.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", *touch.utm]
            for touch in world.touches
            if local_month(touch.at) == month
        ]
        write_text(exports / "crm" / dated / f"touchpoints_{month}.csv", csv_text(TOUCH_HEADER, rows))
        _write_registers(exports, dated, world, month, funnel)


def _write_x_ads(path: Path, days: list[AdDay], month: str) -> None:
    """A month and the one before it; the month itself is restated by the next export."""
    rows = []
    for day in days:
        if (of := day.day.strftime("%Y-%m")) in (month, month_before(month)):
            spend = day.spend if of != month else first_billed(day.spend)
            number = "c1a" if day.campaign == X_CAMPAIGN else "c1b"
            counts = [str(day.impressions), str(day.clicks), str(day.results)]
            rows.append(
                [day.day.isoformat(), day.campaign, number, "云梯账单", "CNY", str(int(spend * 10**6)), *counts]
            )
    write_text(path, csv_text(X_ADS_HEADER, rows))


def _write_linkedin(path: Path, month: str) -> None:
    first, _ = month_bounds(month)
    above = (
        f'"Campaign Performance Report (in UTC)"\n"Report Start: {first:%m/%d/%Y}"\n"Date Generated: 06/09/2026"\n\n'
    )
    days = [first + dt.timedelta(days=number) for number in (13, 14, 15)]
    rows = [[f"{day.month}/{day.day}/{day.year}", "云梯", "USD", "b2b-test", "12.50", "900", "11", "0"] for day in days]
    write_text(path, above + csv_text(LINKEDIN_HEADER, rows, delimiter="\t"), encoding="utf-16")


def _write_ga4(path: Path, days: list[WebDay], month: str) -> None:
    """Nine lines of comment, a grand total with words behind the numbers, and a second table of another report."""
    first, after = month_bounds(month)
    last = after - dt.timedelta(days=1)
    line = "# ----------------------------------------\n"
    comments = (
        f"{line}# Traffic acquisition\n# Account: 云梯\n# Property: 官网\n{line}#\n# All Users\n"
        f"# Start date: {first:%Y%m%d}\n# End date: {last:%Y%m%d}\n"
    )
    rows = [
        [f"{day.day:%Y%m%d}", f"{day.utm[0]} / {day.utm[1]}", day.utm[2], day.utm[3], str(day.sessions), "0", "0", "0"]
        for day in days
    ]
    total = f",,,,{sum(day.sessions for day in days)},0,0,0,Grand total\n"
    header, _, body = csv_text(GA4_HEADER, rows).partition("\n")
    other = f"\n{line}# Pages and screens\n{line}Page path,Views\n/,{sum(day.sessions for day in days)}\n"
    write_text(path, f"{comments}{header}\n{total}{body}{other}")


def _write_apps(folder: Path, world: World, month: str) -> None:
    days = [day for day in world.app_days if day.day.strftime("%Y-%m") == month]
    total = 0
    rows: list[list[str]] = []
    for day in days:
        total += day.installs
        rows.append([day.day.isoformat(), "cn.yunti.app", str(day.installs + 3), str(day.installs), str(total)])
    play = csv_text(PLAY_HEADER, rows)
    write_text(folder / f"installs_cn.yunti.app_{month.replace('-', '')}_overview.csv", play, encoding="utf-16")
    if month >= PARTNER_FROM:
        shares = [
            [day.day.isoformat(), "cn.yunti.app", "android", *told]
            for day in days
            for told in (
                ("twitter_ads", X_CAMPAIGN, str(day.attributed)),
                ("organic", "", str(day.installs - day.attributed)),
            )
        ]
        write_text(folder / f"partners_by_date_{month}.csv", csv_text(PARTNER_HEADER, shares))


def _write_registers(
    exports: Path, dated: str, world: World, month: str, funnel: list[tuple[str, str, int, str]]
) -> None:
    stamp = "%Y-%m-%d %H:%M"
    talks = [
        [one.interview_id, one.held_at.astimezone(SHANGHAI).strftime(stamp), one.login, "聊了三个问题"]
        for one in world.interviews
        if local_month(one.held_at) == month
    ]
    write_text(exports / "interviews" / dated / f"interviews_{month}.csv", csv_text(INTERVIEW_HEADER, talks))
    due = [
        [one.report_id, *(at.astimezone(SHANGHAI).strftime(stamp) for at in (one.due_at, one.delivered_at)), one.login]
        for one in world.reports
        if local_month(one.due_at) == month
    ]
    write_text(exports / "reports" / dated / f"reports_{month}.csv", csv_text(REPORT_HEADER, due))
    told = [[f"{of}-01", step, str(number), login] for of, step, number, login in funnel if of == month]
    write_text(exports / "reports" / dated / f"funnel_{month}.csv", csv_text(FUNNEL_HEADER, told))
