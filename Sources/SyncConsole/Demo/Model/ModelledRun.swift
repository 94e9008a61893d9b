/// A run as it must have ended, once what its file says is worked out.
package struct ModelledRun: Sendable, Equatable {
    /// The name of the source, which is that of its country.
    package let source: String
    /// `success`, `partial_success` or `awaiting_decision`.
    package var state = "success"
    package var fetched = 0
    package var matched = 0
    package var drifted = 0
    package var created = 0
    package var updated = 0
    package var held = 0
    package var orphaned = 0
    package var newer = 0
    package var failed = 0
    /// What the run must have recorded; of a run that asks, nothing.
    package var drift: [Drift] = []
    package var badRows: [BadRow] = []

    /// A field that differs; without a field, a service that was created or is left out.
    package struct Drift: Sendable, Equatable {
        package let serviceCode: String
        package let field: String?
        /// `CORRECTED`, `CREATED`, `HELD`, `NEWER` or `ORPHANED`.
        package let outcome: String
    }

    package struct BadRow: Sendable, Equatable {
        /// The header's is 1.
        package let line: Int
        package let serviceCode: String?
    }
}
