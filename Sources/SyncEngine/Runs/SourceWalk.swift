import ObjectStores
import Probes

/// Looks whether the files of sources can be reached and read, and says what to do where not.
///
/// A step for each bucket, named like its breaker (`gs:exports`), then one for each source, named
/// as it is. It goes past breakers: whoever asks wants to know now.
package struct SourceWalk: Sendable {
    private let sources: [FileSource]
    private let stores: ObjectStoreSettings

    /// - Parameter timeout: for one answer; a bucket is asked twice at most.
    package init(_ settings: ReconciliationSettings, timeout: Duration = .seconds(5)) {
        sources = settings.sources
        var stores = settings.stores
        stores.patience.attempts = 2
        stores.patience.answerTime = timeout
        stores.patience.limits.connect = min(stores.patience.limits.connect, timeout)
        self.stores = stores
    }

    /// What can be told on this machine alone: folders, settings, key files. Nobody is asked.
    package func runLocally() async -> [HealthStep] {
        var steps: [HealthStep] = []
        for source in sources {
            switch opened(source) {
            case .failure(let error): steps.append(failed(source.name, error))
            case .success(let store) where Self.isFolder(store):
                steps.append(await look(source, store).step)
            case .success(let store):
                do throws(ObjectStoreError) {
                    try await store.checkCredentials()
                    steps.append(ok(source.name, source.location))
                } catch {
                    steps.append(failed(source.name, error))
                }
            }
        }
        return steps
    }

    package func run() async -> [HealthStep] {
        await withTaskGroup(of: (Int, Look).self) { group in
            for (index, source) in sources.enumerated() {
                group.addTask {
                    switch opened(source) {
                    case .failure(let error): (index, Look(step: failed(source.name, error)))
                    case .success(let store): (index, await look(source, store))
                    }
                }
            }
            var looks: [Int: Look] = [:]
            for await (index, look) in group { looks[index] = look }
            return steps(sources.indices.compactMap { looks[$0] })
        }
    }

    private struct Look: Sendable {
        var step: HealthStep
        /// Nil for a folder, and where the settings cannot be.
        var bucket: String?
        var unreachable: String?
    }

    /// The buckets' steps before the sources', whose own are skipped where nobody answered.
    private func steps(_ looks: [Look]) -> [HealthStep] {
        var steps: [HealthStep] = []
        for bucket in Set(looks.compactMap(\.bucket)).sorted() {
            let message = looks.first { $0.bucket == bucket && $0.unreachable != nil }?.unreachable
            steps.append(
                HealthStep(
                    part: .sources, name: bucket, result: message == nil ? .ok : .failed,
                    message: message ?? "answers"))
        }
        return steps + looks.map(\.step)
    }

    private func opened(_ source: FileSource) -> Result<any ObjectStore, ObjectStoreError> {
        do throws(ObjectStoreError) {
            return .success(
                try ObjectStoreFactory.open(
                    try ObjectLocation.parse(source.location), settings: stores))
        } catch {
            return .failure(error)
        }
    }

    private func look(_ source: FileSource, _ store: any ObjectStore) async -> Look {
        let bucket = Self.isFolder(store) ? nil : store.breakerKey
        do throws(ObjectStoreError) {
            let files = try await store.list(prefix: FileName.prefix(of: source))
                .filter { FileName.isDaily($0.name, of: source) }
            // A folder that may be entered and not read lists nothing of a file that is there.
            guard let newest = files.last else {
                let words = "\(source.location) can be read, and has no file of \(source.name) yet"
                return Look(step: ok(source.name, words), bucket: bucket)
            }
            _ = try await store.find(newest.name)
            return Look(
                step: ok(source.name, "\(newest.location) is the newest of \(files.count)"),
                bucket: bucket)
        } catch {
            guard let bucket, error.kind == .unreachable else {
                return Look(step: failed(source.name, error), bucket: bucket)
            }
            return Look(
                step: HealthStep(
                    part: .sources, name: source.name, result: .skipped,
                    message: "needs \"\(bucket)\""),
                bucket: bucket, unreachable: error.message)
        }
    }

    private static func isFolder(_ store: any ObjectStore) -> Bool {
        store.breakerKey.hasPrefix("file:")
    }

    private func ok(_ name: String, _ message: String) -> HealthStep {
        HealthStep(part: .sources, name: name, result: .ok, message: message)
    }

    private func failed(_ name: String, _ error: ObjectStoreError) -> HealthStep {
        HealthStep(part: .sources, name: name, result: .failed, message: error.message)
    }
}
