package repl

// This file defines completion: what the text before the cursor can become.

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/manual"
	"github.com/firn-lang/firn/lang"
)

// completeTime bounds the evaluation of the set whose attributes are completed: a person
// waits for the list.
const completeTime = 400 * time.Millisecond

// Candidates returns the words that the end of text can become, sorted, and how many bytes of
// text they replace. Attributes are found by evaluating the expression before the dot, within
// completeTime; nothing is built, printed or bound.
func (s *Session) Candidates(ctx context.Context, text string) (words []string, length int) {
	if s.debug.stop != nil {
		ctx = s.debug.stop.ctx // another evaluation might wait for this one
	}
	trimmed := strings.TrimLeft(text, " \t")
	if strings.HasPrefix(trimmed, ":") {
		name, rest, ok := strings.Cut(trimmed, " ")
		if !ok {
			return prefixed(commandNames(), name)
		}
		c := commandOf(name)
		if c == nil {
			return nil, 0
		}
		rest = strings.TrimLeft(rest, " \t")
		switch c.arg {
		case argNone:
			return nil, 0
		case argFile:
			if strings.HasPrefix(rest, "<") {
				return s.completeSearchPath(ctx, rest)
			}
			return s.completePath(ctx, rest)
		case argSetting:
			return completeSetting(rest)
		case argBool:
			return prefixed([]string{"false", "true"}, rest)
		case argText:
			if c.names[0] == ":?" {
				return prefixed(commandNames(), rest)
			}
			return nil, 0
		}
		text = rest
	}
	return s.completeExpr(ctx, text)
}

// prefixed returns the words that begin with prefix, sorted, each once, and its length.
func prefixed(words []string, prefix string) ([]string, int) {
	var out []string
	for _, word := range words {
		if strings.HasPrefix(word, prefix) {
			out = append(out, word)
		}
	}
	slices.Sort(out)
	return slices.Compact(out), len(prefix)
}

// commandNames returns all names of commands, aliases included.
func commandNames() []string {
	var names []string
	for _, c := range commands {
		names = append(names, c.names...)
	}
	return names
}

// completeSetting completes the argument of :set: a name, or the value of an option that is
// true or false.
func completeSetting(rest string) ([]string, int) {
	name, value, ok := strings.Cut(rest, " ")
	if !ok {
		var names []string
		for _, one := range settings {
			names = append(names, one.name)
		}
		return prefixed(names, rest)
	}
	if one, err := findSetting(name); err == nil && one.values == "true or false" {
		return prefixed([]string{"false", "true"}, strings.TrimLeft(value, " "))
	}
	return nil, 0
}

// completeExpr completes the end of an expression: a path, a <search path>, an attribute
// behind a dot, or a variable. Within strings, comments and numbers there is nothing to
// complete, but for a quoted attribute.
func (s *Session) completeExpr(ctx context.Context, text string) ([]string, int) {
	if word := pathAtEnd(text); word != "" {
		return s.completePath(ctx, word)
	}
	if i := strings.LastIndexByte(text, '<'); i >= 0 && !strings.ContainsAny(text[i:], " \t\n>\"") {
		if words, n := s.completeSearchPath(ctx, text[i:]); len(words) > 0 {
			return words, n
		}
	}
	pieces := lang.Pieces(text)
	end := len(pieces)
	if end == 0 {
		return s.completeName("", nil)
	}
	last := pieces[end-1]
	word := text[last.Start:last.End]
	open := openString(text, pieces)
	// A dot asks for an attribute of the expression before it, also with a part of a name,
	// or a quote, behind it.
	switch {
	case last.Class == lang.ClassComment || last.Class == lang.ClassNumber:
		return nil, 0
	case open > 0 && isDot(text, pieces[open-1]):
		return s.completeAttr(ctx, text, pieces[:open-1], text[pieces[open].Start:])
	case open >= 0:
		return nil, 0
	case isDot(text, last):
		return s.completeAttr(ctx, text, pieces[:end-1], "")
	case (last.Class == lang.ClassName || last.Class == lang.ClassKeyword) && end > 1 && isDot(text, pieces[end-2]):
		return s.completeAttr(ctx, text, pieces[:end-2], word)
	case last.Class == lang.ClassName || last.Class == lang.ClassKeyword:
		return s.completeName(word, namesIn(text, pieces[:end-1]))
	}
	return s.completeName("", namesIn(text, pieces))
}

