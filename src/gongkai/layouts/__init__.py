"""Source layouts: the base class of the plugins, the generic layout, and how one is chosen."""
