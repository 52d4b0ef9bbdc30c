with

source as (

    select * from {{ source('raw_northwind', 'suppliers') }}

),

renamed as (

    select
        supplier_id,
        company_name as supplier_name,
        country as supplier_country

    from source

)

select * from renamed
