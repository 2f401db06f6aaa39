# A string must be an absolute path.
import "files/import"
