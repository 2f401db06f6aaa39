// Package repl is the prompt: a Session evaluates inputs, and remembers the names that
// they define.
//
//	Session    names, loaded files and settings; Input evaluates one input
//	command    a row of the table of commands, which begin with a colon
//	scope      names in layers: a set that was loaded is one, a binding another
//	Reader     the source of inputs: a terminal (terminal.go), or lines
//	Settings   the options of :set
//
// An input is a command, bindings (x = 1; inherit (y) z) or an expression. The parser
// decides which of the last two it is, and whether the text ends too early: then the
// input goes on in the next line.
//
// A value belongs to the evaluator that made it. A setting that evaluators are made with
// (pure, system, debugger) therefore makes a new one, in which everything that defined a
// name is evaluated again.
//
// With the setting debugger, evaluations stop at errors, builtins.break and breakpoints
// (debug.go). A stop is a prompt within the input under way: it reads from the same
// Reader, and its expressions can use the variables of the frame that is looked at. An
// evaluator with a debugger is slower, so none has one until it is asked for: :debug
// evaluates the last input that failed with a debugger, and returns to the evaluator
// without one.
//
// Everything works without a terminal: the same commands, plain text. Commands of the
// reference's prompt work as there; the tables in commands.go and settings.go have the
// others.
//
// A Session is for one goroutine; only the context may be cancelled by another.
package repl
