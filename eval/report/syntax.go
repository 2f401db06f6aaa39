package report

// This file defines notes about texts that do not parse: mistakes that are made
// often.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/firn-lang/firn/lang"
)

// syntaxHints looks at what is around the place where the parser gave up.
func (r *reporter) syntaxHints(e *lang.Error, at int) {
	f := e.File
	src := f.Source
	before := strings.TrimRight(withoutComments(src[:min(at, len(src))]), " \t\r\n")
	rest := src[min(at, len(src)):]
	unexpected := func(token string) bool { return e.Token == token }
	switch {
	case strings.HasPrefix(src, "\xff\xfe"), strings.HasPrefix(src, "\xfe\xff"):
		r.note("the text is UTF-16; save it as UTF-8")
		return
	case unexpected("invalid token") && strings.IndexByte(src, 0) >= 0:
		r.note("the text has NUL bytes in it, so it is binary data or not UTF-8")
		return
	case unexpected("end of file"):
		if open, ok := unclosed(src); ok {
			r.unclosed(f, open)
		} else if strings.TrimSpace(before) == "" {
			r.note("there is no expression, which every file has to be")
		} else if slices.Contains(e.Want, "'='") {
			// Outside of braces, only a let has attributes.
			r.note("is 'in' missing after the attributes of 'let'?")
		}
	case unexpected("'='") && slices.Equal(e.Want, []string{"end of file"}) && !strings.HasPrefix(rest, "=="):
		// The file seems to be the inside of a set.
		r.note("a set needs braces around its attributes: { " + firstWord(before[lastWord(before):]) + " = ...; }")
	case unexpected("'='") && (slices.Contains(e.Want, "'then'") || slices.Contains(e.Want, "'else'")):
		r.note("values are compared with == and !=")
	case (unexpected("'='") || unexpected("'.'")) && !strings.HasPrefix(rest, "=="):
		line := f.Position(f.Pos(len(before))).Line
		if line < f.Position(f.Pos(at)).Line || attributeBefore(before) {
			if start := lastLine(before); start != "" && !strings.HasSuffix(before, ";") && !strings.HasSuffix(before, "{") {
				r.note(fmt.Sprintf("is a semicolon missing at the end of the attribute before, on line %d?", previousLine(f, before)))
			}
		}
	case unexpected("'=='") && attributeBefore(before):
		r.note("an attribute is defined with one '=', == compares")
	case unexpected("'=='"), unexpected("'!='"), unexpected("'<'"), unexpected("'>'"), unexpected("'<='"), unexpected("'>='"):
		r.note("comparisons do not chain: put parentheses around one, or && between two")
	case unexpected("'}'"), unexpected("'in'"), unexpected("'inherit'"):
		open, ok := unclosed(src[:at])
		if c := lastByte(before); ok && unexpected("'}'") && (open.text == "[" || open.text == "(") {
			r.unclosed(f, open)
		} else if c != ';' && c != '{' {
			r.note(fmt.Sprintf("every attribute ends with a semicolon: is one missing on line %d?", f.Position(f.Pos(max(len(before)-1, 0))).Line))
		} else if unexpected("'}'") && ok && open.text != "{" && open.text != "${" {
			r.unclosed(f, open)
		}
	case unexpected("';'"):
		if open, ok := unclosed(src[:at]); ok && open.text != "{" && open.text != "let" {
			r.unclosed(f, open)
		} else if slices.Contains(e.Want, "'else'") {
			r.note("if needs an else: if ... then ... else ...")
		}
	case unexpected("','"):
		if open, ok := unclosed(src[:at]); ok && open.text == "(" {
			r.note("a function's arguments follow it, without a comma: f a b; one that is more than a name has parentheses of its own")
		} else {
			r.note("there are no commas between the elements of a list or the attributes of a set, only between the names in the braces of a function")
		}
	case unexpected("':'") && slices.Contains(e.Want, "'='"):
		r.note("an attribute is defined with '=', and ends with a semicolon: " + lastLine(before)[lastWord(lastLine(before)):] + " = ...;")
	case unexpected("']'"), unexpected("')'"):
		if open, ok := unclosed(src[:at]); ok && matching[open.text] != rest[:1] {
			r.unclosed(f, open)
		}
	}
	if strings.HasPrefix(rest, "'") && !strings.HasPrefix(rest, "''") || unexpected("invalid token") && strings.HasPrefix(rest, "'") {
		r.note("strings are written with \" or ''")
	}
	if strings.HasPrefix(rest, "&") && !strings.HasPrefix(rest, "&&") || strings.HasPrefix(rest, "|") && !strings.HasPrefix(rest, "||") {
		r.note("and is written &&, or is ||")
	}
	if strings.HasPrefix(rest, "!") && strings.HasPrefix(rest, "!==") || strings.HasPrefix(rest, "===") || strings.HasPrefix(rest, "=") && strings.HasSuffix(before, "==") {
		r.note("values are compared with == and !=")
	}
}

