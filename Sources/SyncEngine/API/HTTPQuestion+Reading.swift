import Probes

extension HTTPQuestion {
    /// The number in the path; what is none leads to nothing.
    ///
    /// - Parameters:
    ///   - what: `letter`, for the sentence.
    ///   - name: of the pattern's parameter.
    func id(_ what: String, named name: String = "id") throws(HTTPRefusal) -> Int64 {
        guard let text = parameters[name], text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let id = Int64(text), id > 0
        else { throw .notFound("there is no such \(what): ids are numbers") }
        return id
    }

    /// The vendor in the path.
    func vendor() throws(HTTPRefusal) -> String {
        guard let vendor = parameters["vendorId"], vendor.unicodeScalars.count <= 100,
            !vendor.utf8.contains(0)
        else { throw .notFound("there is no such vendor") }
        return vendor
    }
}

extension HTTPQuery {
    /// A parameter that may be there; answers 400 `invalid_query` to an empty or too long one.
    func text(_ name: String, atMost most: Int) throws(HTTPRefusal) -> String? {
        guard let text = self[name] else { return nil }
        guard !text.isEmpty, text.unicodeScalars.count <= most,
            text.unicodeScalars.allSatisfy({
                $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
            })
        else {
            throw HTTPRefusal(
                400, "invalid_query", "\(name) must have 1 to \(most) visible characters")
        }
        return text
    }

    func choice(_ name: String, of choices: [String]) throws(HTTPRefusal) -> String? {
        guard let text = self[name] else { return nil }
        guard choices.contains(text) else {
            throw HTTPRefusal(
                400, "invalid_query", "\(name) is none of \(choices.joined(separator: ", "))")
        }
        return text
    }
}
