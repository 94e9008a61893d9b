import HTTPClient

/// How much a bucket may falter before a call fails.
package struct TransferPatience: Sendable, Equatable {
    package var limits = HTTPLimits()
    /// For an answer that is not an object's bytes: metadata, a listing, a token.
    package var answerTime: Duration = .seconds(60)
    /// How often a question is asked, and how often in a row a download may break off without
    /// progress.
    package var attempts = 6
    /// The pause after the first failure; it doubles, with jitter, up to `longestPause`.
    package var firstPause: Duration = .milliseconds(250)
    package var longestPause: Duration = .seconds(15)
    /// What a download must bring between two breaks for its failures to be counted anew.
    package var progressBytes: Int64 = 65_536

    package init() {}

    /// - Parameters:
    ///   - failures: how many attempts have failed in a row, from 1.
    ///   - random: in 0..<1.
    func pause(afterFailures failures: Int, random: Double) -> Duration {
        var pause = firstPause
        for _ in 1..<max(failures, 1) where pause < longestPause { pause = pause * 2 }
        return min(pause, longestPause) * (1 - 0.3 * random)
    }

    var answerLimits: HTTPLimits {
        var limits = limits
        limits.total = answerTime
        return limits
    }
}
