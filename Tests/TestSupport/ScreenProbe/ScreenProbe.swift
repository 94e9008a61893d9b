import Glibc
import Views

/// A toy on the real screen, for the tests of the terminal: it shows what it gets.
///
/// Arguments: `--refuse-suspend`, `--ascii`, `--linger` (stays alive without its screen). At its end
/// it prints why it ended and what it wrote.
@main
enum ScreenProbe {
    static func main() async {
        let arguments = CommandLine.arguments
        var environment: [String: String] = [:]
        for name in ["TERM", "NO_COLOR", "LANG", "LC_ALL"] {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        let configuration = ScreenConfiguration(
            theme: .dark, glyphs: arguments.contains("--ascii") ? .ascii : .unicode,
            suspendPolicy: arguments.contains("--refuse-suspend") ? .refuse : .suspend,
            environment: environment)
        do {
            let waker = try ScreenWaker()
            let outcome = try await Screen.run(configuration, waker: waker) { ProbeApplication() }
            let statistics = outcome.statistics
            print("end=\(outcome.end)")
            print("frames=\(statistics.frames) writes=\(statistics.writes)")
            if arguments.contains("--linger") {
                print("lingering")
                while true { pause() }
            }
            outcome.end.repeatSignal()
            exit(outcome.end == .left ? 0 : 3)
        } catch {
            print("error: \(error)")
            exit(2)
        }
    }
}
