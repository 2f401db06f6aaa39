package repl

// This file defines the inputs of a session, and when one is complete.

import (
	"errors"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// An inputKind is what a text at the prompt can be.
type inputKind uint8

const (
	inputEmpty inputKind = iota
	inputCommand
	inputBindings
	inputExpression
	inputIncomplete // more lines are needed
)

// classify returns the kind of an input. Text that parses neither as an expression nor as
// bindings is an expression, whose evaluation reports the error; unless the error is that the
// text ends, or a comment is open: then the input goes on. Commands go on if their argument is
// an expression that does.
func classify(text string) inputKind {
	trimmed := strings.TrimSpace(text)
	switch {
	case trimmed == "":
		return inputEmpty
	case strings.HasPrefix(trimmed, ":"):
		name, arg := splitCommand(trimmed)
		if c := commandOf(name); c != nil && c.arg == argExpression && arg != "" && ends(arg) {
			return inputIncomplete
		}
		return inputCommand
	}
	cfg := lang.NewConfig()
	cfg.Pipes = true
	_, err := cfg.Parse("", text)
	if err == nil {
		return inputExpression
	}
	if _, err := cfg.ParseBindings("", text, nil); err == nil {
		return inputBindings
	}
	if endsEarly(err) || inComment(text) {
		return inputIncomplete
	}
	return inputExpression
}

// inComment reports whether a text ends within a comment. The lexer reads the beginning of a
// comment without an end as two operators.
func inComment(text string) bool {
	pieces := lang.Pieces(text)
	for i := 1; i < len(pieces); i++ {
		slash, star := pieces[i-1], pieces[i]
		if slash.Class == lang.ClassOperator && text[slash.Start:slash.End] == "/" && text[star.Start:star.End] == "*" {
			return true
		}
	}
	return false
}

// ends reports whether a text is the beginning of an expression.
func ends(text string) bool {
	cfg := lang.NewConfig()
	cfg.Pipes = true
	_, err := cfg.Parse("", text)
	return err != nil && (endsEarly(err) || inComment(text))
}

// endsEarly reports whether the first syntax error of a text is that it ends.
func endsEarly(err error) bool {
	var list lang.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return false
	}
	return strings.HasPrefix(list[0].Msg, "syntax error, unexpected end of file")
}

// splitCommand returns the name of a command, with its colon, and its argument, without the
// white space around it.
func splitCommand(text string) (name, arg string) {
	name, arg, _ = strings.Cut(strings.TrimSpace(text), " ")
	if i := strings.IndexAny(name, "\t\n"); i >= 0 {
		name, arg = name[:i], name[i:]+" "+arg
	}
	return name, strings.TrimSpace(arg)
}
