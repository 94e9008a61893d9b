/// Makes items that look like a food wholesaler's.
struct ItemWriter: Sendable {
    private struct Article {
        let name: String
        let unit: String
        let vat: String
        let family: String
        let subfamily: String?
    }

    private static let articles = [
        Article(
            name: "Tomates pelées", unit: "CRT", vat: "TVA55", family: "EPICERIE",
            subfamily: "LEGUME"),
        Article(name: "Penne", unit: "KG", vat: "TVA55", family: "EPICERIE", subfamily: "PATES"),
        Article(
            name: "Filet de bœuf", unit: "KG", vat: "TVA55", family: "FRAIS", subfamily: "VIANDE"),
        Article(
            name: "Haricots verts", unit: "KG", vat: "TVA55", family: "SURGELE",
            subfamily: "LEGUME"),
        Article(name: "Eau gazeuse", unit: "L", vat: "TVA55", family: "BOISSON", subfamily: nil),
        Article(
            name: "Côtes du Rhône", unit: "PCE", vat: "TVA20", family: "BOISSON", subfamily: "VIN"),
        Article(name: "Crème fraîche", unit: "L", vat: "TVA55", family: "FRAIS", subfamily: nil),
        Article(name: "Plat du jour", unit: "PCE", vat: "TVA10", family: "FRAIS", subfamily: nil),
        Article(name: "Serviettes", unit: "CRT", vat: "TVA20", family: "DIVERS", subfamily: nil),
    ]
    private static let origins = ["Bretagne", "Provence", "Jura", "Alsace", "Landes", "Vendée"]

    /// The beginning of every sku.
    let prefix: String

    init(vendor: String) {
        prefix = vendor.split(separator: "-").last.map { $0.prefix(4).uppercased() } ?? "ITEM"
    }

    /// Every seventh sku is in lower case and every eleventh ends in a letter beyond ASCII: sorted
    /// by a locale they would stand elsewhere than by their bytes.
    func sku(_ number: Int) -> String {
        let digits = String(number)
        let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
        let sku = "\(prefix)-\(padded)"
        if number % 7 == 3 { return sku.lowercased() }
        return number % 11 == 5 ? sku + "É" : sku
    }

    func item(
        _ number: Int, at milliseconds: Int64, _ random: inout SplitMix64
    ) -> SimulatedItem {
        let article = Self.articles[number % Self.articles.count]
        let origin = Self.origins[random.below(Self.origins.count)]
        return SimulatedItem(
            sku: sku(number), name: "\(article.name), \(origin)",
            description: random.chance(percent: 60) ? "Article \(number) de \(origin)" : nil,
            barcode: random.chance(percent: 80) ? String(3_000_000_000_000 + number) : nil,
            unit: article.unit, vat: article.vat, family: article.family,
            subfamily: article.subfamily, priceCents: 90 + random.below(9_000), currency: "EUR",
            isActive: !random.chance(percent: 4), changedAt: milliseconds)
    }
}
