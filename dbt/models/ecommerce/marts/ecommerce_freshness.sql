{{ config(order_by='raw_table') }}

{{ freshness_of([
    source('raw', 'customers'),
    source('raw', 'products'),
    source('raw', 'orders'),
    source('raw', 'order_items'),
]) }}
