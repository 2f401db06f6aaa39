// Package yamltext translates YAML to JSON.
//
// Scalars have the types of the core schema of YAML 1.2: no, on and 012 are what they look
// like to a reader of today, a string, a string and 12. What JSON has no way to say is an
// error: infinities, keys that are no strings, several documents.
package yamltext

// This file defines the translation.

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/firn-lang/firn/eval/pattern"
)

const (
	// maxDepth is how deep values may nest.
	maxDepth = 1000
	// maxGrowth bounds the JSON, in bytes for each byte of YAML: aliases of aliases make
	// a small text enormous.
	maxGrowth, minBound = 100, 1 << 20
)

// ToJSON returns the value of a document of YAML as JSON. An empty text is null.
func ToJSON(text []byte) ([]byte, error) {
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	var doc, more yaml.Node
	switch err := d.Decode(&doc); {
	case errors.Is(err, io.EOF):
		return []byte("null"), nil
	case err != nil:
		return nil, plain(err)
	}
	if err := d.Decode(&more); err == nil {
		return nil, errorAt(more.Line, "a second document begins, but a value is one document")
	} else if !errors.Is(err, io.EOF) {
		return nil, plain(err)
	}
	w := writer{bound: max(minBound, maxGrowth*len(text))}
	if err := w.node(doc.Content[0], 0); err != nil {
		return nil, err
	}
	return w.out, nil
}

// An Error says why a text has no value.
type Error struct {
	Line    int    // from 1; 0 if it is not known
	Problem string // in a few words, without the line
}

// errorAt returns an error about a line.
func errorAt(line int, format string, args ...any) error {
	return &Error{line, fmt.Sprintf(format, args...)}
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Problem
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.Problem)
}

// ErrorCode is what evaluators call the error.
func (e *Error) ErrorCode() string { return "invalid-yaml" }

// TextPosition returns what reports show: the line of the mistake, and its words. The
// column is not known.
func (e *Error) TextPosition() (line, column int, problem string) { return e.Line, 0, e.Problem }

// plain returns an error of the parser, "yaml: line 2: …", as an Error.
func plain(err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	e := &Error{Problem: text}
	if _, after, ok := strings.Cut(text, "line "); ok && strings.HasPrefix(text, "line ") {
		number, problem, _ := strings.Cut(after, ": ")
		if line, err := strconv.Atoi(number); err == nil {
			e.Line, e.Problem = line, problem
		}
	}
	return e
}

// A writer writes JSON.
type writer struct {
	out   []byte
	bound int // bytes of out
}

func (w *writer) node(n *yaml.Node, depth int) error {
	switch {
	case depth > maxDepth:
		return errorAt(n.Line, "values nest more than %d levels deep", maxDepth)
	case len(w.out) > w.bound:
		return errorAt(n.Line, "aliases make the value too large")
	}
	switch n.Kind {
	case yaml.AliasNode:
		return w.node(n.Alias, depth+1)
	case yaml.SequenceNode:
		w.out = append(w.out, '[')
		for i, item := range n.Content {
			if i > 0 {
				w.out = append(w.out, ',')
			}
			if err := w.node(item, depth+1); err != nil {
				return err
			}
		}
		w.out = append(w.out, ']')
		return nil
	case yaml.MappingNode:
		return w.mapping(n, depth)
	}
	return w.scalar(n)
}

// mapping writes a mapping, with what it merges: the keys of << that it has not itself.
func (w *writer) mapping(n *yaml.Node, depth int) error {
	values := map[string]*yaml.Node{}
	var keys []string
	if err := collect(n, values, &keys, depth); err != nil {
		return err
	}
	w.out = append(w.out, '{')
	for i, key := range keys {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		if err := w.string(key); err != nil {
			return errorAt(n.Line, "%s", err)
		}
		w.out = append(w.out, ':')
		if err := w.node(values[key], depth+1); err != nil {
			return err
		}
	}
	w.out = append(w.out, '}')
	return nil
}

