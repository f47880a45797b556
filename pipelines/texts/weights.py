"""What `scorecards weights` says: mistakes of a file of experts' judgements, warnings, columns and tables.

Belongs here: `finding.*` texts of the codes of `company.expert_rules` and `company.expert_rounds`, and `weights.*`
texts of `scorecards.weights`, and what the file's columns mean. Does not belong here: files that a run reads
(`texts.files`).
"""

from __future__ import annotations

from pipelines.texts.shapes import Entries, FileWords, en_zh, english_with_mends, files, findings

#: code -> (problem en, mend en, problem zh, mend zh)
_FINDINGS: dict[str, tuple[str, str, str, str]] = {
    "file_unreadable": (
        "the file cannot be read ({detail})",
        "name a CSV file; `scorecards init` writes the template reviews/expert_rounds.csv",
        "无法读取文件（{detail}）",
        "请指定 CSV 文件；`scorecards init` 会生成模板 reviews/expert_rounds.csv",
    ),
    "no_judgements": (
        "the file has a header and no judgement",
        "add a row for each judgement; docs/weights.md shows examples",
        "文件只有表头，没有任何判断",
        "请逐行填写判断；示例见 docs/weights.md",
    ),
    "topic_missing": (
        "the topic is empty (rows without one: {count}), while other rows name one",
        "fill it in: rows without a topic count as a survey of their own",
        "主题为空（此类行数：{count}），而其他行填写了主题",
        "请补填：没有主题的行会被当作另一项调查",
    ),
    # comparisons
    "delphi_only": (
        "belongs to Delphi rounds, not to the method {method}",
        "empty the cell",
        "仅用于德尔菲法，不用于 {method}",
        "请清空该单元格",
    ),
    "other_item_missing": (
        "nothing says what the item is compared with by the method {method}",
        "fill in other_item, or write the method delphi",
        "方法 {method} 未写明与哪个项目比较",
        "请填写 other_item，或将 method 改为 delphi",
    ),
    "item_with_itself": (
        "the item is compared with itself",
        "remove the row, or name the other item",
        "项目与自身比较",
        "请删除该行，或填写另一个项目",
    ),
    "not_a_judgement": (
        "the method {method} knows no such score, only {allowed}",
        "write one of them",
        "方法 {method} 没有该分值，只有 {allowed}",
        "请从中选择",
    ),
    "pair_sum": (
        "{one} against {other} and the counterpart in row {other_row} ({mirror}) add up to {total}, not to {points}",
        "correct one of the two rows, or remove one: one row a pair is enough",
        "{one} 对 {other} 与第 {other_row} 行的反向得分（{mirror}）合计 {total}，应为 {points}",
        "请更正其中一行，或删除一行：每对写一行即可",
    ),
    "pair_missing": (
        "the expert does not compare {one} with {other} (method {method})",
        "add the row",
        "该专家没有比较 {one} 与 {other}（方法 {method}）",
        "请添加该行",
    ),
    "judged_twice": (
        "expert {expert} gives this judgement in row {other_row} already",
        "remove one of the two rows; in a copied block the expert's name may not have been changed",
        "专家 {expert} 在第 {other_row} 行已有同一判断",
        "请删除其中一行；若为复制的内容，可能忘记改专家姓名",
    ),
    "judged_differently": (
        "expert {expert} says {other} in row {other_row}",
        "keep one of the two rows; in a copied block the expert's name may not have been changed",
        "专家 {expert} 在第 {other_row} 行给出 {other}",
        "请只保留一行；若为复制的内容，可能忘记改专家姓名",
    ),
    # comparisons and rounds
    "item_of_few": (
        "only {count} of {experts} experts judge this item{hint}",
        "correct the spelling, or let every expert judge it",
        "{experts} 位专家中只有 {count} 位评了该项目{hint}",
        "请更正写法，或请所有专家都评该项目",
    ),
    "item_left_out": (
        "the expert compares {item} with nothing{hint}",
        "add the rows, or correct the spelling of the item",
        "该专家没有比较 {item}{hint}",
        "请添加相应行，或更正项目写法",
    ),
    "item_left_out_of_round": (
        "the expert leaves {item} out of round {round}{hint}",
        "add the row, or correct the spelling of the item",
        "该专家在第 {round} 轮没有评 {item}{hint}",
        "请添加该行，或更正项目写法",
    ),
    # rounds
    "other_item_of_delphi": (
        "a Delphi score judges one item, and here is another",
        "empty the cell, or write the method 0-4 or 0-1",
        "德尔菲评分只针对一个项目，此处却有另一个",
        "请清空该单元格，或将 method 改为 0-4 或 0-1",
    ),
    "round_missing": (
        "the round is empty",
        "write 1 for the first round",
        "轮次为空",
        "第一轮请写 1",
    ),
    "authority_half": (
        "ca and cs are not filled in together",
        "fill in both, from 0 to 1, or neither",
        "ca 与 cs 没有同时填写",
        "请同时填写（0 至 1），或都留空",
    ),
    "scale_differs": (
        "row {other_row} of the same topic says {stated}",
        "use one scale for all rounds and experts of a topic; to state it once is enough",
        "同一主题的第 {other_row} 行为 {stated}",
        "同一主题的各轮各专家须用同一量表；填写一次即可",
    ),
    "scale_reversed": (
        "the scale runs from {low} to {full}",
        "write a full mark above the lowest mark",
        "量表为 {low} 至 {full}",
        "满分须高于最低分",
    ),
    "score_outside_scale": (
        "is outside the scale of {low} to {full}",
        "correct the score, or state the scale in low_mark and full_mark",
        "超出量表 {low} 至 {full}",
        "请更正评分，或在 low_mark、full_mark 中填写量表",
    ),
    "too_few_experts": (
        "round {round} has one expert; agreement (Kendall's W) needs two or more",
        "add the other experts' rows",
        "第 {round} 轮只有一位专家；协调系数 W 至少需要两位",
        "请补充其他专家的行",
    ),
    "no_weight": (
        "all scores of round {round} are 0, so that nothing has weight",
        "correct the scores",
        "第 {round} 轮所有评分均为 0，无法计算权重",
        "请更正评分",
    ),
}  # fmt: skip

