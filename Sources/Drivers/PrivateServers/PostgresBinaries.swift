import FoundationEssentials
import Glibc

/// Where `initdb` and `postgres` are.
struct PostgresBinaries: Sendable {
    let folder: String

    var initdb: String { folder + "/initdb" }
    var postgres: String { folder + "/postgres" }
    /// Copies a running server; it comes with the same package.
    var baseBackup: String { folder + "/pg_basebackup" }

    /// The newest version of Debian's packages, or else what `PATH` has.
    static func find() throws(PrivateServerError) -> PostgresBinaries {
        let root = "/usr/lib/postgresql"
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
            .compactMap { Int($0) }.sorted(by: >)
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        let candidates =
            versions.map { "\(root)/\($0)/bin" } + path.split(separator: ":").map(String.init)
        for folder in candidates {
            let binaries = PostgresBinaries(folder: folder)
            let isComplete =
                access(binaries.initdb, X_OK) == 0 && access(binaries.postgres, X_OK) == 0
            if isComplete { return binaries }
        }
        throw PrivateServerError(
            "No PostgreSQL server found: neither below \(root) nor in PATH. "
                + "On Debian: apt install postgresql.")
    }
}
