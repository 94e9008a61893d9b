extension PrivatePostgres {
    /// A URL to another database of the cluster.
    package nonisolated func connectionURL(database: String) -> String {
        Self.connectionURL(socketFolder: folder + "/s", database: database)
    }

    /// Everything that the environment (`PGHOST`, `PGSSLMODE` …) could otherwise decide is said.
    static func connectionURL(socketFolder: String, database: String) -> String {
        "postgresql:///\(percentEncoded(database))?host=\(percentEncoded(socketFolder))&port=5432"
            + "&user=postgres&sslmode=disable&gssencmode=disable&channel_binding=disable"
            + "&target_session_attrs=any"
    }

    static func settings(
        _ durability: Durability, _ own: [String: String], socketFolder: String
    ) -> [String: String] {
        var settings = [
            "listen_addresses": "", "port": "5432", "unix_socket_directories": socketFolder,
            "unix_socket_permissions": "0777", "timezone": "UTC", "log_timezone": "UTC",
            "lc_messages": "C", "jit": "off", "shared_buffers": "128MB", "max_connections": "100",
        ]
        if durability == .process {
            settings["fsync"] = "off"
            settings["synchronous_commit"] = "off"
            settings["full_page_writes"] = "off"
        }
        return settings.merging(own) { $1 }
    }

    static func percentEncoded(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                scalar.isASCII
                && (scalar.properties.isAlphabetic
                    || "0123456789-._".unicodeScalars.contains(scalar))
            if isPlain {
                encoded.unicodeScalars.append(scalar)
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
        return encoded
    }
}
