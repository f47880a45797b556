"""The words about evidence of gaming: what each rule is called, what cards, schemes and the handbook say of it.

Belongs here: keys `gaming.*`, and those of schemes, cards and handbook that are about the block `gaming`. Does not
belong here: the findings of a run (`reasons`), the column of reviews/appeals.csv (`decisions`).
"""

from __future__ import annotations

#: rule -> (zh, en)
_RULES: dict[str, tuple[str, str]] = {
    "zombie_group": ("僵尸群", "Zombie groups"),
    "leaving_group": ("群成员大量退群", "Groups that people leave"),
    "blocked_by_contacts": ("被客户删除或拉黑", "Blocked by contacts"),
    "message_flood": ("消息轰炸", "Floods of messages"),
    "self_order": ("自买自卖", "Own orders"),
    "staff_orders": ("同事集中下单", "Orders by colleagues"),
    "refund_loop": ("退款后重复下单", "Refund loops"),
    "repeated_post": ("重复发帖", "Repeated posts"),
    "filler_messages": ("灌水消息", "Filler messages"),
    "giveaway_spike": ("赠礼期虚增", "Giveaway spikes"),
}

#: On cards: key -> (zh, en)
_CARD: dict[str, tuple[str, str]] = {
    "finding": (
        "{n} 起事件，每起扣 {each} 分，本项最多扣 {cap} 分，合计最多扣 {max} 分",
        "{n} incidents, {each} points each, {cap} at most for this rule and {max} for all",
    ),
    "incident": (
        "{incident}：{subject}{value}（界限 {threshold}，一般为 {expected}），{start} 至 {end}，本人占 {share}",
        "{incident}: {subject}{value} (bound {threshold}, usual {expected}), {start} to {end}, own part {share}",
    ),
    "subject": ("{subject}，", "{subject}, "),
    "dropped": ("{incident}：申诉获支持，不扣分", "{incident}: the appeal was upheld, nothing is taken"),
    "suspended": ("申诉审理中，暂不扣分：{points} 分", "under appeal, not taken yet: {points} points"),
    "appeal_hint": (
        "如有异议，请在 reviews/appeals.csv 的 incident 列填写事件编号",
        "to object, have the incident written into the column incident of reviews/appeals.csv",
    ),
    "held": (
        "{incidents} 的申诉正在审理：不计入得分的扣减，相应奖金暂缓发放",
        "the appeal about {incidents} is open: nothing is taken off the score, and the pay that it would take is held",
    ),
    "sentence": (
        "有疑似刷量的扣分，详见“调整与门槛”；可以申诉。",
        "Points were taken for evidence of gaming; see “Adjustments and gates”. You may object.",
    ),
    "left_out": (
        "剔除疑似刷量记录 {n} 条（{incidents}）：剔除前为 {raw}",
        "{n} records are left out as evidence of gaming ({incidents}): {raw} with them",
    ),
    "waiting": (
        "申诉审理中的 {n} 条记录仍计入（{incidents}）：如被驳回则为 {value}",
        "{n} records under appeal still count ({incidents}): {value} if the appeal is rejected",
    ),
    "about": ("事件 {incident}", "incident {incident}"),
    "release": ("申诉作出裁定后发放或扣除", "paid or taken when the appeal is decided"),
}

#: In the linter: key -> (zh, en, mend zh, mend en)
_SCHEME: dict[str, tuple[str, str, str, str]] = {
    "deduct_needs": (
        "{rule} 要扣分，须同时写明 points 和 cap",
        "{rule} deducts and needs both points and cap",
        "写明每起事件扣多少分（points）以及每期最多扣多少分（cap）",
        "Write what an incident takes (points) and the most of a period (cap)",
    ),
    "no_records": (
        "{rule} 没有可剔除的单条记录",
        "{rule} is about no single records that could be left out",
        "改为 note 或 deduct；可剔除记录的规则：{known}",
        "Let it note or deduct; records are left out by {known}",
    ),
    "note_takes": (
        "{rule} 不扣分，却写了 points 或 cap",
        "{rule} does not deduct, and states points or cap",
        "改为 effect: deduct，或删去 points 和 cap",
        "Let it deduct, or take points and cap out",
    ),
    "cap_below": (
        "{rule} 的 cap 小于 points：一起事件就已超过上限",
        "the cap of {rule} is below its points, so that one incident is beyond it",
        "提高 cap 或降低 points",
        "Raise cap or lower points",
    ),
    "cap_above": (
        "{rule} 的 cap 大于 max：永远达不到",
        "the cap of {rule} is above max and can never be reached",
        "降低 cap 或提高 max",
        "Lower cap or raise max",
    ),
}

#: In the handbook: key -> (zh, en)
_HANDBOOK: dict[str, tuple[str, str]] = {
    "title": ("刷量与骚扰的扣分", "Deductions for gaming and harassment"),
    "intro": (
        "系统会查找疑似刷量或骚扰的迹象，每起都有编号、数值、界限和记录。提示只是提示，不等于认定；下列各项会扣分，"
        "所有规则合计每期最多扣 {max} 分，得分不会低于 0。",
        "The data are searched for what looks like gaming or harassment; every incident has a name, a value, a bound "
        "and its records. A note is no verdict. These rules take points, {max} at most a period together, and no score "
        "falls below 0.",
    ),
    "rule": (
        "{rule}：每起扣 {points} 分（按本人承担的份额），每期最多扣 {cap} 分",
        "{rule}: {points} points an incident (by the person's part of it), {cap} at most a period",
    ),
    "left_out": (
        "{rule}：事件中的记录不计入按条累计或按比率计算的指标（团队共同指标、去重人数和中位数除外）",
        "{rule}: its records are left out of KPIs that add up or are ratios (not of KPIs that a whole team shares, "
        "counts of distinct people and medians)",
    ),
    "order": (
        "扣分在否决和门槛之后、乘数之前。",
        "They are taken after vetoes and gates, and before whatever multiplies.",
    ),
    "appeal": (
        "申诉审理期间不扣分，相应奖金暂缓发放；申诉获支持则不扣，被驳回则扣除。",
        "While an appeal is open nothing is taken and the pay in question is held; upheld, nothing is taken; rejected, "
        "the points are.",
    ),
    "rest": ("其余规则只作提示。", "All other rules only note."),
}


def _two(prefix: str, texts: dict[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    return {f"{prefix}.{key}": {"zh": zh, "en": en} for key, (zh, en) in texts.items()}


TEXTS: dict[str, dict[str, str]] = {
    **_two("gaming.rule", _RULES),
    **_two("cards.gaming", _CARD),
    **_two("handbook.gaming", _HANDBOOK),
    **{f"schemes.gaming.{key}": {"zh": zh, "en": en} for key, (zh, en, _, _) in _SCHEME.items()},
    **{f"schemes.gaming.{key}.mend": {"zh": zh, "en": en} for key, (_, _, zh, en) in _SCHEME.items()},
    "cards.gates.kind.gaming": {"zh": "疑似刷量", "en": "evidence of gaming"},
    "cards.gates.status.suspended": {
        "zh": "◆ 申诉审理中，暂不生效：{effect}",
        "en": "◆ under appeal, not applied yet: {effect}",
    },
    "schemes.step.gaming": {"zh": "疑似刷量的扣分", "en": "Deductions for gaming"},
    "schemes.decision.no_incident": {
        "zh": "此人本期没有这个编号的事件；请从绩效卡上复制编号",
        "en": "no incident of this name is about this person in the period; copy it from the card",
    },
}
