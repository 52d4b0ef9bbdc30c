select
    country,
    uniqExact(order_id) as orders,
    uniqExact(customer_name) as customers,
    sum(quantity) as units,
    sum(revenue) as revenue

from {{ ref('northwind_sales') }}
group by country
