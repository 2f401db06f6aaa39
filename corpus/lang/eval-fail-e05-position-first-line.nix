/* An error in the first line has none before it. (E5) */ 1 + "a"
