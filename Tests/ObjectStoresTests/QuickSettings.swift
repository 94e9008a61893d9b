import ObjectStores
import TestSupport

/// Impatient, for servers that fail on purpose.
func quickSettings(
    _ server: StubHTTPServer, environment: [String: String] = [:],
    _ change: (inout ObjectStoreSettings) -> Void = { _ in }
) -> ObjectStoreSettings {
    var settings = ObjectStoreSettings(environment: environment)
    settings.google.endpoint = server.url
    settings.amazon.endpoint = server.url
    settings.patience.firstPause = .milliseconds(1)
    settings.patience.attempts = 3
    settings.patience.progressBytes = 1_000
    settings.patience.answerTime = .seconds(20)
    change(&settings)
    return settings
}

func openBucket(_ settings: ObjectStoreSettings) throws -> any ObjectStore {
    try ObjectStoreFactory.open(
        .google(bucket: "bucket", prefix: "exports/"), settings: settings)
}

/// Bytes that no two places share by accident.
func sample(_ count: Int) -> [UInt8] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
        state = state &* 1_664_525 &+ 1_013_904_223
        return UInt8(truncatingIfNeeded: state >> 24)
    }
}
