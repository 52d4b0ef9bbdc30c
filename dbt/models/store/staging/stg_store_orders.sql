with

source as (

    select * from {{ source('raw_store', 'orders') }}

),

renamed as (

    select
        order_id,
        customer_id,
        ordered_at,
        toStartOfMinute(ordered_at) as ordered_minute,
        toDate32(ordered_at) as order_day,
        total_amount

    from source

)

select * from renamed
