/// One sku of a page as both sides have it: what a chunk decides.
struct ItemPair: Sendable {
    var sku: Sku
    /// Nil where the agent has none.
    var theirs: ItemsAnswer.Item?
    /// Our content hash when the comparison looked; nil where we had none.
    var compared: String?
}
