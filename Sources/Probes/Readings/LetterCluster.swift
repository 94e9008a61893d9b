/// Unresolved letters with one fingerprint.
package struct LetterCluster: Sendable, Equatable, Identifiable, Codable {
    package var fingerprint: String
    package var reason: String
    package var stage: String
    package var sampleError: String
    package var letters: Int
    package var entities: Int
    package var firstAt: Timestamp
    package var newestAt: Timestamp
    package var sampleID: Int64
    /// How the last resolved letter with this fingerprint was resolved.
    package var lastResolution: String?
    /// Whose letters they are, sorted; nil where an engine of an earlier build has told of it.
    package var vendors: [String]?

    package init(
        fingerprint: String, reason: String, stage: String, sampleError: String, letters: Int,
        entities: Int, firstAt: Timestamp, newestAt: Timestamp, sampleID: Int64,
        lastResolution: String?, vendors: [String]? = []
    ) {
        self.fingerprint = fingerprint
        self.reason = reason
        self.stage = stage
        self.sampleError = sampleError
        self.letters = letters
        self.entities = entities
        self.firstAt = firstAt
        self.newestAt = newestAt
        self.sampleID = sampleID
        self.lastResolution = lastResolution
        self.vendors = vendors
    }

    package var id: String { fingerprint }
}
