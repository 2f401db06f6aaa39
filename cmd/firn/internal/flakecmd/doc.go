// Package flakecmd has the commands about flakes, as they are below firn, and below the link
// nix: eval of a flake's outputs, and flake metadata, lock, update and show.
//
//	Eval, Flake   commands: fields are flags and operands, Run does the work
//	parseRef      references of command lines, among them paths
//	lockFlags     how a lock is computed, and what becomes of it
//
// Fields have tags of kong, as in package storecmd. Output, messages and exit status are the
// reference's.
package flakecmd

// This file defines nothing but the documentation.
