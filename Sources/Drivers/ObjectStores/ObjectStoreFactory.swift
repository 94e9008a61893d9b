/// Opens a place by its location.
package enum ObjectStoreFactory {
    /// Reads settings only: nothing is opened and nobody is called.
    ///
    /// - Throws: `misconfigured`, with what to correct.
    package static func open(
        _ location: ObjectLocation, settings: ObjectStoreSettings = ObjectStoreSettings()
    ) throws(ObjectStoreError) -> any ObjectStore {
        switch location {
        case .folder(let path):
            return LocalFolder(path: path)
        case .google, .amazon:
            throw ObjectStoreError(
                .misconfigured, "\(location) cannot be read by this version: use a folder.")
        }
    }
}
