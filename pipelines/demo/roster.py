"""Who works in the demo company, on what, and when that changed: the effective-dated facts that credit depends on.

Belongs here: invented people, positions, identities, accounts, assignments, and the planted changes among them.
Does not belong here: what they did (the event modules) and how the files look (`company_files`).

All windows are half-open days in the company's time zone, as in the company folder.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

FOUNDED = dt.date(2022, 3, 1)
ROLE_CHANGE_ON = dt.date(2026, 10, 11)
HAND_OVER_ON = dt.date(2026, 10, 16)
JOINED_ON = dt.date(2026, 10, 20)
LEFT_ON = dt.date(2026, 9, 16)
PARTLY_ASSIGNED_UNTIL = dt.date(2025, 1, 1)
CODE_OWNER_CHANGE_ON = dt.date(2026, 8, 15)

# name, English name, role, team, level, target bonus a month (CNY). The first six make the small company.
_PEOPLE = (
    ("沈知远", "Zhiyuan Shen", "manager", "brand", "M1", 9000),
    ("林若溪", "Ruoxi Lin", "content", "brand", "L3", 5000),
    ("陈嘉树", "Jiashu Chen", "content", "brand", "L2", 4000),
    ("周语桐", "Yutong Zhou", "customer_service", "brand", "L2", 3500),
    ("高一帆", "Yifan Gao", "customer_service", "brand", "L1", 3000),
    ("许安然", "Anran Xu", "growth", "brand", "L3", 6000),
    ("梁思齐", "Siqi Liang", "data_analyst", "brand", "L2", 4500),
    ("苏沐阳", "Muyang Su", "content", "brand", "L2", 4000),
    ("韩清和", "Qinghe Han", "content", "dev", "L3", 5000),
    ("唐明澈", "Mingche Tang", "content", "dev", "L1", 3200),
    ("宋怀瑾", "Huaijin Song", "customer_service", "dev", "L2", 3500),
    ("叶知秋", "Zhiqiu Ye", "customer_service", "dev", "L1", 3000),
    ("罗景行", "Jingxing Luo", "growth", "dev", "L2", 5500),
    ("方晓棠", "Xiaotang Fang", "data_analyst", "dev", "L1", 3800),
    ("邓云舟", "Yunzhou Deng", "content", "dev", "L2", 4000),
    ("程雨墨", "Yumo Cheng", "customer_service", "dev", "L2", 3500),
    ("谢星河", "Xinghe Xie", "content", "global", "L3", 5000),
    ("吕念真", "Nianzhen Lyu", "content", "global", "L2", 4000),
    ("魏书瑶", "Shuyao Wei", "customer_service", "global", "L3", 4200),
    ("曹子墨", "Zimo Cao", "customer_service", "global", "L1", 3000),
    ("彭千帆", "Qianfan Peng", "growth", "global", "L3", 6000),
    ("蒋亦辰", "Yichen Jiang", "data_analyst", "global", "L2", 4500),
    ("范若谷", "Ruogu Fan", "customer_service", "global", "L1", 3000),
    ("邱映雪", "Yingxue Qiu", "customer_service", "dev", "L1", 3000),
)
# A company larger than the roster gets further agents of customer service with names made of these.
_MORE_FAMILY = (
    ("江", "Jiang"),
    ("白", "Bai"),
    ("石", "Shi"),
    ("卢", "Lu"),
    ("姚", "Yao"),
    ("孟", "Meng"),
    ("秦", "Qin"),
)
_MORE_GIVEN = (("听澜", "Tinglan"), ("云起", "Yunqi"), ("晚晴", "Wanqing"), ("长风", "Changfeng"), ("如是", "Rushi"))

TEAMS = ("brand", "dev", "global")
MANAGER = "P001"
# Who leads whom, for the portal alone: the senior writer of a team leads it, the manager leads those three.
TEAM_LEADS = {"brand": "P002", "dev": "P009", "global": "P017"}
ROLE_CHANGER = "P008"
LAB_OWNER = "P013"
LEAVER = "P020"
JOINER = "P023"
IDLE_AGENT = "P024"
SHARED_LOGIN = "agent.night"  # the leaver's login, given to the joiner later; nobody's in between
UNKNOWN_AGENT = "agent.outsourced-07"
UNKNOWN_CODE = "FRIENDS50"
UNKNOWN_OWNER = "Former Rep"
GROWTH_CODES = {"P006": "ANRAN10", "P013": "JINGXING10", "P021": "QIANFAN10", "P002": "RUOXI5"}
MOVED_CODE = "WELCOME15"
DISSOLVED_ON = dt.date(2026, 10, 20)
#: community_id, name, type, stage, target population, valid_from, valid_to: each type, and each stage
COMMUNITIES = (
    ("c_content", "云梯开发者读书会", "content", "growth", "60", "2023-04-05", "2026-07-01"),
    ("c_content", "云梯开发者读书会", "content", "mature", "80", "2026-07-01", ""),
    ("c_deals", "云梯优惠群", "transaction", "start_up", "50", "2023-04-05", ""),
    ("c_service", "云梯售后群", "service", "mature", "", "2023-04-05", ""),
    ("c_other", "云梯同城会", "other", "start_up", "40", "2023-04-05", ""),
)
#: group, community, valid_from, valid_to
COMMUNITY_GROUPS = (
    ("wrg01", "c_content", "2023-04-05", ""),
    ("wrg02", "c_deals", "2023-04-05", ""),
    ("wrg03", "c_service", "2023-04-05", ""),
    ("wrg04", "c_other", "2023-04-05", ""),
)
WECHAT_SHOP = "shop_wechat"


@dataclass(frozen=True)
class Person:
    """One employee; `left_on` is the first day without employment, or None."""

    person_id: str
    name: str
    name_en: str
    email: str
    initials: str
    hired_on: dt.date
    left_on: dt.date | None

    def employed(self, day: dt.date) -> bool:
        """Whether the person is employed on a local day."""
        return self.hired_on <= day and (self.left_on is None or day < self.left_on)


@dataclass(frozen=True)
class Position:
    """One stretch of a person's role, level, team and target bonus."""

    person_id: str
    role: str
    level: str
    team_id: str
    bonus_base: int
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True)
class Identity:
    """An external id of a person in a system, for a time."""

    system: str
    external_id: str
    person_id: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True)