func isDot(text string, p lang.Piece) bool { return text[p.Start:p.End] == "." }

// openString returns the index of the opening quote if the text ends within a string, or a
// negative number. A string without interpolation that ends is one piece, so only the others
// have quotes of their own.
func openString(text string, pieces []lang.Piece) int {
	var around []int // quotes, and below 0 the brackets within
	for i, p := range pieces {
		word := text[p.Start:p.End]
		inside := len(around) > 0 && around[len(around)-1] >= 0
		switch {
		case p.Class == lang.ClassString && (word == `"` || word == "''"):
			if inside {
				around = around[:len(around)-1]
			} else {
				around = append(around, i)
			}
		case p.Class == lang.ClassBracket && (word == "}" || word == ")" || word == "]"):
			if len(around) > 0 && !inside {
				around = around[:len(around)-1]
			}
		case p.Class == lang.ClassBracket:
			around = append(around, -1)
		}
	}
	if len(around) == 0 {
		return -1
	}
	return around[len(around)-1]
}

// namesIn returns the names in a text. Some of them it may bind, as in let x = 1; in x, so
// they are candidates.
func namesIn(text string, pieces []lang.Piece) []string {
	var out []string
	for _, p := range pieces {
		if p.Class == lang.ClassName {
			out = append(out, text[p.Start:p.End])
		}
	}
	return out
}

// completeName completes a variable: of the frame at a stop, of the session, a builtin, a
// keyword, or one of more. Names that begin with __ are offered only if they are asked for.
func (s *Session) completeName(prefix string, more []string) ([]string, int) {
	names := slices.Concat(s.debug.names(), s.scope.names(), globalNames(), more)
	if s.it.Kind() != eval.KindInvalid {
		names = append(names, "it")
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		return !lang.IsIdentifier(name) || prefix == "" && strings.HasPrefix(name, "__")
	})
	return prefixed(names, prefix)
}

// builtinNames returns the builtins that are global variables.
func builtinNames() []string {
	var names []string
	for _, e := range manual.Entries() {
		if e.Global != "" {
			names = append(names, e.Global)
		}
	}
	return names
}

// globalNames returns the global variables and the keywords.
func globalNames() []string {
	return append([]string{"assert", "else", "if", "in", "inherit", "let", "or", "rec", "then", "with"}, builtinNames()...)
}

// completeAttr completes an attribute of the expression that the pieces end with. Names that
// are no identifiers come in quotes.
func (s *Session) completeAttr(ctx context.Context, text string, pieces []lang.Piece, prefix string) ([]string, int) {
	start := primary(text, pieces)
	if start < 0 {
		return nil, 0
	}
	source := text[start:pieces[len(pieces)-1].End]
	limits := s.settings.Limits()
	limits.Time = completeTime
	v, err := s.ev.Eval(eval.WithLimits(ctx, limits), s.text(source))
	if err != nil {
		return nil, 0
	}
	if forced, err := v.Force(ctx); err == nil {
		v = forced
	}
	var names []string
	for _, name := range attrNames(v) {
		if !lang.IsIdentifier(name) || strings.HasPrefix(prefix, `"`) {
			name = lang.Quote(name)
		}
		names = append(names, name)
	}
	return prefixed(names, prefix)
}

