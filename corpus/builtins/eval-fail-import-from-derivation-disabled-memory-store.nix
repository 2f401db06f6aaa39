# Without import from derivation, outputs cannot be imported.
import (derivation { name = "n"; builder = "/b"; system = "s"; })
