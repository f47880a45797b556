"""Making a company folder: commented templates, the private folders, Dagster's instance file.

Belongs here: what `scorecards init` writes. Does not belong here: the demo company (`demo`), the words of the comments
(`texts.files`).
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from pipelines.company.collector import Collector
from pipelines.company.human_files import EXPLAINED_FILES, HumanFile
from pipelines.company.keys import KEY_FILE, make_key_file
from pipelines.company.loader import catalogue_kpi_ids
from pipelines.company.model import Company
from pipelines.company.workbook_template import WORKBOOK, company_choices, write_workbook
from pipelines.texts import LANGUAGES, text

#: Folders that only their owner may enter: originals with customers' addresses, the key, and pay.
PRIVATE_FOLDERS = ("secrets", "archive", "quarantine", "restricted", "scorecards", "seals")

#: Folders that people fill.
INPUT_FOLDERS = ("schemes", "people", "calendars", "reviews", "exports")

DAGSTER_YAML = """\
# Made by `scorecards init`: the Dagster instance of this company. Set DAGSTER_HOME to this folder.
telemetry:
  enabled: false
nux:
  enabled: false

# Dagster's own event log and files, kept open while a run stores over a thousand events.
event_log_storage:
  module: pipelines.defs.event_log
  class: OpenSqliteEventLogStorage
  config: {}

# One run at a time: there is one writer.
concurrency:
  runs:
    max_concurrent_runs: 1

# A run that hangs is ended, so that it cannot block the next one. The six hours count the waiting for another run too.
run_monitoring:
  enabled: true
  start_timeout_seconds: 300
  cancel_timeout_seconds: 120
  max_runtime_seconds: 21600
  poll_interval_seconds: 30

# A run whose process died is run again where its job asks for it, once; one that failed by its data is not.
run_retries:
  enabled: true
  max_retries: 0
  retry_on_asset_or_op_failure: false
"""

_COMPANY_YAML = """\
name: {company_name}

timezone: {timezone}

currency: {currency}

locale: {locale}

languages: [zh, en]

calendar: cn

first_month:

approvers: []

settings:
  bookmark_weight: 2
  measure_age_days: 7
  business_start: "09:00"
  business_end: "18:00"
  sla_first_reply_minutes: 240
  viral_z: 3.5
  viral_min_posts: 20
  viral_baseline_days: 90
  original_min_coverage: 0.95
  content_formats: [text, image, video, poll, live, link]
  x_utm_sources: [x, twitter, t.co]
  close_working_day: 3
  quarter_close_working_day: 6
  year_close_working_day: 8
  volume_change_factor: 5
  max_unassigned_share: 0.2
  content_weight_article: 3
  content_weight_video: 4
  content_weight_event: 5
  content_weight_post: 1
  customer_active_days: 365
  high_value_days: 365
  high_value_amount: 1000
  loyalty_days: 90
  value_weight_active: 0.4
  value_weight_high_value: 0.3
  value_weight_referral: 0.3
  utm_channels:
    x_ads: [x / cpc, x / paid_social, twitter / cpc, twitter / paid_social]
    meta_ads: [facebook / cpc, facebook / paid_social, instagram / cpc, instagram / paid_social]
    linkedin_ads: [linkedin / cpc, linkedin / paid_social]
    search_ads: ["* / cpc", "* / ppc"]
    social: [x / *, twitter / *, t.co / *, linkedin / *, facebook / *, weixin / *, "* / social"]
    site: ["* / organic", "* / referral"]
    email: ["* / email"]
  online_channels: [site, social, x_ads, meta_ads, linkedin_ads, search_ads]
  social_channels: [social, x_ads, meta_ads, linkedin_ads]
  paid_channels: [x_ads, meta_ads, linkedin_ads, search_ads]
  ad_spend_channel: meta_ads
  touch_window_social_days: 7
  touch_window_crm_days: 30
  lead_conversion_days: 30
  qualified_lead_statuses: [qualified, sql, opportunity, customer, converted, won]
  lead_required_fields: [name, email, phone, company]
  web_settle_days: 2
  ad_settle_days: 28
  csat_scale_min: 1
  csat_scale_max: 5
  event_order_days: 30
  crisis_response_minutes_high: 60
  crisis_response_minutes_medium: 240
  crisis_response_minutes_low: 1440
  crisis_resolve_minutes_high: 1440
  crisis_resolve_minutes_medium: 4320
  crisis_resolve_minutes_low: 10080
  min_raters_360: 3
  sentiment_min_accuracy: 0.7
  sentiment_min_labelled_share: 0.8
  sentiment_min_labels: 30
  quality_bar: 0.95
  min_identity_coverage: 0.9
  label_audit_records: 60
  follower_audit_records: 100
  follower_audit_points: 3
  reconciliation_tolerance: 0.01
  scale_change_factor: 50
  burst_hold: lists
  gaming_group_min_members: 20
  gaming_group_min_days: 45
  gaming_group_min_speaking: 0.02
  gaming_group_max_leaving: 0.3
  gaming_contact_min_chats: 100
  gaming_contact_max_blocked: 0.05
  gaming_contact_max_messages: 30
  gaming_contact_days: 3
  gaming_staff_orders: 3
  gaming_loop_days: 30
  gaming_loop_orders: 2
  gaming_repeat_days: 30
  gaming_repeat_posts: 2
  gaming_filler_min_messages: 200
  gaming_filler_max_share: 0.6
  gaming_giveaway_min_joined: 20
  gaming_giveaway_max_lost: 0.5

