{# Daily counts with the names of their campaigns and advertisers, without those
   of campaigns that the source no longer has, or of days without events. #}
{% macro campaign_days(counts) %}
with

counts as (

    select * from {{ counts }}
    where impressions > 0 or clicks > 0

),

campaigns as (

    select * from {{ ref('stg_ads_campaigns') }}

),

advertisers as (

    select * from {{ ref('stg_ads_advertisers') }}

),

joined as (

    select
        counts.day as day,
        campaigns.campaign_id as campaign_id,
        campaigns.campaign_name as campaign_name,
        advertisers.advertiser_id as advertiser_id,
        advertisers.advertiser_name as advertiser_name,
        counts.impressions as impressions,
        counts.clicks as clicks

    from counts
    inner join campaigns on counts.campaign_id = campaigns.campaign_id
    inner join
        advertisers
        on campaigns.advertiser_id = advertisers.advertiser_id

)

select * from joined
{% endmacro %}
