package tomltext

// This file defines parse: the expressions of a text, put together to a tree.

import (
	"bytes"
	"errors"

	"github.com/pelletier/go-toml/v2/unstable"
)

// parse returns the root table of a text.
func parse(src string) (*node, error) {
	// A copy, since the library wants bytes. It refers to them, and we do not
	// keep what it returns.
	data := bytes.TrimPrefix([]byte(src), []byte("\uFEFF"))
	root := newTable(formHeader)
	p := parser{src: data, root: root, table: root}
	if err := p.document(); err != nil {
		return nil, err
	}
	return root, nil
}

type parser struct {
	src   []byte
	root  *node
	table *node // that of the last header

	lib  unstable.Parser
	base int // offset in src of the part that lib reads
	done int // offset in src behind the last key or value that was handled
}

func (p *parser) document() error {
	for {
		err := p.expressions(p.src[p.base:])
		if err == nil {
			return nil
		}
		var syntax *unstable.ParserError
		if !errors.As(err, &syntax) {
			return err
		}
		at := len(p.src) // where there is no position
		if len(syntax.Highlight) > 0 {
			at = p.base + int(p.lib.Range(syntax.Highlight).Offset)
		}
		found, err := p.headerBehindValue(at)
		if err != nil {
			return err
		}
		if !found {
			if err := explain(p.src, p.lineStart(at)); err != nil {
				return err
			}
			return errorAt(p.src, at, syntax.Message, "here", "")
		}
		p.base = at
	}
}

// lineStart returns where the expression starts that is wrong at the offset:
// behind the last one that was handled.
func (p *parser) lineStart(at int) int {
	start := p.done
	// Behind the key of a header there are still its brackets.
	for start < at && (p.src[start] == ']' || p.src[start] == ' ' || p.src[start] == '\t') {
		start++
	}
	return start
}

// expressions handles all expressions of a part of the text.
func (p *parser) expressions(part []byte) error {
	p.lib.Reset(part)
	for p.lib.NextExpression() {
		if err := p.expression(p.lib.Expression()); err != nil {
			return err
		}
	}
	return p.lib.Error()
}

// headerBehindValue handles a key and value that are followed by a bracket on
// the same line.
//
// Quirk: the reference wants a line to end behind a value, except if the
// header of a table follows: a = 1 [t]. The library stops at the bracket and
// has not told of the value then. So we let it read again, up to the bracket.
func (p *parser) headerBehindValue(at int) (found bool, err error) {
	if at >= len(p.src) || p.src[at] != '[' {
		return false, nil
	}
	// Behind the key of a header there are still its brackets.
	start := at - len(bytes.TrimLeft(p.src[p.done:at], " \t]"))
	line := bytes.TrimRight(p.src[start:at], " \t")
	p.base = start
	p.lib.Reset(line)
	if !p.lib.NextExpression() {
		return false, nil
	}
	n := p.lib.Expression()
	if n.Kind != unstable.KeyValue || p.end(n) != start+len(line) {
		return false, nil
	}
	return true, p.expression(n)
}

func (p *parser) offset(n *unstable.Node) int { return p.base + int(n.Raw.Offset) }
func (p *parser) end(n *unstable.Node) int    { return p.offset(n) + int(n.Raw.Length) }

func (p *parser) expression(n *unstable.Node) error {
	if n.Kind == unstable.KeyValue {
		p.done = p.end(n)
		return p.keyValue(p.table, n)
	}
	path, at, end, err := p.path(n)
	if err != nil {
		return err
	}
	p.done = end
	insert := p.root.insertTable
	if n.Kind == unstable.ArrayTable {
		insert = p.root.appendTable
	}
	table, conflict := insert(path)
	if conflict != "" {
		return errorAt(p.src, at, string(conflict), "inserting this", "")
	}
	p.table = table
	return nil
}

func (p *parser) keyValue(table *node, n *unstable.Node) error {
	path, at, _, err := p.path(n)
	if err != nil {
		return err
	}
	v, err := p.value(n.Value())
	if err != nil {
		return err
	}
	if conflict := table.insertValue(path, v); conflict != "" {
		return errorAt(p.src, at, string(conflict), "inserting this", "")
	}
	return nil
}

// path returns the parts of the key of n, and the offsets where it starts and
// ends.
func (p *parser) path(n *unstable.Node) (path []string, start, end int, err error) {
	start = -1
	for it := n.Key(); it.Next(); {
		part := it.Node()
		if err := p.checkEscapes(part); err != nil {
			return nil, 0, 0, err
		}
		path = append(path, string(part.Data))
		if start < 0 {
			start = p.offset(part)
		}
		end = p.end(part)
	}
	return path, start, end, nil
}

func (p *parser) value(n *unstable.Node) (*node, error) {
	switch n.Kind {
	case unstable.String:
		if err := p.checkEscapes(n); err != nil {
			return nil, err
		}
		return &node{kind: kindString, text: string(n.Data)}, nil
	case unstable.Bool:
		v := &node{kind: kindBool}
		if n.Data[0] == 't' {
			v.bits = 1
		}
		return v, nil
	case unstable.Integer:
		return p.integer(n)
	case unstable.Float:
		return p.float(n)
	case unstable.LocalDate, unstable.LocalTime, unstable.LocalDateTime, unstable.DateTime:
		return p.time(n)
	case unstable.Array:
		v := &node{kind: kindArray, form: formInline}
		for it := n.Children(); it.Next(); {
			elem, err := p.value(it.Node())
			if err != nil {
				return nil, err
			}
			v.elems = append(v.elems, elem)
		}
		return v, nil
	case unstable.InlineTable:
		if err := p.checkOneLine(n); err != nil {
			return nil, err
		}
		v := newTable(formInline)
		for it := n.Children(); it.Next(); {
			if err := p.keyValue(v, it.Node()); err != nil {
				return nil, err
			}
		}
		return v, nil
	}
	return nil, errorAt(p.src, p.offset(n), "toml::parse_value: unknown value appeared", "here", "")
}
