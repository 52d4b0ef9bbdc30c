{{ campaign_days(ref('daily_counts_refreshed')) }}
