import LocalSocket

/// Asks the engines of this machine what they know.
package struct NeighbourProbe: Sendable, Equatable {
    /// The one question of this version.
    package static let question = Array(#"{"version":1,"ask":"readings"}"#.utf8)

    private let folders: [String]
    private let place: String

    /// - Parameters:
    ///   - folders: where sockets may lie.
    ///   - place: the database to which an engine must belong.
    package init(folders: [String], place: String) {
        self.folders = folders
        self.place = place
    }

    /// The folders in which sockets may lie, the best one first; nil where none are wanted.
    ///
    /// - Parameter configured: a folder, `none`, or nil for the usual ones.
    package static func folders(configured: String?, variables: [String: String]) -> [String]? {
        switch configured {
        case "none"?: nil
        case let folder?: [folder]
        case nil: LocalSocketFolder.usual(variables: variables)
        }
    }

    /// What the neighbour knows that has read the database last; nil where there is none. A folder
    /// into which anybody could have put a socket is passed over.
    package func look(timeout: Duration = .seconds(2)) async -> NeighbourReading? {
        await Self.all(in: folders, timeout: timeout).filter { $0.place == place }
            .reduce(nil) { best, reading in
                best.map { Self.isNewer(reading, than: $0) } ?? true ? reading : best
            }
    }

    /// What every engine of this machine says, whichever database it works in.
    package static func all(
        in folders: [String], timeout: Duration = .seconds(2)
    ) async -> [NeighbourReading] {
        var readings: [NeighbourReading] = []
        for folder in folders where LocalSocketFolder.isCredible(folder) {
            for path in LocalSocketFolder.sockets(in: folder) {
                guard
                    let answer = try? await LocalSocketClient.ask(
                        path, question, timeout: timeout),
                    let reading = NeighbourReading(document: answer)
                else { continue }
                readings.append(reading)
            }
        }
        return readings
    }

    private static func isNewer(_ one: NeighbourReading, than other: NeighbourReading) -> Bool {
        guard let time = one.shared?.takenAt else { return false }
        return other.shared.map { time > $0.takenAt } ?? true
    }
}
