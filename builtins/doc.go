// Package builtins is what the name builtins stands for, and the names that
// are known everywhere.
//
// So far it has the names only, which the resolver needs.
package builtins