sources:
#  crm_opportunities:
#    aliases:
#      opportunity_id: [Deal No.]
#    timezone: Europe/London
#    dayfirst: true

ticket_activities:
  opened: [opened, created]
  first_reply: [first reply, replied]
  resolved: [resolved, solved]
  closed: [closed]

deal_stages:
  won: [won, closed won, closedwon]
  lost: [lost, closed lost, closedlost]

deal_orders:
#  crm: shop_b2b
#  hubspot: shop_b2b

order_words:
  cancelled: [cancelled, canceled, closed, 交易关闭, 已取消, 已关闭]
  completed: [completed, fulfilled, 交易成功, 交易完成, 已完成]
  staff: [staff, employee, 内部, 员工]
  private_domain: []
  community: []
bars_points:
  culture_fit: [20, 40, 60, 80, 100]
  work_attitude: [20, 40, 60, 80, 100]
  initiative: [10, 20, 30, 40, 50]

lists:
  promotion_year_share: 10
  promotion_quarter_share: 20
  promotion_quarters: 3
  share_rounding: ceil
  top_ties: include
  group_by: company
  min_group: 5
  min_days_share: 50
  support_months: 2
  behaviour_components: [behaviour]
  behaviour_floor: 60
  team_components: [team]
  eligible_score: 100
  core_months: 24
  autonomy_periods: 2
  shrinkage: 10
  outcome_dimensions: [conversion, commercial, marketing]
  saturated_share: 80
  flat_spread: 1
  withheld_share: 20
  target_jump: 50
  case_attainment: 120
  drift_months: 6
  drift_z: 3.5
  channel_gap: 25
  attrition_months: 6
  pilot_samples: 2
  pilot_watched: 12
  pilot_kpis: []
  appeal_days: 15
  honours:
    - {{id: creative_star, zh: 创意之星, en: Creative Star, measure: dimension, of: content}}
    - {{id: best_interaction_officer, zh: 最佳互动官, en: Best Interaction Officer, measure: dimension,
       of: interaction}}
    - {{id: growth_hacker, zh: 增长黑客, en: Growth Hacker, measure: dimension, of: growth}}
    - {{id: monthly_star, zh: 月度之星, en: Monthly Star, measure: score}}
    - {{id: innovation_star, zh: 月度创新之星, en: Monthly Innovation Star, measure: kpi, of: innovation_score}}
    - {{id: conversion_uplift, zh: 转化提升奖, en: Conversion Uplift Award, measure: uplift, of: lead_conversion}}
  expected_actions: [event_planning, user_interview]
  effect_members: 30
  administrator_roles: [performance_administrator]
  users_per_administrator: 1000

portal:
  url: ""
  trusted_proxies: []
  proxy_header: X-Forwarded-User
  oidc_issuer: ""
  oidc_client_id: ""
  oidc_claim: email
  release: staged
  objection_working_days: 10
  attachment_megabytes: 5

alerts:
  variables: []
  webserver: ""
  kinds: [failed, blocked, withheld, overdue]

