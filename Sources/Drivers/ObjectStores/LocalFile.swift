import Glibc
import HTTPClient
import Threads

/// A single file anywhere on this machine, as an administrator names it on the command line.
///
/// A symbolic link is followed, wherever it leads. It has one name, its path's last component.
package struct LocalFile: ObjectStore {
    package let path: String
    package let name: String

    package var breakerKey: String { "file:\(path)" }

    /// - Parameter path: absolute.
    package init(path: String) throws(ObjectStoreError) {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        guard path.hasPrefix("/"), !path.hasSuffix("/"), ObjectName.isValid(name) else {
            throw ObjectStoreError(
                .invalidLocation, "`\(path)` is not a file's absolute path: write it in full.")
        }
        self.path = path
        self.name = name
    }

    /// Nil for any other name.
    package func find(_ name: String) async throws(ObjectStoreError) -> ObjectVersion? {
        guard name == self.name else { return nil }
        do throws(ObjectStoreError) {
            return try await OwnThread.run(named: "file") { () throws(ObjectStoreError) in
                try RegularFile(path).version(name)
            }
        } catch {
            guard error.kind == .notFound else { throw error }
            return nil
        }
    }

    package func list(prefix: String) async throws(ObjectStoreError) -> [ObjectVersion] {
        guard name.hasPrefix(prefix), let version = try await find(name) else { return [] }
        return [version]
    }

    package func fetch(
        _ version: ObjectVersion, workFolder: String, progress: @escaping @Sendable (Int64) -> Void
    ) async throws(ObjectStoreError) -> PinnedFile {
        let file = try await OwnThread.run(named: "file") { () throws(ObjectStoreError) in
            try RegularFile(path).pin(version)
        }
        progress(file.sizeBytes)
        return file
    }
}
