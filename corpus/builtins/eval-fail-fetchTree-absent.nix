# Without the experimental feature there is no fetchTree.
fetchTree { type = "path"; path = "/x"; }
