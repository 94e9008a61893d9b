import Probes

/// What an agent has sent in one request, read once.
struct IngestCall<Row: IngestRow>: Sendable {
    /// The vendor that the body names; whoever authenticates the caller compares it.
    var vendor: String
    /// Of stock: the ERP's id of the warehouse.
    var warehouse: String?
    var rows: [ReceivedRow<Row>]

    /// - Parameters:
    ///   - list: the member that holds the rows.
    ///   - keyName: what a row's key is called.
    ///   - most: rows.
    /// - Throws: if the body as a whole cannot be taken. A row that is wrong is a row of the call.
    init(
        _ body: [UInt8], list: StaticString, keyName: StaticString, most: Int,
        namesWarehouse: Bool = false
    ) throws(IngestRefusal) {
        let document: JSONDocument
        do { document = try JSONDocument(body) } catch {
            throw IngestRefusal(.malformed, "the body is no JSON: \(error)")
        }
        guard document.root.kind == .object else {
            throw IngestRefusal(.invalid, "the body must be an object")
        }
        vendor = try Self.name("vendorId", in: document.root)
        if namesWarehouse { warehouse = try Self.name("warehouseId", in: document.root) }
        guard let elements = document.root.member(list), elements.kind == .array else {
            throw IngestRefusal(.invalid, "\(list) must be a list")
        }
        let count = elements.count
        guard count <= most else {
            throw IngestRefusal(
                .tooMany, "\(list) has \(count) rows; a call may have \(most)")
        }
        rows = []
        rows.reserveCapacity(count)
        for element in elements.elements { rows.append(Self.row(element, keyName)) }
    }

    private static func name(
        _ member: StaticString, in root: JSONCursor
    ) throws(IngestRefusal) -> String {
        do {
            return try IngestField.text(root.member(member), member.description, most: 100)
        } catch {
            throw IngestRefusal(.invalid, error.reason)
        }
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

/// Why a request as a whole is not taken.
package struct IngestRefusal: Error, Sendable, Equatable {
    package enum Kind: Sendable {
        case malformed, invalid, tooMany
    }

    package var kind: Kind
    package var message: String

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// For programs; never changes.
    package var code: String {
        switch kind {
        case .malformed: "malformed_json"
        case .invalid: "invalid_body"
        case .tooMany: "too_many_rows"
        }
    }
}
