with

rates as (

    select * from {{ ref('campaigns_ctr') }}

),

campaigns as (

    select * from {{ ref('stg_ads_campaigns') }}

),

advertisers as (

    select * from {{ ref('stg_ads_advertisers') }}

),

joined as (

    select
        campaigns.campaign_id as campaign_id,
        campaigns.campaign_name as campaign_name,
        advertisers.advertiser_id as advertiser_id,
        advertisers.advertiser_name as advertiser_name,
        rates.budget as budget,
        rates.total_impressions as impressions,
        rates.total_clicks as clicks,
        rates.total_ctr as ctr,
        rates.cost_of_click as cost_of_click

    from rates
    inner join campaigns on rates.id = campaigns.campaign_id
    inner join
        advertisers
        on campaigns.advertiser_id = advertisers.advertiser_id

)

select * from joined
