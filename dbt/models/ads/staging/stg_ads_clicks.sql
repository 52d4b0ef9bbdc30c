with

source as (

    select * from {{ source('raw_ads', 'clicks') }}

),

renamed as (

    select
        id as click_id,
        campaign_id,
        created_at as clicked_at,
        toDate32(created_at) as day

    from source

)

select * from renamed
