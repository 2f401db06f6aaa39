# Negating null. (L33)
-null
