/// A gate, and what a bucket is called there.
struct BucketGate: Sendable {
    let gate: any CallGate
    /// `gs:bucket`.
    let key: String

    /// For servers that are no bucket's.
    static let open = BucketGate(gate: OpenGate(), key: "")

    func begin() throws(ObjectStoreError) -> any OpenCall {
        try gate.begin(key)
    }
}
