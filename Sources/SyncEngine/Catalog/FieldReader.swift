import Probes

/// Reads the values of one JSON object by the rules of the catalog's fields.
///
/// Each reading answers nil for what is absent, null or empty: these mean the same.
struct FieldReader {
    let object: JSONCursor
    /// What stands before a name in messages: nothing, or `data.`.
    let path: String

    /// The longest code, type or other short word, in UTF-8 bytes: it stands in index rows.
    static let maximumWordBytes = 200
    /// A year in minutes: nothing that is installed takes longer.
    static let maximumDurationMinutes: Int64 = 525_600
    static let maximumLanguageBytes = 35

    /// A short word such as a code or a type: at most 200 bytes, no control characters.
    func word(_ name: String, at value: JSONCursor?) throws(FieldFault) -> String? {
        guard let word = try text(name, at: value) else { return nil }
        guard word.utf8.count <= Self.maximumWordBytes else {
            throw FieldFault(
                "\(path)\(name) is longer than \(Self.maximumWordBytes) bytes",
                place: path + name)
        }
        guard Self.isWord(word) else {
            throw FieldFault("\(path)\(name) has a control character", place: path + name)
        }
        return word
    }

    func text(_ name: String, at value: JSONCursor?) throws(FieldFault) -> String? {
        guard let value, !value.isNull else { return nil }
        let text = try Self.text(value, path + name, place: path + name)
        return text.isEmpty ? nil : text
    }

    /// A version is a text, or a number by its text.
    func version(at value: JSONCursor?) throws(FieldFault) -> String? {
        guard let number = value?.numberText else { return try word("version", at: value) }
        guard number.utf8.count <= Self.maximumWordBytes else {
            throw FieldFault("version is too long", place: "version")
        }
        return number
    }

    func moment(_ name: String, at value: JSONCursor?) throws(FieldFault) -> Timestamp? {
        guard let text = try text(name, at: value) else { return nil }
        guard let moment = Timestamp(iso8601: text) else {
            throw FieldFault(
                "\(path)\(name) is not a date or time: \"\(text.prefix(40))\"", place: path + name)
        }
        return moment
    }

    func texts(_ name: String, at value: JSONCursor) throws(FieldFault) -> [String] {
        if value.isNull { return [] }
        let place = path + name
        guard value.kind == .array else { throw .unexpected(value, place, "a list") }
        var texts: [String] = []
        for element in value.elements {
            texts.append(try Self.text(element, "\(place)[\(texts.count)]", place: place))
        }
        return texts
    }

    /// Language to text; a language whose text is null or empty is left out.
    func languages(_ name: String, at value: JSONCursor) throws(FieldFault) -> [String: String] {
        if value.isNull { return [:] }
        let place = path + name
        guard value.kind == .object else {
            throw .unexpected(value, place, "an object of languages")
        }
        var texts: [String: String] = [:]
        for pair in value.pairs {
            let language = try Self.text(pair.key, "a language of \(place)", place: place)
            guard !language.isEmpty, language.utf8.count <= Self.maximumLanguageBytes,
                Self.isWord(language)
            else { throw FieldFault("\(place) has a key that is no language", place: place) }
            let text =
                pair.value.isNull
                ? "" : try Self.text(pair.value, "\(place).\(language)", place: place)
            // Of duplicate keys the last holds, even where it empties.
            texts[language] = text.isEmpty ? nil : text
        }
        return texts
    }

    func minutes(_ name: String, at value: JSONCursor) throws(FieldFault) -> Int? {
        if value.isNull { return nil }
        let place = path + name
        guard value.kind == .number else { throw .unexpected(value, place, "a number") }
        guard let minutes = value.int64 else {
            throw FieldFault("\(place) is not a whole number of minutes", place: place)
        }
        guard (0...Self.maximumDurationMinutes).contains(minutes) else {
            throw FieldFault(
                "\(place) is \(minutes), 0 to \(Self.maximumDurationMinutes) was expected",
                place: place)
        }
        return Int(minutes)
    }

    func flag(_ name: String, at value: JSONCursor) throws(FieldFault) -> Bool {
        if value.isNull { return false }
        guard let flag = value.bool else {
            throw .unexpected(value, path + name, "true or false")
        }
        return flag
    }

    /// Two letters A to Z. It cannot be emptied: a service belongs to a country.
    func country(_ name: String, at value: JSONCursor) throws(FieldFault) -> String {
        let place = path + name
        guard let code = try text(name, at: value) else {
            throw FieldFault("\(place) is empty, a country was expected", place: place)
        }
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        guard code.utf8.count == 2, code.utf8.allSatisfy(letters.contains) else {
            throw FieldFault(
                "\(place) is \"\(code.prefix(40))\", two letters A to Z were expected",
                place: place)
        }
        return code
    }
}

extension FieldReader {
    private static func text(
        _ value: JSONCursor, _ path: String, place: String
    ) throws(FieldFault) -> String {
        guard let text = value.string else {
            throw .unexpected(value, path, "a text", place: place)
        }
        guard !value.hasUnstorableText else {
            throw FieldFault(
                "\(path) has \\u0000 or half of a surrogate pair", place: place)
        }
        return text
    }

    /// A short text that can be shown and stored as it is; nil otherwise.
    static func shown(_ value: JSONCursor?) -> String? {
        guard let value, !value.hasUnstorableText, let text = value.string, !text.isEmpty,
            isWord(text)
        else { return nil }
        return text
    }

    /// Whether a text is at most 200 bytes long and has no control characters (C0, DEL, C1).
    static func isWord(_ text: String) -> Bool {
        text.utf8.count <= maximumWordBytes
            && text.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            }
    }
}
