# __overrides replaces attributes for the other attributes of the rec as well, and adds new ones, which these do not see. (L19)
let new = "outer"; in rec { a = 1; b = a + 1; c = new; __overrides = { a = 10; new = "added"; }; }