class Account:
    """Something that exports come from."""

    account_id: str
    platform: str
    name: str
    handle: str
    team_id: str
    timezone: str
    currency: str


@dataclass(frozen=True)
class Assignment:
    """A person's share (in per cent) of a subject, for a time."""

    subject_type: str
    subject_id: str
    person_id: str
    share: int
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True)
class Shift:
    """A duty shift on a subject in local time."""

    subject_type: str
    subject_id: str
    person_id: str
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass
class Roster:
    """All effective-dated facts of the company.

    Attributes:
        lab: the X account without posts whose followers are listed daily (`follower_plants`); None in small companies.
    """

    people: list[Person] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    lab: Account | None = None

    def person(self, person_id: str) -> Person | None:
        """The person of an id, or None in a company too small for that person."""
        return next((person for person in self.people if person.person_id == person_id), None)

    def working(self, role: str, day: dt.date, teams: tuple[str, ...] = TEAMS) -> list[Person]:
        """Employed people that hold a role in one of the teams on a local day, in order of id."""
        return [
            person
            for person in self.people
            if person.employed(day)
            and any(
                position.person_id == person.person_id
                and position.role == role
                and position.team_id in teams
                and position.valid_from <= day
                and (position.valid_to is None or day < position.valid_to)
                for position in self.positions
            )
        ]

    def of_platform(self, platform: str) -> list[Account]:
        """The accounts of a platform in order of declaration."""
        return [account for account in self.accounts if account.platform == platform]


