"""Why a KPI has no value, or a value with a reservation, and what the guards of the data found.

Belongs here: one text in Chinese and English for every reason_code of the warehouse, with the placeholders that the
code's reason_params fill. dbt_project/seeds/reason_catalogue.csv is a rendering of this module (dbt_project/render.py
writes it, a test holds it), so that the warehouse and the cards say the same. Does not belong here: when a code
applies; that is in dbt_project/models/intermediate.
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, en_zh

#: reason code -> (en, zh). Placeholders are filled from reason_params.
_REASONS: dict[str, tuple[str, str]] = {
    # not applicable: the weight is redistributed
    "no_responsibility": (
        "Nothing this KPI measures was assigned to this person in the period.",
        "期内该人员不负责本指标所衡量的任何对象。",
    ),
    "no_activity": (
        "No record of the period counts for this KPI, so there is nothing to measure.",
        "期内没有计入本指标的记录，无可衡量。",
    ),
    "zero_denominator": (
        "The denominator is zero or absent (for instance nothing was planned), so there is no ratio.",
        "分母为零或不存在（例如没有计划），因此没有比率。",
    ),
    "not_measurable": (
        "There are records, but none can be judged yet (for instance the history is too short).",
        "已有记录，但尚无一条可以判定（例如历史数据太短）。",
    ),
    # ok, with a remark
    "no_records": (
        "The source covers the period and holds no record for this person: zero.",
        "数据源覆盖本期且没有该人员的记录：为零。",
    ),
    # withheld: the pay is held
    "no_data": ("The source {family} has no data for {month}.", "数据源 {family} 没有 {month} 的数据。"),
    "no_stock": (
        "The last month of the period has no closing value.",
        "期内最后一个月没有期末值。",
    ),
    "gap_days": (
        "{family} {subject}: {days} of {expected} days are missing, from {first_day} to {last_day}.",
        "{family} {subject}：{expected} 天中缺少 {days} 天，自 {first_day} 至 {last_day}。",
    ),
    "late_source": (
        "{family} {subject}: the source ends on {last_day}, {days} days before the end of the period.",
        "{family} {subject}：数据止于 {last_day}，比期末早 {days} 天。",
    ),
    "volume_drop": (
        "{family} {subject}: {n} records against a median of {baseline} in the months before.",
        "{family} {subject}：{n} 条记录，而此前月份的中位数为 {baseline} 条，骤降。",
    ),
    "contradiction": (
        "{subject}: {n} records have different values in files of the same date, or zeros over earlier values.",
        "{subject}：{n} 条记录在同一日期的不同文件中数值矛盾，或原有数值被零覆盖。",
    ),
    "all_zero": (
        "{family} {subject}: all {n} records of the month are zero, in every file; an export made before the "
        "platform had counted, or an emptied one. Export the month again.",
        "{family} {subject}：本月 {n} 条记录全部为零，可能在平台统计完成之前导出或文件被清空，请重新导出本月数据。",
    ),
    "counts_missing": (
        "{family} {subject}: {n} of {total} records ({share} %) lack a count that is always exported; an empty "
        "count is no zero. Export the month again.",
        "{family} {subject}：{total} 条记录中有 {n} 条（{share} %）缺少必有的计数，空值不等于零，请重新导出本月数据。",
    ),
    "counts_impossible": (
        "{family} {subject}: {n} of {total} records ({share} %) have more likes than impressions, which cannot "
        "be; columns may have changed places. Export the month again and leave the file as it is.",
        "{family} {subject}：{total} 条记录中有 {n} 条（{share} %）点赞多于曝光，不可能成立，可能是列错位；"
        "请重新导出且不要改动文件。",
    ),
    "times_reversed": (
        "tickets {subject}: {n} of {total} tickets ({share} %) were answered or solved before they were created; "
        "a schedule or a time zone may have changed. Check both in the help desk and export again.",
        "tickets {subject}：{total} 张工单中有 {n} 张（{share} %）的回复或解决时间早于创建时间，"
        "可能是排班或时区有变；请核对后重新导出。",
    ),
    "tickets_unopened": (
        "tickets {subject}: {n} of {total} tickets ({share} %) were never opened; the log may be cut at its head. "
        "Export it from an earlier day on.",
        "tickets {subject}：{total} 张工单中有 {n} 张（{share} %）没有创建记录，日志开头可能被截断；"
        "请从更早的日期起重新导出。",
    ),
    "figures_identical": (
        "{family}: on {n} of {total} days ({share} %) all members of staff have the same figures, which are then "
        "nobody's. Export again, one member of staff a request.",
        "{family}：{total} 天中有 {n} 天（{share} %）所有成员数据完全相同，无法归属到个人；请逐个成员重新导出。",
    ),
    "won_against_orders": (
        "{tool}: the deals won in the month come to {n}, the orders of {subject}, which books them, to "
        "{expected}: they agree by {share} %, agreed are {floor} %. Compare both and mend the one that is wrong.",
        "{tool}：本月赢单合计 {n}，登记赢单的 {subject} 订单合计 {expected}，吻合度 {share} %，低于约定的 "
        "{floor} %；请核对并更正有误的一方。",
    ),
    "order_amount_missing": (
        "{n} orders have no total and cannot be added up.",
        "{n} 笔订单没有金额，无法加总。",
    ),
    "truncated_file": (
        "{family} {subject}: a file ends in the middle of a row, so rows are missing.",
        "{family} {subject}：有文件在行中间截断，缺少数据行。",
    ),
    "broken_rows": (
        "{family} {subject}: {n} rows could not be read ({file_share} % of the worst file).",
        "{family} {subject}：{n} 行无法读取（最差文件的 {file_share} %）。",
    ),
    "gate_below_bar": (
        "{family} {subject}: {share} % of the rows could be read ({n} could not), below the agreed {floor} %.",
        "{family} {subject}：仅 {share} % 的数据行可以读取（{n} 行无法读取），低于约定的 {floor} %。",
    ),
    "scale_switch": (
        "{family} {subject}: in a file of {days} days the usual record is {n}, in the months before it was {baseline}; "
        "unit, currency or scale of the export may have changed.",
        "{family} {subject}：某文件 {days} 天的常见单条数值为 {n}，此前月份为 {baseline}；"
        "导出的单位、币种或量级可能已改变。",
    ),
    "posts_below_overview": (
        "{subject}: the content exports hold {n} of the {total} posts that the overview counts ({share} %, agreed are "
        "{floor} %); an export may be cut short.",
        "{subject}：概览统计发帖 {total} 条，内容导出中仅有 {n} 条（{share} %，约定 {floor} %）；内容导出可能不完整。",
    ),
    "stock_flow_below_bar": (
        "{subject}: on only {share} % of {total} days does the number of followers change as follows less unfollows "
        "say (agreed are {floor} %); on {day} it changed by {n}, the flows say {expected}.",
        "{subject}：{total} 天中仅 {share} % 的粉丝数变化与“新增减取关”一致（约定 {floor} %）；"
        "{day} 粉丝数变化 {n}，按流量应为 {expected}。",
    ),
    "stock_flow_drift": (
        "{subject}: over {total} days the number of followers changed by {n}, follows less unfollows say {expected}, "
        "though no single day stands out. One of the two counts wrongly; if the platform removes accounts little by "
        "little, log it in reviews/platform_events.csv.",
        "{subject}：{total} 天内粉丝数共变化 {n}，而“新增减取关”合计 {expected}，但没有哪一天明显异常。"
        "两者必有一误；若平台在逐步清理账号，请登记于 reviews/platform_events.csv。",
    ),
    "labels_below_bar": (
        "People judged {total} of the labels behind this KPI ({family}): {share} % are right (95 % interval {low} to "
        "{high} %), below the agreed {floor} %.",
        "人工复核了本指标所依据的 {total} 个标签（{family}）：正确率 {share} %（95 % 区间 {low} 至 {high} %），"
        "低于约定的 {floor} %。",
    ),
    "followers_missing": (
        "{subject}: {n} of {total} posts ({share} %) have no follower count on their day.",
        "{subject}：{total} 条帖子中有 {n} 条（{share} %）缺少当日粉丝数。",
    ),
    "original_flags_missing": (
        "{subject}: {n} of {total} posts ({share} %) have no originality flag.",
        "{subject}：{total} 条帖子中有 {n} 条（{share} %）没有原创标记。",
    ),
    "foreign_currency": (
        "{n} orders are in another currency ({currency}) and cannot be added up.",
        "{n} 笔订单为其他币种（{currency}），无法加总。",
    ),
    "foreign_customers": (
        "{n} customers also bought in another currency, so what they spent cannot be added up.",
        "{n} 位客户还有其他币种的购买，消费额无法加总。",
    ),
    "review_missing": (
        "{family}: nothing of this person for {period}, while others of the same role have a review.",
        "{family}：同角色的其他人已有 {period} 的评定，该人员没有。",
    ),
    "review_incomplete": (
        "{family}: {n} items of {period} cannot be judged: a current value or one of the two ratings is missing.",
        "{family}：{period} 有 {n} 项无法评定，缺少当前值或两方评分之一。",
    ),
    "ratings_suppressed": (
        "{family}: every group of raters for {period} has fewer raters than the least number, so nothing is shown.",
        "{family}：{period} 的所有评分组人数均低于下限，不予显示。",
    ),
    "amount_missing": ("{n} won deals have no amount.", "{n} 个赢单没有金额。"),
    "foreign_spend": (
        "{n} days of ad spend are in another currency ({currency}) and cannot be added up.",
        "{n} 天的广告花费为其他币种（{currency}），无法加总。",
    ),
    "cpl_base_missing": (
        "reviews/finance.csv states no base cost per lead of {subject} ({n} records).",
        "reviews/finance.csv 没有 {subject} 的获客成本基准（{n} 条记录）。",
    ),
    "spend_missing": ("{n} days of ads have no spend.", "{n} 天的广告没有花费金额。"),
    "event_participants_missing": (
        "{n} events have neither a readable attendee list nor a number of participants.",
        "{n} 场活动既没有可用的参与者名单，也没有参与人数。",
    ),
    "event_reach_missing": (
        "{n} events have neither a number of invitations nor a group whose members are known on the day.",
        "{n} 场活动既没有邀请人数，当日也没有已知的群成员数。",
    ),
    "event_amounts_missing": (
        "{n} settled events lack cost or revenue, or state them in another currency.",
        "{n} 场已结算的活动缺少费用或收入，或使用其他币种。",
    ),
    "sentiment_texts_gone": (
        "The texts of {n} of {total} comments are gone from the exports and from the archive, so nothing says what "
        "they express.",
        "{total} 条评论中有 {n} 条的文本已不在导出文件和存档中，无法得知其情感。",
    ),
    "survey_scale": (
        "{n} answers are on another scale than the agreed one, or beside it; scales are never mixed.",
        "{n} 份答卷所用量表与约定不同，或评分超出量表；不同量表不得混用。",
    ),
    # provisional: the value may still move
    "unsettled_days": (
        "{family}: {n} days, the last of them {last_day}, were exported while the vendor still restates them.",
        "{family}：{n} 天（最后一天 {last_day}）在平台仍会修订时导出。",
    ),
    "labels_uncertain": (
        "People judged {total} of the labels behind this KPI ({family}): {share} % are right, below the agreed "
        "{floor} %, but the 95 % interval {low} to {high} % reaches it; judge more of them.",
        "人工复核了本指标所依据的 {total} 个标签（{family}）：正确率 {share} %，低于约定的 {floor} %，"
        "但 95 % 区间 {low} 至 {high} % 仍包含该值；请复核更多标签。",
    ),
    "immature_records": (
        "{subject}: {n} of {total} posts ({share} %) were measured before the agreed age.",
        "{subject}：{total} 条帖子中有 {n} 条（{share} %）在约定帖龄之前计量。",
    ),
    "burst_unexplained": (
        "{subject}: {n} new follows on {days} days, {first_day} to {last_day}, against {expected} as usual, and "
        "impressions do not explain them. Counts cannot tell whether they were bought or came with a wave of sign-ups, "
        "and accuse nobody. Who stays is known on {until}: run the month again then.",
        "{subject}：{first_day} 至 {last_day} 间有 {days} 天新增关注共 {n}，平常为 {expected}，曝光不足以解释。"
        "仅凭计数无法分辨是购买还是新用户注册潮，不构成对任何人的指控。{until} 可知留存情况，届时请重新运行该月。",
    ),
    "burst_of_settled": (
        "{subject}: {n} new follows on {days} days, {first_day} to {last_day}, against {expected} as usual. Neither "
        "impressions nor newly made accounts explain them, and nothing about who they are does; nobody is accused. Who "
        "stays is known on {until}: run the month again then.",
        "{subject}：{first_day} 至 {last_day} 间有 {days} 天新增关注共 {n}，平常为 {expected}。"
        "曝光与新注册账号均不足以解释，粉丝资料本身也看不出缘由，不构成对任何人的指控。"
        "{until} 可知留存情况，届时请重新运行该月。",
    ),
    "burst_fled": (
        "{subject}: of the followers who came on {days} days, {first_day} to {last_day}, {n} left within thirty days, "
        "against {expected} as usual. Nobody is accused. Who of the others stays is known on {until}: run the month "
        "again then.",
        "{subject}：{first_day} 至 {last_day} 间 {days} 天的新增粉丝中，有 {n} 人在三十天内离开，平常为 {expected}。"
        "不构成对任何人的指控。其余粉丝的留存情况 {until} 可知，届时请重新运行该月。",
    ),
    "growth_unsettled": (
        "{subject}: the {n} followers counted from {first_day} to {last_day} are settled on {until}, when lists of the "
        "two weeks after are there; until then one who left within a week or came in a purchase may still be "
        "taken out.",
        "{subject}：{first_day} 至 {last_day} 计入的 {n} 个粉丝要到 {until}（其后两周的名单到齐）才能确定；"
        "在此之前，一周内离开者或属购买者仍可能被剔除。",
    ),
    # notes about gaming: evidence, no verdict
    "gaming_zombie_group": (
        "Groups {subject}: on a mean day no more than {share} of the members spoke, {first_day} to {last_day}; the "
        "bound is {floor}, usual is {expected}. Incidents: {incidents}.",
        "群 {subject}：{first_day} 至 {last_day} 日均发言成员占比不超过 {share}，下限为 {floor}，"
        "同期一般为 {expected}。事件编号：{incidents}。",
    ),
    "gaming_leaving_group": (
        "Groups {subject}: up to {share} of the opening members left ({n} in all), {first_day} to {last_day}; the "
        "bound is {floor}, usual is {expected}. Incidents: {incidents}.",
        "群 {subject}：{first_day} 至 {last_day} 退群人数（共 {n} 人）占期初成员最高达 {share}，上限为 {floor}，"
        "同期一般为 {expected}。事件编号：{incidents}。",
    ),
    "gaming_blocked_by_contacts": (
        "{n} contacts deleted or blocked this member of staff, {share} of the chats, {first_day} to {last_day}; the "
        "bound is {floor}, among the other members of staff it is {expected}. Incidents: {incidents}.",
        "{first_day} 至 {last_day} 有 {n} 位客户删除或拉黑该成员，占聊天数 {share}，上限为 {floor}，"
        "其他成员为 {expected}。事件编号：{incidents}。",
    ),
    "gaming_message_flood": (
        "On {n} days, {first_day} to {last_day}, contacts got up to {share} messages each; the bound is {floor}, usual "
        "is {expected}. Incidents: {incidents}.",
        "{first_day} 至 {last_day} 有 {n} 天，平均每位客户一天收到的消息最多达 {share} 条，上限为 {floor} 条，"
        "一般为 {expected} 条。事件编号：{incidents}。",
    ),
    "gaming_self_order": (
        "{n} orders, {first_day} to {last_day}, were placed by the person they are credited with, and are not tagged "
        "as staff's. Incidents: {incidents}.",
        "{first_day} 至 {last_day} 有 {n} 笔订单由被计入业绩的本人下单，且未标注为员工订单。事件编号：{incidents}。",
    ),
    "gaming_staff_orders": (
        "{n} orders, {first_day} to {last_day}, were placed by colleagues, up to {share} by one of them, and are not "
        "tagged as staff's; the bound is {floor} of one colleague. Incidents: {incidents}.",
        "{first_day} 至 {last_day} 有 {n} 笔订单由同事下单（一人最多 {share} 笔），且未标注为员工订单，"
        "单人界限为 {floor} 笔。事件编号：{incidents}。",
    ),
    "gaming_refund_loop": (
        "{n} orders, {first_day} to {last_day}, came to nothing and were placed again by the same customer for the "
        "same amount; the bound is {floor} of one customer. Incidents: {incidents}.",
        "{first_day} 至 {last_day} 有 {n} 笔订单退款或取消后由同一客户以相同金额再次下单，"
        "同一客户的界限为 {floor} 笔。事件编号：{incidents}。",
    ),
    "gaming_repeated_post": (
        "{subject}: {n} posts, {first_day} to {last_day}, say what the account had said before; one text appeared up "
        "to {share} times, the bound is {floor}. Incidents: {incidents}.",
        "{subject}：{first_day} 至 {last_day} 有 {n} 条帖子重复该账号已发过的内容，同一内容最多出现 {share} 次，"
        "上限为 {floor} 次。事件编号：{incidents}。",
    ),
    "gaming_filler_messages": (
        "Groups {subject}: on the median day up to {share} of the members' messages are not valid ones ({n} in all), "
        "{first_day} to {last_day}; the bound is {floor}, usual is {expected}. Counts do not tell what was written. "
        "Incidents: {incidents}.",
        "群 {subject}：{first_day} 至 {last_day} 每日无效消息占比的中位数最高达 {share}（共 {n} 条），上限为 {floor}，"
        "同期一般为 {expected}。计数不含消息内容。事件编号：{incidents}。",
    ),
    "gaming_giveaway_spike": (
        "{subject}: of the newcomers of giveaways, {first_day} to {last_day}, {n} had gone thirty days later, up to "
        "{share}; the bound is {floor}, of other newcomers it is {expected}. Incidents: {incidents}.",
        "{subject}：{first_day} 至 {last_day} 赠礼活动期间新增的成员中有 {n} 人在三十天后已离开，占比最高达 {share}，"
        "上限为 {floor}，其他新增成员为 {expected}。事件编号：{incidents}。",
    ),
    # notes
    "burst_over": (
        "{subject}: of the burst of {n} new follows, {first_day} to {last_day}, against {expected} as usual, the days "
        "up to {until} are known: {total} followers more than usual left in them, and are deducted when they left.",
        "{subject}：{first_day} 至 {last_day} 的异常增长（新增关注 {n}，平常为 {expected}）已观察至 {until}："
        "其间比平常多取消关注 {total} 人，已在其离开之日扣除。",
    ),
    "burst_fled_over": (
        "{subject}: of the followers who came on {days} days, {first_day} to {last_day}, {n} left within thirty days, "
        "against {expected} as usual. The days up to {until} are known: {total} followers more than usual left in "
        "them, and are deducted when they left.",
        "{subject}：{first_day} 至 {last_day} 间 {days} 天的新增粉丝中，有 {n} 人在三十天内离开，平常为 {expected}。"
        "已观察至 {until}：其间比平常多取消关注 {total} 人，已在其离开之日扣除。",
    ),
    "inbox_is_account": (
        "{n} tickets of {subject} are credited to nobody: people/assignments.csv gives it as an inbox, and it is an "
        "account whose tickets name other inboxes. Write the name of the inbox as subject_id, or account as "
        "subject_type for all of it.",
        "{subject} 有 {n} 张工单未计入任何人：people/assignments.csv 将其写为 inbox，而它是账号，其工单另有收件箱。"
        "请在 subject_id 写收件箱名称；若负责整个账号，请将 subject_type 改为 account。",
    ),
    "growth_by_lists": (
        "{subject}: growth of {first_day} to {last_day} is counted by follower lists: {n} followers gained, {total} "
        "not counted (spam, too young to tell, or gone within a week), {gone} taken off again who had counted and left "
        "or turned out to be spam. Whoever leaves or is spam thirty days after the follow comes off on that day.",
        "{subject}：{first_day} 至 {last_day} 的增长按粉丝名单计算：新增合格粉丝 {n} 人；未计入 {total} 人"
        "（垃圾账号、注册过新尚无法判断，或一周内离开）；原已计入、后离开或判定为垃圾而扣回 {gone} 人。"
        "关注满三十天时离开或判定为垃圾的，在当日扣回。",
    ),
    "purge_spared": (
        "{subject}: {n} followers left on {days} days, {first_day} to {last_day}, against {expected} as usual, while "
        "nothing drew attention, as when the platform removes accounts. {total} of them are not deducted. The export "
        "does not say who left.",
        "{subject}：{first_day} 至 {last_day} 间有 {days} 天共 {n} 人取消关注，平常为 {expected}，其间并无引人关注之事"
        "，与平台清理账号的情形相符。其中 {total} 人不予扣除。导出文件不说明离开的是谁。",
    ),
    "duplicate_rows_in_file": (
        "{family} {subject}: {n} rows repeat another row of the same file and were counted once.",
        "{family} {subject}：{n} 行与同一文件中的其他行重复，只计一次。",
    ),
    "duplicate_rows_across_files": (
        "{family} {subject}: {n} records were delivered by more than one file and were counted once.",
        "{family} {subject}：{n} 条记录由多个文件重复提供，只计一次。",
    ),
    "volume_rise": (
        "{family} {subject}: {n} records against a median of {baseline} in the months before, a sharp rise.",
        "{family} {subject}：{n} 条记录，而此前月份的中位数为 {baseline} 条，激增。",
    ),
    "event_unregistered": (
        "{n} tickets belong to events that the register does not hold, and count for nobody.",
        "{n} 张票所属的活动不在活动登记中，未计入任何人。",
    ),
    "rating_groups_suppressed": (
        "{family}: {n} groups of raters for {period} have fewer raters than the least number and do not count.",
        "{family}：{period} 有 {n} 个评分组人数低于下限，未计入。",
    ),
    "unassigned_share": (
        "{share} % of {kpi} is credited to nobody.",
        "{kpi} 有 {share} % 未归属到任何人。",
    ),
    "stock_flow_jump": (
        "{subject}: on {day} the number of followers changed by {n}, follows less unfollows say {expected}; a purge by "
        "the platform, perhaps (reviews/platform_events.csv).",
        "{subject}：{day} 粉丝数变化 {n}，而“新增减取关”为 {expected}；可能是平台清理粉丝，"
        "请登记于 reviews/platform_events.csv。",
    ),
    "identity_unknown": (
        "{family}: {n} of {total} records that name somebody name nobody of people/identity_map.csv ({share} % are "
        "known, agreed are {floor} %), so their credit falls to the roster or the split of the account.",
        "{family}：{total} 条署名记录中有 {n} 条的署名不在 people/identity_map.csv 中"
        "（已知占 {share} %，约定 {floor} %），其归属按值班表或账号分摊确定。",
    ),
    "follower_audit_asked": (
        "Of {total} new followers of {month} {share} % were called spam; with the card's known errors it would be "
        "{accuracy} % ({low} to {high} %). Please judge the followers of the list label_audit_sample. No verdict "
        "changes.",
        "{month} 的 {total} 名新增粉丝中有 {share} % 被判为垃圾粉丝；按评分卡已知误差校正应为 {accuracy} %"
        "（{low} 至 {high} %）。请复核 label_audit_sample 清单中的粉丝。个别判定不变。",
    ),
    "follower_audit_differs": (
        "People judged {n} new followers of {month}: {accuracy} % ({low} to {high} %) of all are spam; {share} % were "
        "called so, {expected} % by the card's known errors. Where the latter is far off too, these errors must be "
        "measured anew. No verdict changes.",
        "人工复核了 {month} 的 {n} 名新增粉丝：垃圾粉丝占总数的 {accuracy} %（{low} 至 {high} %），"
        "而判定比例为 {share} %，按评分卡已知误差校正为 {expected} %。"
        "若校正值也相差较大，须重新测定评分卡的误差。个别判定不变。",
    ),
    "label_audit_stray": (
        "reviews/label_audit.csv judges {n} records of {month} that were not drawn for the audit; they do not count.",
        "reviews/label_audit.csv 中有 {n} 条 {month} 的记录不在抽样名单内，未计入复核。",
    ),
    "utm_source_unknown": (
        "{family}: the UTM source {subject} with its medium means no channel ({n} leads or sessions).",
        "{family}：UTM 来源 {subject} 与其媒介不对应任何渠道（{n} 条线索或会话）。",
    ),
    "utm_upper_case": (
        "{family}: UTM tags of the source {subject} are written with capital letters ({n} leads).",
        "{family}：来源 {subject} 的 UTM 标记含大写字母（{n} 条线索）。",
    ),
    "utm_content_missing": (
        "{family}: {n} leads of the source {subject} carry no UTM content, so no code names who brought them.",
        "{family}：来源 {subject} 的 {n} 条线索没有 UTM 内容，无法得知由谁带来。",
    ),
    "utm_campaign_without_spend": (
        "{family}: no ad export tells a spend of the campaign {subject} in this month; its {n} leads have no cost.",
        "{family}：本月广告导出中没有活动 {subject} 的花费；其 {n} 条线索没有成本。",
    ),
    "utm_code_unheld": (
        "{family}: nobody holds the UTM code {subject} ({n} leads or sessions).",
        "{family}：没有人持有 UTM 代码 {subject}（{n} 条线索或会话）。",
    ),
    # labels of comments: what a share rests on (notes), and when it is provisional
    "sentiment_share_stated": (
        "{n} labelled comments, {people} of them labelled by people: {share} % positive, neutral ones counted (95 % "
        "interval {low} to {high} %); {unlabelled} more could not be labelled and do not count.",
        "已标注评论 {n} 条，其中人工标注 {people} 条：正面占 {share} %（含中性，95 % 区间 {low} 至 {high} %）；"
        "另有 {unlabelled} 条无法标注，不计入。",
    ),
    "sentiment_tool_en": (
        "{n} English comments were labelled by {tool}. On {total} texts judged by people its accuracy is {accuracy} %, "
        "its macro-F1 {macro_f1} %.",
        "{n} 条英文评论由 {tool} 标注。在人工判定的 {total} 条文本上，其准确率为 {accuracy} %，"
        "宏平均 F1 为 {macro_f1} %。",
    ),
    "sentiment_tool_zh": (
        "{n} Chinese comments were labelled by {tool}. On {total} texts judged by people its accuracy is {accuracy} %, "
        "its macro-F1 {macro_f1} %.",
        "{n} 条中文评论由 {tool} 标注。在人工判定的 {total} 条文本上，其准确率为 {accuracy} %，"
        "宏平均 F1 为 {macro_f1} %。",
    ),
    "sentiment_accuracy_low": (
        "{n} comments were labelled by {tool}, whose accuracy of {accuracy} % is below the agreed {floor} %.",
        "{n} 条评论由 {tool} 标注，其准确率 {accuracy} % 低于约定的 {floor} %。",
    ),
    "sentiment_tool_unjudged": (
        "{n} comments were labelled by {tool}, of which nobody has measured how often it is right.",
        "{n} 条评论由 {tool} 标注，该工具的准确率尚未测定。",
    ),
    "sentiment_unlabelled": (
        "Only {share} % of {total} comments could be labelled ({n} could not), below the agreed {floor} %.",
        "{total} 条评论中仅 {share} % 可以标注（{n} 条无法标注），低于约定的 {floor} %。",
    ),
    "sentiment_few_labels": (
        "The share rests on {n} labelled comments, fewer than the agreed {floor}.",
        "该比例仅依据 {n} 条已标注评论，少于约定的 {floor} 条。",
    ),
    "sentiment_label_stray": (
        "reviews/sentiment_labels names {n} comments of {month} that no export holds in that month.",
        "reviews/sentiment_labels 中有 {n} 条 {month} 的评论在导出文件中不存在。",
    ),
}

TEXTS: Entries = en_zh("reasons.", _REASONS)
