with

products as (

    select * from {{ ref('stg_northwind_products') }}

),

sales as (

    select
        product_id,
        uniqExact(order_id) as orders,
        sum(quantity) as units,
        sum(revenue) as revenue

    from {{ ref('northwind_sales') }}
    group by product_id

),

joined as (

    select
        products.product_id as product_id,
        products.product_name as product_name,
        products.unit_price as unit_price,
        coalesce(sales.orders, 0) as orders,
        coalesce(sales.units, 0) as units,
        coalesce(sales.revenue, 0) as revenue

    from products
    left join sales on products.product_id = sales.product_id

)

select * from joined
