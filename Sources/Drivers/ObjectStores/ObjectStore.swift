/// A place that holds files: a local folder or a bucket. It is only read.
///
/// A name is the part after the place's prefix, such as `services_ES_20250117.csv`. It has no
/// leading slash and no component that is empty, `.` or `..`; any other is refused as
/// `invalidLocation`. All calls may be made from any task; none of them blocks the pool. A cancelled
/// task gets an error of the kind `cancelled`, soon.
package protocol ObjectStore: Sendable {
    /// What may fail on its own, for circuit breakers: `gs:bucket`, `s3:bucket`,
    /// `file:/srv/exports`.
    var breakerKey: String { get }

    /// Whether the credentials that are kept on this machine can be used; nobody is called.
    ///
    /// - Throws: `misconfigured`, with what to correct.
    func checkCredentials() async throws(ObjectStoreError)

    /// The newest version of an object; nil if it is not there. A place that is not there at all
    /// (no such folder, no such bucket) is an error: waiting for the file would not bring it.
    func find(_ name: String) async throws(ObjectStoreError) -> ObjectVersion?

    /// The objects whose names begin with `prefix`, sorted by the bytes of their names. Those in
    /// folders below are left out: `services_` does not find `archive/services_ES_20240101.csv`,
    /// which `archive/` finds.
    func list(prefix: String) async throws(ObjectStoreError) -> [ObjectVersion]

    /// Makes exactly this version readable: the file itself in a folder, a copy of a bucket's
    /// object. If the object has become another one since, the error is `changed`.
    ///
    /// - Parameters:
    ///   - workFolder: where a bucket's copy is written. It has no name there: whatever ends this
    ///     process also removes the copy.
    ///   - progress: called on another thread with the bytes that are here already; it goes back
    ///     to less only where a download had to start over.
    func fetch(
        _ version: ObjectVersion, workFolder: String, progress: @escaping @Sendable (Int64) -> Void
    ) async throws(ObjectStoreError) -> PinnedFile
}

extension ObjectStore {
    /// A folder needs none.
    package func checkCredentials() {}
}