// collect adds the keys of a mapping that values does not have yet.
func collect(n *yaml.Node, values map[string]*yaml.Node, keys *[]string, depth int) error {
	if depth > maxDepth {
		return errorAt(n.Line, "values nest more than %d levels deep", maxDepth)
	}
	own := map[string]bool{}
	var merged []*yaml.Node
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if key.Kind == yaml.ScalarNode && key.Tag == "!!merge" {
			merged = append(merged, value)
			continue
		}
		if key.Kind != yaml.ScalarNode || scalarKind(key) != text {
			return errorAt(key.Line, "the key '%s' is not a string; put it in quotes", key.Value)
		}
		if own[key.Value] {
			return errorAt(key.Line, "the key '%s' is there twice", key.Value)
		}
		own[key.Value] = true
		if _, ok := values[key.Value]; !ok {
			values[key.Value] = value
			*keys = append(*keys, key.Value)
		}
	}
	for _, m := range merged {
		if m.Kind == yaml.AliasNode {
			m = m.Alias
		}
		list := []*yaml.Node{m}
		if m.Kind == yaml.SequenceNode {
			list = m.Content
		}
		for _, from := range list {
			if from.Kind == yaml.AliasNode {
				from = from.Alias
			}
			if from.Kind != yaml.MappingNode {
				return errorAt(m.Line, "<< merges mappings, which this is not")
			}
			if err := collect(from, values, keys, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// A kind is what a scalar is.
type kind uint8

const (
	text kind = iota
	null
	boolean
	integer
	float
	infinite
)

// scalars are the plain scalars of the core schema that are no strings.
var scalars = []struct {
	kind kind
	re   pattern.Pattern
}{
	{null, pattern.New(`^(|~|null|Null|NULL)$`)},
	{boolean, pattern.New(`^(true|True|TRUE|false|False|FALSE)$`)},
	{integer, pattern.New(`^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$`)},
	{float, pattern.New(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)},
	{infinite, pattern.New(`^([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))$`)},
}

// scalarKind returns what a scalar is: by its tag, or by what a plain one looks like.
func scalarKind(n *yaml.Node) kind {
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return text
	}
	if n.Style&yaml.TaggedStyle != 0 && n.Tag == "!!str" {
		return text
	}
	for _, s := range scalars {
		if s.re.MatchString(n.Value) {
			return s.kind
		}
	}
	return text
}

func (w *writer) scalar(n *yaml.Node) error {
	if n.Style&yaml.TaggedStyle != 0 && n.Tag != "!!str" && n.Tag != "!!int" && n.Tag != "!!float" && n.Tag != "!!bool" && n.Tag != "!!null" {
		return errorAt(n.Line, "the tag %s has no meaning here", n.Tag)
	}
	switch scalarKind(n) {
	case null:
		w.out = append(w.out, "null"...)
	case boolean:
		w.out = append(w.out, strings.ToLower(n.Value)...)
	case integer:
		digits, base := n.Value, 10
		if rest, ok := strings.CutPrefix(digits, "0o"); ok {
			digits, base = rest, 8
		} else if rest, ok := strings.CutPrefix(digits, "0x"); ok {
			digits, base = rest, 16
		}
		i, err := strconv.ParseInt(digits, base, 64)
		if err != nil {
			return errorAt(n.Line, "%s does not fit into 64 bits", n.Value)
		}
		w.out = strconv.AppendInt(w.out, i, 10)
	case float:
		f, err := strconv.ParseFloat(n.Value, 64)
		if err != nil || math.IsInf(f, 0) {
			return errorAt(n.Line, "%s is too large for a float", n.Value)
		}
		number := strconv.FormatFloat(f, 'g', -1, 64)
		if !strings.ContainsAny(number, ".e") {
			number += ".0" // or it would be an integer
		}
		w.out = append(w.out, number...)
	case infinite:
		return errorAt(n.Line, "%s is not a number that the language has", n.Value)
	default:
		if err := w.string(n.Value); err != nil {
			return errorAt(n.Line, "%s", err)
		}
	}
	return nil
}

func (w *writer) string(s string) error {
	text, err := json.Marshal(s)
	w.out = append(w.out, text...)
	return err
}
