with

campaigns as (

    select * from {{ ref('stg_ads_campaigns') }}

),

impressions as (

    select
        campaign_id,
        count() as impressions

    from {{ ref('stg_ads_impressions') }}
    group by campaign_id

),

clicks as (

    select
        campaign_id,
        count() as clicks

    from {{ ref('stg_ads_clicks') }}
    group by campaign_id

),

counted as (

    select
        campaigns.campaign_id as id,
        campaigns.campaign_name as name,
        campaigns.budget as budget,
        coalesce(impressions.impressions, 0) as total_impressions,
        coalesce(clicks.clicks, 0) as total_clicks

    from campaigns
    left join impressions on campaigns.campaign_id = impressions.campaign_id
    left join clicks on campaigns.campaign_id = clicks.campaign_id

),

rated as (

    select
        *,
        total_clicks / nullIf(total_impressions, 0) as total_ctr,
        -- With more digits than cents: a division of Decimals cuts the rest.
        toDecimal64(
            round(toDecimal128(budget, 8) / greatest(total_clicks, 1), 2), 2
        ) as cost_of_click

    from counted

)

select * from rated
