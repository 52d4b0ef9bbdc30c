with

source as (

    select * from {{ source('raw_northwind', 'order_details') }}

),

renamed as (

    select
        order_id,
        product_id,
        {{ exact_decimal('unit_price', 2) }} as unit_price,
        quantity,
        {{ exact_decimal('discount', 2) }} as discount,
        unit_price * quantity * (1 - discount) as revenue

    from source

)

select * from renamed
