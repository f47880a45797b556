"""Defects of followers, told by daily lists, and drifts of counts that no single day shows.

Belongs here: purchases among listed followers, counts that leave their flows little by little. Does not belong here:
bursts in daily counts alone (`defects_x`).
"""

from __future__ import annotations

from pipelines.demo.follower_plants import make_plant

from . import lists
from .cases import Defect, finding
from .company import Subject
from .defects_x import GROWTH, POSTS, stocks_have_changed


def planted_among_followers(it: Subject, kind: str) -> None:
    """Give the account followers of whom some were bought; what is right to count is told by the plant."""
    plant = make_plant(kind, it.number, lists.LAST_LIST)
    it.files = lists.exports(plant, it.number, it.account, it.handle)
    it.tables["account_followers"] = lists.stock(it.files, it.account)
    stocks_have_changed(it)
    it.truth["net_follower_growth"] = lists.growth(plant)


def batch(it: Subject) -> None:
    """180 accounts from one shelf, dressed like people."""
    planted_among_followers(it, "batch")


def aged(it: Subject) -> None:
    """180 accounts of any age, each suspicious and none beyond doubt."""
    planted_among_followers(it, "aged")


def like_people(it: Subject) -> None:
    """180 accounts that nothing tells from people; November's lists are not there yet."""
    planted_among_followers(it, "like_people")
    (name,) = it.named("followers_2026-11")
    del it.files[name]


def drifting(it: Subject) -> None:
    """The counts of followers grow by sixty a day more than follows and unfollows say."""
    for place, row in enumerate(it.tables["account_followers"]):
        row["Followers"] = str(int(row["Followers"]) + 60 * place)
    stocks_have_changed(it)


def oa_drifting(it: Subject) -> None:
    """The same of an official account, downwards."""
    for place, row in enumerate(it.sheet("2026-11-09").rows):
        row["累积关注人数"] = str(int(row["累积关注人数"]) - 100 * place)


DEFECTS: tuple[Defect, ...] = (
    Defect("listed_batch", "x with lists", batch, (
        finding("burst", "growth_by_lists", "not counted (spam, too young", "未计入", "note"),
    ), "bought followers made on one day: taken out, one by one", (), (), (*GROWTH, *POSTS)),
    Defect("listed_aged", "x with lists", aged, (
        finding("burst", "growth_by_lists", "not counted (spam, too young", "未计入", "note"),
    ), "bought followers of any age, none of them beyond doubt: taken out", (), (), (*GROWTH, *POSTS)),
    Defect("listed_people", "x with lists", like_people, (
        finding("burst", "burst_of_settled", "Who stays is known on 2026-11-06", "2026-11-06 可知留存情况"),
        finding("burst", "growth_unsettled", "are settled on 2026-11-14", "2026-11-14", "provisional"),
    ), "bought followers whom nothing tells from people: they wait until it is known who stays", GROWTH, (), POSTS),
    Defect("drift", "x", drifting, (
        finding("reconciliation", "stock_flow_drift", "though no single day stands out", "没有哪一天明显异常"),
    ), "counts of followers that leave their flows a little every day", GROWTH, (), POSTS),
    Defect("oa_drift", "oa", oa_drifting, (
        finding("reconciliation", "stock_flow_drift", "though no single day stands out", "没有哪一天明显异常"),
    ), "the same of an official account", ("oa_follower_growth",)),
)  # fmt: skip
