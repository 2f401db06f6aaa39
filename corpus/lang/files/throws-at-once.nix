let x = 1; in
throw "at once"
