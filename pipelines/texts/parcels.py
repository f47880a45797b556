"""What the README of an archive of sealed files says, in Chinese and English.

Belongs here: keys `parcel.*`. Does not belong here: the cards' own words (`cards`), pages of the portal (`portal`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, zh_en

_PLAIN: dict[str, tuple[str, str]] = {
    "title": ("{period} 绩效记分卡 · 封存版 {revision}", "Scorecards of {period}, sealed revision {revision}"),
    "for.hr": (
        "供人力资源部门：本期封存的全部文件，共 {count} 个，含发放名单、各项清单、数据质量证书和 manifest.json。"
        "manifest.json 列出每个文件的 SHA-256、输入文件与版本；traces.json 含姓名与薪酬，仅供软件使用。",
        "For HR: everything that was sealed for the period, {count} files, with the payroll file, the lists, the "
        "data-quality certificate and manifest.json, which names the SHA-256 of each file, the inputs and the "
        "versions. traces.json has names and pay and is meant for the software alone.",
    ),
    "for.manager": (
        "供上级 {person}：考核周期内每个月都向您汇报者的记分卡，共 {count} 个文件；不含您本人的记分卡。",
        "For the manager {person}: the scorecards of everybody who reported to you in each month of the period, "
        "{count} files; your own is not among them.",
    ),
    "for.person": (
        "供 {person} 本人：您的记分卡，共 {count} 个文件。",
        "For {person}: your own scorecard, {count} files.",
    ),
    "files": (
        "文件名：<周期>_<工号>_scorecard_<语言>_<版本>。.html 用浏览器打开，内容最全，含每条记录；"
        ".pdf 供打印与签字；.xlsx 含公式，可自行重算。",
        "File names: <period>_<person id>_scorecard_<language>_<revision>. The .html opens in a browser and has "
        "everything, every record included; the .pdf is for printing and signing; the .xlsx has live formulas.",
    ),
    "check": (
        "核对：在本目录运行 sha256sum -c SHA256SUMS，应全部为 OK。封存清单 manifest.json 的 SHA-256 为 {manifest}；"
        "持有公司目录者可运行 scorecards verify {period}，由存档输入重新计算。",
        "To check: sha256sum -c SHA256SUMS in this folder says OK for every file. The SHA-256 of the sealed "
        "manifest.json is {manifest}. Whoever has the company folder runs scorecards verify {period}, which computes "
        "everything again from the archived inputs.",
    ),
    "private": (
        "内含个人薪酬信息，请勿转发；不再需要时请删除。",
        "This is personal data about pay: do not pass it on, and delete it when it is no longer needed.",
    ),
}

TEXTS: Entries = zh_en("parcel.", _PLAIN)
