# import wants a path.
import 1
