/// What the agent sends to the engine; docs/erp.md has the fields.
enum EngineBodies {
    struct Registration: Encodable {
        let vendorId: String
        let agentUrl: String
        let erpType: String
        let authToken: String
        let version: String
    }

    struct Heartbeat: Encodable {
        let vendorId: String
        let version: String
    }

    struct Items: Encodable {
        let vendorId: String
        let items: [SimulatedItem]
    }

    struct Warehouses: Encodable {
        let vendorId: String
        let warehouses: [SimulatedWarehouse]
    }

    struct Stock: Encodable {
        let vendorId: String
        let warehouseId: String
        let items: [SimulatedStock]
    }

    struct Mappings: Encodable {
        let vendorId: String
        let mappings: [VendorCode]
    }

    struct Callback: Encodable {
        let jobId: JobIdentifier
        let attempt: Int?
        let status: String
        let erpReference: String?
        let error: String?
        let metadata: [String: String]
    }
}

/// The engine's answer to rows that were sent.
struct IngestAnswer: Decodable {
    struct Row: Decodable {
        let status: String
        let reason: String?
    }

    let processed: Int
    let skipped: Int
    let failed: Int
    /// In the order sent.
    let results: [Row]
}
