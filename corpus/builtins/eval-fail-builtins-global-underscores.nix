# Those that are global have no second name with underscores.
__map
