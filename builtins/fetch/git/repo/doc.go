// Package repo reads Git repositories: where they are, what references mean, how commits follow each
// other, and whether a working tree is as it was committed.
//
//	Repository      an open repository;  Open, Discover
//	Ref             what a reference says: an object, or another reference
//	Resolve         a name as users write it to a commit
//	RevCount        the number of commits that lead to one
//	Status          the tracked files of a working tree, and which of them were changed
//	Config          a file of configuration, such as .git/config or .gitmodules
//
// Objects are read by package odb, the index by package index. No program is run, and nothing in a
// repository names one that would be.
//
// Only the repository's own configuration counts. Owners of files are not looked at: reading a
// repository of somebody else does nothing that its contents could decide.
package repo
