# A file is evaluated once, however often it is imported and however its path is written.
import ./files/import/traced.nix
+ import (toString ./files/import/traced.nix)
+ import ./files/import/../import/traced.nix
+ throw "end"
