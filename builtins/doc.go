// Package builtins declares what programs find in the set builtins and under global names:
// functions, and constants such as builtins.nixVersion.
//
// All returns the declarations, which an evaluator is made with. Each is a core.Builtin:
// name, arguments, text for users with examples that are tests, and the function in Go. The
// declarations of a file are returned by its function of the form xBuiltins; a new file has
// to be joined in builtins.go.
//
//	lists attrs groups          parts of values
//	numbers strings replace     numbers and texts; match and versions, too
//	types control contexts      kinds of values, errors and order, string contexts
//	json toml xml hash          values as texts, and back; the syntax is in text/…
//	files storefiles import     what is in the world, and what is put into the store
//	derivation recipe …set      derivations; the formats are in store/…
//	fetch fetchtree flakes      sources from elsewhere; how they come is in fetch/…, references are in flake/flakeref
//	constants native values     the rest, and helpers of all
//
// What a builtin sees of the world it sees through its core.Call, and what it makes goes to
// the store that All was called with. The order in which arguments are forced and checked is
// that of the reference, C++ Nix 2.34.8, as programs can observe it; "Quirk:" marks what
// looks wrong and is not, with the case in corpus/builtins that holds it if there is one.
//
// A program decides how much work a builtin has and how large its result is. So every loop
// ticks, everything large asks before it is made, and long texts and lists are handled in
// parts: see package budget.
package builtins
