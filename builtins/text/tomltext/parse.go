package tomltext

// This file defines parse: the expressions of a text, put together to a tree.

import (
	"strings"
	"unicode/utf8"

	"github.com/firn-lang/firn/eval/budget"
)

const (
	badKey     = `toml::parse_simple_key: invalid key: key must be "quoted", 'quoted-literal', or bare key.`
	badKeyNote = "expected alpha [a-zA-Z], digit [0-9], -, or _"
	badKeyHint = "Hint: non-ASCII scripts are allowed in toml v1.1.0, but not in v1.0.0."
	badBreak   = "toml::parse_table: newline (LF / CRLF) or EOF is expected"
	badComment = "toml::parse_comment_line: newline (LF / CRLF) or EOF is expected"
	badHeader  = "toml::parse_file: newline (or EOF) expected"
)

// parse returns the root table of a text.
func parse(src string, b budget.Budget) (*node, error) {
	p := parser{src: src, root: newTable(formHeader), budget: b, end: len(src)}
	if b != nil {
		p.end = min(p.end, window)
	}
	p.table = p.root
	p.document()
	if p.err != nil {
		return nil, p.err
	}
	return p.root, nil
}

// A parser reads a text until the first mistake. Its methods take the offset of
// what they read, and return where it ends; after an error that means nothing.
type parser struct {
	src   string
	root  *node
	table *node // that of the last header
	depth int   // of values in values
	err   error // the first mistake, or that of the budget

	budget budget.Budget
	end    int // where the budget is asked, or the end of src
	size   int // bytes that were taken
	asked  int // size when the budget was asked for room
}

// window is how much is read between two calls of the budget.
const window = 1 << 16

// tick asks the budget, at offset i. It reports whether to go on.
func (p *parser) tick(i int) bool {
	p.end = len(p.src)
	if p.budget != nil && p.err == nil {
		p.end = min(p.end, i+window)
		p.err = p.budget.Tick(window >> 8)
	}
	return p.err == nil
}

// take asks for n bytes.
func (p *parser) take(n int) {
	const often = 1 << 16
	if p.size += n; p.size-p.asked > often && p.budget != nil && p.err == nil {
		p.asked = p.size
		if p.err = p.budget.Room(uint64(p.size)); p.err == nil {
			p.err = p.budget.Tick(often >> 8)
		}
	}
}

// fail makes a mistake the error, unless there is one.
func (p *parser) fail(at int, msg, note, hints string) int {
	if p.err == nil {
		p.err = p.errorAt(at, msg, note, hints)
	}
	return at
}

// A class is a set of bytes, for skip.
type class uint8

const (
	isBlank class = 1 << iota
	isBareKey
	isDecimal
	isPlain   // in a comment
	isBasic   // in a basic string
	isLiteral // in a literal string
)

var classes = func() (t [256]class) {
	for i := range t {
		c := byte(i)
		if c == ' ' || c == '\t' {
			t[c] |= isBlank
		}
		if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == '_' {
			t[c] |= isBareKey
		}
		if '0' <= c && c <= '9' {
			t[c] |= isDecimal
		}
		if ' ' <= c && c < 0x7f || c == '\t' {
			t[c] |= isPlain
			if c != '"' && c != '\\' {
				t[c] |= isBasic
			}
			if c != '\'' {
				t[c] |= isLiteral
			}
		}
	}
	return t
}()

// skip returns the offset of the first byte that is not in the class.
func (p *parser) skip(i int, c class) int {
	for {
		end := p.end
		for i < end && classes[p.src[i]]&c != 0 {
			i++
		}
		if i < end || end == len(p.src) || !p.tick(i) {
			return i
		}
	}
}

