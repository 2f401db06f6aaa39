package hostile

// This file defines texts that are hard on a scanner or a parser. They are
// large and monotonous, so they are made, not kept.

import (
	"strconv"
	"strings"
)

// A parseBomb is a text with parts that are repeated:
//
//	head open open … middle close close … tail
//
// A %d in open and close is the number of the repetition, so that names differ.
type parseBomb struct {
	name, head, open, middle, close, tail string
}

const (
	collectedBytes = 600_000 // about the size of a collected one
	maxUnits       = 100_000 // and how often it repeats at most
	maxBytes       = 1_000_000
)

// units returns how often the bomb repeats in a text of about so many bytes,
// and not more.
func (b *parseBomb) units(bytes int) int {
	unit := len(b.open) + len(b.close) + 5*strings.Count(b.open+b.close, "%d")
	return max(1, min(maxUnits, (bytes-len(b.head+b.middle+b.tail))/unit))
}

// source returns the text with n repetitions.
func (b *parseBomb) source(n int) string {
	var s strings.Builder
	s.WriteString(b.head)
	repeat(&s, b.open, n)
	s.WriteString(b.middle)
	repeat(&s, b.close, n)
	s.WriteString(b.tail)
	return s.String()
}

func repeat(s *strings.Builder, unit string, n int) {
	if !strings.Contains(unit, "%d") {
		s.WriteString(strings.Repeat(unit, n))
		return
	}
	for i := range n {
		s.WriteString(strings.ReplaceAll(unit, "%d", strconv.Itoa(i)))
	}
}

