{{ config(order_by='product_id') }}

with

products as (

    select * from {{ ref('stg_store_products') }}

),

items as (

    select * from {{ ref('stg_store_order_items') }}

),

items_of_product as (

    select
        product_id,
        sum(quantity) as total_quantity,
        sum(subtotal) as total_revenue

    from items
    group by product_id

),

joined as (

    select
        products.product_id as product_id,
        products.product_name as product_name,
        products.category as category,
        products.price as price,
        products.created_at as created_at,
        coalesce(items_of_product.total_quantity, 0) as total_quantity,
        coalesce(items_of_product.total_revenue, 0) as total_revenue

    from products
    left join
        items_of_product
        on products.product_id = items_of_product.product_id

)

select * from joined
