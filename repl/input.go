package repl

// This file defines what an input is, and whether it is complete.

import (
	"errors"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// An inputKind says what an input is.
type inputKind uint8

const (
	inputEmpty inputKind = iota
	inputCommand
	inputBindings
	inputExpression
	inputIncomplete // more lines are needed
)

// classify returns what an input is. That it is wrong shows when it is evaluated.
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

// inComment reports whether a text ends within a comment: what begins one stands
// for two operators then.
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

// ends reports whether a text is an expression that ends too early.
func ends(text string) bool {
	cfg := lang.NewConfig()
	cfg.Pipes = true
	_, err := cfg.Parse("", text)
	return err != nil && (endsEarly(err) || inComment(text))
}

// endsEarly reports whether the first thing that is wrong with a text is that it
// ends.
func endsEarly(err error) bool {
	var list lang.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return false
	}
	return strings.HasPrefix(list[0].Msg, "syntax error, unexpected end of file")
}

// splitCommand returns the name of a command, with its colon, and what is behind it.
func splitCommand(text string) (name, arg string) {
	name, arg, _ = strings.Cut(strings.TrimSpace(text), " ")
	if i := strings.IndexAny(name, "\t\n"); i >= 0 {
		name, arg = name[:i], name[i:]+" "+arg
	}
	return name, strings.TrimSpace(arg)
}
