{{ config(order_by='state') }}

with

sales as (

    select * from {{ ref('fact_sales') }}

),

totals as (

    select
        state,
        uniqExact(order_id) as total_orders,
        uniqExact(customer_id) as total_customers,
        sum(quantity) as total_quantity,
        sum(revenue) as total_revenue,
        sum(cost) as total_cost,
        sum(profit) as total_profit

    from sales
    group by state

),

ratios as (

    select
        *,
        {{ percent_of('total_profit', 'total_revenue') }} as profit_margin,
        round(toFloat64(total_revenue) / total_orders, 2) as average_order_value

    from totals

)

select * from ratios
