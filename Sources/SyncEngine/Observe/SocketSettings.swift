/// Where an engine's local socket lies, and who may ask there.
package struct SocketSettings: Sendable, Equatable {
    /// The first that can be had is taken.
    package var folders: [String]
    /// A group whose members may ask too, besides the engine's own user and root.
    package var group: String?

    package init(folders: [String], group: String? = nil) {
        self.folders = folders
        self.group = group
    }
}
