# L29: no semicolon
with { } 1
