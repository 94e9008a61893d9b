/// How the simulator tells how an order ended.
package enum CallbackManner: String, Sendable, CaseIterable, Encodable {
    /// Once, a while after the call was answered.
    case usual
    /// Before the call is answered.
    case early
    /// Ten times later than usual.
    case late
    /// Once as usual, and once more.
    case twice
    /// Not at the first call; only once the engine has asked again.
    case forgotten
    /// Not at all.
    case never
}

/// Decides how an order ends and how that is told, by the order's key alone: a repeated call meets
/// the same decision, in whatever order calls come.
package struct CallbackPlan: Sendable {
    /// For a manner of an order of its own in shares of a hundred; what is left is `usual`.
    package var percents: [CallbackManner: Int]
    /// Orders in a hundred that the ERP refuses for good.
    package var failingPercent: Int
    package var after: Duration

    package init(
        percents: [CallbackManner: Int] = [:], failingPercent: Int = 0,
        after: Duration = .seconds(2)
    ) {
        self.percents = percents
        self.failingPercent = failingPercent
        self.after = after
    }

    /// Some of each, but for what never comes.
    package static let mixed: [CallbackManner: Int] = [
        .early: 10, .late: 5, .twice: 10, .forgotten: 5,
    ]

    package func manner(of key: String, seed: UInt64) -> CallbackManner {
        var left = Self.draw(key, seed)
        for manner in CallbackManner.allCases {
            left -= percents[manner] ?? 0
            if left < 0 { return manner }
        }
        return .usual
    }

    package func fails(_ key: String, seed: UInt64) -> Bool {
        Self.draw(key, seed ^ 0xFA11) < failingPercent
    }

    /// From the call's answer to the callback; nil if it comes before the answer, or never.
    package func delay(of manner: CallbackManner, isRepeated: Bool) -> Duration? {
        switch manner {
        case .usual, .twice: after
        case .early: isRepeated ? after : nil
        case .late: after * 10
        case .forgotten: isRepeated ? after : nil
        case .never: nil
        }
    }

    /// From 0 to 99, by the key (FNV-1a, then mixed).
    private static func draw(_ key: String, _ seed: UInt64) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
        for byte in key.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var random = SplitMix64(seed: hash)
        return random.below(100)
    }
}
