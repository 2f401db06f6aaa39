# Names may not refer to store paths.
removeAttrs { a = 1; } [ "${./files/text.txt}" ]
