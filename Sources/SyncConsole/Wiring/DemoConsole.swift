import Demo

enum DemoConsole {
    static func run(_ options: DemoOptions, _ configuration: Configuration) async throws {
        throw CommandError(.failed, "not yet")
    }
}
