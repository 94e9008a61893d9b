import FoundationEssentials

/// What Google's servers say about an error:
/// `{"error": {"code": 403, "message": "… does not have storage.objects.get access …"}}`.
struct GoogleError: Decodable {
    struct Detail: Decodable {
        let message: String?
    }

    let error: Detail

    /// Empty if it says nothing, or nothing of that form.
    static func words(_ body: [UInt8]) -> String {
        (try? JSONDecoder().decode(GoogleError.self, from: Data(body)))?.error.message ?? ""
    }
}
