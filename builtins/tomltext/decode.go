// Package tomltext reads TOML 1.0 as builtins.fromTOML of the reference does.
// It knows nothing of values or of evaluation.
//
//	Decode   text to calls of a Handler
//	Options  what to do with dates and times
//	Error    why a text has no value
//
// The reference uses the C++ library toml11; we use the parser of
// pelletier/go-toml, which gives one expression after the other and leaves
// their meaning to us. The two disagree about little (50 of 2,576 recorded
// texts, with all of go-toml; BurntSushi/toml about 69), and this package
// makes up for it:
//
//	go-toml reads TOML 1.1        check10.go
//	leap seconds, offsets         datetime.go
//	which tables may be reopened  tree.go
//	a header behind a value       parse.go
//	a byte order mark             parse.go
package tomltext

// This file defines Decode and the order in which the handler hears of a text.

import (
	"math"
	"strings"
)

// A Handler is told what a TOML text contains, the root table included, after
// the whole text was read and found good. An error that a method returns ends
// this and is returned by Decode as it is.
//
// The methods are those of jsontext.Handler, so that one type serves both.
// Keys come once in each object, in no order that means anything. Strings and
// keys contain no NUL byte; they can be kept.
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

// Options say what Decode understands beyond plain TOML values.
type Options struct {
	// Timestamps makes dates and times sets { _type = "timestamp"; value = ...; }
	// in place of an error: the experimental feature parse-toml-timestamps.
	Timestamps bool
}

// Decode reads the TOML text src and tells h what is in it. Arrays and inline
// tables can be nested 10,000 deep; the reference overflows its stack at
// about that depth.
func Decode(src string, opts Options, h Handler) error {
	root, err := parse(src)
	if err != nil {
		return err
	}
	e := emitter{opts: opts, h: h}
	return e.node(root)
}

type emitter struct {
	opts Options
	h    Handler
}

func (e *emitter) node(n *node) error {
	switch n.kind {
	case kindBool:
		return e.h.Bool(n.bits != 0)
	case kindInt:
		return e.h.Int(int64(n.bits))
	case kindFloat:
		return e.h.Float(math.Float64frombits(n.bits))
	case kindString:
		if err := checkNoNull(n.text); err != nil {
			return err
		}
		return e.h.String(n.text)
	case kindTime:
		return e.time(n.text)
	case kindArray:
		return e.array(n)
	default:
		return e.table(n)
	}
}

func (e *emitter) array(n *node) error {
	if err := e.h.BeginArray(); err != nil {
		return err
	}
	for _, elem := range n.elems {
		if err := e.node(elem); err != nil {
			return err
		}
	}
	return e.h.EndArray()
}

func (e *emitter) table(n *node) error {
	if err := e.h.BeginObject(); err != nil {
		return err
	}
	for _, elem := range n.elems {
		if err := checkNoNull(elem.key); err != nil {
			return err
		}
		if err := e.h.Key(elem.key); err != nil {
			return err
		}
		if err := e.node(elem); err != nil {
			return err
		}
	}
	return e.h.EndObject()
}

func (e *emitter) time(text string) error {
	if !e.opts.Timestamps {
		return &Error{"Dates and times are not supported"}
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

func checkNoNull(s string) error {
	if strings.IndexByte(s, 0) < 0 {
		return nil
	}
	return &Error{"error: input string '" + strings.ReplaceAll(s, "\x00", "␀") +
		"' cannot be represented as Nix string because it contains null bytes"}
}
