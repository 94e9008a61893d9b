/// What a catalog says in one language: the texts that the demo's services are put together from.
struct Phrasebook: Sendable {
    /// Language code as the events carry it, such as "es".
    let language: String
    /// Name of a service by the source's type, with `{}` where the object of the work goes.
    let names: [String: String]
    /// Short name by the source's type, same form.
    let shortNames: [String: String]
    /// Object of the work by the source's category.
    let objects: [String: String]
    /// Sentence with `{}` for the name of the service.
    let descriptions: [String]
    /// What tells services of the same kind apart.
    let qualifiers: [String]
    let scopeIncluded: [String]
    let scopeExcluded: [String]
    let worksiteRequirements: [String]
    let productPrerequisites: [String]
    let deprecationReasons: [String]

    func name(type: String, category: String, qualifier: String) -> String {
        fill(names[type] ?? "{}", objects[category] ?? category) + ", " + qualifier
    }

    func shortName(type: String, category: String) -> String {
        fill(shortNames[type] ?? "{}", objects[category] ?? category)
    }

    func description(_ number: Int, of name: String) -> String {
        fill(descriptions[number % descriptions.count], name)
    }

    private func fill(_ template: String, _ text: String) -> String {
        template.replacing("{}", with: text)
    }
}
