with

orders as (

    select * from {{ ref('stg_northwind_orders') }}

),

customers as (

    select * from {{ ref('stg_northwind_customers') }}

),

shippers as (

    select * from {{ ref('stg_northwind_shippers') }}

),

worth as (

    select
        order_id,
        count() as products,
        sum(quantity) as units,
        sum(revenue) as revenue

    from {{ ref('stg_northwind_order_details') }}
    group by order_id

),

joined as (

    select
        orders.order_id as order_id,
        orders.order_date as order_date,
        orders.order_month as order_month,
        customers.customer_name as customer_name,
        orders.ship_country as country,
        shippers.shipper_name as shipper_name,
        orders.required_date as required_date,
        orders.shipped_date as shipped_date,
        orders.days_to_ship as days_to_ship,
        orders.shipping_state as shipping_state,
        orders.freight as freight,
        coalesce(worth.products, 0) as products,
        coalesce(worth.units, 0) as units,
        coalesce(worth.revenue, 0) as revenue

    from orders
    left join customers on orders.customer_id = customers.customer_id
    left join shippers on orders.shipper_id = shippers.shipper_id
    left join worth on orders.order_id = worth.order_id

)

select * from joined