#: the file, then its columns: (en, zh)
_FILE: FileWords = (
    (
        "what experts say about weights, one judgement a row; read by `scorecards weights` alone, never by a run",
        "专家对权重的判断，每行一个；仅由 `scorecards weights` 读取，运行时不读取",
    ),
    {
        "topic": (
            "what is weighed, such as role content; may be empty where the file holds one topic",
            "给什么定权重，例如内容岗；文件只有一个主题时可留空",
        ),
        "method": (
            "0-4 (weight factor: 4 much more important, 3 more, 2 equal, 1 less, 0 much less), 0-1 (1 more "
            "important, 0 less) or delphi",
            "0-4（权值因子法：4 重要得多、3 更重要、2 同等、1 较不重要、0 不重要得多）、0-1（1 更重要、0 较不重要）"
            "或 delphi（德尔菲法）",
        ),
        "round": ("round of a Delphi survey: 1, 2, 3 ...; empty otherwise", "德尔菲轮次：1、2、3……；其他方法留空"),
        "expert": ("who judges: a name or a short code", "专家：姓名或代号"),
        "item": ("what is judged: a KPI id, a dimension ...", "被评项目：KPI 编号、维度等"),
        "other_item": (
            "0-4 and 0-1: what it is compared with; one row a pair is enough, the counterpart is filled in",
            "0-4 与 0-1：与之比较的项目；每对写一行即可，反向自动补全",
        ),
        "score": (
            "points of item against other_item, or the Delphi score",
            "item 相对 other_item 的得分，或德尔菲评分",
        ),
        "low_mark": (
            "Delphi: lowest mark; once a topic is enough; empty = 0",
            "德尔菲：最低分；每个主题填一次即可；留空 = 0",
        ),
        "full_mark": (
            "Delphi: full mark; once a topic is enough; empty = 5",
            "德尔菲：满分；每个主题填一次即可；留空 = 5",
        ),
        "ca": (
            "Delphi: basis of the expert's judgement, 0 to 1; once a round is enough; may be empty",
            "德尔菲：专家判断依据系数 Ca，0 至 1；每轮填一次即可，可留空",
        ),
        "cs": (
            "Delphi: the expert's familiarity with the matter, 0 to 1; filled in together with ca",
            "德尔菲：专家熟悉程度系数 Cs，0 至 1；与 ca 同时填写",
        ),
    },
)

