import Postgres
import Probes

/// Builds the statements that write services, a whole batch in each.
struct ServiceRows {
    /// For `created_by` and `updated_by`.
    let writer: String
    private var creates: [(ServiceWrite, id: Int64, code: String, prefix: String)] = []
    private var updates: [(ServiceWrite, base: Int64, code: String)] = []
    private var touches: [ServiceWrite] = []

    init(writer: String = "SYNC_JOB") {
        self.writer = writer
    }

    var isEmpty: Bool { creates.isEmpty && updates.isEmpty && touches.isEmpty }

    /// `newID` is the reserved id of a service that is created.
    mutating func add(_ write: ServiceWrite, code: String, newID: Int64?) {
        switch write.kind {
        case .create(_, let prefix):
            guard let newID else { return }
            creates.append((write, id: newID, code: code, prefix: prefix))
        case .update(let expected):
            updates.append((write, base: expected, code: code))
        case .touch:
            touches.append(write)
        }
    }

    /// In the order in which they must run.
    func statements() -> [PostgresStatement] {
        var statements: [PostgresStatement] = []
        if let alone = aloneStatement { statements.append(alone) }
        if !creates.isEmpty {
            statements += [PostgresStatement(EngineSQL.serviceLinkShared), insertStatement]
        }
        if !updates.isEmpty { statements.append(updateStatement) }
        if !touches.isEmpty { statements.append(touchStatement) }
        if !creates.isEmpty {
            statements.append(
                PostgresStatement(
                    EngineSQL.serviceResolveReplacements, [.textArray(creates.map(\.code))]))
        }
        return statements
    }

    /// Nil unless a replacement is named that these rows do not create themselves.
    private var aloneStatement: PostgresStatement? {
        let named = Set(
            creates.compactMap(\.0.snapshot.content.replacementServiceCode)
                + updates.compactMap(\.0.snapshot.content.replacementServiceCode))
        let missing = named.subtracting(creates.map(\.code)).sorted()
        guard !missing.isEmpty else { return nil }
        return PostgresStatement(EngineSQL.serviceLinkAlone, [.textArray(missing)])
    }

    private var insertStatement: PostgresStatement {
        PostgresStatement(
            EngineSQL.serviceInsert,
            [
                .text(writer), .int64Array(creates.map(\.id)),
                .textArray(creates.map(\.prefix)),
            ] + Self.columns(creates.map { ($0.0, $0.code) })
                + [
                    .int64Array(creates.map(\.0.snapshot.rowVersion)),
                    Self.digests(creates.map(\.0)),
                ])
    }

    private var updateStatement: PostgresStatement {
        PostgresStatement(
            EngineSQL.serviceUpdate,
            [
                .text(writer), .int64Array(updates.map(\.0.snapshot.id)),
                .int64Array(updates.map(\.base)),
                .int64Array(updates.map(\.0.snapshot.rowVersion)),
            ] + Self.columns(updates.map { ($0.0, $0.code) }) + [Self.digests(updates.map(\.0))])
    }

    private var touchStatement: PostgresStatement {
        PostgresStatement(
            EngineSQL.serviceTouch,
            [
                .int64Array(touches.map(\.snapshot.id)),
                .textArray(touches.map(\.snapshot.content.version)),
                .timestampArray(touches.map(\.sourceUpdatedAt.microseconds)),
            ])
    }

    private static func digests(_ writes: [ServiceWrite]) -> PostgresValue {
        .byteaArray(writes.map { ContentDigest.bytes(of: $0.snapshot.content) })
    }

    /// The columns that inserts and updates share, in the order of their parameters.
    private static func columns(_ rows: [(write: ServiceWrite, code: String)]) -> [PostgresValue] {
        let contents = rows.map(\.write.snapshot.content)
        // By index: an iterator would hand out copies, twenty fields for each of thirty columns.
        func all<Value>(_ value: (ServiceContent) -> Value) -> [Value] {
            contents.indices.map { value(contents[$0]) }
        }
        func texts(_ value: (ServiceContent) -> String?) -> PostgresValue {
            .textArray(all(value))
        }
        func languages(_ value: (ServiceContent) -> [String: String]) -> PostgresValue {
            .jsonbArray(all { ContentJSON.languages(value($0)) })
        }
        func lists(_ value: (ServiceContent) -> [String]) -> PostgresValue {
            .jsonbArray(all { ContentJSON.list(value($0)) })
        }
        func times(_ value: (ServiceContent) -> Timestamp?) -> PostgresValue {
            .timestampArray(all { value($0)?.microseconds })
        }
        return [
            .textArray(rows.map(\.code)),
            .textArray(rows.map(\.write.snapshot.externalSystemSource)),
            texts(\.sourceType), texts(\.sourceCategory), texts(\.sourceContractType),
            texts { SourceVocabulary.serviceType(for: $0.sourceType) },
            texts { SourceVocabulary.serviceCategory(for: $0.sourceCategory) },
            texts { SourceVocabulary.contractTemplateKind(for: $0.sourceContractType) },
            languages(\.nameI18n), languages(\.descriptionI18n), languages(\.shortDescriptionI18n),
            lists(\.scopeIncluded), lists(\.scopeExcluded), lists(\.worksiteRequirements),
            lists(\.productPrerequisites),
            .int32Array(
                all { $0.estimatedDurationMinutes.flatMap(Int32.init(exactly:)) }),
            texts(\.estimatedComplexity),
            .boolArray(all(\.requiresTechnicalVisit)),
            texts(\.countryCode), texts(\.businessUnit),
            texts(\.status.rawValue),
            times(\.effectiveFrom), times(\.effectiveTo),
            texts(\.deprecatedReason), texts(\.replacementServiceCode), texts(\.version),
            .textArray(rows.map(\.write.checksum)),
            .timestampArray(rows.map(\.write.sourceUpdatedAt.microseconds)),
            .jsonbArray(rows.map { ContentJSON.bytes($0.write.snapshot.fieldOrigins.json) }),
        ]
    }
}

/// The parts of a content as the `jsonb` columns hold them.
enum ContentJSON {
    static func bytes(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(value)
        return writer.bytes
    }

    static func languages(_ texts: [String: String]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        for (language, text) in texts.sorted(by: { $0.key < $1.key }) {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            JSONText.appendQuoted(language, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            JSONText.appendQuoted(text, to: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    static func list(_ items: [String]) -> [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for item in items {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            JSONText.appendQuoted(item, to: &bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
