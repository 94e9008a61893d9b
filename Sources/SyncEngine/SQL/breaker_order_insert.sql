-- $1 key, $2 RESET or OPEN, $3 operator, $4 reason
INSERT INTO breaker_orders (key, action, operator, reason) VALUES ($1, $2, $3, $4)
