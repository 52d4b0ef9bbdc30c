with

items as (

    select
        order_id,
        sum(subtotal) as items_total
    from {{ ref('stg_store_order_items') }}
    group by order_id

)

select
    orders.order_id,
    orders.total_amount,
    items.items_total
from {{ ref('stg_store_orders') }} as orders
left join items on orders.order_id = items.order_id
where orders.total_amount != items.items_total
