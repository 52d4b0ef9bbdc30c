with

source as (

    select * from {{ source('raw', 'orders') }}

),

renamed as (

    select
        order_id,
        customer_id,
        order_date,
        toYear(order_date) as order_year,
        toStartOfMonth(order_date) as order_month,
        toQuarter(order_date) as order_quarter,
        status,
        total_amount

    from source

)

select * from renamed
