# L43: what is no number is not equal to itself.
let inf = 1.0e300 * 1.0e300; nan = inf - inf; in if nan == nan then 1 else throw "different"
