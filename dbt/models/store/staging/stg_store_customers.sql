with

source as (

    select * from {{ source('raw_store', 'customers') }}

),

renamed as (

    select
        customer_id,
        customer_name,
        email,
        city,
        country,
        created_at

    from source

)

select * from renamed
