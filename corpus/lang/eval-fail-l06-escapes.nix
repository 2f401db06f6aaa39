# L6: what escapes make of a string is what the message shows.
throw "quote \" dollar \${x} backslash \\ letter \q"
