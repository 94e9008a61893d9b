-- What operators have asked of breakers since an order.
-- $1 id of the newest order that has been carried out
SELECT id, key, action, operator, reason FROM breaker_orders WHERE id > $1 ORDER BY id
