with

source as (

    select * from {{ source('raw', 'customers') }}

),

renamed as (

    select
        customer_id,
        first_name,
        last_name,
        concat(first_name, ' ', last_name) as customer_name,
        email,
        phone,
        state,
        city,
        created_at

    from source

)

select * from renamed
