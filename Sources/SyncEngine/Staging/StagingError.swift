import Glibc

/// Why a file cannot be staged or compared.
package enum StagingError: Error, Equatable {
    /// No room for temporary files. Worth another try once there is.
    case diskFull(folder: String)
    case cannotWrite(folder: String, errno: Int32)
    case cannotRead(errno: Int32)
    /// A row no longer says what it said when the file was staged. Stage it anew.
    case fileChanged(line: Int)
    /// The database's rows were not in the form that was asked for.
    case unreadableCatalog
    case cancelled
}

extension StagingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .diskFull(let folder):
            "no space is left for temporary files in \(folder): free some, or name a folder with more "
                + "as reconciliation.work_folder, and start the run again"
        case .cannotWrite(let folder, let number):
            "temporary files cannot be written in \(folder): \(Self.text(number))"
        case .cannotRead(let number): "the file cannot be read: \(Self.text(number))"
        case .fileChanged(let line):
            "the file has changed while it was read, at line \(line): start the run again"
        case .unreadableCatalog: "the database's rows cannot be read"
        case .cancelled: "cancelled"
        }
    }

    private static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}
