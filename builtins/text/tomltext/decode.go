// Package tomltext reads TOML 1.0 as builtins.fromTOML of the reference does.
// It knows nothing of values or of evaluation.
//
//	Decode   text to calls of a Handler
//	Options  what to do with dates and times
//	Budget   what reading may take
//	Error    why a text has no value
//
// The reference uses the C++ library toml11, whose quirks and messages cannot be
// had from a Go library; and none of those can be stopped in the middle of a
// text, which here may be large and hostile. So this is a parser of its own: one
// pass, from left to right, until the first mistake.
//
//	decode.go    what a Handler hears
//	parse.go     the expressions of a text: keys, headers, comments
//	value.go     strings, numbers, arrays, inline tables
//	datetime.go  dates and times
//	tree.go      which tables may be reopened
//	error.go     how a mistake is shown
package tomltext

// This file defines Decode and the order in which the handler hears of a text.

import (
	"math"
	"strings"

	"github.com/firn-lang/firn/eval/budget"
)

// A Handler is told what a TOML text contains, the root table included, after
// the whole text was read and found good. An error that a method returns ends
// this and is returned by Decode as it is.
//
// The methods are those of jsontext.Handler, so that one type serves both.
// Keys come once in each object, in no order that means anything. Strings and
// keys contain no NUL byte; they may be parts of the text.
type Handler interface {
	Bool(b bool) error
	Int(n int64) error
	Float(f float64) error
	String(s string) error
	BeginArray() error
	EndArray() error
	BeginObject() error
	Key(s string) error
	EndObject() error
}

// Options say what Decode understands beyond plain TOML values, and what it may
// take.
type Options struct {
	// Timestamps makes dates and times sets { _type = "timestamp"; value = ...; }
	// in place of an error: the experimental feature parse-toml-timestamps.
	Timestamps bool
	Budget     budget.Budget // nil is any amount
}

// Decode reads the TOML text src and tells h what is in it. Arrays and inline
// tables can be nested 10,000 deep; the reference overflows its stack at
// about that depth.
func Decode(src string, opts Options, h Handler) error {
	root, err := parse(src, opts.Budget)
	if err != nil {
		return err
	}
	e := emitter{opts: opts, h: h}
	return e.all(root)
}

type emitter struct {
	opts Options
	h    Handler
}

// all tells of root and all in it. Tables can be in each other to any depth, so
// it does not recurse.
func (e *emitter) all(root *node) error {
	for n := root; ; {
		if n.up != nil && n.up.kind == kindTable {
			if err := e.checkNoNull(n.key); err != nil {
				return err
			}
			if err := e.h.Key(n.key); err != nil {
				return err
			}
		}
		if err := e.begin(n); err != nil {
			return err
		}
		if n.first != nil {
			n.first.up = n
			n = n.first
			continue
		}
		for {
			if err := e.end(n); err != nil {
				return err
			}
			if n == root {
				return nil
			}
			if n.next != nil {
				n.next.up = n.up
				n = n.next
				break
			}
			n = n.up
		}
	}
}

// begin tells of a value, or that an array or table begins.
func (e *emitter) begin(n *node) error {
	if e.opts.Budget != nil {
		if err := e.opts.Budget.Tick(1); err != nil {
			return err
		}
	}
	switch n.kind {
	case kindBool:
		return e.h.Bool(n.bits != 0)
	case kindInt:
		return e.h.Int(int64(n.bits))
	case kindFloat:
		return e.h.Float(math.Float64frombits(n.bits))
	case kindString:
		if err := e.checkNoNull(n.text); err != nil {
			return err
		}
		return e.h.String(n.text)
	case kindTime:
		return e.time(n.text)
	case kindArray:
		return e.h.BeginArray()
	default:
		return e.h.BeginObject()
	}
}

// end tells that an array or table ends.
func (e *emitter) end(n *node) error {
	switch n.kind {
	case kindArray:
		return e.h.EndArray()
	case kindTable:
		return e.h.EndObject()
	}
	return nil
}

func (e *emitter) time(text string) error {
	if !e.opts.Timestamps {
		return meaningError("Dates and times are not supported")
	}
	if err := e.h.BeginObject(); err != nil {
		return err
	}
	for _, s := range [...]struct{ key, value string }{{"_type", "timestamp"}, {"value", text}} {
		if err := e.h.Key(s.key); err != nil {
			return err
		}
		if err := e.h.String(s.value); err != nil {
			return err
		}
	}
	return e.h.EndObject()
}

func (e *emitter) checkNoNull(s string) error {
	for rest := s; rest != ""; {
		part := rest[:min(len(rest), window)]
		if strings.IndexByte(part, 0) >= 0 {
			return meaningError("error: input string '" + strings.ReplaceAll(shown(s), "\x00", "␀") +
				"' cannot be represented as Nix string because it contains null bytes")
		}
		if rest = rest[len(part):]; len(part) == window && e.opts.Budget != nil {
			if err := e.opts.Budget.Tick(window >> 12); err != nil {
				return err
			}
		}
	}
	return nil
}
