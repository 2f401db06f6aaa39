# ... and so must outPath. (L10, L28)
"${{ outPath = 42; }}"
