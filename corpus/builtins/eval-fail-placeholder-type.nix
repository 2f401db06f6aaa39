# placeholder wants a string.
placeholder 1
