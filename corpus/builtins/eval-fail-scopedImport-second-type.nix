# scopedImport wants a path as its second argument.
scopedImport { } 1
