"""What the files of the company folder and their columns mean, in Chinese and English.

Belongs here: one text a file (`file.<name>`) and one a column (`file.<name>.<column>`), as templates and the docs page
show them, and the comments of company.yaml. Does not belong here: what is wrong with a file (`texts.findings`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, en_zh, files

_FROM = ("the first day on which the row holds", "生效的第一天")
_TO = ("the first day on which it no longer holds; empty = open", "不再生效的第一天；留空 = 一直有效")
_PERSON = ("person_id of people.csv", "people.csv 中的 person_id")
_SHARE = (
    "share in percent, such as 60; at most 100 per subject and day together, the rest is UNASSIGNED",
    "百分比份额，例如 60；同一对象同一天合计不超过 100，余下部分计为 UNASSIGNED",
)
_SUBJECT_TYPE = (
    "account, promo_code, utm_code, group, community, inbox, deal, campaign or event",
    "account、promo_code、utm_code、group、community、inbox、deal、campaign 或 event",
)
_SUBJECT_ID = ("which one: an account_id, a code, a group id ...", "具体对象：account_id、优惠码、社群编号等")
_REASON = ("why, in one sentence that the person may read", "原因，一句话，本人可见")
_PERIOD = ("2026-10, 2026-Q3 or 2026", "2026-10、2026-Q3 或 2026")
_REVIEWER = ("person_id of who judged, somebody else", "评定人的 person_id，不能是本人")
_LEVEL = ("level 1 to 5", "等级 1 至 5")
_POINTS = ("0 to 100", "0 至 100")
_APPROVED = ("person_id of an approver of company.yaml", "company.yaml 中批准人的 person_id")

#: file -> (en, zh) of the file, then column -> (en, zh)
_FILES: dict[str, FileWords] = {
    "people": (
        ("everybody who can get a scorecard, review or approve", "所有可能获得绩效卡、参与评审或审批的人员"),
        {
            "person_id": (
                "short id that never changes; names the scorecard's files",
                "永不更改的简短编号，用于绩效卡文件名",
            ),
            "name": ("name as the scorecard shows it", "绩效卡上显示的姓名"),
            "name_en": ("name on English scorecards; empty = name", "英文绩效卡上的姓名；留空 = 使用 name"),
            "email": ("e-mail address; may be empty", "电子邮箱，可留空"),
            "hired_on": ("first day of employment", "入职日（第一天）"),
            "left_on": (
                "first day after employment, the day after the last one; empty = employed",
                "离职后的第一天（最后在职日的次日）；留空 = 在职",
            ),
        },
    ),
    "positions": (
        ("role, level, team and bonus base of each person, by date", "每位人员的角色、级别、团队与奖金基数（按日期）"),
        {
            "person_id": _PERSON,
            "role": ("role as the scheme names it, such as operator", "考核方案中的角色名，例如 operator"),
            "level": (
                "level within the role; may be empty; a scheme may weigh and pay by it, written the same way there",
                "角色内的级别，可留空；方案可按它设权重与金额，写法须一致",
            ),
            "team_id": ("team, such as growth", "团队，例如 growth"),
            "bonus_base": (
                "target bonus per month at 100 %, in the company's currency",
                "100 % 达成时的月度目标奖金（公司货币）",
            ),
            "valid_from": _FROM,
            "valid_to": _TO,
        },
    ),
    "identities": (
        ("who each person is in other systems", "人员在其他系统中的身份"),
        {
            "system": (
                "tickets, zendesk, chatwoot, crm, hubspot, cms, pos, surveys, x_signature (initials under a post), "
                "x_tool or shop (the name under which the person buys in the company's own shops)",
                "tickets、zendesk、chatwoot、crm、hubspot、cms、pos、surveys、x_signature（帖子署名缩写）、x_tool 或 "
                "shop（本人在公司自有店铺购物所用的账号）",
            ),
            "external_id": (
                "user name or id as that system's export writes it",
                "该系统导出文件中的用户名或编号",
            ),
            "person_id": _PERSON,
            "valid_from": _FROM,
            "valid_to": _TO,
        },
    ),
    "accounts": (
        ("accounts, shops, inboxes and CRMs whose exports arrive", "会提供导出文件的账号、店铺、客服收件箱与 CRM"),
        {
            "account_id": ("short id; also names the export folder", "简短编号，也是导出文件夹名"),
            "platform": (
                "x, shopify, crm, hubspot, tickets, zendesk, cms, groups, web, ads, incidents ...",
                "x、shopify、crm、hubspot、tickets、zendesk、cms、groups、web、ads、incidents 等",
            ),
            "name": ("name for people", "显示名称"),
            "handle": ("handle without @, as in file names", "账号名（不含 @），与文件名一致"),
            "team_id": ("team that runs it; may be empty", "负责团队，可留空"),
            "timezone": ("time zone of its exports; empty = company's", "导出文件的时区；留空 = 公司时区"),
            "currency": ("currency of its amounts; empty = company's", "金额货币；留空 = 公司货币"),
            "active_from": ("first day on which exports are expected", "应有导出数据的第一天"),
            "active_to": ("first day on which none is expected; empty = open", "不再有导出数据的第一天；留空 = 持续"),
        },
    ),
    "assignments": (
        ("who is responsible for what, and for which share", "谁负责什么，以及份额"),
        {
            "subject_type": _SUBJECT_TYPE,
            "subject_id": _SUBJECT_ID,
            "person_id": _PERSON,
            "share": _SHARE,
            "valid_from": _FROM,
            "valid_to": _TO,
        },
    ),
    "scheme_assignments": (
        (
            "which scheme pays whom; the most specific row wins: team+role, role, team, all",
            "谁适用哪个考核方案；最具体的行优先：团队+角色、角色、团队、全部",
        ),
        {
            "scheme_id": (
                "id of a scheme, such as 000; none = no scheme",
                "方案编号，例如 000；none = 不考核",
            ),
            "team_id": ("team; empty = all teams", "团队；留空 = 全部团队"),
            "role": ("role; empty = all roles", "角色；留空 = 全部角色"),
            "valid_from": _FROM,
            "valid_to": _TO,
        },
    ),
    "duty_roster": (
        ("who is on duty for a subject, by the minute; optional", "值班表（精确到分钟），可选"),
        {
            "subject_type": _SUBJECT_TYPE,
            "subject_id": _SUBJECT_ID,
            "person_id": _PERSON,
            "starts_at": (
                "start such as 2026-10-31 09:00, company time",
                "开始，例如 2026-10-31 09:00（公司时区）",
            ),
            "ends_at": ("end, which no longer belongs to the shift", "结束时间（不含）"),
        },
    ),
    "targets": (
        (
            "targets of KPIs; a row holds from its period until a later row; four empty numbers end it",
            "KPI 目标；自该周期起生效，直到有更晚的行；四个数字全空表示取消",
        ),
        {
            "period": ("2026-10, 2026-Q3 or 2026", "2026-10、2026-Q3 或 2026"),
            "period_type": ("month, quarter or year", "month、quarter 或 year"),
            "scope": (
                "company, team, role, person or community; the most specific wins",
                "company、team、role、person 或 community；最具体者优先",
            ),
            "scope_id": (
                "which team, role, person or community; empty for company",
                "具体团队、角色、人员或社群；company 时留空",
            ),
            "kpi_id": ("id of the KPI catalogue", "KPI 目录中的编号"),
            "baseline": (
                "level before, for KPIs scored by improvement; may be empty",
                "基线，用于按改善计分的 KPI，可留空",
            ),
            "threshold": ("where points begin; empty = by the scheme's curve", "起计点；留空 = 按方案曲线"),
            "target": ("100 %; in the KPI's unit, a ratio as 0.05", "100 % 目标值；按 KPI 单位，比率写 0.05"),
            "stretch": ("where the cap begins; empty = by the scheme's curve", "挑战值；留空 = 按方案曲线"),
            "set_by": ("person_id of who set it; may be empty", "设定人的 person_id，可留空"),
            "agreed_by": ("person_id of who agreed; may be empty", "确认人的 person_id，可留空"),
        },
    ),
    "publishing_plan": (
        ("planned posts per month, of an account or a person; optional", "每月计划发帖数（账号或个人），可选"),
        {
            "month": ("2026-10", "2026-10"),
            "account_id": ("account; fill in either this or person_id", "账号；与 person_id 二选一"),
            "person_id": ("person; fill in either this or account_id", "人员；与 account_id 二选一"),
            "planned_posts": ("number of posts", "帖子数"),
        },
    ),
    "content_quality_reviews": (
        ("reviewers' scores of content; optional", "内容质量评审得分，可选"),
        {
            "period": ("2026-10, 2026-Q3 or 2026", "2026-10、2026-Q3 或 2026"),
            "person_id": _PERSON,
            "score": ("0 to 100", "0 至 100"),
            "reviewer_id": ("person_id of the reviewer, somebody else", "评审人的 person_id，不能是本人"),
            "reason": _REASON,
        },
    ),
    "record_overrides": (
        ("records credited against the rules; optional", "不按规则归属的记录，可选"),
        {
            "record_type": (
                "post, order, deal, ticket_reply, ticket_resolve, lead, web_day, account_day, incident, group_day, "
                "wecom_user_day, wecom_owner_day, qa_answer, community_month, customer, group_stock, event, "
                "event_settlement, event_order, survey_answer, article, content_item, mention, hashtag_post, "
                "ugc_item or comment",
                "post、order、deal、ticket_reply、ticket_resolve、lead、web_day、account_day、incident、group_day、"
                "wecom_user_day、wecom_owner_day、qa_answer、community_month、customer、group_stock、event、"
                "event_settlement、event_order、survey_answer、article、content_item、mention、hashtag_post、"
                "ugc_item 或 comment",
            ),
            "record_id": ("id of the record; format the column as text", "记录编号；请将该列设为文本格式"),
            "person_id": _PERSON,
            "share": ("share in percent; at most 100 per record together", "百分比份额；同一记录合计不超过 100"),
            "reason": _REASON,
            "approved_by": _APPROVED,
        },
    ),
    "communities": (
        (
            "communities by type and stage; a new row where one of them changes; optional",
            "社群的类型与阶段；任一变化时另起一行；可选",
        ),
        {
            "community_id": ("id that never changes", "不变的社群编号"),
            "name": ("name as reports show it", "报表中显示的名称"),
            "type": (
                "content, transaction, service or other",
                "content（内容）、transaction（交易）、service（服务）或 other",
            ),
            "stage": ("start_up, growth or mature", "start_up（初创）、growth（成长）或 mature（成熟）"),
            "target_population": ("people to be reached; may be empty", "目标覆盖人数，可留空"),
            "valid_from": _FROM,
            "valid_to": _TO,
        },
    ),
    "community_groups": (
        ("which group belongs to which community; optional", "群归属于哪个社群，可选"),
        {
            "group_id": ("id of the group as exports show it", "导出文件中的群编号"),
            "community_id": ("community_id of communities.csv", "communities.csv 中的 community_id"),
            "valid_from": _FROM,
            "valid_to": _TO,
        },
    ),
    "adjustments": (
        ("amounts added to or taken from a bonus; optional", "奖金的增减项，可选"),
        {
            "period": ("2026-10, 2026-Q3 or 2026", "2026-10、2026-Q3 或 2026"),
            "person_id": _PERSON,
            "amount": ("in the company's currency; negative takes away", "公司货币；负数为扣减"),
            "reason": _REASON,
            "approved_by": _APPROVED,
        },
    ),
    "individual_kpis": (
        (
            "the KPI that a person has agreed on for the individual slot of a scheme; optional",
            "方案中个人自选指标的约定，可选",
        ),
        {
            "person_id": _PERSON,
            "kpi_id": ("one of the choices of the scheme's slot", "方案 slot 中列出的指标之一"),
            "valid_from": _FROM,
            "valid_to": _TO,
            "agreed_by": ("who agreed; not the person", "与谁约定，不得为本人"),
            "note": ("may be empty", "可留空"),
        },
    ),
    "leave": (
        (
            "days on leave: they count neither for the score nor for the bonus; optional",
            "请假日期：不计入得分与奖金，可选",
        ),
        {
            "person_id": _PERSON,
            "valid_from": ("first day on leave", "请假首日"),
            "valid_to": ("the first day back; empty = open", "返岗首日；留空 = 尚未返岗"),
            "note": ("may be empty; no reason is needed", "可留空，无需写明原因"),
        },
    ),
    "offline_events": (
        ("days of offline events, left out of the follower growth rates; optional", "线下活动日期，不计入涨粉率，可选"),
        {
            "account_id": ("account; empty = all accounts", "账号；留空 = 所有账号"),
            "valid_from": ("first day", "首日"),
            "valid_to": ("the day after the last", "末日的次日"),
            "note": ("what it was; may be empty", "说明，可留空"),
        },
    ),
    "excluded_handles": (
        (
            "authors whose posts with a campaign tag are no user's; own accounts need no row; optional",
            "其带话题帖子不算用户内容的账号；自有账号无需列出，可选",
        ),
        {
            "handle": ("handle on X", "X 账号名"),
            "reason": ("staff, spam or own", "staff、spam 或 own"),
            "note": ("may be empty", "可留空"),
        },
    ),
    "costs": (
        (
            "what was spent on communities, by month; a month without a row has no community ROI; optional",
            "社群运营的月度成本；没有成本行的月份不计算社群 ROI；可选",
        ),
        {
            "month": ("2026-10", "2026-10"),
            "scope": ("team, community or group", "team、community 或 group"),
            "scope_id": (
                "which one; a team's cost is divided among its members by days, others by assignment",
                "具体对象；团队成本按成员在队天数分摊，其余按 assignments 分摊",
            ),
            "kind": (
                "programme, member_incentive or goods",
                "programme（项目）、member_incentive（会员激励）或 goods（物料）",
            ),
            "amount": (
                "in the company's currency, one sum a month, scope and kind; 0 says that nothing was spent",
                "公司货币；每月、每对象、每类一行合计；0 表示没有支出",
            ),
            "note": ("may be empty", "可留空"),
            "approved_by": _APPROVED,
        },
    ),
    "ratings_360": (
        (
            "360 ratings; a group of fewer than three raters is suppressed, and who rated is never shown; optional",
            "360 度评分；评分人少于三人的组不予显示，评分人身份从不公开；可选",
        ),
        {
            "period": _PERIOD,
            "person_id": ("person_id of who is rated", "被评人的 person_id"),
            "rater_id": (
                "who rates: a person_id, or any word for a partner from outside; leaves this file only as a hash",
                "评分人：person_id；外部合作方可用任意代号；离开本文件后仅为哈希",
            ),
            "rater_group": (
                "peer, subordinate, partner (another department) or manager",
                "peer（同级）、subordinate（下级）、partner（其他部门）或 manager（上级）",
            ),
            "item": (
                "collaboration (across departments) or teamwork",
                "collaboration（跨部门协作）或 teamwork（团队合作）",
            ),
            "score": ("1 to 5", "1 至 5"),
        },
    ),
    "ratings_self": (
        ("what people say of their own work; optional", "自评，可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "item": ("what is rated; the same word as in ratings_manager", "评定项目，须与 ratings_manager 用词一致"),
            "score": _POINTS,
        },
    ),
    "ratings_manager": (
        ("what managers say of the same items; optional", "上级对同一项目的评分，可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "item": ("what is rated; the same word as in ratings_self", "评定项目，须与 ratings_self 用词一致"),
            "score": _POINTS,
            "reviewer_id": _REVIEWER,
        },
    ),
    "ratings_bars": (
        (
            "anchored levels of behaviour; bars_points of company.yaml gives their points; optional",
            "行为锚定等级；分值见 company.yaml 的 bars_points；可选",
        ),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "item": (
                "culture_fit, work_attitude or initiative",
                "culture_fit（文化契合）、work_attitude（工作态度）或 initiative（主动性）",
            ),
            "level": _LEVEL,
            "reviewer_id": _REVIEWER,
        },
    ),
    "professional_feedback": (
        ("what professional users say of the content; optional", "专业用户对内容的评价，可选"),
        {
            "period": _PERIOD,
            "person_id": ("person_id of who answers for the content", "内容负责人的 person_id"),
            "respondent_id": (
                "any word for the user; leaves this file only as a hash",
                "用户代号；离开本文件后仅为哈希",
            ),
            "score": _POINTS,
        },
    ),
    "dm_quality_reviews": (
        ("rubric scores of sampled conversations; optional", "抽样私信的量表评分，可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "sample_id": ("which conversation; format the column as text", "抽样会话编号；请将该列设为文本格式"),
            "score": _POINTS,
            "reviewer_id": _REVIEWER,
        },
    ),
    "innovation_reviews": (
        ("a jury's scores of new formats, events and campaigns; optional", "创新形式、活动与战役的评审得分，可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "entry_id": ("which format, event or campaign", "创新形式、活动或战役的编号"),
            "score": _POINTS,
            "reviewer_id": ("person_id of the juror, somebody else", "评委的 person_id，不能是本人"),
        },
    ),
    "brief_match_reviews": (
        ("how well original pieces meet their brief; optional", "原创内容与需求的匹配度评分，可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "content_id": ("which piece; format the column as text", "内容编号；请将该列设为文本格式"),
            "score": _POINTS,
            "reviewer_id": _REVIEWER,
        },
    ),
    "skill_ratings": (
        ("levels of skills; optional", "技能等级，可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "skill": ("human_ai_collaboration", "human_ai_collaboration（人机协作）"),
            "level": _LEVEL,
            "reviewer_id": _REVIEWER,
        },
    ),
    "proposals": (
        (
            "innovation proposals and what became of them; they count in the month of the decision; optional",
            "创新提案及其结果，计入决定当月；可选",
        ),
        {
            "proposal_id": ("id of the proposal", "提案编号"),
            "person_id": ("person_id of the author", "提案人的 person_id"),
            "decision": (
                "pending, adopted or rejected",
                "pending（待定）、adopted（采纳）或 rejected（未采纳）",
            ),
            "decided_on": ("day of the decision; empty while pending", "决定日期；待定时留空"),
        },
    ),
    "brand_survey": (
        ("waves of the brand survey; optional", "品牌调查结果，可选"),
        {
            "period": _PERIOD,
            "team_id": ("team whose brand was surveyed; empty = the company's", "被调查品牌所属团队；留空 = 全公司"),
            "respondents": ("number of people asked", "受访人数"),
            "score": ("their mean, 0 to 100", "平均分，0 至 100"),
        },
    ),
    "influence_scores": (
        ("influence scores of accounts by a vendor or a jury; optional", "第三方或评审给出的账号影响力得分，可选"),
        {
            "period": _PERIOD,
            "account_id": ("account_id of accounts.csv", "accounts.csv 中的 account_id"),
            "vendor": (
                "who gave the score; keep to one, their scales differ",
                "评分来源；请固定使用一家，各家量纲不同",
            ),
            "score": ("the score as given", "原始得分"),
        },
    ),
    "okr": (
        ("key results of objectives; optional", "目标的关键结果（OKR），可选"),
        {
            "period": _PERIOD,
            "person_id": _PERSON,
            "objective_id": ("objective that the key result belongs to", "所属目标的编号"),
            "kr_id": ("id of the key result, once a period", "关键结果编号，同一周期内唯一"),
            "unit": (
                "absolute (target is the value to reach), rel_pct (start raised by target %) or pp (start + points)",
                "absolute（target 为目标值）、rel_pct（在 start 基础上提高 target %）或 pp（start 加 target 个点）",
            ),
            "start": ("value at the start", "起始值"),
            "target": ("as unit says; not the start itself", "按 unit 填写，不能等于起始值"),
            "current": (
                "value reached, in the unit of start; empty while unknown",
                "当前值，与 start 同单位；未知时留空",
            ),
            "weight": ("weight among the person's key results; empty = 1", "在本人关键结果中的权重；留空 = 1"),
        },
    ),
    "shared_targets": (
        (
            "targets that departments share, a row for each person who shares one; optional",
            "跨部门共享目标，每位共担人一行；可选",
        ),
        {
            "period": _PERIOD,
            "target_id": ("id of the target", "目标编号"),
            "person_id": _PERSON,
            "is_met": ("true or false; the same in every row of a target", "true 或 false；同一目标各行须一致"),
        },
    ),
    "certifications": (
        ("certificates that people must hold by a day; optional", "须在限期前取得的认证，可选"),
        {
            "person_id": _PERSON,
            "certificate": ("name of the certificate", "认证名称"),
            "due_on": ("day by which it must be passed", "最迟通过日期"),
            "passed_on": ("day on which it was passed; empty while it is not", "通过日期；未通过时留空"),
        },
    ),
    "sentiment_labels": (
        (
            "what people say that public comments express; goes before the tool's label; optional",
            "人工标注的评论情感，优先于工具标注，可选",
        ),
        {
            "month": ("month in which the comment was written, e.g. 2026-10", "评论所在月份，如 2026-10"),
            "network": (
                "platform of the comment as its export names it; empty when it names none",
                "评论所在平台，与导出文件一致；导出文件未写明时留空",
            ),
            "comment_id": ("id of the comment as its export names it", "评论编号，与导出文件一致"),
            "label": (
                "positive, neutral or negative",
                "positive（正面）、neutral（中性）或 negative（负面）",
            ),
            "reviewer_id": (
                "person_id of who read it; nobody labels what they are paid for",
                "标注人的 person_id；不得标注与本人奖金有关的评论",
            ),
            "labelled_on": ("day on which it was read", "标注日期"),
            "note": ("why, if that is not plain", "说明，可选"),
        },
    ),
}

#: comments of the company.yaml template
_COMPANY_FILE: dict[str, tuple[str, str]] = {
    "head": (
        "The company. Every key below name, timezone and currency may be left out; what is shown is the default.",
        "公司设置。除 name、timezone、currency 外均可省略；所示为默认值。",
    ),
    "name": ("Name on the scorecards.", "绩效卡上的公司名称。"),
    "timezone": ("Days and months are those of this time zone.", "日期与月份按此时区计算。"),
    "currency": ("Currency of bonuses and revenue (ISO 4217).", "奖金与收入的货币（ISO 4217）。"),
    "locale": ("First language: zh or en.", "首选语言：zh 或 en。"),
    "languages": ("Languages in which scorecards are made.", "生成绩效卡的语言。"),
    "calendar": (
        "Working days: cn, weekdays, or <name> for calendars/<name>.csv (day,is_working,note).",
        "工作日历：cn、weekdays，或 calendars/<名称>.csv（day,is_working,note）。",
    ),
    "first_month": (
        "The first month that can be run; by default that of the earliest expected source or position.",
        "可运行的首个月份；默认取最早的应到数据或任职记录所在月份。",
    ),
    "approvers": (
        "Who may seal a period and approve overrides, adjustments and other decisions: ids of people/people.csv.",
        "可封存周期、批准改判、调整及其他决定的人员：people/people.csv 中的编号。",
    ),
    "settings": ("Numbers that KPIs and guards depend on.", "KPI 与数据防护所用的参数。"),
    "sources": (
        "What your exports do differently: extra headers, time zone, day before month.",
        "贵公司导出文件的差异：额外表头、时区、日在月前。",
    ),
    "ticket_activities": ("Words of the ticket log, by meaning.", "工单日志用词及其含义。"),
    "deal_stages": ("Stages that mean won or lost; all others are open.", "表示赢单或输单的阶段；其余视为进行中。"),
    "deal_orders": (
        "The shop account whose orders are the won deals of a CRM; the two are compared each month. Leave it "
        "out where no shop books them.",
        "以其订单登记 CRM 赢单的店铺账号，每月核对两者金额；没有此类店铺时留空。",
    ),
    "order_words": (
        "Words of order exports: statuses, tags and sales channels, by meaning.",
        "订单导出用词（状态、标签、销售渠道）及其含义。",
    ),
    "bars_points": (
        "Points of levels 1 to 5 of the behaviours in reviews/ratings_bars.csv.",
        "reviews/ratings_bars.csv 中各行为等级 1 至 5 对应的分值。",
    ),
    "lists": (
        "Shares, group sizes and honours of the lists beside the scorecards; nothing here changes pay.",
        "绩效卡旁各名单所用的比例、最小人数与荣誉；不影响任何金额。",
    ),
    "expected_sources": (
        "What must arrive, so that silence is seen as a gap; by default the main exports of each account's platform.",
        "应到的数据，缺失即视为缺口；默认按各账号平台推定。",
    ),
}

TEXTS: Entries = {
    **files(_FILES),
    "workbook.about": {
        "en": "One sheet a file. Rows may stand here or in the CSV file of the same name, never in both.",
        "zh": "每个文件一张工作表。数据填在此处或同名 CSV 文件中，二者不可同时填写。",
    },
    **en_zh("company_file.", _COMPANY_FILE),
}
