# ... nor sets that say nothing about it. (L10)
"${{ a = 1; b = { c = [ 1 2 ]; }; }}"
