import HTTPClient

/// Opens a place by its location.
package enum ObjectStoreFactory {
    /// Reads settings only: no file is opened and nobody is called.
    ///
    /// - Parameter client: shared by those that may share connections.
    /// - Throws: `misconfigured`, with what to correct.
    package static func open(
        _ location: ObjectLocation, settings: ObjectStoreSettings = ObjectStoreSettings(),
        client: HTTPClient = HTTPClient()
    ) throws(ObjectStoreError) -> any ObjectStore {
        switch location {
        case .folder(let path):
            return LocalFolder(path: path)
        case .google(let bucket, let prefix):
            return try settings.openGoogle(bucket: bucket, prefix: prefix, client: client)
        case .amazon(let bucket, let prefix):
            return try settings.openAmazon(bucket: bucket, prefix: prefix, client: client)
        }
    }
}
