"""From labels to statutory rows: which values are a row's, and on which of its columns they lie."""
