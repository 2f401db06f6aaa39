# fromTOML wants a string.
fromTOML [ ]
