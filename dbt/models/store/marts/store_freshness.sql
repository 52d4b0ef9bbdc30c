{{ config(order_by='raw_table') }}

select
    table as raw_table,
    max(started_at) as loaded_at

from millrace.loads
where
    pipeline = 'store'
    and outcome = 'done'
    and table like 'raw\\_store.%'
group by raw_table
