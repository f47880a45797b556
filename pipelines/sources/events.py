"""Events: the register of the company's own events, and the attendee lists of Eventbrite and ACCUPASS.

Belongs here: their headers. Eventbrite's is the organiser report as exported in 2026; ACCUPASS lets the organiser build
the form, so its columns are aliases. An attendee list names no event: a column does where the organiser added one, else
the file's name, `event_<event id>_...`. What a status means is in staging.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec, pattern

_EVENT_NAME = pattern(r"(?:^|[_\s])(?:event|活动|活動)[_-](?P<record>[^_\s]+)(?:.*?(?<!\d)(?P<exported>{date})(?!\d))?")
_EVENT_ID = Column("event_id", ("event no", "活动编号", "活動編號", "活动ID", "活動代碼"), key=True, kind="category")

EVENT_REGISTER = SourceSpec(
    id="event_register",
    family="events",
    platform="events",
    grain="one row per event, its state at export",
    columns=(
        Column("event_id", ("event no", "活动编号", "活動編號", "活动ID"), required=True, key=True, kind="category"),
        Column("event_type", ("type of event", "活动类型", "活動類型"), required=True, kind="category"),
        Column(
            "starts_at",
            ("event start", "event start date", "starts", "活动开始时间", "开始时间", "活動開始時間"),
            required=True,
            key=True,
            kind="datetime",
        ),
        Column("organiser", ("organizer", "组织者", "负责人", "主办人"), kind="category", pseudonymise="actor:crm"),
        Column("community_id", ("community", "社群编号", "社群"), kind="category"),
        Column("group_id", ("group", "群ID", "群编号"), kind="category"),
        Column("campaign_id", ("campaign", "战役编号", "推广活动"), kind="category"),
        Column("promo_code", ("event code", "优惠码", "折扣码"), kind="category"),
        Column("invited", ("invitations", "invited people", "邀请人数", "邀請人數")),
        Column("participants", ("participant count", "参与人数", "參與人數")),
        Column("cost", ("costs", "total cost", "费用", "成本"), kind="money", unit_column="currency"),
        Column("revenue", ("return", "income", "收入", "回报"), kind="money"),
        Column("currency", ("币种", "幣別"), kind="category"),
        Column("settled_on", ("settlement date", "结算日期", "結算日期"), kind="date"),
        Column("outputs", ("co-creation outputs", "产出数", "共创产出数")),
        Column("outputs_adopted", ("outputs converted", "采纳数", "转化产出数")),
        Column("idea_on", ("idea date", "创意日期", "立项日期"), kind="date"),
    ),
    ignored=("Event Name", "Title", "Venue", "Offline", "活动名称", "地点", "是否线下"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("starts_at", "settled_on"),
    day_columns=("starts_at",),
    key_columns=("event_id",),
    measures=("invited", "participants", "cost", "revenue", "outputs", "outputs_adopted"),
)

# Sign-ups come in bursts before an event, so a month without any is no drop: attendee lists have no daily profile.
EVENTBRITE_ATTENDEES = SourceSpec(
    id="eventbrite_attendees",
    family="event_attendees",
    platform="eventbrite",
    grain="one row per ticket of an attendee",
    columns=(
        _EVENT_ID,
        Column("order_id", ("Order #", "Order no.", "Order ID"), required=True, key=True, kind="category"),
        Column("ordered_at", ("Order Date",), required=True, key=True, kind="datetime"),
        Column("email", ("Email Address", "Attendee Email"), kind="category", pseudonymise="customer"),
        Column("attendee_id", ("Attendee #", "Attendee no.", "Attendee ID"), required=True, key=True, kind="category"),
        Column("order_type", (), kind="category"),
        Column("status", ("Attendee Status",), required=True, kind="category"),
        Column("checked_in", ("Check-In Status",), kind="category"),
    ),
    ignored=(
        "First Name",
        "Quantity",
        "Ticket Type",
        "Last Name",
        "Price Tier",
        "Group",
        "Currency",
        "Total Paid",
        "Fees Paid",
        "Eventbrite Fees",
        "Eventbrite Payment Processing",
        "Promo Code",
        "Affiliate",
        "Cell Phone",
        "Job Title",
        "Company",
    ),
    filename_patterns=(_EVENT_NAME, RANGE_NAME, DATED_NAME),
    name_column="event_id",
    event_columns=("ordered_at",),
    key_columns=("attendee_id",),
)

ACCUPASS_PARTICIPANTS = SourceSpec(
    id="accupass_participants",
    family="event_attendees",
    platform="accupass",
    grain="one row per ticket of a participant",
    columns=(
        _EVENT_ID,
        Column("attendee_id", ("票券編號", "票券编号", "票號", "票号"), required=True, key=True, kind="category"),
        Column("ordered_at", ("報名時間", "报名时间", "訂購時間"), required=True, key=True, kind="datetime"),
        Column("email", ("Email", "電子郵件", "电子邮箱", "信箱"), kind="category", pseudonymise="customer"),
        Column("issue_type", ("出票方式", "出票類型", "票券來源"), required=True, kind="category"),
        Column("reissued_from", ("原票券編號", "原票券编号", "原票號"), kind="category"),
        Column("status", ("票券狀態", "票券状态"), required=True, kind="category"),
        Column("checked_in", ("報到狀態", "报到状态", "簽到狀態", "签到状态"), kind="category"),
    ),
    ignored=(
        "訂單編號",
        "订单编号",
        "票券名稱",
        "票种",
        "票種",
        "姓名",
        "手機",
        "手机",
        "電話",
        "电话",
        "公司",
        "職稱",
        "付款方式",
        "票價",
        "票价",
    ),
    filename_patterns=(_EVENT_NAME, RANGE_NAME, DATED_NAME),
    name_column="event_id",
    event_columns=("ordered_at",),
    key_columns=("attendee_id",),
)

SPECS = (EVENT_REGISTER, EVENTBRITE_ATTENDEES, ACCUPASS_PARTICIPANTS)
