import Glibc

/// A regular file that has been looked at and not yet opened.
struct RegularFile: ~Copyable {
    private let named: OpenFile
    private let identity: FileIdentity
    private let location: String

    /// A name in a folder, which it may not leave.
    ///
    /// - Parameter folder: open by name only.
    init(
        _ name: String, in folder: borrowing OpenFile, location: String
    ) throws(ObjectStoreError) {
        let named = try OpenFile(name, in: folder, flags: OpenFile.nameOnly, location: location)
        let identity = try named.identity(location: location)
        // Asked of what is open: nobody can put another link into its place in between.
        let root = try folder.realPath(location: location)
        let real = try named.realPath(location: location)
        guard real.utf8.starts(with: (root == "/" ? "/" : root + "/").utf8) else {
            throw ObjectStoreError(
                .invalidLocation,
                "\(location) is a symbolic link out of its folder: put the file itself there.")
        }
        try self.init(named, identity, location)
    }

    /// A path, with its symbolic links.
    init(_ path: String) throws(ObjectStoreError) {
        let named = try OpenFile(path, flags: OpenFile.nameOnly)
        let identity = try named.identity(location: path)
        try self.init(named, identity, path)
    }

    private init(
        _ named: consuming OpenFile, _ identity: FileIdentity, _ location: String
    ) throws(ObjectStoreError) {
        guard identity.isRegular else {
            throw ObjectStoreError(
                .invalidLocation,
                "\(location) is \(identity.isFolder ? "a folder" : "no regular file"): "
                    + "put a plain file there.")
        }
        self.named = named
        self.identity = identity
        self.location = location
    }

    func version(_ name: String) -> ObjectVersion {
        ObjectVersion(
            name: name, location: location, generation: identity.generation,
            sizeBytes: identity.sizeBytes, updatedAt: identity.modifiedAt)
    }

    /// Opens it for reading, if it is that version.
    func pin(_ version: ObjectVersion) throws(ObjectStoreError) -> PinnedFile {
        // Through the kernel's own link: the very file that was looked at, whatever its name means
        // now.
        let opened = try OpenFile(
            "/proc/self/fd/\(named.descriptor)", flags: O_RDONLY | O_NOCTTY, location: location)
        let file = try PinnedFile(descriptor: opened.release(), version: version)
        guard identity.generation == version.generation, file.localGeneration == version.generation
        else {
            throw ObjectStoreError(
                .changed,
                "\(location) is not the file that was found any more: start again to read the "
                    + "new one.")
        }
        return file
    }
}