// letters skips letters that are not ASCII. It returns i if there are none, or
// if what is there is not UTF-8.
func (p *parser) letters(i int) int {
	for i < len(p.src) && p.src[i] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(p.src[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		if i += n; i >= p.end && p.end < len(p.src) && !p.tick(i) {
			return i
		}
	}
	return i
}

// at returns the byte at i, or 0 at the end.
func (p *parser) at(i int) byte {
	if i < len(p.src) {
		return p.src[i]
	}
	return 0
}

func (p *parser) has(i int, text string) bool {
	return i <= len(p.src) && strings.HasPrefix(p.src[i:], text)
}

// spaces skips blanks.
func (p *parser) spaces(i int) int { return p.skip(i, isBlank) }

// comment skips a comment, if there is one.
func (p *parser) comment(i int) int {
	if p.at(i) != '#' {
		return i
	}
	for i = p.skip(i, isPlain); i < len(p.src) && p.src[i] >= utf8.RuneSelf && p.err == nil; i = p.skip(i, isPlain) {
		j := p.letters(i)
		if j == i {
			break
		}
		i = j
	}
	if i < len(p.src) && p.src[i] != '\n' && !p.has(i, "\r\n") {
		p.fail(i, badComment, "but got "+excerpt(p.src[i:i+1]), "")
	}
	return i
}

// lineEnd reports whether there is nothing more on the line, but for a comment.
func (p *parser) lineEnd(i int) bool {
	return i >= len(p.src) || p.src[i] == '\n' || p.src[i] == '#' || p.has(i, "\r\n")
}

// blank skips blanks, comments and ends of lines.
func (p *parser) blank(i int) int {
	for p.err == nil {
		j := p.comment(p.spaces(i))
		switch {
		case p.at(j) == '\n':
			j++
		case p.has(j, "\r\n"):
			j += 2
		}
		if j == i {
			break
		}
		i = j
		if i >= p.end && p.end < len(p.src) {
			p.tick(i)
		}
	}
	return i
}

func (p *parser) document() {
	i := 0
	if p.has(0, "\uFEFF") {
		i = len("\uFEFF")
	}
	for i = p.blank(i); i < len(p.src) && p.err == nil; i = p.blank(i) {
		if p.src[i] == '[' {
			i = p.header(i)
			continue
		}
		i = p.keyValue(p.table, i, func(i int) int {
			// Quirk: a line has to end behind a value, unless a header follows.
			if i = p.spaces(i); p.err == nil && !p.lineEnd(i) && p.at(i) != '[' {
				p.fail(i, badBreak, "here", "")
			}
			return i
		})
	}
}

// simpleKey reads one part of a key.
func (p *parser) simpleKey(i int) (key string, end int) {
	switch c := p.at(i); {
	case c == '"':
		return p.basicString(i)
	case c == '\'':
		return p.literalString(i)
	case classes[c]&isBareKey == 0:
		return "", p.fail(i, badKey, badKeyNote, badKeyHint)
	}
	end = p.skip(i, isBareKey)
	return p.src[i:end], end
}

// key reads a key with dots, and appends its parts to path.
func (p *parser) key(path []string, i int) ([]string, int) {
	for {
		part, end := p.simpleKey(i)
		if p.err != nil {
			return nil, i
		}
		const partSize = 32
		p.take(partSize)
		path = append(path, part)
		if i = p.spaces(end); p.at(i) != '.' {
			return path, end
		}
		i = p.spaces(i + 1)
	}
}

// keyValue reads key = value, and what follow expects behind it, and puts it into
// table.
func (p *parser) keyValue(table *node, i int, follow func(i int) int) int {
	var buf [4]string
	path, end := p.key(buf[:0], i)
	if p.err != nil {
		return i
	}
	if end = p.spaces(end); p.at(end) != '=' {
		return p.fail(end, "toml::parse_key_value_pair: invalid key value separator `=`", "expected =", "")
	}
	v, end := p.value(p.spaces(end + 1))
	if p.err == nil {
		end = follow(end)
	}
	if p.err == nil {
		p.inserted(i, table.insertValue(p, path, v))
	}
	return end
}

// inserted makes a conflict of the key at i the error, if it is one.
func (p *parser) inserted(i int, conflict insertError) {
	if conflict != "" {
		p.fail(i, string(conflict), "inserting this", "")
	}
}

// header reads the header of a table. In its key the reference does not say
// what is wrong, but where it stopped to be one.
func (p *parser) header(i int) int {
	brackets, msg, note := 1, "toml::parse_file: invalid table key", "expected ]"
	if p.has(i, "[[") {
		brackets, msg, note = 2, "toml::parse_file: invalid array-table key", "expected ]]"
	}
	first := p.spaces(i + brackets)
	end := first
	var buf [4]string
	path := buf[:0]
	for j := first; ; {
		k := *p
		part, e := k.simpleKey(j)
		p.end, p.size, p.asked = k.end, k.size, k.asked
		if _, isMistake := k.err.(*Error); k.err != nil && !isMistake {
			p.err = k.err // of the budget
			return i
		} else if isMistake {
			break
		}
		const partSize = 32
		p.take(partSize)
		path = append(path, part)
		end = e
		if j = p.spaces(e); p.at(j) != '.' {
			break
		}
		j = p.spaces(j + 1)
	}
	if len(path) == 0 {
		return p.fail(first, msg, `expected basic key([a-zA-Z0-9_-]) or quoted key(" or ')`, "")
	}
	end = p.spaces(end)
	if !p.has(end, "]]"[:brackets]) {
		return p.fail(end, msg, note, "")
	}
	if end = p.spaces(end + brackets); !p.lineEnd(end) {
		return p.fail(end, badHeader, "expected 0x0a(LINE FEED) or\n", "")
	}
	if p.err != nil {
		return end
	}
	insert := p.root.insertTable
	if brackets == 2 {
		insert = p.root.appendTable
	}
	table, conflict := insert(p, path)
	p.inserted(first, conflict)
	p.table = table
	return end
}
