package report

// This file defines which code an error has.

import (
	"errors"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/lang"
)

// classify returns the code of an error: the one that it was made with, or that of a
// module system or a package set, whose errors the evaluator takes for throws like any other.
func classify(e *core.Error) *Code {
	switch e.Code {
	case core.CodeThrown, core.CodeAborted:
		msg := strings.TrimSpace(e.Msg)
		if code := moduleCode(msg); code != nil {
			return code
		}
		if refusedPackage(msg) != nil {
			return codes[codeRefusedPackage]
		}
	case core.CodeMissingAttribute:
		if moduleArgument(e) != nil {
			return codes[codeModuleArgument]
		}
	}
	return codeOf(string(e.Code))
}

// codeOf returns the code of that name. Codes without an explanation come from programs
// that embed the evaluator.
func codeOf(name string) *Code {
	if c := codes[name]; c != nil {
		return c
	}
	return codes[string(core.CodeHost)]
}

// syntaxErrors returns what is wrong with a text; nil if the text is not at fault.
func syntaxErrors(err error) lang.ErrorList {
	var list lang.ErrorList
	errors.As(err, &list)
	return list
}
