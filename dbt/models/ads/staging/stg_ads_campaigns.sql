with

source as (

    select * from {{ source('raw_ads', 'campaign') }}

),

renamed as (

    select
        id as campaign_id,
        advertiser_id,
        name as campaign_name,
        bid,
        budget,
        start_date,
        end_date,
        created_at,
        updated_at

    from source

)

select * from renamed
