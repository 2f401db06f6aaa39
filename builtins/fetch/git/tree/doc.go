// Package tree shows the files of Git repositories as worlds, without a checkout.
//
//	Tree           the files of a commit, read from objects as they are asked for
//	Working        the tracked files of a working tree, with the contents that are on disk
//	ExportIgnored  a world without the files that have the attribute export-ignore
//	Mounted        a world with others in folders of it, for submodules
//	Explained      a world whose missing files have errors that say why they are not there
//
// "/" is the root of the tree in each of them. They do not change, but for the working tree, whose list
// of files is that of the time when it was made.
package tree
