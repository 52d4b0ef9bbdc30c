with

source as (

    select * from {{ source('raw_northwind', 'shippers') }}

),

renamed as (

    select
        shipper_id,
        company_name as shipper_name

    from source

)

select * from renamed
