import Foundation

/// Prometheus' own checker, which `scripts/setup --tests` takes out of Debian's package.
package enum Promtool {
    package struct Missing: Error, CustomStringConvertible {
        package let description =
            "there is no promtool: run scripts/setup --tests, which unpacks it"
    }

    /// Runs it to its end; what it says on both outputs, together.
    package static func run(
        _ arguments: [String], input: String = ""
    ) throws -> (status: Int32, output: String) {
        let places = [".build/promtool/promtool", "/usr/bin/promtool"]
        guard let place = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw Missing()
        }
        let process = Process()
        process.executableURL = URL(filePath: place)
        process.arguments = arguments
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "syncconsole-promtool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "input")
        let words = folder.appending(path: "words")
        try Data(input.utf8).write(to: file)
        try Data().write(to: words)
        process.standardInput = try FileHandle(forReadingFrom: file)
        let output = try FileHandle(forWritingTo: words)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        process.waitUntilExit()
        try output.close()
        return (
            process.terminationStatus, String(decoding: try Data(contentsOf: words), as: UTF8.self)
        )
    }
}
