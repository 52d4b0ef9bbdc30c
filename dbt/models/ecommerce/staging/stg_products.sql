with

source as (

    select * from {{ source('raw', 'products') }}

),

renamed as (

    select
        product_id,
        product_name,
        category,
        price,
        cost,
        {{ percent_of('price - cost', 'price') }} as profit_margin,
        created_at

    from source

)

select * from renamed
