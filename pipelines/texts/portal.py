"""What the portal says, in Chinese and English: its pages, its refusals, the row that an objection becomes.

Belongs here: keys `portal.*`, the block `portal` of company.yaml, people/reporting_lines.csv and what can be wrong with
either. Does not belong here: the cards (`cards`), reviews/appeals.csv itself (`decisions`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, en_zh, files, findings, with_mends, zh_en

#: key: (zh, en)
_PAGES: dict[str, tuple[str, str]] = {
    "title": ("绩效卡", "Scorecards"),
    "skip": ("跳到正文", "Skip to the content"),
    "nav": ("主导航", "Main"),
    "nav.mine": ("我的绩效卡", "My scorecards"),
    "nav.team": ("我的团队", "My team"),
    "nav.hr": ("各期绩效卡", "All periods"),
    "nav.objections": ("申诉", "Objections"),
    "other_language": ("English", "中文"),
    "logout": ("退出登录", "Sign out"),
    "footer": (
        "每次查看与下载均有记录。绩效卡封存后不再更改，更正以新版本发布。",
        "Every view and download is logged. A sealed scorecard never changes; a correction is a new revision.",
    ),
    "to_start": ("返回首页", "Go to the start page"),
    "back": ("返回绩效卡", "Back to the scorecard"),
    "not_yet": ("尚未", "not yet"),
    "whole_card": ("整张绩效卡", "The whole scorecard"),
    "whole_company": ("全公司", "Whole company"),
    "too_few": ("人数过少，不显示", "too few people to show"),
    "attachment": ("附件", "Attachment"),
    "people": ("{count} 人", "people: {count}"),
    "open_objections": ("{count} 项待处理", "{count} open"),
    "answer_due": ("应于 {day} 前答复。", "To be answered by {day}."),
    "late": ("已超过答复期限 {day}", "was to be answered by {day}"),
    "object_until": ("可在 {day} 之前（含当日）提出申诉。", "You may object up to and including {day}."),
    # columns
    "column.person": ("姓名", "Person"),
    "column.person_id": ("编号", "Id"),
    "column.period": ("周期", "Period"),
    "column.revision": ("版本", "Revision"),
    "column.state": ("状态", "State"),
    "column.acknowledged": ("确认", "Acknowledged"),
    "column.acknowledged_by": ("已确认人数", "Acknowledged by"),
    "column.objections": ("申诉", "Objections"),
    "column.filed_on": ("提出日期", "Filed on"),
    "column.about": ("对象", "About"),
    "column.what": ("内容", "What"),
    "column.sealed_on": ("封存日期", "Sealed on"),
    "column.sealed_by": ("批准人", "Approved by"),
    "column.stage": ("发布范围", "Shown to"),
    "column.people": ("人数", "People"),
    "column.group": ("范围", "Group"),
    "column.mean": ("平均分", "Mean score"),
    "column.median": ("中位数", "Median score"),
    "state.in_force": ("有效", "in force"),
    "state.superseded": ("已被新版本取代", "superseded"),
    # what a file is
    "file": ("{kind}（{language}）", "{kind} ({language})"),
    "kind.html": ("绩效卡网页", "Scorecard, page"),
    "kind.pdf": ("绩效卡 PDF", "Scorecard, PDF"),
    "kind.xlsx": ("绩效卡工作簿（含公式）", "Scorecard, workbook with formulas"),
    "in.zh": ("中文", "Chinese"),
    "in.en": ("英文", "English"),
    # signing in
    "login": ("登录", "Sign in"),
    "login.name": ("账号", "Account"),
    "login.password": ("密码", "Password"),
    "login.enter": ("登录", "Sign in"),
    "login.provider": ("使用公司账号登录", "Sign in with the company account"),
    "login.hint": (
        "登录有效期一小时。忘记密码请联系人力资源部。",
        "A sign-in holds for one hour. HR helps with a lost password.",
    ),
    "login.wrong": ("账号或密码不正确。", "Account or password is not right."),
    "login.too_many": ("失败次数过多，请 15 分钟后再试。", "Too many failed tries. Wait 15 minutes and try again."),
    "login.stale": ("页面已过期，请重新登录。", "This page had expired. Please sign in again."),
    # cards
    "mine.about": ("已发布给您的绩效卡，最新的在前", "Scorecards that were shown to you, the latest first"),
    "mine.none": ("还没有向您发布的绩效卡。", "No scorecard has been shown to you yet."),
    "team.about": (
        "在您任直属上级的月份内，下属的绩效卡",
        "Scorecards of your reports, in the months in which you were their manager",
    ),
    "team.none": ("还没有可查看的下属绩效卡。", "No scorecard of your team can be seen yet."),
    "card.open": ("打开绩效卡", "Open the scorecard"),
    "card.acknowledge": ("确认已阅", "I have read it"),
    "card.acknowledge.about": (
        "确认仅表示已阅，不代表同意；确认后仍可申诉。",
        "This says that you have read the scorecard, not that you agree. You may still object.",
    ),
    "card.superseded": (
        "此版本已被新版本取代，仅供查阅。",
        "A newer revision has replaced this one. It is kept for reference.",
    ),
    "card.files": ("文件", "Files"),
    "card.objections": ("申诉", "Objections"),
    "card.objections.about": ("对本周期提出的申诉及处理结果", "Objections to this period and what became of them"),
    "card.objections.none": ("本周期没有申诉。", "There is no objection to this period."),
    "card.object": ("提出申诉", "Object"),
    # objecting
    "objection.about": (
        "申诉由打分人以外的人处理；如结果有变，将发布新版本并列明差额。",
        "Somebody other than who rated you decides. If the result changes, a new revision shows the difference.",
    ),
    "objection.kpi": ("涉及的指标", "Which KPI"),
    "objection.category": ("原因类别", "Kind of reason"),
    "objection.words": ("哪里不对", "What is wrong"),
    "objection.words.about": (
        "请写明日期、记录编号等可核对的依据。换行会变为空格。",
        "Name dates, record ids or whatever else can be checked. Line breaks become blanks.",
    ),
    "objection.expected": ("您认为正确的数值（可不填）", "What you hold right (may stay empty)"),
    "objection.attachment": ("附件（可不填）", "Attachment (may stay empty)"),
    "objection.attachment.about": (
        "PDF、PNG 或 JPEG，不超过 {megabytes} MB。",
        "PDF, PNG or JPEG, {megabytes} MB at most.",
    ),
    "objection.send": ("提交申诉", "Send the objection"),
    "objection.row": ("【{category}】{words}", "[{category}] {words}"),
    "objection.row.expected": ("期望值：{expected}", "Expected: {expected}"),
    "objection.row.attachment": ("附件：{file}", "Attachment: {file}"),
    "objection.problem.kpi": ("请从列表中选择指标。", "Choose a KPI from the list."),
    "objection.problem.category": ("请选择原因类别。", "Choose a kind of reason."),
    "objection.problem.words": (
        "说明应为 {least} 至 {longest} 个字符，现为 {length} 个。",
        "Say what is wrong in {least} to {longest} characters; it has {length}.",
    ),
    "objection.problem.expected": (
        "期望值不超过 {longest} 个字符。",
        "What you hold right has {longest} characters at most.",
    ),
    "objection.problem.large": ("附件超过 {megabytes} MB。", "The attachment is larger than {megabytes} MB."),
    "objection.problem.kind": (
        "附件不是 PDF、PNG 或 JPEG 文件。",
        "The attachment is neither a PDF nor a PNG nor a JPEG file.",
    ),
    "objection.problem.twice": (
        "您今天已就同一项目提出申诉，请明天再补充。",
        "You have objected to the same line today. Add to it tomorrow.",
    ),
    "objection.problem.busy": (
        "系统正在计算，暂时不能写入。请几分钟后再次提交；附件需重新选择。",
        "A run is writing to the company folder. Send the form again in some minutes; choose the attachment again.",
    ),
    "objection.problem.file": (
        "申诉文件目前无法写入，申诉未被记录。请联系人力资源部。",
        "The file of appeals cannot be written now, so the objection was not recorded. Please turn to HR.",
    ),
    "category.wrong_data": ("数据有误", "Wrong data"),
    "category.missing_credit": ("成果未计入", "Work not credited"),
    "category.target": ("目标不当", "Target not right"),
    "category.calculation": ("计算有误", "Wrong calculation"),
    "category.other": ("其他", "Other"),
    "outcome.open": ("待处理", "open"),
    "outcome.upheld": ("成立", "upheld"),
    "outcome.partly_upheld": ("部分成立", "partly upheld"),
    "outcome.rejected": ("不成立", "rejected"),
    "outcome.withdrawn": ("已撤回", "withdrawn"),
    # HR
    "hr.about": ("已封存的全部版本，最新的在前", "Every sealed revision, the latest first"),
    "hr.none": ("还没有封存的周期。", "Nothing has been sealed yet."),
    "hr.damaged": (
        "封存记录已损坏：请运行 scorecards verify {period} 并从备份恢复。",
        "The seal is damaged: run scorecards verify {period} and restore it from a backup.",
    ),
    "hr.broken": (
        "{file} 无法读取，依赖该文件的内容暂不显示。scorecards status 会指出问题所在。",
        "{file} cannot be read, so whatever depends on it is closed. scorecards status names what is wrong.",
    ),
    "hr.sheet": (
        "申诉记录在 {sheet} 中，门户无法写入。请把各行移到 reviews/appeals.csv。",
        "The appeals stand in {sheet}, to which the portal cannot add. Move the rows to reviews/appeals.csv.",
    ),
    "hr.people": ("人员", "People"),
    "hr.files": ("名单与文件", "Lists and files"),
    "hr.objections.about": ("全部申诉，待处理的在前", "All objections, the open ones first"),
    "hr.objections.none": ("没有申诉。", "There is no objection."),
    "stage.hr": ("人力资源部", "HR"),
    "stage.managers": ("人力资源部与直属上级", "HR and managers"),
    "stage.people": ("全体人员", "everybody"),
    "release": ("发布", "Release"),
    "release.managers": ("发布给直属上级", "Show it to managers"),
    "release.people": ("发布给本人", "Show it to each person"),
    "release.step": ("{day} 由 {by} 发布：{to}", "{day}, by {by}: shown to {to}"),
    "release.about": ("发布后不能撤回。", "What was shown cannot be taken back."),
    "release.done": ("已发布给本人。", "Each person can see the own scorecard."),
    "bundle": ("整期下载", "The whole period"),
    "bundle.purpose": ("下载用途", "What for"),
    "bundle.about": (
        "用途与每个文件均写入审计日志。",
        "The purpose and every single file are written to the audit.",
    ),
    "bundle.download": ("下载 ZIP", "Download the ZIP"),
    "figures": ("分数概览", "Scores as a whole"),
    "figures.about": (
        "不足 {least} 人的团队不显示；可由其余团队推算得出的团队也不显示。",
        "Groups of fewer than {least} people are not shown, nor is a group by which they could be worked out.",
    ),
    # refusals, each a title and a sentence
    "missing.title": ("没有此页面", "There is no such page"),
    "missing": (
        "地址有误，或者您无权查看。如认为应能查看，请联系人力资源部。",
        "The address is wrong, or the page is not for you. If you hold that it is, turn to HR.",
    ),
    "altered.title": ("文件已被更改", "This file was changed"),
    "altered": (
        "该文件与封存时不一致，因此没有发送。已记入审计日志，请联系人力资源部。",
        "The file is not what was sealed, so nothing was sent. The audit has it; please turn to HR.",
    ),
    "unknown_person.title": ("没有对应的人员", "Nobody has this name here"),
    "unknown_person": (
        "您已登录，但该账号没有对应的人员。请联系人力资源部。",
        "You are signed in, but no person belongs to this account. Please turn to HR.",
    ),
    "stale_form.title": ("页面已过期", "This page has expired"),
    "stale_form": ("请返回上一页，刷新后重新提交。", "Go back, load the page anew and send the form again."),
    "purpose.title": ("请填写用途", "Say what for"),
    "purpose": ("下载整期文件须写明用途，5 至 300 个字符。", "The purpose of a download has 5 to 300 characters."),
    "released_already.title": ("已经发布", "Released already"),
    "released_already": ("其他人已先发布，请返回查看。", "Somebody was quicker. Go back and look."),
    "superseded.title": ("已有新版本", "There is a newer revision"),
    "superseded": ("只能对当前有效的版本提出申诉。", "Only the revision in force can be objected to."),
    "too_late.title": ("申诉期已过", "The time to object is over"),
    "too_late": (
        "此版本的申诉期已过，请联系人力资源部。",
        "The time to object to this revision is over. Please turn to HR.",
    ),
    "appeals_closed.title": ("暂时不能申诉", "Objections cannot be taken now"),
    "appeals_closed": (
        "申诉文件目前无法读取或写入，请联系人力资源部。",
        "The file of appeals cannot be read or added to now. Please turn to HR.",
    ),
    "provider.title": ("登录服务无法连接", "The sign-in service cannot be reached"),
    "provider": ("请稍后再试，或联系管理员。", "Try again in a while, or ask the administrator."),
    "provider_refused.title": ("登录未完成", "The sign-in failed"),
    "provider_refused": (
        "登录服务没有确认您的身份，请重新登录。",
        "The sign-in service did not confirm who you are. Please sign in again.",
    ),
}

#: key: (problem in zh, in en, mend in zh, in en)
_REFUSALS: dict[str, tuple[str, str, str, str]] = {
    "key.lost": (
        "门户的密钥不见了，审计日志无法核对",
        "the portal's key is gone, and its audit cannot be checked without it",
        "从备份恢复；若确已丢失，把 portal/ 移走存档后重新启动",
        "Restore it from a backup; if it is lost for good, put portal/ away and start anew",
    ),
    "key.open": ("他人可以读取密钥", "others can read the key", "chmod 600", "Run chmod 600 on it"),
    "key.weak": (
        "不是 64 位随机十六进制密钥",
        "this is no key of 64 random hexadecimal digits",
        "首次启动前删除该文件，门户会自行生成",
        "Remove the file before the first start; the portal then makes one",
    ),
    "account.open": ("他人可以读取账号文件", "others can read the accounts", "chmod 600", "Run chmod 600 on it"),
    "account.broken": (
        "账号文件无法读取",
        "the accounts cannot be read",
        "从备份恢复，或删除后重新添加账号",
        "Restore the file from a backup, or remove it and add the accounts anew",
    ),
    "account.name": (
        "账号名应为 1 至 128 个字母、数字或 . _ - + @，且以字母或数字开头",
        "a name has 1 to 128 letters, digits, '.', '_', '-', '+' or '@', and begins with a letter or digit",
        "换一个名称",
        "Choose another name",
    ),
    "account.role": ("没有此角色", "there is no such role", "使用 {roles}", "Use one of {roles}"),
    "account.person": (
        "角色 person 必须有 --person，其他角色不能有",
        "the role `person` needs --person, and --person needs the role",
        "补上其中缺少的一项",
        "Give both, or `--role hr` alone",
    ),
    "account.password": (
        "密码应为 {least} 至 {longest} 个字符",
        "a password has {least} to {longest} characters",
        "换一个密码",
        "Choose another one",
    ),
    "account.unknown": (
        "没有此账号",
        "there is no such account",
        "查看 scorecards account list",
        "See `scorecards account list`",
    ),
    "oidc.secret": (
        "没有登录服务的客户端密钥",
        "the provider's client secret is missing",
        "写入该文件，权限 600",
        "Write it into this file, mode 600",
    ),
    "oidc.open": ("他人可以读取客户端密钥", "others can read the client secret", "chmod 600", "Run chmod 600 on it"),
    "start.nobody": (
        "没有任何人能登录门户",
        "nobody could sign in to the portal",
        "用 scorecards account add 添加账号，或设置 portal.oidc_issuer 或 portal.trusted_proxies",
        "Add an account with `scorecards account add`, or set portal.oidc_issuer or portal.trusted_proxies",
    ),
    "start.sheet": (
        "申诉记录在 {sheet} 中，门户无法写入",
        "the appeals stand in {sheet}, to which the portal cannot add",
        "把各行移到 reviews/appeals.csv",
        "Move the rows to reviews/appeals.csv",
    ),
    "start.plain": (
        "门户将在 {host} 上对其他机器开放，但没有 https",
        "the portal would be reached from other machines at {host} without https",
        "在前面放置 https 代理，并设置 portal.url 为 https 地址；或使用 127.0.0.1",
        "Put a proxy with https in front and set portal.url to its https address, or stay on 127.0.0.1",
    ),
}

#: code: (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "manages_oneself": (
        "nobody is their own manager",
        "name the manager, or remove the row",
        "本人不能是自己的上级",
        "填写上级的编号，或删除该行",
    ),
    "not_a_web_address": (
        "this is no web address",
        "write it as https://kpi.example.com, without user name, query or fragment",
        "不是网址",
        "写成 https://kpi.example.com，不含用户名、参数或片段",
    ),
    "not_an_address": (
        "this is no IP address",
        "write the proxy's address, such as 10.0.0.7",
        "不是 IP 地址",
        "填写代理的地址，例如 10.0.0.7",
    ),
    "proxy_without_header": (
        "a trusted proxy names the person in a header",
        "name it, such as X-Forwarded-User",
        "可信代理须用一个请求头指明人员",
        "填写请求头名称，例如 X-Forwarded-User",
    ),
    "oidc_half": (
        "a provider has an issuer and a client id",
        "give both, or neither",
        "登录服务须同时有 issuer 与 client id",
        "两项都填，或都不填",
    ),
    "oidc_without_url": (
        "a provider sends people back to the portal's own address",
        "set portal.url",
        "登录服务需要门户自己的地址才能返回",
        "填写 portal.url",
    ),
}

_FILES: dict[str, FileWords] = {
    "reporting_lines": (
        (
            "who leads whom, by date; the portal shows managers the cards of these months, no number depends on it; "
            "optional",
            "直属上级关系（按日期）；门户据此向上级展示相应月份的绩效卡，不影响任何数值；可选",
        ),
        {
            "person_id": ("person_id of people.csv", "people.csv 中的 person_id"),
            "manager_id": ("person_id of the manager, somebody else", "上级的 person_id，不能是本人"),
            "valid_from": ("the first day on which the row holds", "生效的第一天"),
            "valid_to": (
                "the first day on which it no longer holds; empty = open",
                "不再生效的第一天；留空 = 一直有效",
            ),
        },
    ),
}

TEXTS: Entries = {
    **zh_en("portal.", _PAGES),
    **with_mends("portal.", _REFUSALS),
    **findings(_FINDINGS),
    **files(_FILES),
    **en_zh(
        "company_file.",
        {
            "portal": (
                "The download site (scorecards serve): address, who vouches for people, who sees a seal when.",
                "下载门户（scorecards serve）：地址、身份来源、封存后的发布方式。",
            )
        },
    ),
}
