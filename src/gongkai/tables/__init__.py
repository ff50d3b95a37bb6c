"""From a document to statutory cells: sections, labels, numbers, identities as a decoder."""
