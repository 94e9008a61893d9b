import Postgres
import VendorSimulator

/// Compares what the vendors' ERPs hold, and what they did with their orders, with the tables.
///
/// It knows the vendors' side from the simulators alone, and reads the other with SQL of its own.
struct ERPCounter: Sendable {
    let vendors: [VendorSnapshot]
    /// By their numbers.
    let placed: [String: DemoOrder]
    let repeatedOrders: Int

    /// What an order must have come to.
    private enum Expected: Equatable {
        case confirmed(reference: String)
        case failed
    }

    func count(_ connection: PostgresConnection) async throws -> ERPReport {
        let results = try await connection.pipeline([
            PostgresStatement("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            PostgresStatement(
                DemoSQL.compareItems,
                [.jsonb(expectedItems.bytes), .int(DemoCounter.keptPerKind)]),
            PostgresStatement(
                DemoSQL.compareStock,
                [.jsonb(expectedStock.bytes), .int(DemoCounter.keptPerKind)]),
            PostgresStatement(DemoSQL.vendorOrders), PostgresStatement(DemoSQL.vendorTotals),
            PostgresStatement(DemoSQL.vendorFigures), PostgresStatement("COMMIT"),
        ])
        var report = ERPReport()
        for rows in results[1...2] {
            for row in rows {
                report.differences.append(
                    DemoDifference(
                        what: try row.string("what"), subject: try row.string("subject"),
                        field: try row.string("field"),
                        expected: try row.string(ifPresent: "expected"),
                        actual: try row.string(ifPresent: "actual")))
            }
            report.differenceCount += Int(try rows.first?.int("total") ?? 0)
        }
        try compareOrders(results[3], into: &report)
        try readTotals(results[4], into: &report)
        try readVendors(results[5], into: &report)
        return report
    }

    // MARK: Items and stock

    private var expectedItems: JSONTree {
        .array(
            vendors.flatMap { vendor in
                vendor.items.map { item in Self.row(vendor.summary.vendor, item) }
            })
    }

    /// An item as its row must be, with the codes that an operator has mapped.
    private static func row(_ vendor: String, _ item: SimulatedItem) -> JSONTree {
        func mapped(_ type: String, _ code: String?) -> JSONTree {
            .text(
                VendorCode.all.first { $0.mappingType == type && $0.erpCode == code }?.restoCode)
        }
        return [
            "vendor_id": .string(vendor), "sku": .string(item.sku), "name": .string(item.name),
            "description": .text(item.description), "barcode": .text(item.barcode),
            "erp_unit": .string(item.unit), "unit_code": mapped("unit", item.unit),
            "erp_vat": .string(item.vat), "vat_code": mapped("vat", item.vat),
            "erp_family": .text(item.family), "family_code": mapped("family", item.family),
            "erp_subfamily": .text(item.subfamily),
            "subfamily_code": mapped("subfamily", item.subfamily),
            "unit_price_ten_thousandths": .integer(item.priceCents * 100),
            "currency": .string(item.currency), "is_active": .bool(item.isActive),
            "content_hash": .string(item.contentHash),
        ]
    }

    private var expectedStock: JSONTree {
        .array(
            vendors.flatMap { vendor in
                vendor.acceptedStock.flatMap { warehouse, rows in
                    rows.values.map { row in
                        [
                            "vendor_id": .string(vendor.summary.vendor),
                            "warehouse": .string(warehouse), "sku": .string(row.sku),
                            "quantity": .integer(row.quantity),
                            "reserved": .integer(row.reserved),
                            "content_hash": .string(row.contentHash),
                        ]
                    }
                }
            })
    }

    // MARK: Orders

    private var expectedOrders: [String: Expected] {
        var expected: [String: Expected] = [:]
        for vendor in vendors {
            for order in vendor.orders where order.kind == .createOrder {
                expected[order.order.description] =
                    order.fails ? .failed : .confirmed(reference: order.reference)
            }
        }
        return expected
    }

    private func compareOrders(
        _ rows: PostgresRows, into report: inout ERPReport
    ) throws {
        let expected = expectedOrders
        var seen: Set<String> = []
        report.placed = placed.count
        report.repeatedOrders = repeatedOrders
        for row in rows {
            let number = try row.string("order_number")
            let status = try row.string("status")
            seen.insert(number)
            report.orders[status, default: 0] += 1
            func differ(_ field: String, _ expected: String?, _ actual: String?) {
                guard expected != actual else { return }
                report.add("order", number, field, expected, actual)
            }
            differ("vendor", placed[number]?.vendor, try row.string("vendor_id"))
            // Whoever cancels it by hand may: then the ERP's word is not asked for.
            guard status != "cancelled" else { continue }
            switch expected[number] {
            case .confirmed(let reference):
                differ("status", "confirmed", status)
                differ("reference", reference, try row.string(ifPresent: "erp_reference"))
            case .failed: differ("status", "failed", status)
            case nil: differ("status", "failed, since no agent has it", status)
            }
        }
        for number in placed.keys.sorted() where !seen.contains(number) {
            report.add("order", number, "rows", "1", "0")
        }
    }

    // MARK: Totals

    private func readTotals(
        _ rows: PostgresRows, into report: inout ERPReport
    ) throws {
        let row = try rows.only()
        report.unfinishedJobs = try Int(row.int("unfinished"))
        report.letters = try Int(row.int("letters"))
        report.openLetters = try Int(row.int("open_letters"))
        report.callsMade = try Int(row.int("calls"))
        if report.unfinishedJobs != 0 {
            report.add("total", "unfinished jobs", "count", "0", "\(report.unfinishedJobs)")
        }
        let failing = vendors.map(\.summary.orders.failing).reduce(0, +)
        if report.letters != failing {
            report.add("total", "letters of orders", "count", "\(failing)", "\(report.letters)")
        }
        // Each call is written down before it is made: no agent may know of more.
        report.callsReceived = vendors.map(\.summary.orders.calls).reduce(0, +)
        if report.callsReceived > report.callsMade {
            report.add(
                "total", "calls written down", "count", "at least \(report.callsReceived)",
                "\(report.callsMade)")
        }
        report.callsRepeated = vendors.map(\.summary.orders.repeated).reduce(0, +)
    }

    private func readVendors(
        _ rows: PostgresRows, into report: inout ERPReport
    ) throws {
        var found: [String: (stored: Int, differing: Int)] = [:]
        for row in rows {
            found[try row.string("vendor_id")] = (
                try Int(row.int("items")), try Int(row.int("differing"))
            )
        }
        for vendor in vendors {
            let (stored, differing) = found[vendor.summary.vendor] ?? (0, 0)
            report.vendors.append(
                ERPReport.Vendor(vendor, stored: stored, differing: differing))
            // One item may have changed more than once, and what was told meanwhile is equal again.
            let silent = vendor.summary.drifted.total
            if differing > silent {
                report.add(
                    "drift", vendor.summary.vendor, "items", "at most \(silent)", "\(differing)")
            }
        }
    }
}
