import Probes

/// What an agent has sent in one request. A row that is wrong is a row of the call.
struct IngestCall<Row: IngestRow>: Sendable {
    var vendor: String
    /// Of stock: the ERP's id of the warehouse.
    var warehouse: String?
    var rows: [ReceivedRow<Row>]

    /// - Parameter keyName: what a row's key is called.
    init(
        vendor: String, warehouse: String? = nil, _ elements: some Sequence<JSONCursor>,
        keyName: StaticString
    ) {
        self.vendor = vendor
        self.warehouse = warehouse
        rows = elements.map { Self.row($0, keyName) }
    }

    private static func row(_ object: JSONCursor, _ keyName: StaticString) -> ReceivedRow<Row> {
        guard object.kind == .object else {
            return ReceivedRow(
                name: nil, row: .failure(.invalid("row", "\(object.kind.words), not an object")))
        }
        do {
            let row = try Row(object)
            return ReceivedRow(name: row.key.text, row: .success(row))
        } catch {
            // What is said back of a key that is none must not be longer than the row itself was.
            let said = object.member(keyName)?.string.map {
                String(String.UnicodeScalarView($0.unicodeScalars.prefix(100)))
            }
            return ReceivedRow(name: said, row: .failure(error))
        }
    }
}
