import ObjectStores
import Synchronization

/// Places that have been opened, kept for the next run: with their connections and tokens.
final class OpenedStores: Sendable {
    private let settings: ObjectStoreSettings
    private let stores = Mutex<[String: any ObjectStore]>([:])

    init(settings: ObjectStoreSettings) {
        self.settings = settings
    }

    /// - Throws: where the location or its settings cannot be, with what to correct.
    func open(_ location: String) throws(ObjectStoreError) -> any ObjectStore {
        if let store = stores.withLock({ $0[location] }) { return store }
        let store = try ObjectStoreFactory.open(
            try ObjectLocation.parse(location), settings: settings)
        stores.withLock { $0[location] = store }
        return store
    }
}
