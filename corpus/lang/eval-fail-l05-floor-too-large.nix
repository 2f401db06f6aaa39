# ... nor near 1e19. (L5)
builtins.floor 1.0e19
