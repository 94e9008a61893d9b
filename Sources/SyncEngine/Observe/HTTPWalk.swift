import HTTPClient
import Probes

/// `doctor`'s look at the HTTP side: where it listens by configuration, and who answers there.
package struct HTTPWalk: Sendable {
    private let settings: HTTPSettings?
    private let patience: Duration

    /// - Parameter settings: nil where nothing is served.
    package init(_ settings: HTTPSettings?, patience: Duration = .seconds(3)) {
        self.settings = settings
        self.patience = patience
    }

    package func run() async -> [HealthStep] {
        guard let settings else {
            return [step("listen", .skipped, "http.listen is empty: nothing is served")]
        }
        let address = HTTPSettings.address(settings.host, settings.port)
        guard settings.port != 0 else {
            return [step("listen", .skipped, "\(address): any free port; the log says which")]
        }
        return [
            step(
                "listen", .ok, "http://\(address): /metrics, /health, /api for vendors' agents"),
            await ask(settings),
        ]
    }

    private func ask(_ settings: HTTPSettings) async -> HealthStep {
        // Who listens everywhere listens here too.
        let host =
            switch settings.host {
            case "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            default: settings.host
            }
        var request = HTTPRequest(
            "GET", "http://\(HTTPSettings.address(host, settings.port))/health")
        request.goesPastProxies = true
        let limits = HTTPLimits(
            connect: patience, stall: patience, stallBytes: 1, total: patience)
        let answer: HTTPAnswer
        do {
            answer = try await HTTPClient().send(request, limits: limits, mostBytes: 65_536)
        } catch {
            return step(
                "answer", .skipped, "nobody answers: \(error.message); no engine runs here?")
        }
        guard let document = try? JSONDocument(text: answer.text),
            let words = Self.words(JSONValue(document.root))
        else {
            return step(
                "answer", .failed,
                "something else answers there (\(answer.status)): set http.listen to another port")
        }
        return step("answer", .ok, words)
    }

    /// Who answers and how it is; nil if it is no engine.
    private static func words(_ health: JSONValue) -> String? {
        guard case .string(let state) = health["state"],
            case .string(let version) = health["version"], case .object(let parts) = health["parts"]
        else { return nil }
        var name = "an engine"
        if case .integer(let id) = health["engine_id"] { name = "engine \(id)" }
        let wrong = parts.compactMap { part -> String? in
            guard case .string(let state) = part.value["state"], state != "ok" else { return nil }
            return part.key
        }
        let which = wrong.isEmpty ? "" : " (\(wrong.joined(separator: ", ")))"
        return "\(name) of version \(version) answers: \(state)\(which)"
    }

    private func step(
        _ name: String, _ result: HealthStep.Result, _ message: String
    ) -> HealthStep {
        HealthStep(part: .http, name: name, result: result, message: message)
    }
}
