import Probes

/// How many checks of a runbook came out how.
struct CheckVerdicts: Equatable {
    var counts: [CheckResult.Verdict: Int] = [:]

    /// `2 bad, 1 unknown` or `ok`
    var words: String {
        let troubled = [CheckResult.Verdict.bad, .unknown].compactMap { verdict in
            counts[verdict].map { "\($0) \(verdict.rawValue)" }
        }
        return troubled.isEmpty ? "ok" : troubled.joined(separator: ", ")
    }

    var json: JSONValue {
        .object(
            CheckResult.Verdict.allCases.map {
                .init($0.rawValue, .integer(Int64(counts[$0] ?? 0)))
            })
    }
}

extension Runbook {
    func verdicts(_ readings: CheckReadings) -> CheckVerdicts {
        checks.reduce(into: CheckVerdicts()) {
            $0.counts[readings.result(of: $1).verdict, default: 0] += 1
        }
    }

    /// One of a list.
    func summaryJSON(_ readings: CheckReadings?) -> JSONValue {
        [
            "name": .string(name), "title": .string(title), "summary": .string(summary),
            "checks": readings.map { verdicts($0).json } ?? .null,
        ]
    }

    /// All of it. Without readings the checks have no result.
    func json(_ readings: CheckReadings?) -> JSONValue {
        [
            "name": .string(name), "title": .string(title), "summary": .string(summary),
            "sections": .array(sections), "commands": .array(commands.map(JSONValue.string)),
            "checks": .array(checks.map { $0.json(readings?.result(of: $0)) }),
        ]
    }

    /// Each with its lines, commands and checks as they stand in the page.
    private var sections: [JSONValue] {
        var sections: [(title: String, lines: [JSONValue])] = []
        for block in blocks {
            if case .heading(let title) = block {
                sections.append((title, []))
            } else if !sections.isEmpty {
                sections[sections.count - 1].lines.append(.string(block.text))
            }
        }
        return sections.map { ["title": .string($0.title), "lines": .array($0.lines)] }
    }
}

extension RunbookBlock {
    fileprivate var text: String {
        switch self {
        case .heading(let text), .command(let text): text
        case .paragraph(let spans): spans.map(\.text).joined()
        case .item(let marker, let spans): "\(marker) " + spans.map(\.text).joined()
        case .check(let check): "check: \(check)"
        }
    }
}

extension RunbookCheck {
    fileprivate func json(_ result: CheckResult?) -> JSONValue {
        [
            "check": .string(description),
            "result": result.map { .string($0.verdict.rawValue) } ?? .null,
            "message": result.map { .string($0.words) } ?? .null,
            "figure": result?.figure.map(JSONValue.double) ?? .null,
        ]
    }
}
