{{ config(order_by=['order_day', 'order_item_id']) }}

with

items as (

    select * from {{ ref('stg_store_order_items') }}

),

orders as (

    select * from {{ ref('stg_store_orders') }}

),

customers as (

    select * from {{ ref('stg_store_customers') }}

),

products as (

    select * from {{ ref('stg_store_products') }}

),

joined as (

    select
        items.order_item_id as order_item_id,
        orders.order_id as order_id,
        orders.ordered_at as ordered_at,
        orders.ordered_minute as ordered_minute,
        formatDateTime(orders.ordered_minute, '%m-%d %H:%i') as minute_label,
        orders.order_day as order_day,
        customers.customer_id as customer_id,
        customers.customer_name as customer_name,
        customers.city as city,
        customers.country as country,
        products.product_id as product_id,
        products.product_name as product_name,
        products.category as category,
        items.quantity as quantity,
        items.unit_price as unit_price,
        items.subtotal as revenue

    from items
    inner join orders on items.order_id = orders.order_id
    inner join customers on orders.customer_id = customers.customer_id
    inner join products on items.product_id = products.product_id

)

select * from joined