expected_sources:
#  - {{family: x_account, account_id: acme_x, cadence: daily, max_silence_days: 0, from: 2026-01-01}}
"""


def refuse_used_folder(folder: Path, lang: str = "en") -> None:
    """Refuse a folder that holds anything, so that nothing is ever overwritten.

    Raises:
        InputError: when the folder exists and is not empty, or is a file.
    """
    collector = Collector(lang)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        collector.add("folder_not_empty", str(folder))
        collector.raise_if_any()


def init_company(
    folder: Path,
    *,
    company_name: str = "Our company",
    timezone: str = "Asia/Shanghai",
    currency: str = "CNY",
    locale: str = "zh",
    lang: str = "en",
) -> list[Path]:
    """Write a new company folder with commented templates; it loads as it is, as a company without people.

    Args:
        folder: a folder that does not exist or is empty.
        company_name: the name on scorecards.
        timezone: an IANA time zone.
        currency: an ISO 4217 code.
        locale: `zh` or `en`.
        lang: the language of findings.

    Returns:
        The files written, in order.

    Raises:
        InputError: when the folder holds anything already; nothing is ever overwritten.
    """
    refuse_used_folder(folder, lang)
    for name in INPUT_FOLDERS:
        (folder / name).mkdir(parents=True)
    written = [folder / "company.yaml"]
    values = {"company_name": company_name, "timezone": timezone, "currency": currency, "locale": locale}
    written[0].write_text(company_yaml(values), encoding="utf-8")
    for entry in EXPLAINED_FILES:
        path = folder / entry.path
        path.write_text(csv_template(entry), encoding="utf-8-sig", newline="")
        written.append(path)
    written.append(folder / WORKBOOK)
    write_workbook(written[-1], company_choices(None, sorted(catalogue_kpi_ids() or ())))
    written.append(folder / ".gitignore")
    written[-1].write_text(_gitignore(), encoding="utf-8")
    return written + equip_home(folder)


def renew_workbook(company: Company, lang: str = "en") -> Path:
    """Write the workbook of templates with drop-downs of a company as it stands now.

    Returns:
        The file written.

    Raises:
        InputError: when the company has one already; nothing is ever overwritten.
    """
    path = company.home / WORKBOOK
    if path.exists():
        collector = Collector(lang)
        collector.add("workbook_there", WORKBOOK)
        collector.raise_if_any()
    path.parent.mkdir(exist_ok=True)
    write_workbook(path, company_choices(company, sorted(catalogue_kpi_ids() or ())))
    return path


def equip_home(home: Path) -> list[Path]:
    """Give a company folder what a run needs and it lacks: private folders, the key, Dagster's instance file.

    Args:
        home: a company folder, also one that was not made by `init_company`.

    Returns:
        The files written; none when the folder has them all.
    """
    written = []
    for name in PRIVATE_FOLDERS:
        folder = home / name
        if folder.is_symlink() and not folder.exists():
            folder.unlink()  # it led into builds/, which somebody removed; the next publication links it again
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
    instance_file = home / "dagster" / "dagster.yaml"
    if not instance_file.exists():
        instance_file.parent.mkdir(exist_ok=True)
        draft = instance_file.with_name(f".{instance_file.name}.{os.getpid()}")
        draft.write_text(DAGSTER_YAML, encoding="utf-8")
        draft.replace(instance_file)  # a daemon that starts now reads all of it or makes its own
        written.append(instance_file)
    if not (home / KEY_FILE).exists():
        make_key_file(home / KEY_FILE)
        written.append(home / KEY_FILE)
    return written


def csv_template(entry: HumanFile) -> str:
    """Return the template of a human file: comments in English and Chinese, then the header."""
    lines = []
    for lang in LANGUAGES[::-1]:
        lines.append(f"# {entry.path}: {entry.about(lang)}")
        lines.extend(f"#   {column}: {entry.column_about(column, lang)}" for column in entry.model.columns())
    header = io.StringIO()
    csv.writer(header, lineterminator="\n").writerow(entry.model.columns())
    return "\n".join(lines) + "\n" + header.getvalue()


def company_yaml(values: dict[str, str]) -> str:
    """Return the template of company.yaml with every key explained.

    Args:
        values: company_name, timezone, currency and locale.
    """
    quoted = {key: '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for key, value in values.items()}
    commented = _comments("head")
    for line in _COMPANY_YAML.format(**quoted).splitlines():
        key = line.partition(":")[0]
        if line[:1].isalpha():
            commented.extend(_comments(key))
        commented.append(line)
    return "\n".join(commented) + "\n"


def _comments(key: str) -> list[str]:
    return [f"# {text(f'company_file.{key}', lang)}" for lang in LANGUAGES[::-1]]


def _gitignore() -> str:
    kept_out = [
        f"/{name}/"
        for name in (*PRIVATE_FOLDERS, "portal", "exports", "landing", "warehouse", "builds", "published", "reference")
    ]
    kept_out += ["/dagster/*", "!/dagster/dagster.yaml"]
    return "\n".join(["# Made by `scorecards init`: what must not enter a repository.", *kept_out]) + "\n"
