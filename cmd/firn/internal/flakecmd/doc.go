// Package flakecmd has the commands about flakes, as they are below firn, and below the link
// nix: eval of a flake's outputs, flake metadata, lock, check and so on, and registry.
//
//	Eval, Flake, Registry   commands: fields are flags and operands, Run does the work
//	session                 the evaluator of a command, its fetcher and registries
//	parseRef                references of command lines, among them paths
//	lockFlags, evalFlags    how a lock is computed, and what becomes of it; how outputs are evaluated
//
// Fields have tags of kong, as in package storecmd. Output, messages and exit status are the
// reference's.
package flakecmd

// This file defines nothing but the documentation.
