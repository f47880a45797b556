"""Orders of other shops and referrals: true headers, made-up rows.

Belongs here: what of them lands, and what never does. Shopify's own export is in test_land_others.py.
"""

from __future__ import annotations

import pytest
from landing_builders import Home, account, to_csv

from pipelines.company.keys import Pseudonymiser

ZH = ["订单号", "下单时间", "买家", "收货人", "联系电话", "实付金额", "退款金额", "订单状态", "渠道", "推荐人",
      "优惠码", "完成时间"]  # fmt: skip
EN = ["Order number", "Order time", "Customer", "Amount paid (USD)", "Refund amount", "Order status", "Sales channel"]


def test_orders_of_a_shop_with_chinese_headers(home: Home) -> None:
    row = ["E20261001", "2026-10-31 23:59:59", "微客A", "张三", "13800000001", "1,288.00", "88.00", "交易成功", "社群",
           "微客B", " acme10", "2026-11-03 10:00:00"]  # fmt: skip
    home.accounts = (account("shop_yz", "shop", timezone="Asia/Shanghai"),)
    home.put("orders/shop_yz/订单导出_2026-11-09.csv", to_csv([ZH, row]))
    record = home.only()
    assert (record.spec_id, record.subject_id, record.unknown_columns) == ("orders_generic", "shop_yz", [])
    assert record.months == ["2026-10"]
    (landed,) = home.table(record).to_pylist()
    key = Pseudonymiser.from_home(home.path)
    assert (landed["buyer"], landed["referrer"]) == (key.customer("微客A"), key.customer("微客B"))
    assert (landed["order_no"], landed["paid_amount"], landed["refunded_amount"]) == ("E20261001", "1288", "88")
    assert (landed["order_status"], landed["channel"], landed["promo_code"]) == ("交易成功", "社群", "acme10")
    written = b"".join(home.published().values())
    for private in ("张三", "13800000001", "微客A", "微客B"):
        assert private.encode() not in written


def test_19_the_currency_stands_in_the_header(home: Home) -> None:
    row = ["A-1", "2026-10-05 10:00:00", "ann", "12.50", "", "completed", "web"]
    home.accounts = (account("shop_yz", "shop", timezone="Asia/Shanghai"),)
    home.put("orders/shop_yz/orders_2026-11-09.csv", to_csv([EN, row]))
    (landed,) = home.table(home.only()).to_pylist()
    assert (landed["paid_amount"], landed["currency"], landed["refunded_amount"]) == ("12.5", "USD", None)


@pytest.mark.parametrize(
    "header",
    [
        ["推荐时间", "被推荐人", "推荐人", "活动名称"],
        ["Referral time", "Referred customer", "Referring customer", "Programme"],
    ],
)
def test_referrals_name_nobody(home: Home, header: list[str]) -> None:
    home.put(
        "referrals/2026-11-09/referrals.csv",
        to_csv([header, ["2026-10-05 10:00:00", "Ann@x.example", "bob", "autumn"]]),
    )
    record = home.only()
    assert (record.spec_id, record.unknown_columns) == ("referrals", [])
    (landed,) = home.table(record).to_pylist()
    key = Pseudonymiser.from_home(home.path)
    assert (landed["customer"], landed["referrer"]) == (key.customer("ann@x.example"), key.customer("bob"))
