let map = 1; in scopedVar + map
