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
// Everything works without a terminal: the same commands, plain text. What the
// reference's prompt has works as there; what it does not have is listed in
// commands.go and settings.go.
//
// A Session is for one goroutine; only the context may be cancelled by another.
package repl
