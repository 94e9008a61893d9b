-- Says which services catalog_scan reads, until the end of the transaction: COPY takes no
-- parameters. The scan may take as long as it likes.
-- $1 country_code text, $2 external_system_source text
SELECT set_config('syncconsole.scan_country', $1, true),
       set_config('syncconsole.scan_source', $2, true),
       set_config('statement_timeout', '0', true)
