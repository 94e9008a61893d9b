-- Every order of the vendors, and where it has come to.
SELECT order_number, vendor_id, status, erp_reference FROM erp_orders ORDER BY order_number
