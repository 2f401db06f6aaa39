# Nor an integer. (L28)
import 1