var parseBombs = []parseBomb{
	// Nesting: as deep as the text is long.
	{name: "parentheses", open: "(", middle: "1", close: ")"},
	{name: "lists", open: "[", close: "]"},
	{name: "sets", open: "{a=", middle: "1", close: ";}"},
	{name: "sets-recursive", open: "rec{a=", middle: "1", close: ";}"},
	{name: "let-body", open: "let a%d=1;in ", middle: "a0"},
	{name: "let-binding", open: "let a%d=", middle: "1", close: ";in 1"},
	{name: "let-old", open: "let{body=", middle: "1", close: ";}"},
	{name: "lambdas", open: "x:", middle: "x"},
	{name: "lambdas-named", open: "x%d:", middle: "x0"},
	{name: "formals", open: "{a,...}@b:", middle: " a"},
	{name: "defaults", open: "{a?", middle: "1", close: "}:a"},
	{name: "if-condition", open: "if ", middle: "true", close: " then 1 else 2"},
	{name: "if-then", open: "if true then ", middle: "1", close: " else 2"},
	{name: "else-if", open: "if false then %d else ", middle: "1"},
	{name: "with", open: "with {};", middle: "1"},
	{name: "with-lookup", open: "with {a%d=%d;};", middle: "a0"},
	{name: "with-subject", open: "with ", middle: "{}", close: ";{}"},
	{name: "assert", open: "assert true;", middle: "1"},
	{name: "minus", open: "-", middle: "1"},
	{name: "not", open: "!", middle: "true"},
	{name: "interpolation", open: `"${`, middle: `"x"`, close: `}"`},
	{name: "interpolation-indented", open: "''${", middle: "''x''", close: "}''"},
	{name: "interpolation-mixed", open: `"a${''b${`, middle: `"x"`, close: `}b''}a"`},
	{name: "interpolation-path", open: "./a${", middle: `"x"`, close: "}"},
	{name: "dynamic-attribute", open: "{${", middle: `"a"`, close: "}=1;}"},
	{name: "dynamic-select", open: "{}.${", middle: `"a"`, close: "}"},
	{name: "or-chain", open: "{}.a or ", middle: "1"},
	{name: "or-parentheses", open: "{}.a or(", middle: "1", close: ")"},
	{name: "inherit-from", open: "{inherit(", middle: "{}", close: ")a;}"},
	{name: "brackets-mixed", open: "[({a=", middle: "1", close: ";})]"},
	{name: "call-nested", open: "f(", middle: "1", close: ")"},

	// Chains: long operators, paths and calls, whose tree can be deep.
	{name: "select-chain", head: "{}", open: ".a"},
	{name: "select-chain-string", head: "{}", open: `."a%d"`},
	{name: "call-chain", head: "builtins.add", open: " 1"},
	{name: "plus", open: "1+", middle: "1"},
	{name: "minus-binary", open: "%d-", middle: "1"},
	{name: "concatenate", open: "[]++", middle: "[]"},
	{name: "update", open: "{}//", middle: "{}"},
	{name: "implication", open: "false ->", middle: "true"},
	{name: "and-or", open: "true&&false||", middle: "true"},
	{name: "divide", open: "1 / ", middle: "1"},
	{name: "string-plus", open: `"a%d"+`, middle: `""`},
	{name: "path-plus", open: "./a + ", middle: `"x"`},
	{name: "equal-unassociative", open: "1==", middle: "1"},
	{name: "less-unassociative", open: "1<", middle: "1"},
	{name: "has-chain", head: "{}", open: "?a"},
	{name: "pipes", open: "1 |> ", middle: "1"},

	// Width: many siblings, names and values.
	{name: "list-wide", head: "[", open: " %d", tail: "]"},
	{name: "set-wide", head: "{", open: "a%d=%d;", tail: "}"},
	{name: "set-merged", head: "{", open: "a.b%d.c=%d;", tail: "}"},
	{name: "set-duplicates", head: "{", open: "a=1;", tail: "}"},
	{name: "set-dynamic", head: "{", open: `${"a%d"}=1;`, tail: "}"},
	{name: "let-wide", head: "let ", open: "a%d=a0;", middle: "in 1"},
	{name: "inherit-wide", head: "let a=1;in{inherit({})", open: " a%d", tail: ";}"},
	{name: "inherit-duplicates", head: "let a=1;in{inherit", open: " a", tail: ";}"},
	{name: "formals-wide", head: "{", open: "a%d?%d,", tail: "...}:1"},
	{name: "formals-duplicates", head: "{", open: "a,", tail: "...}:1"},
	{name: "attribute-path", head: "{a", open: ".a", tail: "=1;}"},
	{name: "undefined", head: "[", open: " undefined%d", tail: "]"},
	{name: "strings", head: "[", open: `"string %d"`, tail: "]"},
	{name: "floats", head: "[", open: " 1.%de-9", tail: "]"},
	{name: "uris", head: "[", open: " x:y%d", tail: "]"},
	{name: "paths", head: "[", open: " ./a/%d", tail: "]"},
	{name: "search-paths", head: "[", open: " <a%d>", tail: "]"},

	// Tokens that are long.
	{name: "identifier", open: "abcdefghi_"},
	{name: "integer", head: "1", open: "0123456789"},
	{name: "float", head: "1.", open: "0123456789", tail: "e-1"},
	{name: "float-exponent", head: "1.0e", open: "9"},
	{name: "string", head: `"`, open: "0123456789", tail: `"`},
	{name: "string-escapes", head: `"`, open: `\n\"\$\\`, tail: `"`},
	{name: "string-dollars", head: `"`, open: "$$$", tail: `"`},
	{name: "string-parts", head: `"`, open: `${"%d"}a`, tail: `"`},
	{name: "string-newlines", head: `"`, open: "\r\n", tail: `"`},
	{name: "string-bytes", head: `"`, open: "\xff\xc0\x80\xed\xa0\x80", tail: `"`},
	{name: "indented-stairs", head: "''", open: "\n            x", middle: "\n      ${''", close: "\n        y%d", tail: "\n''}''"},
	{name: "indented-blank", head: "''", open: "\n                \t", tail: "\n x''"},
	{name: "indented-escapes", head: "''", open: `'''''$''\n`, tail: "''"},
	{name: "indented-parts", head: "''", open: "\n    ${\"a\nb\"}", tail: "''"},
	{name: "path", open: "/abcdefgh"},
	{name: "path-dots", head: ".", open: "/.."},
	{name: "uri", head: "http:", open: "/%41?&=+"},

	// Space and comments.
	{name: "spaces", open: " \t\r\n", middle: "1"},
	{name: "comments", open: "/**/\n", middle: "1"},
	{name: "comment-open", head: "1 /*", open: " * /"},
	{name: "comment-lines", open: "# line\n", middle: "1"},
	{name: "comment-nested", open: "/* ", middle: "1", close: " */"},

	// Never closed, never opened, and out of place.
	{name: "parentheses-open", open: "("},
	{name: "lists-open", open: "["},
	{name: "sets-open", open: "{a="},
	{name: "sets-open-bare", open: "{"},
	{name: "let-open", open: "let a="},
	{name: "if-open", open: "if "},
	{name: "string-open", head: `"`, open: "0123456789"},
	{name: "string-open-nested", open: `"${`},
	{name: "indented-open-nested", open: "''${"},
	{name: "closing", open: ")]}"},
	{name: "keywords", open: "then else in "},
	{name: "or-or", open: "or "},
	{name: "dots", open: "..."},
	{name: "at", open: "a@{}:"},
	{name: "colons", open: "::"},
	{name: "semicolons", head: "{", open: ";", tail: "}"},
	{name: "operators", open: "+ - * // "},
	{name: "ampersands", open: "&|"},
	{name: "nul", open: "\x00"},
	{name: "marks", open: "\ufeff"},
	{name: "unicode", open: "é🎉"},
	{name: "backslashes", open: `\`},
	{name: "errors", head: "[", open: "(=)", tail: "]"},
}
