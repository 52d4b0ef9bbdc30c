with

source as (

    select * from {{ source('raw_northwind', 'customers') }}

),

renamed as (

    select
        customer_id,
        company_name as customer_name,
        city,
        coalesce(country, 'unknown') as country

    from source

)

select * from renamed
