@main
enum SyncConsole {
    static func main() {}
}
