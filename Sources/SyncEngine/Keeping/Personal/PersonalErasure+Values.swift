import Kafka
import Probes

/// Values without what is personal in them, and what was.
extension PersonalErasure {
    struct ErasedText {
        var text: String
        var found: [String] = []
        var isChanged = false
    }

    struct ErasedBytes {
        var bytes: [UInt8]
        var found: [String] = []
        var isChanged = false
    }

    /// Shorter values are not looked for elsewhere: `no` or `42` stands everywhere and means others.
    static func isTelling(_ text: String) -> Bool {
        text.count >= 5 && text != PersonalFields.erased
    }

    /// Texts as they may stand in a row: as they are, and inside a JSON string.
    static func spellings(of texts: some Sequence<String>) -> [String] {
        var spellings: Set<String> = []
        for text in texts {
            spellings.insert(text)
            spellings.insert(String(JSONWriter.text(.string(text)).dropFirst().dropLast()))
        }
        return spellings.sorted()
    }

    /// What is looked for in free text: the subject, or what was found beside it.
    func textsAlso(_ found: [String]) -> Set<String> {
        if case .subject(let subject) = choice { [subject] } else { Set(found) }
    }

    /// A JSON text of a place.
    func erase(_ text: String, in place: PersonalFields.Place) -> ErasedText {
        guard let tree = PersonalFields.tree(text) else { return ErasedText(text: text) }
        let erased = erase(tree, in: place)
        guard !erased.found.isEmpty else { return ErasedText(text: text) }
        return ErasedText(
            text: JSONWriter.text(erased.value), found: erased.found, isChanged: true)
    }

    private func erase(
        _ tree: JSONValue, in place: PersonalFields.Place
    ) -> (value: JSONValue, found: [String]) {
        guard case .subject(let subject) = choice else {
            return fields.replacing(tree, in: place, by: PersonalFields.erased)
        }
        var count = 0
        let value = tree.replacing([subject], by: PersonalFields.erased, &count)
        return (value, count > 0 ? [subject] : [])
    }

    /// Every string of a JSON text that contains one of `texts`.
    func erase(_ text: String, texts: Set<String>) -> ErasedText {
        guard !texts.isEmpty, let tree = PersonalFields.tree(text) else {
            return ErasedText(text: text)
        }
        var count = 0
        let value = tree.replacing(texts, by: PersonalFields.erased, &count)
        guard count > 0 else { return ErasedText(text: text) }
        return ErasedText(text: JSONWriter.text(value), found: Array(texts), isChanged: true)
    }

    /// A payload: as JSON if it is; else whole, if it could hold what is personal.
    func erase(_ bytes: [UInt8]) -> ErasedBytes {
        if case .subject(let subject) = choice { return erase(bytes, texts: [subject]) }
        if let text = Self.json(bytes) {
            let erased = erase(text, in: .payload)
            guard erased.isChanged else { return ErasedBytes(bytes: bytes) }
            return ErasedBytes(
                bytes: Array(erased.text.utf8), found: erased.found, isChanged: true)
        }
        let mark = Array(PersonalFields.erased.utf8)
        guard fields.has(.payload), bytes != mark else { return ErasedBytes(bytes: bytes) }
        return ErasedBytes(bytes: mark, isChanged: true)
    }

    /// Bytes with texts in them: as JSON if they are; else whole.
    func erase(_ bytes: [UInt8], texts: Set<String>) -> ErasedBytes {
        if let text = Self.json(bytes) {
            let erased = erase(text, texts: texts)
            guard erased.isChanged else { return ErasedBytes(bytes: bytes) }
            return ErasedBytes(
                bytes: Array(erased.text.utf8), found: erased.found, isChanged: true)
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard texts.contains(where: text.contains) else { return ErasedBytes(bytes: bytes) }
        return ErasedBytes(
            bytes: Array(PersonalFields.erased.utf8), found: Array(texts), isChanged: true)
    }

    private static func json(_ bytes: [UInt8]) -> String? {
        (try? JSONDocument(bytes)).map { _ in String(decoding: bytes, as: UTF8.self) }
    }

    /// A letter as it is published for others: the event in it, and its bytes where it was no JSON.
    func erasePublished(_ bytes: [UInt8]) -> ErasedBytes {
        guard let text = Self.json(bytes), let whole = PersonalFields.tree(text) else {
            return ErasedBytes(bytes: bytes)
        }
        var tree = whole
        if let event = tree["original_event"] {
            tree = tree.setting("original_event", erase(event, in: .payload).value)
        }
        if tree["original_base64"] != nil {
            tree = tree.setting("original_base64", .string(PersonalFields.erased))
        }
        guard tree != whole else { return ErasedBytes(bytes: bytes) }
        return ErasedBytes(bytes: Array(JSONWriter.text(tree).utf8), isChanged: true)
    }

    /// A review item's document: two contents, and the differences between them, of which both
    /// sides stand as if in a content.
    func eraseReview(
        _ document: JSONValue, also texts: Set<String>
    ) -> (value: JSONValue, found: [String]) {
        var found: [String] = []
        var document = document
        for key in ["current_content", "proposed_content"] {
            guard let content = document[key] else { continue }
            let erased = erase(content, in: .catalog)
            found += erased.found
            document = document.setting(key, erased.value)
        }
        if case .array(let changes)? = document["changes"] {
            document = document.setting(
                "changes", .array(changes.map { eraseChange($0, &found) }))
        }
        var count = 0
        document = document.replacing(texts, by: PersonalFields.erased, &count)
        if count > 0 { found += texts }
        return (document, found)
    }

    /// One difference; the found texts are added.
    func eraseChange(_ change: JSONValue, _ found: inout [String]) -> JSONValue {
        guard case .string(let field)? = change["field"] else { return change }
        var change = change
        for side in ["before", "after"] {
            guard let value = change[side] else { continue }
            let erased = erase(.object([JSONMember(field, value)]), in: .catalog)
            guard !erased.found.isEmpty, let left = erased.value[field] else { continue }
            found += erased.found
            change = change.setting(side, left)
        }
        return change
    }

    /// Headers as they are stored.
    func eraseHeaders(_ text: String) -> ErasedText {
        var found: [String] = []
        let headers: [KafkaHeader] = HeaderJSON.decode(Array(text.utf8)).map { header in
            let value = header.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
            let isHit =
                if case .subject(let subject) = choice {
                    value.contains(subject)
                } else {
                    fields.isPersonal(header: header.name) && value != PersonalFields.erased
                }
            guard isHit else { return header }
            found.append(value)
            return KafkaHeader(name: header.name, value: Array(PersonalFields.erased.utf8))
        }
        guard !found.isEmpty, let bytes = HeaderJSON.encode(headers) else {
            return ErasedText(text: text)
        }
        return ErasedText(
            text: String(decoding: bytes, as: UTF8.self), found: found, isChanged: true)
    }
}

extension JSONValue {
    /// An object with another value for one of its keys; anything else as it is.
    func setting(_ key: String, _ value: JSONValue) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.map { $0.key == key ? JSONMember(key, value) : $0 })
    }
}
