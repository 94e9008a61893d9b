SELECT coalesce(max(id), 0) AS id FROM breaker_orders
