import Hashing
import Probes

/// An order on its way to a vendor's ERP; valid if it exists.
package struct ERPOrder: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package var sku: String
        /// A JSON number above zero, as it was written.
        package var quantity: String
        /// The ERP's id.
        package var warehouseID: String?

        package init(sku: String, quantity: String, warehouseID: String? = nil) {
            self.sku = sku
            self.quantity = quantity
            self.warehouseID = warehouseID
        }
    }

    /// What everybody knows it by; unique over all vendors.
    package var number: String
    package var vendor: String
    package var serviceCode: String?
    package var lines: [Line]
    /// Whether stock is to be reserved too.
    package var reservesStock: Bool
    /// Of an event: what the ERP may want to know besides.
    package var details: [JSONMember]
    package var eventID: String?
    package var correlationID: String?

    package init(
        number: String, vendor: String, serviceCode: String? = nil, lines: [Line] = [],
        reservesStock: Bool = false, details: [JSONMember] = [], eventID: String? = nil,
        correlationID: String? = nil
    ) {
        self.number = number
        self.vendor = vendor
        self.serviceCode = serviceCode
        self.lines = lines
        self.reservesStock = reservesStock
        self.details = details
        self.eventID = eventID
        self.correlationID = correlationID
    }

    /// The jobs that carry it to the vendor.
    package var kinds: [JobKind] {
        let hasWarehouses = lines.contains { $0.warehouseID != nil }
        return reservesStock || hasWarehouses ? [.createOrder, .reserveStock] : [.createOrder]
    }

    /// What the agent is sent.
    var payload: [UInt8] {
        ContentJSON.bytes(
            .object(
                [
                    JSONMember("orderId", .string(number)),
                    JSONMember("serviceCode", .string(orNull: serviceCode)),
                    JSONMember("lines", .array(lines.map(\.json))),
                ] + details))
    }

    /// Of what was ordered: the same order, however it was written and whatever brought it.
    var payloadHash: [UInt8] {
        let content = JSONValue.object([
            JSONMember("vendor", .string(vendor)), JSONMember("reserve", .bool(reservesStock)),
            JSONMember("service", .string(orNull: serviceCode)),
            JSONMember("lines", .array(lines.map(\.json))),
        ])
        return SHA256.hash(ContentJSON.bytes(content))
    }
}

extension ERPOrder.Line {
    fileprivate var json: JSONValue {
        var members = [
            JSONMember("sku", .string(sku)), JSONMember("quantity", .number(quantity)),
        ]
        if let warehouseID { members.append(JSONMember("warehouseId", .string(warehouseID))) }
        return .object(members)
    }
}
