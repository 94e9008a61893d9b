// swift-tools-version: 6.2
import PackageDescription

// The rooms and their arrows (docs/architecture.md). A target may import only what it lists here:
// the build is run with `--explicit-target-dependency-import-check error`, and
// `scripts/check-imports` holds the same table for the system-library modules that flag misses.

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

let argumentParser: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
// What Hummingbird itself stands on, and what one file or two have to name.
let hummingbirdParts: [Target.Dependency] = [
    .product(name: "HTTPTypes", package: "swift-http-types"),
    .product(name: "HummingbirdCore", package: "hummingbird"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "NIOCore", package: "swift-nio"),
    .product(name: "NIOHTTP1", package: "swift-nio"),
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
]

let package = Package(
    name: "syncconsole",
    products: [
        .executable(name: "syncconsole", targets: ["SyncConsole"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(
            url: "https://github.com/apple/swift-http-types.git", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", from: "1.34.1"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.9.0"),
    ],
    targets: [
        // C libraries, from Debian.
        .systemLibrary(name: "CPostgres", path: "Sources/Drivers/CPostgres"),
        .systemLibrary(name: "CRdKafka", path: "Sources/Drivers/CRdKafka"),
        .systemLibrary(name: "CNcurses", path: "Sources/Drivers/CNcurses"),
        .systemLibrary(name: "CCrypto", path: "Sources/Drivers/CCrypto"),
        .systemLibrary(name: "CCrypt", path: "Sources/Drivers/CCrypt"),
        .systemLibrary(name: "CCurl", path: "Sources/Drivers/CCurl"),
        .systemLibrary(name: "CThreads", path: "Sources/Drivers/CThreads"),

        // Drivers: the rooms of C.
        .target(
            name: "Threads", dependencies: ["CThreads"], path: "Sources/Drivers/Threads",
            swiftSettings: strict),
        .target(
            name: "Postgres", dependencies: ["CPostgres", "Threads"],
            path: "Sources/Drivers/Postgres",
            swiftSettings: strict),
        .target(
            name: "Kafka", dependencies: ["CRdKafka"], path: "Sources/Drivers/Kafka",
            swiftSettings: strict),
        .target(
            name: "Hashing", dependencies: ["CCrypto"], path: "Sources/Drivers/Hashing",
            swiftSettings: strict),
        .target(
            name: "Passwords", dependencies: ["CCrypt", "Hashing"],
            path: "Sources/Drivers/Passwords", swiftSettings: strict),
        .target(
            name: "HTTPClient", dependencies: ["CCurl", "Threads"],
            path: "Sources/Drivers/HTTPClient",
            swiftSettings: strict),
        .target(
            name: "ObjectStores", dependencies: ["HTTPClient", "Hashing", "Threads"],
            path: "Sources/Drivers/ObjectStores", swiftSettings: strict),
        .target(
            name: "Mail", dependencies: ["CCurl", "Threads"], path: "Sources/Drivers/Mail",
            swiftSettings: strict),
        .target(
            name: "LocalSocket", dependencies: ["Threads"], path: "Sources/Drivers/LocalSocket",
            swiftSettings: strict),
        .target(
            name: "PrivateServers", dependencies: ["Postgres", "Kafka"],
            path: "Sources/Drivers/PrivateServers", swiftSettings: strict),

        // The four rooms.
        .target(
            name: "Probes", dependencies: ["Postgres", "Kafka", "LocalSocket", "Threads"],
            // `Pages` leads to docs/runbooks: what people read there is what the binary holds.
            resources: [.embedInCode("SQL"), .embedInCode("Runbooks/Pages")],
            swiftSettings: strict),
        .target(
            name: "SyncEngine",
            dependencies: [
                "Probes", "Postgres", "Kafka", "Hashing", "HTTPClient", "LocalSocket", "Mail",
                "ObjectStores", "Passwords", "Threads", hummingbird, yams,
            ] + hummingbirdParts,
            // docs/openapi.yaml leads to `API/Document`.
            resources: [
                .embedInCode("SQL"), .embedInCode("Alerts/Shipped"), .embedInCode("API/Document"),
            ],
            swiftSettings: strict),
        .target(name: "Views", dependencies: ["Probes", "CNcurses"], swiftSettings: strict),
        .target(
            name: "VendorSimulator",
            dependencies: ["Hashing", "HTTPClient", hummingbird] + hummingbirdParts,
            path: "Sources/SyncConsole/VendorSimulator", swiftSettings: strict),
        .target(
            name: "Demo",
            dependencies: ["Postgres", "Kafka", "PrivateServers", "Hashing", "VendorSimulator"],
            path: "Sources/SyncConsole/Demo", resources: [.embedInCode("SQL")],
            swiftSettings: strict),
        .executableTarget(
            name: "SyncConsole",
            dependencies: [
                "Views", "SyncEngine", "Probes", "Demo", "VendorSimulator", "Postgres", "Kafka",
                "Hashing", argumentParser, yams,
            ],
            exclude: ["Demo", "VendorSimulator"], swiftSettings: strict),

        // Tests, with a real PostgreSQL, the real Kafka protocol and a terminal emulator.
        .systemLibrary(name: "CVterm", path: "Tests/TestSupport/CVterm"),
        .target(
            name: "TestSupport",
            dependencies: ["Postgres", "Kafka", "PrivateServers", "Threads", "CVterm"],
            path: "Tests/TestSupport/Fixtures", swiftSettings: strict),
        .testTarget(
            name: "PostgresTests", dependencies: ["Postgres", "PrivateServers", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "KafkaTests", dependencies: ["Kafka", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ObjectStoresTests",
            dependencies: [
                "ObjectStores", "HTTPClient", "Hashing", "PrivateServers", "TestSupport",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ProbesTests",
            dependencies: ["Probes", "SyncEngine", "Postgres", "Kafka", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SyncEngineTests",
            dependencies: [
                "SyncEngine", "Probes", "Postgres", "Kafka", "Hashing", "HTTPClient",
                "LocalSocket", "Mail", "TestSupport",
            ],
            swiftSettings: strict),
        // A toy on the real screen, for the tests of the terminal.
        .executableTarget(
            name: "ScreenProbe", dependencies: ["Views"], path: "Tests/TestSupport/ScreenProbe",
            swiftSettings: strict),
        .testTarget(
            name: "ViewsTests", dependencies: ["Views", "Probes", "TestSupport", "ScreenProbe"],
            exclude: ["Goldens"],
            swiftSettings: strict),
        .testTarget(
            name: "DemoTests",
            dependencies: ["Demo", "VendorSimulator", "Postgres", "Kafka", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "VendorSimulatorTests",
            dependencies: ["VendorSimulator", "HTTPClient", "Hashing", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "SyncConsoleTests",
            dependencies: [
                "SyncConsole", "Demo", "VendorSimulator", "Views", "SyncEngine", "Probes",
                "Postgres", "Kafka", "PrivateServers", "TestSupport",
            ],
            swiftSettings: strict),
    ]
)

// The engine's cache of mappings, measured from within: Benchmarks/run mappings.
if Context.environment["SYNCCONSOLE_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "MappingLookups", dependencies: ["SyncEngine", "Postgres"],
            path: "Benchmarks/mappings/MappingLookups", swiftSettings: strict))
}

// Working on one room: SYNCCONSOLE_TESTS=SyncEngineTests,ProbesTests swift test builds these alone.
if let wanted = Context.environment["SYNCCONSOLE_TESTS"] {
    let names = wanted.split(separator: ",").map(String.init)
    package.targets.removeAll { $0.type == .test && !names.contains($0.name) }
}
