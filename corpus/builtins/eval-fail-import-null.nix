# Null is no path.
import null
