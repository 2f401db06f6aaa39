# A nested set in rec sees the names of both. (L17)
rec { x = 1; a = { y = x + 1; }; b = rec { x = 10; y = x + 1; }; c = { x = 20; y = x; }; }
