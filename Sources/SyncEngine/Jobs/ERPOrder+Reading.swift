import Probes

extension ERPOrder {
    private static let mostLines = 1_000

    /// Reads the body of `POST /api/v1/orders`:
    /// `{"orderId","vendorId","serviceCode","lines":[{"sku","quantity","warehouseId"}],"reserveStock"}`.
    ///
    /// - Throws: what is wrong with the first field at fault.
    package init(
        request document: JSONDocument, correlationID: String?
    ) throws(FieldProblem) {
        let root = document.root
        guard root.kind == .object else { throw FieldProblem("body", "must be an object") }
        let reader = OrderReader(root: root)
        guard let number = try reader.text("orderId", most: 100) else {
            throw FieldProblem("orderId", "is missing")
        }
        guard let vendor = try reader.text("vendorId", most: 100) else {
            throw FieldProblem("vendorId", "is missing")
        }
        let lines = try reader.lines(most: Self.mostLines)
        guard !lines.isEmpty else { throw FieldProblem("lines", "must hold at least one line") }
        self.init(
            number: number, vendor: vendor, serviceCode: try reader.text("serviceCode", most: 100),
            lines: lines, reservesStock: try reader.flag("reserveStock"),
            correlationID: correlationID)
    }

    /// Reads an event of a service order that was made: camelCase or snake_case, its content at the top
    /// or in `data`.
    ///
    /// - Throws: an `EventFault`: a dead letter.
    init(event message: SourceMessage, settings: OrderSettings) throws(EventFault) {
        let document: JSONDocument
        do {
            document = try JSONDocument(message.value)
        } catch {
            throw EventFault(order: .malformed, "\(error)", at: "", of: message)
        }
        guard document.root.kind == .object else {
            throw EventFault(order: .malformed, "the event is not an object", at: "", of: message)
        }
        let envelope = OrderReader(root: document.root)
        let content = document.root["data"].flatMap { $0.kind == .object ? $0 : nil }
        let reader = OrderReader(root: content ?? document.root, outer: document.root)
        let eventID: String
        do throws(FieldProblem) {
            let named = try envelope.text("eventId", most: 200)
            eventID = named ?? message.defaultEventID
        } catch {
            throw EventFault(order: .invalid, "\(error)", at: error.field, of: message)
        }
        do throws(FieldProblem) {
            guard let number = try reader.text(either: "serviceOrderId", or: "orderId") else {
                throw FieldProblem("serviceOrderId", "is missing")
            }
            let country = try reader.text("countryCode", most: 10)
            let named = try reader.text("vendorId", most: 100)
            let route = country.flatMap { settings.vendorsByCountry[$0] }
            guard let vendor = named ?? route ?? settings.defaultVendor else {
                throw FieldProblem("vendorId", "is missing, and no route leads to a vendor")
            }
            let correlationID = try envelope.text("correlationId", most: 200)
            self.init(
                number: number, vendor: vendor,
                serviceCode: try reader.text("serviceCode", most: 100),
                lines: try reader.lines(most: Self.mostLines),
                reservesStock: try reader.flag("reserveStock"),
                details: try reader.details(), eventID: eventID,
                correlationID: correlationID ?? eventID)
        } catch {
            throw EventFault(
                order: .invalid, "\(error)", at: error.field, of: message, eventID: eventID,
                isStorable: document.isStorableAsJSONB)
        }
    }
}

/// Reads fields of an order by their names in camelCase, and in snake_case too.
private struct OrderReader {
    let root: JSONCursor
    /// Where a field is looked for that is not here.
    var outer: JSONCursor?

    private func cursor(_ name: String) -> JSONCursor? {
        for object in [root, outer].compactMap({ $0 }) {
            if let found = object[name] ?? object[Self.snake(name)], !found.isNull { return found }
        }
        return nil
    }

    func text(_ name: String, most: Int) throws(FieldProblem) -> String? {
        guard let cursor = cursor(name) else { return nil }
        // Ids are texts to us, and numbers to some.
        guard let text = cursor.string ?? cursor.int64.map(String.init), !cursor.hasUnstorableText
        else { throw FieldProblem(name, "must be a text") }
        // Unicode scalars, as PostgreSQL counts: an "é" of two must not pass here and be refused there.
        guard !text.isEmpty, text.unicodeScalars.count <= most else {
            throw FieldProblem(name, "must have 1 to \(most) characters")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw FieldProblem(name, "has a control character") }
        return text
    }

    func text(either name: String, or other: String) throws(FieldProblem) -> String? {
        if let text = try text(name, most: 100) { return text }
        return try text(other, most: 100)
    }

    func flag(_ name: String) throws(FieldProblem) -> Bool {
        guard let cursor = cursor(name) else { return false }
        guard let flag = cursor.bool else { throw FieldProblem(name, "must be true or false") }
        return flag
    }

    func lines(most: Int) throws(FieldProblem) -> [ERPOrder.Line] {
        guard let cursor = cursor("lines") else { return [] }
        guard cursor.kind == .array else { throw FieldProblem("lines", "must be a list") }
        guard cursor.count <= most else {
            throw FieldProblem("lines", "must hold at most \(most) lines")
        }
        var lines: [ERPOrder.Line] = []
        for (index, element) in cursor.elements.enumerated() {
            do {
                lines.append(try Self.line(element))
            } catch {
                throw FieldProblem("lines[\(index)].\(error.field)", error.problem)
            }
        }
        return lines
    }

    private static func line(_ element: JSONCursor) throws(FieldProblem) -> ERPOrder.Line {
        guard element.kind == .object else { throw FieldProblem("sku", "must be in an object") }
        let reader = OrderReader(root: element)
        guard let sku = try reader.text("sku", most: 100) else {
            throw FieldProblem("sku", "is missing")
        }
        guard let quantity = reader.cursor("quantity"), let words = quantity.numberText,
            let number = quantity.double, number > 0, number < 1e12, words.utf8.count <= 30
        else { throw FieldProblem("quantity", "must be a number above zero") }
        return ERPOrder.Line(
            sku: sku, quantity: words, warehouseID: try reader.text("warehouseId", most: 100))
    }

    /// What else an event says, for the ERP.
    func details() throws(FieldProblem) -> [JSONMember] {
        var members: [JSONMember] = []
        for name in ["projectId", "serviceType", "countryCode", "buCode", "dependsOnOrderId"] {
            if let text = try text(name, most: 200) {
                members.append(JSONMember(name, .string(text)))
            }
        }
        if let minutes = cursor("estimatedDurationMin")?.int64 {
            members.append(JSONMember("estimatedDurationMin", .integer(minutes)))
        }
        return members
    }

    /// `serviceOrderId` as `service_order_id`.
    private static func snake(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            text += character.isUppercase ? "_\(character.lowercased())" : "\(character)"
        }
    }
}

extension SourceMessage {
    /// For an event that names none.
    var defaultEventID: String { "\(topic)/\(partition)/\(offset)" }
}

extension EventFault {
    fileprivate init(
        order reason: Reason, _ words: String, at place: String, of message: SourceMessage,
        eventID: String? = nil, isStorable: Bool = false
    ) {
        self.init(
            reason: reason, message: words, place: place,
            eventID: eventID ?? message.defaultEventID, isStorableAsJSONB: isStorable)
    }
}
