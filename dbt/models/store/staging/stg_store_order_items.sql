with

source as (

    select * from {{ source('raw_store', 'order_items') }}

),

renamed as (

    select
        order_item_id,
        order_id,
        product_id,
        quantity,
        unit_price,
        subtotal

    from source

)

select * from renamed
