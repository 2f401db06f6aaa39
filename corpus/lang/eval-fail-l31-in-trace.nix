# The frames of a failed comparison under others. (L31)
let check = a: b: assert { v = a; } == { v = b; }; "same"; in { result = check 1 "1"; }
