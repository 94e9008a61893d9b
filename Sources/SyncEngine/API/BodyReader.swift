import Probes

/// Reads one JSON object of a request; what is wrong is said with the field's path.
///
///     let body = try BodyReader(question)
///     let vendor = try body.text("vendorId", atMost: 100)
///     let items = try body.objects("items", atMost: 500)
///
/// All readings throw `BodyFault`, which is answered with 400 `invalid_body`.
struct BodyReader: Sendable {
    let object: JSONCursor
    /// What stands before a name in messages: nothing, or `items[3].`.
    let path: String

    /// The body as a whole.
    init(_ question: HTTPQuestion) throws(BodyFault) {
        guard let root = question.document?.root else { throw BodyFault("the body", "is missing") }
        try self.init(root, at: "the body", path: "")
    }

    /// - Parameters:
    ///   - place: as messages name the value itself.
    ///   - path: what they put before the names in it.
    init(_ value: JSONCursor, at place: String, path: String) throws(BodyFault) {
        guard value.kind == .object else {
            throw BodyFault(place, "is \(value.kind.words), an object was expected")
        }
        object = value
        self.path = path
    }

    /// Nil where it is absent or null.
    subscript(name: StaticString) -> JSONCursor? {
        guard let value = object.member(name), !value.isNull else { return nil }
        return value
    }

    // MARK: What must be there

    /// A text that is not empty, of at most so many characters (Unicode scalars, as PostgreSQL counts),
    /// without control characters.
    func text(_ name: StaticString, atMost most: Int) throws(BodyFault) -> String {
        try required(name, text(ifPresent: name, atMost: most))
    }

    func choice(_ name: StaticString, of choices: [String]) throws(BodyFault) -> String {
        try required(name, choice(ifPresent: name, of: choices))
    }

    /// ISO 8601.
    func moment(_ name: StaticString) throws(BodyFault) -> Timestamp {
        try required(name, moment(ifPresent: name))
    }

    func integer(_ name: StaticString, _ range: ClosedRange<Int64>) throws(BodyFault) -> Int64 {
        try required(name, integer(ifPresent: name, range))
    }

    /// The elements of a list, each an object.
    ///
    /// - Parameter most: beyond it the whole call is at fault.
    func objects(_ name: StaticString, atMost most: Int) throws(BodyFault) -> [BodyReader] {
        var objects: [BodyReader] = []
        for (index, element) in try list(name, atMost: most).enumerated() {
            let place = "\(path)\(name)[\(index)]"
            objects.append(try BodyReader(element, at: place, path: place + "."))
        }
        return objects
    }

    func list(_ name: StaticString, atMost most: Int) throws(BodyFault) -> [JSONCursor] {
        let value = try required(name, self[name])
        guard value.kind == .array else { throw unexpected(name, value, "a list") }
        let count = value.count
        guard count <= most else {
            throw fault(name, "has \(count) elements, at most \(most) may be sent in a call")
        }
        return Array(value.elements)
    }

    // MARK: What may be there

    /// Nil where it is absent or null; an empty text is a fault.
    func text(ifPresent name: StaticString, atMost most: Int) throws(BodyFault) -> String? {
        guard let text = try anyText(ifPresent: name, atMost: most) else { return nil }
        guard !text.isEmpty else { throw fault(name, "is empty") }
        guard
            text.unicodeScalars.allSatisfy({
                $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            })
        else { throw fault(name, "has a control character") }
        return text
    }

    /// The same for text of several lines, and for none.
    func anyText(ifPresent name: StaticString, atMost most: Int) throws(BodyFault) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.string else { throw unexpected(name, value, "a text") }
        guard !value.hasUnstorableText else {
            throw fault(name, "has \\u0000 or half of a surrogate pair")
        }
        guard text.unicodeScalars.count <= most else {
            throw fault(name, "is longer than \(most) characters")
        }
        return text
    }

    func choice(
        ifPresent name: StaticString, of choices: [String]
    ) throws(BodyFault) -> String? {
        guard let text = try text(ifPresent: name, atMost: 200) else { return nil }
        guard choices.contains(text) else {
            throw fault(name, "is none of \(choices.joined(separator: ", "))")
        }
        return text
    }

    func moment(ifPresent name: StaticString) throws(BodyFault) -> Timestamp? {
        guard let text = try text(ifPresent: name, atMost: 100) else { return nil }
        guard let moment = Timestamp(iso8601: text) else {
            throw fault(name, "is no date or time in ISO 8601")
        }
        return moment
    }

    func integer(
        ifPresent name: StaticString, _ range: ClosedRange<Int64>
    ) throws(BodyFault) -> Int64? {
        guard let value = self[name] else { return nil }
        guard let number = value.int64, range.contains(number) else {
            throw unexpected(
                name, value, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A number by its text, for `numeric` columns: `1.50` stays what it is.
    func decimal(ifPresent name: StaticString) throws(BodyFault) -> String? {
        guard let value = self[name] else { return nil }
        guard let text = value.numberText, text.utf8.count <= 40 else {
            throw unexpected(name, value, "a number")
        }
        return text
    }

    func flag(ifPresent name: StaticString) throws(BodyFault) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let flag = value.bool else { throw unexpected(name, value, "true or false") }
        return flag
    }

    // MARK: Faults

    func fault(_ name: StaticString, _ words: String) -> BodyFault {
        BodyFault("\(path)\(name)", words)
    }

    private func unexpected(
        _ name: StaticString, _ value: JSONCursor, _ expected: String
    ) -> BodyFault {
        fault(name, "is \(value.kind.words), \(expected) was expected")
    }

    private func required<Value>(
        _ name: StaticString, _ value: Value?
    ) throws(BodyFault) -> Value {
        guard let value else { throw fault(name, "is missing") }
        return value
    }
}

/// What is wrong with a body; never quotes a value.
struct BodyFault: Error, Equatable, HTTPAnswerable {
    /// The field: `items[3].sku`.
    var place: String
    /// `is missing`
    var words: String

    init(_ place: String, _ words: String) {
        self.place = place
        self.words = words
    }

    var message: String { "\(place) \(words)" }

    var refusal: HTTPRefusal { HTTPRefusal(400, "invalid_body", message) }
}
