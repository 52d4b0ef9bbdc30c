with

source as (

    select * from {{ source('raw_northwind', 'products') }}

),

renamed as (

    select
        product_id,
        product_name,
        supplier_id,
        category_id,
        {{ exact_decimal('unit_price', 2) }} as unit_price,
        coalesce(units_in_stock, 0) as units_in_stock,
        coalesce(units_on_order, 0) as units_on_order,
        coalesce(reorder_level, 0) as reorder_level,
        discontinued = 1 as is_discontinued

    from source

)

select * from renamed
