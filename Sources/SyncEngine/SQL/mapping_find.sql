-- The mapping of a code.
-- $1 vendor
-- $2 type
-- $3 code of the ERP
SELECT id, resto_code FROM erp_code_mappings
WHERE vendor_id = $1 AND mapping_type = $2 AND erp_code = $3
