with

source as (

    select * from {{ source('raw_ads', 'impressions') }}

),

renamed as (

    select
        id as impression_id,
        campaign_id,
        created_at as seen_at,
        toDate32(created_at) as day

    from source

)

select * from renamed
