"""Texts of the data-quality certificate: its page, its note on a card, the declaration of masking and access.

Belongs here: keys `certificate.*`. Does not belong here: reasons of findings (`reasons.*`), names of sources and KPIs.
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, zh_en

#: key -> (zh, en)
_PAGE: dict[str, tuple[str, str]] = {
    "title": ("数据质量证书", "Data-quality certificate"),
    "skip": ("跳到正文", "Skip to the content"),
    "period": ("周期", "Period"),
    "state": ("状态", "State"),
    "bar": ("质量线", "Quality bar"),
    "intro": (
        "每个数据源须通过三重校验方可用于计奖。任何一项低于质量线的指标都不会判为“合格”：能定位到人员或账号的，仅暂缓相应人员或账号；"
        "不能定位的，整个数据源暂缓。未校验的项目留空，不算 100 %。",
        "Every source passes three validations before anybody is paid by it. Nothing below the bar is sound: what can "
        "be located is withheld for that person or account alone, what cannot is withheld for the whole source. What "
        "was not looked at stays empty and is no 100 %.",
    ),
    "validation.1": (
        "结构与取值范围：可读取且在取值范围内的数据行占送达数据行的比例；超出范围的文件整份拒收。",
        "Schema and range: rows that could be read and are in range, of the rows delivered; a file with values out of "
        "range is refused as a whole.",
    ),
    "validation.2": (
        "跨源核对：两次送达或两个来源都提供的记录中，数值一致的比例。",
        "One source against another: units that two deliveries or two sources state and that agree.",
    ),
    "validation.3": (
        "业务合理性与标签抽样复核：未被数据防护质疑的单位比例，以及人工复核认定正确的标签比例（95 % 区间）。",
        "Plausibility and a sampled audit of labels: units that no guard doubts, and labels that people found right "
        "(with their 95 % interval).",
    ),
    "section.kpis": ("各指标与数据源", "KPIs and their sources"),
    "section.findings": ("数据检查结果", "Findings"),
    "section.protection": ("脱敏与访问声明", "Declaration of masking and access"),
    "column.kpi": ("指标", "KPI"),
    "column.family": ("数据源", "Source"),
    "column.source": ("导出文件类型", "Export"),
    "column.status": ("结论", "Status"),
    "column.completeness": ("完整性", "Completeness"),
    "column.valid_share": ("① 结构与范围", "① Schema and range"),
    "column.reconciled_share": ("② 跨源核对", "② Reconciliation"),
    "column.plausible_share": ("③ 合理性", "③ Plausibility"),
    "column.label_accuracy": ("③ 标签复核", "③ Label audit"),
    "column.identity_coverage": ("身份识别率", "Identity coverage"),
    "column.quality": ("质量", "Quality"),
    "column.effect": ("影响", "Effect"),
    "column.month": ("月份", "Month"),
    "column.finding": ("检查结果", "Finding"),
    "status.ok": ("合格", "sound"),
    "status.provisional": ("待定", "provisional"),
    "status.withheld": ("暂缓", "withheld"),
    "severity.withhold": ("暂缓", "withholds"),
    "severity.provisional": ("待定", "makes provisional"),
    "severity.note": ("说明", "note"),
    "interval": ("{counts}，{low} 至 {high}", "{counts}, {low} to {high}"),
    "empty": ("本期没有数据源。", "The period has no source."),
    "no_findings": ("没有发现数据问题。", "Nothing was found."),
    "personal": (
        "另有只涉及个人的检查结果，见其绩效卡：{parts}。",
        "Besides, findings about single people, which stand on their cards: {parts}.",
    ),
    "personal.part": ("{severity} {count} 项", "{count} ({severity})"),
    "file": ("全部数值见文件 {file}", "All figures: {file}"),
    "masked.about": (
        "下列列在入库时即被处理，入库数据、数据仓库与发布文件中不含其原值：键控散列由保存在 secrets/ 中的密钥计算；"
        "消息文本只保留类型、署名、长度与两个散列（原文及归一后的内容）。原始文件仅存放于 archive/。",
        "These columns are treated as they are landed; landing, warehouse and published files do not hold their "
        "values. Keyed hashes are made with the key in secrets/; of message texts only kind, signature, length "
        "and two hashes (of the text and of what it says) are kept. The originals lie in archive/ alone.",
    ),
    "masked.keyed": ("键控散列", "Keyed hash"),
    "masked.features": ("仅保留文本特征", "Only features of the text"),
    "masked.filled": ("仅保留是否填写", "Only whether filled"),
    "masked.dropped": ("不入库", "Not landed"),
    "access.sound": (
        "已检查：存档、隔离区、绩效卡、封存、薪酬与密钥的文件夹仅所有者可进入（0700），密钥文件仅所有者可读（0600）。",
        "Checked: only their owner may enter the folders of archive, quarantine, cards, seals, pay and key (0700), and "
        "only the owner may read the key file (0600).",
    ),
    "access.open": (
        "{place} 对其他用户开放（权限 {mode}）；请收回权限：chmod go= {place}",
        "{place} is open to others (mode {mode}); take their rights away: chmod go= {place}",
    ),
    "encryption": (
        "本软件不加密文件；请将公司文件夹置于加密磁盘上，并只通过加密连接传输。",
        "This software does not encrypt files: keep the company folder on an encrypted disk and move it over encrypted "
        "connections only.",
    ),
    "note.about": ("数据质量证书", "Data-quality certificate"),
    "note.none": ("本卡指标没有需要校验的数据源。", "The KPIs of this card have no source that is validated."),
    "note.sound": (
        "本卡 {count} 个指标的数据均合格（质量线 {bar}）。",
        "The data of all {count} KPIs of this card are sound (bar {bar}).",
    ),
    "note.bad": (
        "本卡 {count} 个指标中，{bad} 个的数据并非全部合格（质量线 {bar}）：{kpis}。其中只涉及他人的问题不影响本卡。",
        "Of the {count} KPIs of this card, {bad} rest on data that are not sound throughout (bar {bar}): {kpis}. What "
        "concerns others alone does not touch this card.",
    ),
    "note.kpi": ("{kpi} {quality}（{status}）", "{kpi} {quality} ({status})"),
    "note.join": ("、", ", "),
}

TEXTS: Entries = zh_en("certificate.", _PAGE)
