{{
    config(
        materialized='materialized_view',
        refreshable={'interval': 'every 1 hour'},
        engine='MergeTree()',
        order_by=['day', 'campaign_id'],
        post_hook=[
            'system refresh view {{ this.schema }}.{{ this.identifier }}_mv',
            'system wait view {{ this.schema }}.{{ this.identifier }}_mv',
        ],
    )
}}

-- Refreshed as a whole: a load puts a new table in the place of the old one,
-- which a view that follows single inserts does not see.
select
    day,
    campaign_id,
    impressions,
    clicks

from {{ ref('daily_counts') }}
