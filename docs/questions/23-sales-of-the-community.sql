-- en: How much do communities sell, through which shop, and who is credited?
-- zh: 社群带来多少销售、来自哪个店铺、归属于谁？
-- note: Completed orders with the credit of promo codes and accounts; UNASSIGNED are orders that lead to nobody.
select
    strftime(month, '%Y-%m') as period, subject_id as shop, person_id,
    round(sum(numerator), 4) as sales, sum(n_records) as orders
from fct_kpi_components
where kpi_id = 'community_sales'
    and month > (select max(month) - interval 3 month from fct_kpi_components)
group by all
having sales > 0
order by period, shop, sales desc, person_id;
