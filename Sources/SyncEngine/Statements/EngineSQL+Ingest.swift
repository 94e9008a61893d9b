/// Vendors: their codes in our words, and what their agents send.
extension EngineSQL {
    static let ingestEvent = text(PackageResources.ingest_event_sql)
    static let ingestItemsRead = text(PackageResources.ingest_items_read_sql)
    static let ingestItemsWrite = text(PackageResources.ingest_items_write_sql)
    static let ingestStockRead = text(PackageResources.ingest_stock_read_sql)
    static let ingestStockWrite = text(PackageResources.ingest_stock_write_sql)
    static let ingestWarehouseFind = text(PackageResources.ingest_warehouse_find_sql)
    static let ingestWarehousesRead = text(PackageResources.ingest_warehouses_read_sql)
    static let ingestWarehousesWrite = text(PackageResources.ingest_warehouses_write_sql)
    static let mappingCount = text(PackageResources.mapping_count_sql)
    static let mappingFind = text(PackageResources.mapping_find_sql)
    static let mappingInsert = text(PackageResources.mapping_insert_sql)
    static let mappingList = text(PackageResources.mapping_list_sql)
    static let mappingLock = text(PackageResources.mapping_lock_sql)
    static let mappingResolve = text(PackageResources.mapping_resolve_sql)
    static let mappingSeed = text(PackageResources.mapping_seed_sql)
    static let mappingUpdate = text(PackageResources.mapping_update_sql)
    static let unmappedNote = text(PackageResources.unmapped_note_sql)
    static let unmappedPrune = text(PackageResources.unmapped_prune_sql)

    static let ingestStatements: [(name: String, sql: String)] = [
        ("ingest_event", ingestEvent),
        ("ingest_items_read", ingestItemsRead),
        ("ingest_items_write", ingestItemsWrite),
        ("ingest_stock_read", ingestStockRead),
        ("ingest_stock_write", ingestStockWrite),
        ("ingest_warehouse_find", ingestWarehouseFind),
        ("ingest_warehouses_read", ingestWarehousesRead),
        ("ingest_warehouses_write", ingestWarehousesWrite),
        ("mapping_count", mappingCount),
        ("mapping_find", mappingFind),
        ("mapping_insert", mappingInsert),
        ("mapping_list", mappingList),
        ("mapping_lock", mappingLock),
        ("mapping_resolve", mappingResolve),
        ("mapping_seed", mappingSeed),
        ("mapping_update", mappingUpdate),
        ("unmapped_note", unmappedNote),
        ("unmapped_prune", unmappedPrune),
    ]
}