#: key -> (en, zh)
_REPORT: dict[str, tuple[str, str]] = {
    "topic": ("{topic}: ", "{topic}："),
    "comma": (", ", "，"),
    "0-4": ("weight-factor method (0-4)", "权值因子法（0-4）"),
    "0-1": ("0-1 scoring", "0-1 评分法"),
    "delphi": ("Delphi, scale {low} to {full}", "德尔菲法，量表 {low} 至 {full}"),
    "counts": ("{experts} experts, {items} items", "{experts} 位专家，{items} 个项目"),
    "one_expert": ("1 expert, {items} items", "1 位专家，{items} 个项目"),
    "sums": ("D of {expert}: {sums}; sum {sum} = {formula}", "{expert} 的 D：{sums}；合计 {sum} = {formula}"),
    "round": ("round {round}", "第 {round} 轮"),
    "column.item": ("item", "项目"),
    "column.mean_sum": ("mean D", "平均 D"),
    "column.mean": ("mean", "均值"),
    "column.full_marks": ("full marks", "满分频率"),
    "column.cv": ("CV", "变异系数"),
    "column.weight": ("weight", "权重"),
    "column.percent": ("weight %", "权重 %"),
    "column.percent_of": ("of {total}", "合计 {total}"),
    "total": ("total", "合计"),
    "concordance": (
        "Kendall's W {w}, chi-square {chi_square} (degrees of freedom: {degrees}), p {p}",
        "协调系数 W {w}，χ² {chi_square}，自由度 {degrees}，p {p}",
    ),
    "no_concordance": ("Kendall's W is undefined", "协调系数 W 无定义"),
    "authority": (
        "authority Cr {cr} = (Ca {ca} + Cs {cs}) / 2, stated by {stated} of {experts} experts",
        "权威系数 Cr {cr} =（Ca {ca} + Cs {cs}）/ 2，{experts} 位专家中 {stated} 位已填写",
    ),
    "no_authority": ("authority Cr is not stated", "未填写权威系数 Cr"),
    "one_round": (
        "one round: whether the judgements are stable is not known",
        "仅一轮：无法判断意见是否稳定",
    ),
    "stability": (
        "from round {earlier} to {later}: W {w}, largest change of a CV {cv}: {verdict}",
        "第 {earlier} 轮到第 {later} 轮：W {w}，变异系数最大变化 {cv}：{verdict}",
    ),
    "settled": ("settled", "已稳定"),
    "not_settled": ("not settled", "未稳定"),
    "yaml.head": (
        "{what}; for a component of weight {total} in a scheme file",
        "{what}；用于方案文件中权重为 {total} 的 component",
    ),
}

#: warning -> (problem en, mend en, problem zh, mend zh)
_WARNINGS: dict[str, tuple[str, str, str, str]] = {
    "circle": (
        "{what}: the expert judges in a circle: {circle}{more}",
        "ask the expert to look at these pairs again; the weights are computed all the same",
        "{what}：该专家的判断自相矛盾：{circle}{more}",
        "请该专家重新考虑这些比较；权重仍照常计算",
    ),
    "scattered": (
        "{what}, round {round}: the experts do not agree on this item: CV {cv} is above {limit}",
        "send them the means and reasons, and ask for another round",
        "{what}，第 {round} 轮：专家对该项目意见分散：变异系数 {cv} 高于 {limit}",
        "请向专家反馈均值与理由，再进行一轮",
    ),
    "unstable": (
        "{what}: the judgements have not settled from round {earlier} to {later}: W {w}, largest change of a CV {cv} "
        "(settled: at most {w_limit} and {cv_limit})",
        "ask for another round, or say why you stop",
        "{what}：第 {earlier} 轮到第 {later} 轮意见尚未稳定：W {w}，变异系数最大变化 {cv}"
        "（稳定：分别不超过 {w_limit} 与 {cv_limit}）",
        "请再进行一轮，或说明停止的理由",
    ),
    "no_concordance": (
        "{what}, round {round}: Kendall's W is undefined: {why}",
        "do not speak of agreement",
        "{what}，第 {round} 轮：协调系数 W 无定义：{why}",
        "不能据此说明专家意见一致",
    ),
    "round_gap": (
        "{what}: round {later} follows round {earlier}",
        "add the rounds between, unless you left them out on purpose",
        "{what}：第 {earlier} 轮之后是第 {later} 轮",
        "请补充中间轮次，除非有意省略",
    ),
    "no_weight": (
        "{what}: the weight of this item is 0",
        "leave the item out, or use 0-1 scoring, which adds 1 to each; a scheme takes no KPI of weight 0",
        "{what}：该项目的权重为 0",
        "请去掉该项目，或改用每项加 1 的 0-1 评分法；方案不接受权重为 0 的 KPI",
    ),
    "rounded_away": (
        "{what}: the weight of this item is rounded to 0",
        "print more decimals with --decimals",
        "{what}：该项目的权重被舍入为 0",
        "请用 --decimals 增加小数位",
    ),
    "authority_partly": (
        "{what}, round {round}: {missing} of {experts} experts state no authority, so Cr is that of the others",
        "fill in ca and cs of every expert",
        "{what}，第 {round} 轮：{experts} 位专家中 {missing} 位未填写 Ca 与 Cs，Cr 仅代表其余专家",
        "请填写每位专家的 ca 与 cs",
    ),
}

_PHRASES: dict[str, tuple[str, str]] = {
    "warning.more_circles": ("; {count} more", "；另有 {count} 处"),
    "warning.one_item": ("there is one item", "只有一个项目"),
    "warning.no_order": ("nobody tells the items apart", "没有专家区分各项目"),
}

TEXTS: Entries = {
    **files({"expert_rounds": _FILE}),
    **findings(_FINDINGS),
    **english_with_mends("weights.warning.", _WARNINGS),
    **en_zh("weights.", {**_REPORT, **_PHRASES}),
}
