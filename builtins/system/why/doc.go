// Package why says how two generations of a machine or home differ, and which lines of its
// configuration caused that.
//
//	Record     what is kept of a generation: what its configuration defines, and what that came to
//	Compare    how two of them differ: Diff
//	Locate     where a file defines an option
//
// # What is compared
//
// A configuration consists of files of the user, and of modules of a tree such as nixpkgs. A
// Record has the definitions of options in the user's files, attribute by attribute, each with
// file and line; and the parts of the generation: packages, units, files below /etc, users and
// so on, each with the modules that define it.
//
// # What caused it
//
// Evaluation is a function of the definitions and the trees. So what differs in the parts was
// caused by what differs in the definitions, or in the trees. Compare looks for the definition
// of each part: one in a file that defines the part itself; one of an option that is declared in
// a module which defines it; one that such a module reads (config.a.b in its text); and so on
// through the modules that define what is read, nearest first. If a single definition differs, it
// is the cause of everything.
//
// # Why records, and no second evaluation
//
// The sources of an older generation are mostly gone: a configuration is edited in place, and
// of a flake the revision may never have been committed. A Record is written when a generation
// is made, and is read in a millisecond. It is named after the store path, so that it holds for all
// profiles and generations that lead there.
//
// Positions are read from the text of files: the evaluator knows where an attribute stands, but
// the module system merges values, and does not hand on where their attributes stood.
package why
