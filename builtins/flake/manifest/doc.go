// Package manifest reads the part of a flake.nix that is known without evaluating anything:
// description, inputs, nixConfig, and the arguments that outputs takes.
//
//	Read      a parsed flake.nix to a Manifest
//	Manifest  what it says
//	Error     what is wrong with it, and where
//
// # Literals
//
// Whatever fetches a flake has to know its inputs before code of it may run. So this part
// consists of literals: strings, integers, Booleans, lists, sets whose names are written out,
// and functions. A variable is as good as a literal if it is one of a recursive set around it,
// or true, false or null. All else is a thunk in messages, as in those of the reference.
package manifest

// This file defines nothing but the documentation.