// primary returns the offset of the expression that a dot at the end of the pieces selects
// from: names, dots, strings, and what is in brackets, read backwards. It is negative if there
// is no such expression.
func primary(text string, pieces []lang.Piece) int {
	start := -1
	wantsName := true // rather than a dot
	for i := len(pieces) - 1; i >= 0; i-- {
		p := pieces[i]
		word := text[p.Start:p.End]
		switch {
		case wantsName && (p.Class == lang.ClassName || p.Class == lang.ClassString || p.Class == lang.ClassPath):
			start = p.Start
			wantsName = false
		case wantsName && (word == ")" || word == "}" || word == "]"):
			open := opening(text, pieces[:i+1])
			if open < 0 {
				return -1
			}
			i = open
			start = pieces[i].Start
			wantsName = false
			before := i - 1 // rec belongs to the brace behind it
			for before > 0 && pieces[before].Class == lang.ClassSpace {
				before--
			}
			if before >= 0 && text[pieces[before].Start:pieces[before].End] == "rec" {
				start = pieces[before].Start
			}
		case !wantsName && word == ".":
			wantsName = true
		default:
			if wantsName {
				return -1
			}
			return start
		}
	}
	if wantsName {
		return -1
	}
	return start
}

// opening returns the index of the bracket that the last of the pieces closes; negative if
// the text has none.
func opening(text string, pieces []lang.Piece) int {
	depth := 0
	for i, p := range slices.Backward(pieces) {
		if p.Class != lang.ClassBracket {
			continue
		}
		switch text[p.Start:p.End] {
		case ")", "}", "]":
			depth++
		default:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

// pathAtEnd returns the beginning of a path that a text ends in; "" if it ends in something
// else. In quotes and angle brackets there are no paths.
func pathAtEnd(text string) string {
	i := strings.LastIndexAny(text, " \t\n()[]{};=\"<>,")
	word := text[i+1:]
	for _, start := range []string{"./", "../", "/", "~/"} {
		if strings.HasPrefix(word, start) {
			if i >= 0 && (text[i] == '"' || text[i] == '<') {
				return ""
			}
			return word
		}
	}
	return ""
}

// completePath completes the name of a file or folder, relative to the folder of the session.
// Hidden ones are offered only after a dot.
func (s *Session) completePath(ctx context.Context, word string) ([]string, int) {
	dir, base := path.Split(word)
	names, err := s.ev.ReadDir(ctx, s.absolute(orDot(dir)))
	if err != nil {
		return nil, 0
	}
	var out []string
	for _, name := range names {
		if strings.HasPrefix(name, base) && (base != "" || !strings.HasPrefix(name, ".")) {
			out = append(out, dir+name)
		}
	}
	slices.Sort(out)
	return out, len(word)
}

// orDot returns a folder, . if it is empty.
func orDot(dir string) string {
	if dir == "" {
		return "."
	}
	return dir
}

// completeSearchPath completes <name>, and files below it as in <name/file.
func (s *Session) completeSearchPath(ctx context.Context, word string) ([]string, int) {
	inner := word[1:]
	prefix, rest, below := strings.Cut(inner, "/")
	var out []string
	for _, e := range s.ev.SearchPath() {
		if !below {
			if e.Prefix != "" && strings.HasPrefix(e.Prefix, inner) {
				out = append(out, "<"+e.Prefix+">")
			}
			continue
		}
		if e.Prefix != prefix {
			continue
		}
		dir, base := path.Split(rest)
		names, err := s.ev.ReadDir(ctx, path.Join(e.Path, dir))
		if err != nil {
			continue
		}
		for _, name := range names {
			if strings.HasPrefix(name, base) {
				out = append(out, "<"+prefix+"/"+dir+name)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), len(word)
}

// common returns the longest text, of whole characters, that all words begin with.
func common(words []string) string {
	if len(words) == 0 {
		return ""
	}
	out := words[0]
	for _, word := range words[1:] {
		n := 0
		for n < len(out) && n < len(word) && out[n] == word[n] {
			n++
		}
		for n > 0 && n < len(out) && !utf8.RuneStart(out[n]) {
			n--
		}
		out = out[:n]
	}
	return out
}
