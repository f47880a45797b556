-- en: Which KPI measures what I am looking for, and where does it come from?
-- zh: 哪个指标衡量我要找的内容，数据来自哪里？
-- note: Looks for a word in names and formulas of both languages.
-- parameters: word
select kpi_id, name_en, name_zh, unit, direction, aggregation, formula_en, source_en, caveat_en
from kpi_catalogue
where concat_ws(' ', kpi_id, name_en, name_zh, formula_en, formula_zh) ilike '%' || coalesce(getvariable('word'), 'lead') || '%'
order by kpi_id;
