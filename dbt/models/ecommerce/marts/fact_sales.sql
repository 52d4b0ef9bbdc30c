{{ config(order_by=['order_day', 'order_item_id']) }}

with

order_items as (

    select * from {{ ref('stg_order_items') }}

),

orders as (

    select * from {{ ref('stg_orders') }}

),

customers as (

    select * from {{ ref('stg_customers') }}

),

products as (

    select * from {{ ref('stg_products') }}

),

joined as (

    select
        order_items.order_item_id as order_item_id,
        orders.order_id as order_id,
        orders.order_date as order_date,
        toDate32(orders.order_date) as order_day,
        orders.order_month as order_month,
        orders.order_year as order_year,
        orders.order_quarter as order_quarter,
        orders.status as status,
        customers.customer_id as customer_id,
        customers.customer_name as customer_name,
        customers.state as state,
        customers.city as city,
        products.product_id as product_id,
        products.product_name as product_name,
        products.category as category,
        order_items.quantity as quantity,
        order_items.unit_price as unit_price,
        products.cost as unit_cost,
        order_items.subtotal as revenue,
        order_items.quantity * products.cost as cost,
        order_items.subtotal - order_items.quantity * products.cost as profit

    from order_items
    inner join orders on order_items.order_id = orders.order_id
    inner join customers on orders.customer_id = customers.customer_id
    inner join products on order_items.product_id = products.product_id

)

select * from joined
