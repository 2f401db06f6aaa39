// Package builtins is what the name builtins stands for, and the names that
// are known everywhere.
//
// A program decides how much work a builtin has and how large its result is.
// So every loop ticks, everything large asks before it is made, and what is
// done to long texts and lists is done in parts: see large.go.
package builtins
