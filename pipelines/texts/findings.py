"""What findings of the company folder say, in Chinese and English.

Belongs here: a problem and a mend for every code that `company` uses. A problem is one plain sentence without a full
stop, a mend is in the imperative. Does not belong here: when a code applies (`company.fields`, `company.rules`).
"""

from __future__ import annotations

#: code -> (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    # one cell
    "empty": ("the cell is empty", "fill it in", "单元格为空", "请填写"),
    "bad_id": (
        "is not an id: letters, digits, '_', '-' and '.' only, at most 64, no spaces",
        "write a short id, such as li_na or ops-1",
        "不是有效的编号：只能用字母、数字、'_'、'-'、'.'，最多 64 个字符，不含空格",
        "请改成简短编号，例如 li_na 或 ops-1",
    ),
    "reserved_id": (
        "is a word that the reports use themselves",
        "choose another id",
        "是报表自用的保留词",
        "请换一个编号",
    ),
    "id_eaten_by_spreadsheet": (
        "is an id that a spreadsheet has rounded",
        "format the column as text and enter the id again from its source",
        "编号已被电子表格四舍五入",
        "请将该列设为文本格式，并从来源重新录入编号",
    ),
    "bad_date": (
        "is not a date that can be read in one way only",
        "write year, month and day, such as 2026-10-31",
        "不是可唯一识别的日期",
        "请按年-月-日书写，例如 2026-10-31",
    ),
    "no_such_day": ("is a day that does not exist", "correct the day", "该日期不存在", "请更正日期"),
    "bad_year": ("has a year outside 1970 to 2999", "correct the year", "年份不在 1970 至 2999 之间", "请更正年份"),
    "bad_month": (
        "is not a month",
        "write 2026-10; format the column as text so that the spreadsheet keeps it",
        "不是月份",
        "请写成 2026-10，并将该列设为文本格式，以免电子表格改写",
    ),
    "bad_period": (
        "is not a period",
        "write a month as 2026-10, a quarter as 2026-Q3, a year as 2026; format the column as text",
        "不是周期",
        "月份写 2026-10，季度写 2026-Q3，年份写 2026，并将该列设为文本格式",
    ),
    "bad_moment": (
        "is not a date with a time",
        "write 2026-10-31 18:00, in the company's time zone",
        "不是带时间的日期",
        "请写成 2026-10-31 18:00（公司所在时区）",
    ),
    "bad_time": ("is not a time of day", "write 09:00", "不是时刻", "请写成 09:00"),
    "bad_number": (
        "is not a plain number",
        "write it as 1234.5, without thousands separators, currency or percent signs",
        "不是普通数字",
        "请写成 1234.5，不带千位分隔符、货币符号或百分号",
    ),
    "not_whole": ("is not a whole number", "write a whole number", "不是整数", "请填写整数"),
    "out_of_range": (
        "is outside {low} to {high}",
        "write a number from {low} to {high}",
        "不在 {low} 至 {high} 之间",
        "请填写 {low} 至 {high} 之间的数",
    ),
    "bad_share": (
        "is not a share in percent, above 0 and at most 100",
        "write 60 for 60 %",
        "不是大于 0 且不超过 100 的百分比份额",
        "60 % 请写 60",
    ),
    "share_too_fine": (
        "has more than four digits after the point",
        "round the share to four digits",
        "小数超过四位",
        "请将份额保留四位小数",
    ),
    "finer_than_a_cent": (
        "is finer than a cent",
        "round the amount to two digits",
        "金额小于一分",
        "请将金额保留两位小数",
    ),
    "bad_boolean": ("is neither yes nor no", "write true or false", "既不是“是”也不是“否”", "请写 true 或 false"),
    "bad_email": ("is not an e-mail address", "correct or empty it", "不是电子邮箱地址", "请更正或留空"),
    "not_a_choice": (
        "is none of: {allowed}",
        "write one of them, such as {nearest}",
        "不在可选值之内：{allowed}",
        "请从中选择，例如 {nearest}",
    ),
    "unknown_timezone": (
        "is no time zone of the IANA list",
        "write a name such as {nearest}",
        "不是 IANA 列表中的时区",
        "请填写类似 {nearest} 的名称",
    ),
    "unknown_currency": (
        "is no ISO 4217 currency",
        "write a code such as {nearest}",
        "不是 ISO 4217 货币代码",
        "请填写类似 {nearest} 的代码",
    ),
    # one row
    "window_reversed": (
        "does not lie after {first} ({start})",
        "correct one of the two days: the end is the first day that no longer counts; leave it empty when open",
        "不晚于 {first}（{start}）",
        "请更正其中一个日期：结束日是不再生效的第一天，未结束请留空",
    ),
    "period_type_differs": (
        "is not a {period_type}, which period_type says",
        "make period and period_type agree",
        "与 period_type（{period_type}）不一致",
        "请使 period 与 period_type 一致",
    ),
    "company_scope_has_id": (
        "a target of the whole company has a scope_id",
        "empty scope_id or change scope",
        "公司级目标填写了 scope_id",
        "请清空 scope_id 或更改 scope",
    ),
    "scope_id_empty": (
        "scope is {scope} but no scope_id says which",
        "fill in scope_id",
        "scope 为 {scope}，但未填写 scope_id",
        "请填写 scope_id",
    ),
    "target_without_target": (
        "the row has other numbers but no target",
        "fill in target, or empty all four numbers to end the target from this period on",
        "该行有其他数字但没有 target",
        "请填写 target；若从本期起取消目标，请清空四个数字",
    ),
    "plan_for_nobody": (
        "neither account_id nor person_id is filled in",
        "fill in one of them",
        "account_id 与 person_id 均为空",
        "请填写其中一个",
    ),
    "plan_for_two": (
        "both account_id and person_id are filled in",
        "leave one of them empty: the posts of an account are divided by its assignments",
        "account_id 与 person_id 均已填写",
        "请清空其中一个：账号的发帖计划按负责份额分摊",
    ),
    "reviews_oneself": (
        "the reviewer is the person reviewed",
        "let somebody else review",
        "评审人与被评审人相同",
        "请由他人评审",
    ),
    "approves_oneself": (
        "the approver is the person who gains by it",
        "let another approver decide",
        "批准人即受益人",
        "请由其他批准人审批",
    ),
    # one file
    "file_missing": (
        "the file is missing",
        "make it with `scorecards init` in an empty folder and copy it here; a header without rows is enough",
        "缺少该文件",
        "请在空文件夹运行 `scorecards init` 并把该文件复制过来；只有表头也可以",
    ),
    "month_before_first": (
        "{month} lies before the company's first month",
        "name a later month, or set `first_month: {month}` in company.yaml if exports and people reach back so far",
        "{month} 早于公司的首个月份",
        "请指定更晚的月份；若确有当时的导出与人员，请在 company.yaml 中设置 `first_month: {month}`",
    ),
    "month_not_begun": (
        "{month} has not begun; in the company's time zone {running} is running",
        "name a month that has begun",
        "{month} 尚未开始；按公司时区当前为 {running}",
        "请指定已开始的月份",
    ),
    "home_missing": (
        "there is no company folder here",
        "make one with `scorecards init`, or name another with --home or SCORECARDS_HOME",
        "此处没有公司文件夹",
        "请用 `scorecards init` 创建，或用 --home 或 SCORECARDS_HOME 指定",
    ),
    "bad_encoding": (
        "the file is neither UTF-8 nor GB18030 text",
        "save it as CSV UTF-8",
        "文件既不是 UTF-8 也不是 GB18030 文本",
        "请另存为 CSV UTF-8",
    ),
    "bad_csv": (
        "the row is no readable CSV: {detail}",
        "mend the quotation marks; the rows below were not read",
        "该行不是可读的 CSV：{detail}",
        "请修正引号；其后的行未读取",
    ),
    "no_header": (
        "the file has no header row",
        "begin it with: {columns}",
        "文件没有表头",
        "请以此作为表头：{columns}",
    ),
    "unknown_column": (
        "the column is unknown{hint}",
        "rename or remove it; the columns are {known}",
        "未知的列{hint}",
        "请改名或删除；可用的列：{known}",
    ),
    "column_twice": ("the column stands twice", "remove one of them", "该列出现两次", "请删除其中一列"),
    "missing_column": (
        "the column is missing",
        "add it; the columns are {known}",
        "缺少该列",
        "请添加；应有的列：{known}",
    ),
    "too_many_cells": (
        "the row has cells beyond the {count} columns of the header",
        "remove them, or put a value that holds a comma in quotation marks",
        "该行的单元格多于表头的 {count} 列",
        "请删除多余内容；含逗号的值请加引号",
    ),
    # several rows
    "key_twice": (
        "the same {key} stands in row {other} already",
        "keep one of the two rows",
        "与第 {other} 行的 {key} 相同",
        "请只保留其中一行",
    ),
    "windows_overlap": (
        "{who} has overlapping rows: row {other} also holds from {start} to {end}",
        "end the earlier row on the day on which the later begins",
        "{who} 的有效期重叠：第 {other} 行在 {start} 至 {end} 也有效",
        "请让较早一行在较晚一行开始之日结束",
    ),
    "unknown_person": (
        "no person has this id{hint}",
        "correct it, or add the person to people/people.csv",
        "没有此编号的人员{hint}",
        "请更正，或在 people/people.csv 中添加该人员",
    ),
    "unknown_account": (
        "no account has this id{hint}",
        "correct it, or add the account to people/accounts.csv",
        "没有此编号的账号{hint}",
        "请更正，或在 people/accounts.csv 中添加该账号",
    ),
    "unknown_team": (
        "no position names this team{hint}",
        "correct it, or give somebody a position in the team in people/positions.csv",
        "没有任何岗位属于该团队{hint}",
        "请更正，或在 people/positions.csv 中为该团队添加岗位",
    ),
    "unknown_role": (
        "no position names this role{hint}",
        "correct it, or give somebody a position with the role in people/positions.csv",
        "没有任何岗位使用该角色{hint}",
        "请更正，或在 people/positions.csv 中添加该角色的岗位",
    ),
    "unknown_kpi": (
        "no KPI has this id{hint}",
        "correct it; the ids stand in dbt_project/seeds/kpi_catalogue.csv",
        "没有此编号的 KPI{hint}",
        "请更正；编号见 dbt_project/seeds/kpi_catalogue.csv",
    ),
    "shares_above_100": (
        "the shares of {subject} add up to {total} % from {start} to {end} (rows {rows})",
        "lower shares or end rows earlier, so that every day has at most 100 %; the rest is UNASSIGNED",
        "{subject} 的份额在 {start} 至 {end} 合计为 {total} %（第 {rows} 行）",
        "请调低份额或提前结束，使每天合计不超过 100 %；余下部分计为 UNASSIGNED",
    ),
    "override_above_100": (
        "the shares of {subject} add up to {total} % (rows {rows})",
        "lower them to 100 % together",
        "{subject} 的份额合计为 {total} %（第 {rows} 行）",
        "请调至合计不超过 100 %",
    ),
    "before_hiring": (
        "begins before the person is hired on {hired_on}",
        "begin it on {hired_on} or correct people/people.csv",
        "早于该人员的入职日 {hired_on}",
        "请从 {hired_on} 开始，或更正 people/people.csv",
    ),
    "after_leaving": (
        "begins after the person has left on {left_on}",
        "remove the row or correct people/people.csv",
        "晚于该人员的离职日 {left_on}",
        "请删除该行，或更正 people/people.csv",
    ),
    "assigned_without_position": (
        "the person has no position on any day of this assignment",
        "add the position to people/positions.csv; without one nothing is credited",
        "该人员在此分配期间没有任何岗位",
        "请在 people/positions.csv 中添加岗位；否则不会归属任何业绩",
    ),
    "position_without_scheme": (
        "no scheme is assigned to role {role} of team {team_id} on any day of this position",
        "add a row to people/scheme_assignments.csv; scheme_id none says that no scheme pays it",
        "角色 {role}（团队 {team_id}）在该岗位期间没有任何考核方案",
        "请在 people/scheme_assignments.csv 添加一行；不参与考核请将 scheme_id 写为 none",
    ),
    "no_such_local_time": (
        "is a local time that the clock change of {timezone} skips",
        "correct the time",
        "因 {timezone} 夏令时切换，该当地时间不存在",
        "请更正时间",
    ),
    "not_an_approver": (
        "is not listed under approvers in company.yaml",
        "let one of these approve: {approvers}; or add the person there",
        "未列入 company.yaml 的 approvers",
        "请由以下人员批准：{approvers}；或将其加入",
    ),
    # company.yaml
    "yaml_not_utf8": ("the file is not UTF-8 text", "save it as UTF-8", "文件不是 UTF-8 文本", "请另存为 UTF-8"),
    "yaml_syntax": (
        "the file is no readable YAML: {detail}",
        "mend the line; indent by spaces and put text with ':' or '#' in quotation marks",
        "文件不是可读的 YAML：{detail}",
        "请修正该行：用空格缩进，含 ':' 或 '#' 的文本请加引号",
    ),
    "yaml_key_twice": ("the key stands twice", "remove one of them", "该键出现两次", "请删除其中一个"),
    "yaml_tag": ("has a type tag that is not allowed", "remove the tag", "含有不允许的类型标记", "请删除该标记"),
    "yaml_loop": ("the anchor holds itself", "remove the loop", "锚点引用了自身", "请消除循环引用"),
    "key_missing": ("the key is missing", "add it", "缺少该键", "请添加"),
    "unknown_key": (
        "the key is unknown{hint}",
        "rename or remove it; the keys here are {known}",
        "未知的键{hint}",
        "请改名或删除；此处可用的键：{known}",
    ),
    "not_a_mapping": (
        "is not a mapping of keys",
        "write keys, indented, below it",
        "不是键值映射",
        "请在其下缩进书写键值",
    ),
    "not_a_list": (
        "is not a list",
        "write [a, b] or one '- item' a line",
        "不是列表",
        "请写成 [a, b] 或每行一个 '- 项'",
    ),
    "listed_twice": ("lists {item} twice", "remove one of them", "{item} 重复列出", "请删除其中一个"),
    "two_meanings": (
        "already means {other}",
        "keep it under one meaning",
        "已表示 {other}",
        "请只保留一种含义",
    ),
    "hours_reversed": (
        "does not lie after business_start ({start})",
        "correct the opening hours; they lie within one day",
        "不晚于 business_start（{start}）",
        "请更正营业时间；须在同一天内",
    ),
    "no_utm_pair": (
        "{value} is no pair of UTM source and medium",
        "write source / medium, with * for any on one side, e.g. x / cpc",
        "{value} 不是 UTM 来源与媒介的组合",
        "请写作 来源 / 媒介，一侧可用 * 表示任意，如 x / cpc",
    ),
    "too_few_formats": (
        "diversity needs at least two formats",
        "list the formats that content can have",
        "内容多样性至少需要两种形式",
        "请列出内容可用的形式",
    ),
    "days_beyond_activity": (
        "is longer than customer_active_days ({active}), after which nobody is looked at any more",
        "lower it, or raise customer_active_days",
        "大于 customer_active_days（{active} 天），超过该天数的客户不再计入",
        "请调小该值，或调大 customer_active_days",
    ),
    "value_weights_not_one": (
        "the weights value_weight_active, value_weight_high_value and value_weight_referral do not add up to 1",
        "write three weights that do",
        "value_weight_active、value_weight_high_value、value_weight_referral 三项权重之和不为 1",
        "请使三项权重之和为 1",
    ),
    "scale_too_short": (
        "is less than two above csat_scale_min ({lowest}): every score would count as satisfied",
        "state the scale on which satisfaction is asked, such as 1 to 5",
        "比 csat_scale_min（{lowest}）高不到 2：所有评分都会计为满意",
        "请填写满意度调查所用的量表，例如 1 至 5",
    ),
    "locale_not_listed": (
        "does not hold the locale {locale}",
        "add {locale} to languages or change locale",
        "不包含 locale {locale}",
        "请在 languages 中加入 {locale} 或更改 locale",
    ),
    "unknown_calendar": (
        "no calendar has this name; there are {known}",
        "name one of them, or add calendars/{value}.csv",
        "没有此名称的日历；可用：{known}",
        "请从中选择，或添加 calendars/{value}.csv",
    ),
    "pseudonym_key_broken": (
        "the pseudonym key is not 64 hexadecimal digits",
        "restore the file from its backup; a new key would break the link to all landed records",
        "假名密钥不是 64 位十六进制数",
        "请从备份恢复该文件；换新密钥会切断与全部已入库记录的关联",
    ),
    "folder_not_empty": (
        "the folder holds files already",
        "name an empty or new folder",
        "该文件夹中已有文件",
        "请指定空文件夹或新文件夹",
    ),
    "unknown_community": (
        "no community has this id{hint}",
        "correct it, or add the community to people/communities.csv",
        "没有此编号的社群{hint}",
        "请更正，或在 people/communities.csv 中添加该社群",
    ),
    "group_outside_community": (
        "the group belongs to {community} on days on which {community} has no row in people/communities.csv",
        "end the row with the community, or extend the community's rows",
        "该群在 {community} 没有登记（people/communities.csv）的日子里仍归属于它",
        "请随社群结束该行，或延长社群的登记",
    ),
    "bad_population": (
        "is no number of people",
        "write how many people the community wants to reach, a whole number above 0, or leave it empty",
        "不是有效的人数",
        "请填写社群希望覆盖的人数（大于 0 的整数），或留空",
    ),
    # reviews
    "pending_with_day": (
        "a pending proposal has a day of decision",
        "empty the cell, or write adopted or rejected",
        "待定的提案却有决定日期",
        "请清空该单元格，或将 decision 写为 adopted 或 rejected",
    ),
    "decision_without_day": (
        "the proposal is {decision}, but nothing says when",
        "write the day of the decision",
        "提案已为 {decision}，但没有决定日期",
        "请填写决定日期",
    ),
    "target_is_start": (
        "leads nowhere: the value to reach is the start, {start}",
        "write another target, or another unit",
        "目标值等于起始值 {start}",
        "请改写目标或单位",
    ),
    "not_five_levels": (
        "needs five numbers, one a level, and has {count}",
        "write the points of levels 1 to 5, such as [10, 20, 30, 40, 50]",
        "须有五个分值（每级一个），现有 {count} 个",
        "请写出等级 1 至 5 的分值，例如 [10, 20, 30, 40, 50]",
    ),
    "honour_of_what": (
        "an honour by {measure} and {value!r} do not go together",
        "name the dimension or KPI in `of`; leave it out for `measure: score`",
        "荣誉的 measure（{measure}）与 of（{value!r}）不相符",
        "请在 `of` 中写明维度或指标；`measure: score` 时不写",
    ),
    "points_fall": (
        "a higher level is worth less than a lower one",
        "write the points in rising order",
        "较高等级的分值低于较低等级",
        "请按升序书写分值",
    ),
    "review_periods_overlap": (
        "holds {other}, of which the person has a review in row {other_row}: the longer period would count it twice",
        "review a person for months, for quarters or for years, and remove the other rows",
        "包含 {other}，而同一人员在第 {other_row} 行已有该周期的评定：较长周期会重复计算",
        "同一人员请统一按月、按季或按年评定，并删除其余行",
    ),
    "reviewed_outside_employment": (
        "{person} was not employed in the period",
        "correct the period or people/people.csv",
        "{person} 在该周期内不在职",
        "请更正周期或 people/people.csv",
    ),
    "rater_in_two_groups": (
        "the rater stands in group {group} in row {other}",
        "give a rater one group a person and period",
        "该评分人在第 {other} 行属于 {group} 组",
        "同一周期内对同一人，评分人只能属于一个组",
    ),
    "shared_target_contradicts": (
        "row {other} says otherwise of the same target",
        "a shared target is met for all who share it or for none",
        "与第 {other} 行对同一目标的说法矛盾",
        "共享目标对所有共担人结果相同，请统一",
    ),
    # workbooks
    "bad_workbook": (
        "cannot be opened as a workbook ({detail})",
        "save it as .xlsx again, without a password",
        "无法作为工作簿打开（{detail}）",
        "请重新另存为 .xlsx，且不要加密",
    ),
    "unknown_sheet": (
        "holds a filled sheet that is named after no file{hint}",
        "name the sheet after a file, or move it to another workbook outside people/ and reviews/",
        "有内容的工作表未以任何文件命名{hint}",
        "请以文件名命名工作表，或将其移出 people/ 与 reviews/ 中的工作簿",
    ),
    "kept_twice": (
        "its rows stand in two places: {places}",
        "keep them in one of the places and empty the others",
        "数据同时存在于多处：{places}",
        "请只保留一处，并清空其余",
    ),
    "percent_cell": (
        "is a share of at most 1 %, or a cell that is formatted as per cent",
        "format the column as text and write 60 for 60 %",
        "份额不超过 1 %，或单元格为百分比格式",
        "请将该列设为文本格式，60 % 写作 60",
    ),
    "workbook_there": (
        "is there already",
        "move it away first; a workbook is never overwritten",
        "已存在",
        "请先移走；工作簿不会被覆盖",
    ),
    # reviews/finance.csv
    "finance_company_has_id": (
        "a figure of the whole company has a scope_id",
        "empty scope_id, or write team as the scope",
        "公司的数据填写了 scope_id",
        "请清空 scope_id，或把 scope 改为 team",
    ),
    "finance_channel_missing": (
        "a base cost per lead needs the channel that it is of",
        "write one of paid_channels in company.yaml",
        "获客成本基准须写明渠道",
        "请填写 company.yaml 中 paid_channels 之一",
    ),
    "finance_channel_needless": (
        "{kind} is not of a channel",
        "empty channel",
        "{kind} 与渠道无关",
        "请清空 channel",
    ),
    "finance_base_not_positive": (
        "a base cost per lead is above 0",
        "write what a lead of the channel cost before",
        "获客成本基准须大于 0",
        "请填写该渠道此前每条线索的成本",
    ),
    "unknown_channel": (
        "no money is spent on this channel{hint}",
        "write one of {known}, or add it to paid_channels in company.yaml",
        "该渠道不是付费渠道{hint}",
        "请使用 {known} 之一，或将其加入 company.yaml 的 paid_channels",
    ),
    "finance_profit_mixed": (
        "row {other} states profit or target of {period} for the whole company, of which this team is a part",
        "state {period} either for the company or for teams, so that nothing is shared twice",
        "第 {other} 行已填写全公司 {period} 的利润或目标，而团队是其中一部分",
        "{period} 请只按公司或只按团队填写，以免重复分享",
    ),
    "invalid": ("is not valid: {detail}", "correct it", "无效：{detail}", "请更正"),
}

TEXTS: dict[str, dict[str, str]] = {
    f"finding.{code}.{part}": {"en": english, "zh": chinese}
    for code, (problem_en, mend_en, problem_zh, mend_zh) in _FINDINGS.items()
    for part, english, chinese in (("problem", problem_en, problem_zh), ("mend", mend_en, mend_zh))
}
# what follows a problem when a known word is near the unknown one
TEXTS["finding.hint"] = {"en": "; the nearest is {nearest}", "zh": "，最接近的是 {nearest}"}
