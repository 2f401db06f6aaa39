// Package hostile is a source of Nix programs that try to take more than their
// share: tests run them under limits, and see that the evaluator survives.
//
//	Collected  programs written by hand, one idea each, and texts that are hard to parse
//	Generate   as many as one likes, by a seed
//
// What a program attacks is its Kind:
//
//	memory    values that grow until there is no room
//	time      long or endless work that needs little room
//	depth     calls, thunks, values or data that nest without end
//	cycle     values that need themselves, and cyclic values
//	parse     source text that nests, repeats or never closes
//	errors    failures: large messages, long traces, what tryEval must not catch
//	output    floods of traces and warnings, and results that print as far more than they are
//	host      files, the store, the environment, derivations
//	mutated   any of them after random damage; often a syntax or type error
//	harmless  none of that: it ends soon, and its value is known
//
// A kind is where the attack aims, not how it ends: a loop by recursion meets
// a limit of calls in one evaluator and of steps in another, and a good one
// just does the work of some regular expressions.
//
// Programs are text; running them is up to the tests. With a host that reads
// real files, some of them read /dev/zero, /proc and the tree from the root.
// None names a network address, so that no damaged one does.
package hostile

// This file defines Program, and Collected.

import (
	"cmp"
	"embed"
	"path"
	"slices"
	"strings"
	"sync"
)

// A Program is a program that tries to take more than its share.
type Program struct {
	Name   string // unique in the list that it comes from
	Source string
	Kind   string // what it attacks: one of those in the package comment
	Want   string // what it evaluates to, as JSON on one line; only if Kind is harmless
}

// Collected returns the programs written by hand, sorted by name: those in the
// folder programs, and the parse bombs, which are made at each call, as
// they are nearly 50 MB together.
func Collected() []Program {
	programs := slices.Clone(written())
	for i := range parseBombs {
		b := &parseBombs[i]
		programs = append(programs, Program{Name: "parse-" + b.name, Source: b.source(b.units(collectedBytes)), Kind: "parse"})
	}
	slices.SortFunc(programs, func(a, b Program) int { return cmp.Compare(a.Name, b.Name) })
	return programs
}

//go:embed programs/*.nix
var files embed.FS

// written returns the programs in the folder. The first line of each is a
// comment: its kind, a colon, and what it does.
var written = sync.OnceValue(func() []Program {
	entries, err := files.ReadDir("programs")
	if err != nil {
		panic(err) // the folder is part of the package
	}
	var programs []Program
	for _, entry := range entries {
		src, err := files.ReadFile(path.Join("programs", entry.Name()))
		if err != nil {
			panic(err)
		}
		kind, _, _ := strings.Cut(strings.TrimPrefix(string(src), "# "), ":")
		programs = append(programs, Program{
			Name:   strings.TrimSuffix(entry.Name(), ".nix"),
			Source: string(src),
			Kind:   kind,
		})
	}
	return programs
})
