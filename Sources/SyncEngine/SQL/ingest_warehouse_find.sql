-- A warehouse by the ERP's id.
-- $1 vendor
-- $2 the ERP's id
SELECT id FROM warehouses WHERE vendor_id = $1 AND erp_warehouse_id = $2