def build_roster(people: int, x_accounts: int, shops: int) -> Roster:
    """Put the company's people and their responsibilities together.

    Args:
        people: how many employees; the planted changes need the first 24.
        x_accounts: how many X accounts (1 to 3).
        shops: how many shops (1 or 2).

    Returns:
        The roster; subjects whose owner does not exist in a small company are given to the growth lead.
    """
    roster = Roster()
    for index in range(people):
        _add_person(roster, index)
    roster.accounts = _accounts(x_accounts, shops)
    _assign_accounts(roster)
    _assign_codes(roster)
    roster.shifts = [
        Shift("inbox", "inbox_shop", "P005", dt.datetime(2026, 10, 1), dt.datetime(2026, 10, 9)),
    ]
    return roster


def open_lab(roster: Roster, since: dt.date) -> Account:
    """Give the company its account with daily follower lists, and the account an owner.

    Args:
        roster: the roster of the whole company.
        since: its first day.

    Returns:
        The account.
    """
    roster.lab = Account("x_lab", "x", "云梯实验室", "CloudLadderLab", "dev", "UTC", "")
    roster.assignments.append(Assignment("account", "x_lab", LAB_OWNER, 100, since, None))
    return roster.lab


def _add_person(roster: Roster, index: int) -> None:
    person_id = f"P{index + 1:03d}"
    if index < len(_PEOPLE):
        name, name_en, role, team, level, base = _PEOPLE[index]
    else:
        family, given = divmod(index - len(_PEOPLE), len(_MORE_GIVEN))
        family_name = _MORE_FAMILY[family % len(_MORE_FAMILY)]
        given_name = _MORE_GIVEN[given]
        name, name_en = family_name[0] + given_name[0], f"{given_name[1]} {family_name[1]}"
        role, team, level, base = "customer_service", TEAMS[index % 3], "L1", 3000
    given_en, family_en = name_en.split(" ")
    hired_on = JOINED_ON if person_id == JOINER else FOUNDED + dt.timedelta(days=11 * index)
    left_on = LEFT_ON if person_id == LEAVER else None
    initials = given_en[0] + family_en[0] if index < len(_PEOPLE) else f"Z{index}"
    email = f"{given_en}.{family_en}@yunti.example".lower()
    roster.people.append(Person(person_id, name, name_en, email, initials, hired_on, left_on))
    if person_id == ROLE_CHANGER:
        roster.positions.append(Position(person_id, role, level, team, base, hired_on, ROLE_CHANGE_ON))
        roster.positions.append(Position(person_id, "growth", "L2", "dev", 5500, ROLE_CHANGE_ON, None))
    else:
        roster.positions.append(Position(person_id, role, level, team, base, hired_on, left_on))
    login = f"{given_en}.{family_en}".lower()
    roster.identities.append(Identity("crm", login, person_id, hired_on, left_on))
    systems: dict[str, str] = {}
    if role in ("content", "growth"):
        systems["cms"] = name
    if role in ("content", "customer_service"):
        systems["x_signature"] = initials
    if role == "content":
        systems["x_tool"] = email
    if role == "customer_service":
        systems |= {"zendesk": name_en, "pos": name_en, "tickets": f"agent.{login}"}
        systems |= {"chatwoot": str(740300 + index), "surveys": name_en}
    if person_id in (LEAVER, JOINER):
        systems["tickets"] = SHARED_LOGIN
    if role in ("growth", "manager"):
        systems["hubspot"] = name_en
    if person_id == ROLE_CHANGER:  # sells from the day of the new role
        roster.identities.append(Identity("hubspot", name_en, person_id, ROLE_CHANGE_ON, None))
    for system, external_id in sorted(systems.items()):
        roster.identities.append(Identity(system, external_id, person_id, hired_on, left_on))


