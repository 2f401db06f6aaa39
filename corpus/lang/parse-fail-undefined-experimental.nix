# L55: fetchTree needs its experimental feature
fetchTree
