import ArgumentParser
import Foundation
import Probes
import Testing

@testable import SyncConsole

@Suite("Runbooks")
struct RunbookCommandLineTests {
    private static let root =
        "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

    @Test("are exactly the pages of docs/runbooks")
    func folder() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Self.root + "/docs/runbooks")
        let names = files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
        #expect(names == RunbookLibrary.shipped.map(\.name))
    }

    @Test("are there for every rule that is shipped, and for no other")
    func rules() throws {
        let file = try String(
            contentsOfFile: Self.root + "/Sources/SyncEngine/Alerts/Shipped/alert_rules.yaml",
            encoding: .utf8)
        // A rule has a page of its own name, unless it names another's.
        var pages: [String] = []
        for line in file.split(separator: "\n") {
            if line.hasPrefix("  - name: ") { pages.append(String(line.dropFirst(10))) }
            if line.hasPrefix("    runbook: ") {
                pages[pages.count - 1] = String(line.dropFirst(13))
            }
        }
        #expect(pages.count > 20)
        #expect(Set(pages).sorted() == RunbookLibrary.shipped.map(\.name))
    }

    @Test("tell to type only what this build understands")
    func commands() throws {
        var count = 0
        for runbook in RunbookLibrary.shipped {
            #expect(!runbook.commands.isEmpty, "\(runbook.name)")
            for line in runbook.commands {
                let words = try #require(ShellWords.split(line), "\(runbook.name): \(line)")
                try #require(words.first == "syncconsole", "\(runbook.name): \(line)")
                let arguments = words.dropFirst().map(Self.filledIn)
                #expect(throws: Never.self, "\(runbook.name): \(line)") {
                    try CommandNames.check(arguments)
                    let command = try RootCommand.parseAsRoot(arguments)
                    // A noun alone is a list; a word that it does not know must not pass as one.
                    #expect(!(command is RootCommand), "\(runbook.name): \(line)")
                }
                count += 1
            }
        }
        #expect(count > 60)
    }

    /// A placeholder of a page, as somebody would fill it in.
    private static func filledIn(_ word: String) -> String {
        switch word {
        case "ID": "41"
        case "PARTITION": "3"
        case "GAP": "7"
        case "TIME": "2025-01-17T10:30:00Z"
        default: word
        }
    }

    @Test("would not get through with a command or an option that does not exist")
    func wrong() {
        #expect(throws: (any Error).self) { try CommandNames.check(["dql", "list"]) }
        #expect(throws: (any Error).self) {
            _ = try RootCommand.parseAsRoot(["dlq", "retry", "1", "--canari"])
        }
    }

    @Test("stay within 80 columns as they stand")
    func width() throws {
        for runbook in RunbookLibrary.shipped {
            let text = try String(
                contentsOfFile: Self.root + "/docs/runbooks/\(runbook.name).md", encoding: .utf8)
            // A command is wrapped where it is shown; broken in the page it could not be copied.
            for line in text.split(separator: "\n") where !line.hasPrefix("   syncconsole ") {
                #expect(line.count <= 80, "\(runbook.name): \(line)")
            }
        }
    }

    @Test("are listed and shown without any server, and their checks say what is missing")
    func withoutServers() async throws {
        let list = try await ProgramRun.run(["runbook", "--no-checks", "--json"])
        #expect(list.status == 0, "\(list.errors)")
        #expect(try list.rows().count == RunbookLibrary.shipped.count)

        let unreachable = [
            "DATABASE_URL": "postgresql://127.0.0.1:1/nowhere", "KAFKA_BROKERS": "127.0.0.1:1",
        ]
        let page = try await ProgramRun.run(
            ["runbook", "consumer_stopped", "--json"], environment: unreachable)
        #expect(page.status == 0, "\(page.errors)")
        let object = try page.object()
        let checks = try #require(object["checks"] as? [[String: Any]])
        func result(_ check: String) -> String? {
            checks.first { $0["check"] as? String == check }?["result"] as? String
        }
        #expect(result("database.reachable") == "bad")
        #expect(result("kafka.reachable") == "bad")
        #expect(result("engines.live") == "unknown")

        let text = try await ProgramRun.run(["runbook", "consumer_stopped", "--no-checks"])
        #expect(text.output.hasPrefix("Event consumer down\nrunbook consumer_stopped\n\n"))
        #expect(text.output.contains("      syncconsole doctor\n"))
        #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("that do not exist are answered with the name that was probably meant")
    func misspelt() async throws {
        let run = try await ProgramRun.run(["runbook", "consumer_stoped"])
        #expect(run.status == 1)
        #expect(run.errors.contains("did you mean 'consumer_stopped'?"))
    }
}

/// Splits a command line as a shell would, as far as runbooks need it: blanks and double quotes.
private enum ShellWords {
    static func split(_ line: String) -> [String]? {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        for character in line {
            switch character {
            case "\"":
                isQuoted.toggle()
                word = word ?? ""
            case " " where !isQuoted:
                if let word { words.append(word) }
                word = nil
            default: word = (word ?? "") + String(character)
            }
        }
        if let word { words.append(word) }
        return isQuoted ? nil : words
    }
}
