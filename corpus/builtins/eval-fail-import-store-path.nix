# A derivation that is not in the store.
import "/nix/store/z1pfddb7lfpq1x3cv5mxp6sr1sjqjz6y-n.drv"
