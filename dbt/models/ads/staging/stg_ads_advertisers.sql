with

source as (

    select * from {{ source('raw_ads', 'advertiser') }}

),

renamed as (

    select
        id as advertiser_id,
        name as advertiser_name,
        created_at,
        updated_at

    from source

)

select * from renamed
