package gen

// This file defines Tokens, and how text falls into tokens.

import (
	"regexp"
	"strings"
)

// longest compiles a pattern for the longest match at the start of a text.
func longest(alternatives ...string) *regexp.Regexp {
	re := regexp.MustCompile(`(?s)^(?:` + strings.Join(alternatives, "|") + `)`)
	re.Longest()
	return re
}

const pathChar = `[a-zA-Z0-9._+-]`

// Like the lexer, these take the longest match; white space and comments are
// tokens, too. Text in strings is one token a line.
var (
	tokenPattern = longest(
		`[ \t\r\n]+`,
		`#[^\r\n]*`,
		`/\*(?:[^*]|\*+[^*/])*\*+/`,
		`[a-zA-Z_][a-zA-Z0-9_'-]*`,
		`[0-9]+`,
		`(?:[1-9][0-9]*\.[0-9]*|0?\.[0-9]+)(?:[Ee][+-]?[0-9]+)?`,
		`(?:~|`+pathChar+`*)(?:/`+pathChar+`+)+/?`,
		`(?:~|`+pathChar+`*)/(?:`+pathChar+`+/)*`+pathChar+`*\$\{`, // start of an interpolated path
		`<`+pathChar+`+(?:/`+pathChar+`+)*>`,
		`[a-zA-Z][a-zA-Z0-9+.-]*:[a-zA-Z0-9%/?:@&=+$,_.!~*'-]+`,
		`\.\.\.|==|!=|<=|>=|&&|\|\||->|//|\+\+|<\||\|>|''|\$\{`,
		`.`,
	)
	quotedPattern = longest(
		`(?:[^$"\\\n]|\$[^{"\\\n]|\\.|\$\\.)+`,
		`\$\{`,
		`.`,
	)
	indentedPattern = longest(
		`(?:[^$'\n]|\$[^{'\n]|'[^'$\n])+`,
		`''\\.|''\$|'''|''|\$\{`,
		`.`,
	)
)

// Tokens splits src into tokens, white space, comments and the parts of
// strings. It does so without errors, whatever src is. The pieces joined are
// src again.
func Tokens(src string) []string {
	var tokens []string
	var open []*regexp.Regexp // patterns to go back to
	pattern := tokenPattern
	for src != "" {
		t := src[:max(1, len(pattern.FindString(src)))]
		tokens = append(tokens, t)
		src = src[len(t):]
		switch inside := pattern != tokenPattern; {
		case strings.HasSuffix(t, "${") && (!inside || t == "${"), t == "{" && !inside:
			open = append(open, pattern)
			pattern = tokenPattern
		case t == `"` && !inside:
			open = append(open, pattern)
			pattern = quotedPattern
		case t == "''" && !inside:
			open = append(open, pattern)
			pattern = indentedPattern
		case len(open) > 0 && closes(t, pattern):
			pattern = open[len(open)-1]
			open = open[:len(open)-1]
		}
	}
	return tokens
}

// closes reports whether a token ends what pattern is for.
func closes(token string, pattern *regexp.Regexp) bool {
	switch pattern {
	case quotedPattern:
		return token == `"`
	case indentedPattern:
		return token == "''"
	}
	return token == "}"
}
