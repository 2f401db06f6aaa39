# L9: escapes of indented strings.
throw ''dollar ''${x} $${y} quotes ''' end''
