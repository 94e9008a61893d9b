-- Says whose items agent_items_scan reads, until the end of the transaction: COPY takes no parameters.
-- The scan may take as long as it likes. Gives the moment of the snapshot.
-- $1 vendor id
SELECT now(), set_config('syncconsole.scan_vendor', $1, true),
       set_config('statement_timeout', '0', true)
