import FoundationEssentials
import Testing
import Views

/// Expected screens, as files in `Goldens/`.
///
/// After a wanted change: `SYNCCONSOLE_REWRITE_GOLDENS=1 swift test --filter ViewsTests`, then look
/// at every difference before it is committed.
enum Golden {
    private static let folder =
        "/" + #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        + "/Goldens"
    private static let isRewriting =
        ProcessInfo.processInfo.environment["SYNCCONSOLE_REWRITE_GOLDENS"] == "1"

    /// Compares titled frames with the file of that name.
    static func expect(
        _ name: String, _ frames: [(title: String, canvas: Canvas)],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        try expect(
            name, lines: frames.flatMap { ["=== \($0.title)"] + $0.canvas.lines },
            sourceLocation: sourceLocation)
    }

    static func expect(
        _ name: String, lines: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = lines.joined(separator: "\n") + "\n"
        let path = "\(folder)/\(name).txt"
        if isRewriting {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        let expected = try String(contentsOfFile: path, encoding: .utf8)
        guard text != expected else { return }
        let (got, wanted) = (split(text), split(expected))
        let first = zip(got, wanted).enumerated().first { $0.element.0 != $0.element.1 }
        let line = first?.offset ?? min(got.count, wanted.count)
        Issue.record(
            """
            \(name).txt differs from line \(line + 1) on:
            wanted: \(line < wanted.count ? wanted[line] : "(end)")
            got:    \(line < got.count ? got[line] : "(end)")
            """, sourceLocation: sourceLocation)
    }

    private static func split(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
