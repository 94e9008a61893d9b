import Glibc

@main
enum SyncConsole {
    static func main() async {
        StandardDescriptors.occupy()
        // A closed pipe is an error of write(2), to be handled where it happens, not a death.
        signal(SIGPIPE, SIG_IGN)
        exit(await CommandLineMain.run(Array(CommandLine.arguments.dropFirst())))
    }

    static let version = "0.4.0"
}
