/// The schema that was found, beside the one that a build was made for. Both are numbers of migrations.
package struct SchemaReading: Sendable, Equatable {
    /// Of the newest migration that has been applied; 0 where there is none.
    package var version: Int
    /// A build must know this migration at least to work with what is there.
    package var usableFrom: Int
    /// The newest that this build knows.
    package var known: Int

    package init(version: Int, usableFrom: Int, known: Int) {
        self.version = version
        self.usableFrom = usableFrom
        self.known = known
    }

    /// How the two fit together.
    package enum Fit: String, Sendable {
        case current, older
        /// A later build's, which has taken nothing away that this one needs.
        case newer
        /// A later build's, and nothing for this one.
        case tooNew = "too_new"
    }

    package var fit: Fit {
        if version == known { return .current }
        if version < known { return .older }
        return usableFrom <= known ? .newer : .tooNew
    }

    /// Whether the build can work with it.
    package var isUsable: Bool { fit == .current || fit == .newer }

    /// What is found, and what to type where it does not fit.
    package var words: String {
        switch fit {
        case .current: "version \(version)"
        case .older: "version \(version), this build needs \(known): run `syncconsole migrate`"
        case .newer: "\(both): it fits"
        case .tooNew: "\(both): install the newer syncconsole"
        }
    }

    /// The same as a sentence.
    package var advice: String { "the schema is at \(words)" }

    private var both: String {
        "version \(version), this build knows \(known) and at least \(usableFrom) is needed"
    }

    package var json: JSONValue {
        [
            "version": .integer(Int64(version)), "usable_from": .integer(Int64(usableFrom)),
            "known": .integer(Int64(known)), "fit": .string(fit.rawValue),
        ]
    }
}
