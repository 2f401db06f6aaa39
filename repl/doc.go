// Package repl is the prompt: it evaluates what somebody types, a line or several
// at a time, and remembers what has a name.
//
//	Session    what a prompt knows: names, files, options; evaluates one input
//	command    what begins with a colon; the table commands says all about each
//	scope      names, in layers: a set that was added is one, a binding another
//	Reader     where inputs come from: a terminal (terminal.go), or lines
//
// An input is a command, bindings (x = 1; inherit (y) z) or an expression. Which of
// the last two is decided by the parser, which also says whether an input ends where
// the text does: then it goes on in the next line.
//
// With the setting debugger, evaluations stop at errors, builtins.break and breakpoints
// (debug.go). A stop is a prompt within the input under way: it reads from the same
// Reader, its expressions can use the variables of the frame that is looked at, and what
// it binds stays. Evaluators are made with a debugger or without, since one makes
// evaluation slower; so :debug, after an error, evaluates the names again with one, and
// then the input that failed, up to the error.
//
// Everything works without a terminal: the same commands, plain text. What the
// reference's prompt has works as there; what it does not have is listed in
// commands.go and settings.go.
//
// A Session is for one goroutine; only the context may be cancelled by another.
package repl