def _accounts(x_accounts: int, shops: int) -> list[Account]:
    china = "Asia/Shanghai"
    x = [
        Account("x_brand", "x", "云梯品牌号", "CloudLadder", "brand", "UTC", ""),
        Account("x_dev", "x", "云梯开发者", "CloudLadderDev", "dev", "UTC", ""),
        Account("x_help", "x", "云梯帮助中心", "CloudLadderHelp", "global", "UTC", ""),
    ]
    stores = [
        Account("shop_cn", "shopify", "云梯官方商城", "yunti-cn", "brand", china, "CNY"),
        Account("shop_global", "shopify", "云梯海外商城", "yunti-global", "global", china, "CNY"),
    ]
    return [
        *x[:x_accounts],
        *stores[:shops],
        Account("hubspot_main", "hubspot", "商机系统", "", "brand", china, "CNY"),
        Account("inbox_shop", "zendesk", "商城客服邮箱", "", "brand", china, ""),
        Account("inbox_community", "tickets", "社区工单", "", "dev" if x_accounts > 1 else "brand", china, ""),
        Account("lead_forms", "crm", "官网表单", "", "brand", china, ""),
        Account("website", "web", "官网", "", "brand", china, ""),
        Account("meta_ads", "ads", "Meta 投放", "", "brand", china, "CNY"),
        Account("wecom_groups", "groups", "企业微信群", "", "brand", china, ""),
        Account("oa_yunti", "wechat_oa", "云梯公众号", "", "brand", china, ""),
        Account(WECHAT_SHOP, "shop", "云梯微信小店", "", "brand", china, "CNY"),
        Account("inbox_chat", "chatwoot", "在线客服", "", "brand", china, ""),
    ]


def _assign_accounts(roster: Roster) -> None:
    add = roster.assignments.append
    start = FOUNDED + dt.timedelta(days=400)
    if len(roster.of_platform("x")) == 1:  # the small company: the hand-over is on its only account
        add(Assignment("account", "x_brand", "P006", 100, start, HAND_OVER_ON))
        add(Assignment("account", "x_brand", "P003", 100, HAND_OVER_ON, None))
    else:
        add(Assignment("account", "x_brand", "P006", 80, start, PARTLY_ASSIGNED_UNTIL))
        add(Assignment("account", "x_brand", "P006", 100, PARTLY_ASSIGNED_UNTIL, None))
        add(Assignment("account", "x_dev", "P013", 100, start, HAND_OVER_ON))
        add(Assignment("account", "x_dev", ROLE_CHANGER, 100, HAND_OVER_ON, None))
        add(Assignment("account", "x_help", "P021", 60, start, None))
        add(Assignment("account", "x_help", "P013", 40, start, None))
    add(Assignment("inbox", "inbox_shop", "P004", 100, start, None))
    add(Assignment("account", "oa_yunti", "P006", 80, start, None))
    add(Assignment("campaign", "yunti", "P006", 100, start, None))
    add(Assignment("account", WECHAT_SHOP, "P006", 100, start, None))


def _assign_codes(roster: Roster) -> None:
    start = FOUNDED + dt.timedelta(days=400)
    for person_id, code in GROWTH_CODES.items():
        if roster.person(person_id):
            roster.assignments.append(Assignment("promo_code", code, person_id, 100, start, None))
            utm = f"kol-{person_id.lower()}"
            roster.assignments.append(Assignment("utm_code", utm, person_id, 100, start, None))
    roster.assignments.append(Assignment("campaign", "x-launch", "P006", 100, start, None))
    roster.assignments.append(Assignment("campaign", "meta-retarget", "P002", 70, start, None))
    later = "P021" if roster.person("P021") else "P002"
    add = roster.assignments.append
    add(Assignment("promo_code", MOVED_CODE, "P006", 100, start, CODE_OWNER_CHANGE_ON))
    add(Assignment("promo_code", MOVED_CODE, later, 100, CODE_OWNER_CHANGE_ON, None))
    _assign_communities(roster, start)


def _assign_communities(roster: Roster, start: dt.date) -> None:
    """One group is handed over in mid-month, one has only its owner, one only its community's manager."""
    add = roster.assignments.append
    add(Assignment("group", "wrg01", "P004", 100, start, HAND_OVER_ON))
    add(Assignment("group", "wrg01", "P005", 100, HAND_OVER_ON, None))
    add(Assignment("group", "wrg02", "P005", 60, start, None))
    add(Assignment("community", "c_content", "P006", 100, start, None))
    add(Assignment("community", "c_deals", "P006", 100, start, None))
    add(Assignment("community", "c_other", "P006", 100, start, None))
    for person_id in ("P004", "P005", "P006"):
        add_identity = roster.identities.append
        add_identity(Identity("wecom", f"wx_{person_id.lower()}", person_id, start, None))
