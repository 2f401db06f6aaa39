// Package repl is the interactive prompt. It is not written yet.
package repl
