# Nor a set. (L28)
import { path = ./files; }
