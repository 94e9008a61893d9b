/// The demo's own statements; each file says what its parameters are.
enum DemoSQL {
    static let install = text(PackageResources.demo_install_sql)
    static let refuse = text(PackageResources.demo_refuse_sql)
    static let progress = text(PackageResources.demo_progress_sql)
    static let totals = text(PackageResources.demo_totals_sql)
    static let compareOffsets = text(PackageResources.demo_compare_offsets_sql)
    static let compareServices = text(PackageResources.demo_compare_services_sql)
    static let compareDerived = text(PackageResources.demo_compare_derived_sql)
    static let compareEvents = text(PackageResources.demo_compare_events_sql)
    static let compareLetters = text(PackageResources.demo_compare_letters_sql)
    static let compareReviews = text(PackageResources.demo_compare_reviews_sql)
    static let exported = text(PackageResources.demo_exported_sql)
    static let runStates = text(PackageResources.demo_run_states_sql)
    static let unfinishedSources = text(PackageResources.demo_unfinished_sources_sql)
    static let lockCatalog = text(PackageResources.demo_lock_catalog_sql)
    static let runs = text(PackageResources.demo_runs_sql)
    static let compareRuns = text(PackageResources.demo_compare_runs_sql)
    static let compareItems = text(PackageResources.demo_compare_items_sql)
    static let compareStock = text(PackageResources.demo_compare_stock_sql)
    static let vendorOrders = text(PackageResources.demo_vendor_orders_sql)
    static let vendorFigures = text(PackageResources.demo_vendor_figures_sql)
    static let vendorProgress = text(PackageResources.demo_vendor_progress_sql)
    static let vendorRuns = text(PackageResources.demo_vendor_runs_sql)
    static let vendorTotals = text(PackageResources.demo_vendor_totals_sql)
    static let compareDrift = text(PackageResources.demo_compare_drift_sql)

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