// unclosed notes that a bracket has no partner.
func (r *reporter) unclosed(f *lang.File, open bracket) {
	p := f.Position(f.Pos(open.at))
	r.note(fmt.Sprintf("'%s' at line %d, column %d is not closed", open.text, p.Line, p.Column))
}

// lastWord returns where the last word of text starts.
func lastWord(text string) int { return strings.LastIndexAny(text, " \t\r\n;") + 1 }

// matching is the bracket that closes each bracket.
var matching = map[string]string{"(": ")", "[": "]", "{": "}", "${": "}"}

// lastByte returns the last byte of text; 0 if there is none.
func lastByte(text string) byte {
	if text == "" {
		return 0
	}
	return text[len(text)-1]
}

// lastLine returns what is behind the last end of line.
func lastLine(text string) string { return text[strings.LastIndexByte(text, '\n')+1:] }

// previousLine returns the line on which the attribute before ends.
func previousLine(f *lang.File, before string) int {
	// before ends with the name of the attribute whose = is not expected.
	name := len(before)
	for name > 0 && strings.IndexByte(" \t\r\n", before[name-1]) < 0 {
		name--
	}
	end := len(strings.TrimRight(before[:name], " \t\r\n"))
	return f.Position(f.Pos(max(end-1, 0))).Line
}

// attributeBefore reports whether text ends as one that a definition begins with.
func attributeBefore(text string) bool {
	word := text[strings.LastIndexAny(text, " \t\r\n{;")+1:]
	return word != "" && firstWord(word) != "" && (word[0] == '_' || word[0] == '"' || word[0] >= 'a' && word[0] <= 'z' || word[0] >= 'A' && word[0] <= 'Z')
}

// withoutComments returns text with spaces for what is in comments at its end.
func withoutComments(text string) string {
	if i := strings.LastIndexByte(text, '\n'); i >= 0 || text != "" {
		line := text[i+1:]
		if n := strings.Index(line, "#"); n >= 0 && strings.Count(line[:n], `"`)%2 == 0 {
			return text[:i+1] + line[:n]
		}
	}
	return text
}

// A bracket is what was opened, and where.
type bracket struct {
	text string // a key of matching, or what begins a string
	at   int    // bytes from the beginning of the source
}

// unclosed returns the innermost bracket, string or comment that is not closed at
// the end of src.
func unclosed(src string) (bracket, bool) {
	var open []bracket
	top := func() string {
		if len(open) == 0 {
			return ""
		}
		return open[len(open)-1].text
	}
	push := func(text string, at int) { open = append(open, bracket{text, at}) }
	pop := func() {
		if len(open) > 0 {
			open = open[:len(open)-1]
		}
	}
	for i := 0; i < len(src); i++ {
		rest := src[i:]
		switch in := top(); in {
		case `"`:
			switch {
			case rest[0] == '\\':
				i++
			case strings.HasPrefix(rest, "$${"):
				i += 2
			case strings.HasPrefix(rest, "${"):
				push("${", i)
				i++
			case rest[0] == '"':
				pop()
			}
			continue
		case "''":
			switch {
			case strings.HasPrefix(rest, "''${"), strings.HasPrefix(rest, `''\`), strings.HasPrefix(rest, "'''"):
				i += 2
			case strings.HasPrefix(rest, "$${"):
				i += 2
			case strings.HasPrefix(rest, "${"):
				push("${", i)
				i++
			case strings.HasPrefix(rest, "''"):
				pop()
				i++
			}
			continue
		}
		switch {
		case rest[0] == '#':
			if n := strings.IndexByte(rest, '\n'); n >= 0 {
				i += n
			} else {
				i = len(src)
			}
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest[2:], "*/")
			if n < 0 {
				return bracket{"/*", i}, true
			}
			i += n + 3
		case strings.HasPrefix(rest, "''"):
			push("''", i)
			i++
		case rest[0] == '"':
			push(`"`, i)
		case strings.HasPrefix(rest, "${"):
			push("${", i)
			i++
		case rest[0] == '(' || rest[0] == '[' || rest[0] == '{':
			push(rest[:1], i)
		case rest[0] == ')' || rest[0] == ']' || rest[0] == '}':
			if matching[top()] == rest[:1] {
				pop()
			}
		}
	}
	if len(open) == 0 {
		return bracket{}, false
	}
	return open[len(open)-1], true
}
