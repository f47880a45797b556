"""Orders of any shop, and who referred a customer: the generic sheets that Youzan, Taobao and others can be brought to.

Belongs here: their headers. Shopify's own export has a module of its own (`shopify`); both feed the same facts.
Names, addresses, phones and messages of buyers are recognised and dropped at landing.
"""

from __future__ import annotations

from pipelines.sources.spec import DATED_NAME, RANGE_NAME, Column, SourceSpec

ORDERS_GENERIC = SourceSpec(
    id="orders_generic",
    family="orders",
    platform="shop",
    grain="one row per order, or per item of it with the order's values repeated or on its first row only",
    columns=(
        Column("order_no", ("订单号", "订单编号", "order number"), required=True, key=True, kind="category"),
        Column("placed_at", ("下单时间", "订单创建时间", "order time"), required=True, kind="datetime"),
        Column(
            "buyer",
            ("买家", "买家昵称", "买家会员名", "客户", "customer"),
            required=True,
            kind="category",
            pseudonymise="customer",
        ),
        Column(
            "paid_amount",
            ("实付金额", "订单实付金额", "买家实际支付金额", "amount paid"),
            required=True,
            kind="money",
            unit_column="currency",
        ),
        Column("currency", ("币种", "货币"), kind="category"),
        Column("discount_amount", ("优惠金额", "discount"), kind="money"),
        Column("refunded_amount", ("退款金额", "refund amount"), kind="money"),
        Column("order_status", ("订单状态",), required=True, kind="category"),
        Column("channel", ("渠道", "订单来源", "销售渠道", "sales channel"), kind="category"),
        Column("referrer", ("推荐人", "邀请人", "referred by"), kind="category", pseudonymise="customer"),
        Column("promo_code", ("优惠码", "推广码", "coupon code"), kind="category"),
        Column("completed_at", ("完成时间", "交易成功时间", "completion time"), kind="datetime"),
        Column("cancelled_at", ("取消时间", "关闭时间", "cancellation time"), kind="datetime"),
        Column("tags", ("标签", "订单标签"), kind="category"),
    ),
    ignored=(
        "收货人",
        "收货人姓名",
        "收货地址",
        "联系电话",
        "联系手机",
        "手机号",
        "买家留言",
        "买家备注",
        "卖家备注",
        "商家备注",
        "商品名称",
        "宝贝标题",
        "商品数量",
        "宝贝数量",
        "商品单价",
        "支付方式",
        "付款时间",
        "发货时间",
        "物流公司",
        "物流单号",
        "店铺名称",
        "Recipient",
        "Address",
        "Phone",
        "Item",
        "Quantity",
        "Payment method",
    ),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    subject="account",
    event_columns=("placed_at",),
    day_columns=("placed_at",),
    key_columns=("order_no",),
    measure="paid_amount",
    measures=("paid_amount",),
)

REFERRALS = SourceSpec(
    id="referrals",
    family="referrals",
    platform="referrals",
    grain="one row per customer who was referred",
    columns=(
        Column("referred_at", ("推荐时间", "邀请时间", "referral time"), required=True, key=True, kind="datetime"),
        Column(
            "customer",
            ("被推荐人", "被邀请人", "新客户", "referred customer"),
            required=True,
            key=True,
            kind="category",
            pseudonymise="customer",
        ),
        Column(
            "referrer",
            ("推荐人", "邀请人", "老客户", "referring customer"),
            required=True,
            key=True,
            kind="category",
            pseudonymise="customer",
        ),
    ),
    ignored=("活动名称", "奖励", "备注", "Programme", "Reward", "Note"),
    filename_patterns=(RANGE_NAME, DATED_NAME),
    event_columns=("referred_at",),
    day_columns=("referred_at",),
    key_columns=("customer",),
)

SPECS = (ORDERS_GENERIC, REFERRALS)
