with

impressions as (

    select
        day,
        campaign_id,
        count() as impressions,
        0 as clicks

    from {{ ref('stg_ads_impressions') }}
    group by day, campaign_id

),

clicks as (

    select
        day,
        campaign_id,
        0 as impressions,
        count() as clicks

    from {{ ref('stg_ads_clicks') }}
    group by day, campaign_id

),

events as (

    select * from impressions
    union all
    select * from clicks

)

select
    day,
    campaign_id,
    sum(impressions) as impressions,
    sum(clicks) as clicks

from events
group by day, campaign_id
